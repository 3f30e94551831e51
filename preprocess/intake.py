"""List what was uploaded (files, folders, archives, mails, pasted text) as named files, with a reason for each that was left out."""

import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from preprocess.containers import Containers, FoundFile, kind_on_disk, may_be_container
from preprocess.document import Rejected, Unreadable
from preprocess.file_kind import CONTAINER_EXTENSIONS, DOCUMENT_EXTENSIONS, LISTS, PICTURE_EXTENSIONS, PICTURES, TEXT_EXTENSIONS
from preprocess.file_names import JUNK, distinct, extension_of, is_part_of_page, is_system, shown_name
from preprocess.foreign_formats import is_foreign, refusal
from preprocess.guarded.pool import POOL, Upload
from preprocess.guarded.readers import READERS
from preprocess.pasted import split
from preprocess.places import Places
from preprocess.roster import RosterRow

# By extension only what is certain to fail is refused; readers go by content (.doc: often a web page or a renamed DOCX).
_READABLE = {"", ".eml", ".msg", ".mbox", *TEXT_EXTENSIONS, *DOCUMENT_EXTENSIONS, *PICTURE_EXTENSIONS}
_MB = 1024 * 1024
_MAX_ENTRIES = 20_000


@dataclass(frozen=True)
class File:
    """A file in memory. `name` is for people."""

    name: str
    data: bytes

    @property
    def size(self) -> int:
        """Size in bytes."""
        return len(self.data)


@dataclass(frozen=True)
class StoredFile:
    """A file that is loaded when needed, so that an upload is never in memory at once. Names from one `collect` are distinct."""

    name: str
    size: int
    load: Callable[[], bytes]
    origin: str = ""
    """The same for all files of one mail."""

    path: str = ""
    """Where it lies, for people: a path on disk, continued into an archive. Known of what `listing` lists."""

    @property
    def data(self) -> bytes:
        """Its content. Raises Unreadable or OSError."""
        return self.load()


@dataclass(frozen=True)
class PastedText:
    """Typed or pasted text, which needs no reader."""

    name: str
    text: str


AnyFile = File | StoredFile | PastedText


def collect(
    paths: Iterable[str | Path], max_files: int, max_file_mb: int, upload: Upload | None = None, scratch: Path | None = None
) -> tuple[list[StoredFile], list[Rejected]]:
    """List the files at `paths`, in the order given, sorted inside each; folders, archives, mails and sheets of candidates are opened up.

    Loads no content. System files (hidden ones, `~$…`, `__MACOSX`) and scripts of saved web pages are skipped; everything else is in one
    of the two lists. Containers are opened when `upload` has its turn; what is no ZIP, or lies in another, is unpacked to the folder
    `scratch` for as long as the files are referenced. Rows of a sheet that names each person's resume file come last, and only those whose
    file is not in the upload.
    Reasons: `not_found`, `cannot_open`, `unsupported_type`, `too_large`, `too_many`, `empty_folder`, `nested_zip`,
    `needs_password`, `damaged`, `unpacks_too_large`, `too_complex`, `not_a_list`, those of `foreign_formats`. Raises Cancelled.
    """
    return _collected(UploadCollector(max_files, max_file_mb, upload or POOL.upload(), scratch), paths)


def collect_with_roster(
    paths: Iterable[str | Path], max_files: int, max_file_mb: int, upload: Upload, scratch: Path | None = None
) -> tuple[list[StoredFile], list[Rejected], list[RosterRow]]:
    """List the files as `collect` does, and the rows of lists of candidates among them.

    A list whose rows tell no more than whom a file belongs to is no file to read, and its rows are only in the third list.
    """
    roster: list[RosterRow] = []
    files, rejected = _collected(UploadCollector(max_files, max_file_mb, upload, scratch, roster), paths)
    return files, rejected, roster


def _collected(pile: "UploadCollector", paths: Iterable[str | Path]) -> tuple[list[StoredFile], list[Rejected]]:
    max_files = pile.max_files
    entries = without_listed(entry for path in paths for entry in pile.at(Path(path)))
    outcomes = list(islice(map(pile.outcome, entries), _MAX_ENTRIES))
    if next(entries, None):
        outcomes.append(("", "…", Unreadable("too_many", str(max_files))))
    names = distinct([(folder, name) for folder, name, _ in outcomes])
    files = [
        StoredFile(name, accepted.size, accepted.load, accepted.origin)
        for name, (_, _, accepted) in zip(names, outcomes, strict=True)
        if isinstance(accepted, Accepted)
    ]
    errors = [(name, error) for name, (_, _, error) in zip(names, outcomes, strict=True) if isinstance(error, Unreadable)]
    return files, [Rejected(name, error.reason, error.detail) for name, error in errors]


def split_pasted(text: str) -> list[PastedText]:
    """Split pasted text into one text per resume, see `pasted.split`. Without a separator it is one; blank text gives none."""
    parts = split(text)
    names = distinct([("", shown_name(name)) for name, _ in parts])
    return [PastedText(name, part) for name, (_, part) in zip(names, parts, strict=True)]


def without_listed(entries: Iterable[FoundFile]) -> Iterator[FoundFile]:
    """Yield the files, and last the rows of lists whose file is not among them."""
    names: set[str] = set()
    rows: list[FoundFile] = []
    for entry in entries:
        if entry.listed_file and len(rows) < _MAX_ENTRIES:
            rows.append(entry)
        else:
            names.add(_comparable_name(entry.name))
            yield entry
    yield from (row for row in rows if _comparable_name(row.listed_file) not in names)


def _comparable_name(name: str) -> str:
    return unicodedata.normalize("NFC", shown_name(name)).casefold()


@dataclass(frozen=True)
class Accepted:
    """A file that will be read."""

    size: int
    load: Callable[[], bytes]
    origin: str


class UploadCollector:
    """Walk the paths of one upload, and count what it may still accept."""

    def __init__(self, max_files: int, max_file_mb: int, upload: Upload, scratch: Path | None, roster: list[RosterRow] | None = None):
        self._places, self.max_files, self._max_file_mb = Places(max_files), max_files, max_file_mb
        self._looks = max_files
        """Files in archives that may still be unpacked to see what they are."""

        self.containers = Containers(upload, scratch, roster)

    def outcome(self, entry: FoundFile) -> tuple[str, str, Accepted | Unreadable]:
        """Return folder, name, and how to load the file or the reason why not."""
        try:
            outcome = self.accepted(entry)
            self._places.take(entry.origin)
        except Unreadable as error:
            outcome = error
        return shown_name(entry.folder) if entry.folder else "", shown_name(entry.name), outcome

    def accepted(self, entry: FoundFile) -> Accepted:
        """Return how to load a file. Raises Unreadable, with one of the reasons of `collect`."""
        if isinstance(entry.load, Unreadable):
            raise entry.load
        extension = extension_of(entry.name)
        if extension not in _READABLE and not self._is_readable(entry):
            raise refusal("", extension) or Unreadable("unsupported_type", extension[1:].upper())
        if not self._places.has_room(entry.origin):
            raise Unreadable("too_many", str(self.max_files))
        if entry.size > self._max_file_mb * _MB:
            raise Unreadable("too_large", f"{self._max_file_mb} MB")
        return Accepted(entry.size, entry.load, entry.origin)

    def _is_readable(self, entry: FoundFile) -> bool:
        """Return whether a file with an extension that says nothing is something to read, and no log or settings of a program."""
        path = entry.path
        if path is None and entry.store and self._looks:
            self._looks -= 1
            path = entry.store()
        readable = {*READERS, *PICTURES, "winmail"} - {"text", "profile"} - ({"zip"} if is_foreign(extension_of(entry.name)) else set())
        return path is not None and kind_on_disk(path, entry.name) in readable

    def at(self, path: Path) -> Iterator[FoundFile]:
        """Yield the files at a path that a user gave, those of containers among them."""
        for entry in on_disk_at(path):
            yield from self.opened(entry)

    def opened(self, entry: FoundFile, inside: tuple[str, ...] = ()) -> Iterator[FoundFile]:
        """Yield the file itself, or the files in it if it is a container. `inside` names the kinds of those that it lies in."""
        if is_part_of_page(entry.folder, entry.name, entry.size):
            return
        try:
            if not may_be_container(entry):
                yield entry
                return
            may_list_all = CONTAINER_EXTENSIONS.get(extension_of(entry.name)) == "table"
            if self._places.left <= 0 and not may_list_all:
                raise Unreadable("too_many", str(self.max_files))
            kind, members = self.containers.files(entry, inside)
        except Unreadable as error:
            yield FoundFile(entry.folder, entry.name, 0, error)
        except OSError:
            yield FoundFile(entry.folder, entry.name, 0, Unreadable("cannot_open"))
        else:
            for member in members:
                yield from self.opened(member, (*inside, kind)) if kind not in ("", *LISTS) else [member]


def on_disk_at(path: Path) -> Iterator[FoundFile]:
    """Yield the files at a path that a user gave: itself, or those in the folder, sorted inside each. Nothing is opened."""
    try:
        if path.is_dir():
            yield from _in_folder(path)
        elif not path.is_file():
            yield FoundFile("", path.name, 0, Unreadable("not_found"))
        elif path.name.lower() not in JUNK and not path.name.startswith(("~$", "._")):
            yield _on_disk("", path)
    except OSError:
        yield FoundFile("", path.name, 0, Unreadable("cannot_open"))


def _in_folder(folder: Path) -> Iterator[FoundFile]:
    errors: list[OSError] = []
    empty = True
    for parent, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not is_system(name))
        for name in sorted(name for name in names if not is_system(name)):
            path = Path(parent, name)
            if path.is_file():
                empty = False
                yield _on_disk(path.parent.name, path)
    for error in errors:
        yield FoundFile("", Path(error.filename).name, 0, Unreadable("cannot_open"))
    if empty and not errors:
        yield FoundFile("", folder.name, 0, Unreadable("empty_folder"))


def _on_disk(folder: str, path: Path) -> FoundFile:
    return FoundFile(folder, path.name, path.stat().st_size, path.read_bytes, path)
