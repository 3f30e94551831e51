"""Uploaded files, folders, archives, mails and pasted text → a flat list of named files, and a reason for each that was left out."""

import json
import mmap
import os
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from preprocess.archive import ArchiveEntry
from preprocess.document import Rejected, Unreadable
from preprocess.file_kind import ARCHIVES, CONTAINER_EXTENSIONS, CONTAINERS, MAILS, PICTURES, kind_of
from preprocess.file_names import JUNK, distinct, is_system, shown_name
from preprocess.guarded.client import call_reader
from preprocess.guarded.pool import POOL, Upload
from preprocess.guarded.readers import READERS
from preprocess.pasted import split

# By extension only what is certain to fail is refused; readers go by content (.doc: often a web page or a renamed DOCX).
_TEXTS = ".txt .text .md .markdown .rtf .html .htm .xhtml .mht .mhtml .json .xml .csv .tsv"
_DOCUMENTS = (
    ".pdf .docx .docm .dotx .dotm .doc .dot .wps .wpt .odt .ott .fodt .pptx .ppt .pps .ofd .xps .oxps .pages .xlsx .xlsm .xls .et .ods"
)
_PICTURES = ".jpg .jpeg .png .webp .bmp .tif .tiff .heic .heif .gif"
_READABLE = {"", ".eml", ".msg", ".mbox", *_TEXTS.split(), *_DOCUMENTS.split(), *_PICTURES.split()}
_ARCHIVES = {".zip": "zip", ".rar": "rar", ".7z": "7z", ".tar": "tar", ".gz": "tar", ".tgz": "tar", ".tbz2": "tar", ".txz": "tar"}
_MB = 1024 * 1024
_MAX_CONTAINER = 500 * _MB  # an archive, also one in another
_MAX_UNPACKED = 1000 * _MB  # all that the containers of one upload unpack to, those in others and what is in these
_MAX_CONTAINERS = {True: 500, False: 20_000}  # of one upload: archives, others
_MAX_ARCHIVES_DEEP, _MAX_DEEP = 2, 5
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


@dataclass(frozen=True)
class _FoundFile:
    """A file that was found but not read yet, or why it cannot be. `load` may raise Unreadable or OSError."""

    folder: str
    name: str
    size: int
    load: Callable[[], bytes] | Unreadable
    store: Callable[[], Path] | None = None
    """Return its path on disk, unpacking it first if needed. May raise Unreadable or OSError."""

    origin: str = ""
    listed_file: str = ""
    """If it is a row of a sheet of candidates: the file that the sheet names as this person's resume."""


def collect(
    paths: Iterable[str | Path], max_files: int, max_file_mb: int, upload: Upload | None = None, scratch: Path | None = None
) -> tuple[list[StoredFile], list[Rejected]]:
    """List the files at `paths`, in the order given, sorted inside each; folders, archives, mails and sheets of candidates are opened up.

    Loads no content. System files (hidden ones, `~$…`, `__MACOSX`) are skipped; everything else is in one of the two lists. Containers are
    opened when `upload` has its turn; what is no ZIP, or lies in another, is unpacked to the folder `scratch` for as long as the files are
    referenced. Rows of a sheet that names each person's resume file come last, and only those whose file is not in the upload.
    Reasons: `not_found`, `cannot_open`, `unsupported_type`, `too_large`, `too_many`, `empty_folder`, `nested_zip`,
    `needs_password`, `damaged`, `unpacks_too_large`, `too_complex`, `not_a_list`. Raises Cancelled.
    """
    pile = _UploadCollector(max_files, max_file_mb, upload or POOL.upload(), scratch)
    entries = _without_listed(entry for path in paths for entry in pile.at(Path(path)))
    outcomes = list(islice(map(pile.outcome, entries), _MAX_ENTRIES))
    if next(entries, None):
        outcomes.append(("", "…", Unreadable("too_many", str(max_files))))
    names = distinct([(folder, name) for folder, name, _ in outcomes])
    files = [
        StoredFile(name, accepted.size, accepted.load, accepted.origin)
        for name, (_, _, accepted) in zip(names, outcomes, strict=True)
        if isinstance(accepted, _Accepted)
    ]
    errors = [(name, error) for name, (_, _, error) in zip(names, outcomes, strict=True) if isinstance(error, Unreadable)]
    return files, [Rejected(name, error.reason, error.detail) for name, error in errors]


def split_pasted(text: str) -> list[PastedText]:
    """Split pasted text into one text per resume, see `pasted.split`. Without a separator it is one; blank text gives none."""
    parts = split(text)
    names = distinct([("", shown_name(name)) for name, _ in parts])
    return [PastedText(name, part) for name, (_, part) in zip(names, parts, strict=True)]


def _without_listed(entries: Iterable[_FoundFile]) -> Iterator[_FoundFile]:
    """Yield the files, and last the rows of lists whose file is not among them."""
    names: set[str] = set()
    rows: list[_FoundFile] = []
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
class _Accepted:
    size: int
    load: Callable[[], bytes]
    origin: str


class _UploadCollector:
    """Walks the paths of one upload, and counts what it may still accept."""

    def __init__(self, max_files: int, max_file_mb: int, upload: Upload, scratch: Path | None):
        self._room, self._max_files, self._max_file_mb = max_files, max_files, max_file_mb
        self._unpacked = 0
        self._containers = {True: 0, False: 0}
        self._scratch_files = 0
        self._upload, self._scratch = upload, scratch
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def outcome(self, entry: _FoundFile) -> tuple[str, str, _Accepted | Unreadable]:
        """Return folder, name, and how to load the file or the reason why not."""
        try:
            outcome = self._accepted(entry)
            self._room -= 1
        except Unreadable as error:
            outcome = error
        return shown_name(entry.folder) if entry.folder else "", shown_name(entry.name), outcome

    def _accepted(self, entry: _FoundFile) -> _Accepted:
        if isinstance(entry.load, Unreadable):
            raise entry.load
        extension = _extension(entry.name)
        if extension not in _READABLE and not _is_readable(entry):
            raise Unreadable("unsupported_type", extension[1:].upper())
        if self._room <= 0:
            raise Unreadable("too_many", str(self._max_files))
        if entry.size > self._max_file_mb * _MB:
            raise Unreadable("too_large", f"{self._max_file_mb} MB")
        return _Accepted(entry.size, entry.load, entry.origin)

    def at(self, path: Path) -> Iterator[_FoundFile]:
        """Yield the files at a path that a user gave."""
        try:
            if path.is_dir():
                yield from self._in_folder(path)
            elif not path.is_file():
                yield _FoundFile("", path.name, 0, Unreadable("not_found"))
            elif path.name.lower() not in JUNK and not path.name.startswith(("~$", "._")):
                yield from self._opened(_on_disk("", path))
        except OSError:
            yield _FoundFile("", path.name, 0, Unreadable("cannot_open"))

    def _in_folder(self, folder: Path) -> Iterator[_FoundFile]:
        errors: list[OSError] = []
        empty = True
        for parent, folders, names in os.walk(folder, onerror=errors.append):
            folders[:] = sorted(name for name in folders if not is_system(name))
            for name in sorted(name for name in names if not is_system(name)):
                path = Path(parent, name)
                if path.is_file():
                    empty = False
                    yield from self._opened(_on_disk(path.parent.name, path))
        for error in errors:
            yield _FoundFile("", Path(error.filename).name, 0, Unreadable("cannot_open"))
        if empty and not errors:
            yield _FoundFile("", folder.name, 0, Unreadable("empty_folder"))

    def _opened(self, entry: _FoundFile, inside: tuple[str, ...] = ()) -> Iterator[_FoundFile]:
        """Yield the file itself, or the files in it if it is a container. `inside` names the kinds of those that it lies in."""
        try:
            kind = _container_kind(entry, is_inside=bool(inside))
            if not kind or not entry.store:
                yield entry
                return
            self._count(entry, kind, inside)
            path = entry.store()
            if kind != "zip":
                path = self._repacked(path, kind, entry.name)
            mail, origin = f"{self._containers[False]}" if kind in MAILS else "", entry.origin if kind in ARCHIVES else ""
            members = self._in_archive(path, entry.name, mail, origin)
            if kind == "table":
                members = _rows_of_people(members, entry)
        except Unreadable as error:
            yield _FoundFile(entry.folder, entry.name, 0, error)
        except OSError:
            yield _FoundFile(entry.folder, entry.name, 0, Unreadable("cannot_open"))
        else:
            for member in members:
                yield from [member] if kind == "table" else self._opened(member, (*inside, kind))

    def _count(self, entry: _FoundFile, kind: str, inside: tuple[str, ...]) -> None:
        """Raise Unreadable if this container is one too many, too deep or too large."""
        is_archive = kind in ARCHIVES
        if len(inside) == _MAX_DEEP or (is_archive and sum(outer in ARCHIVES for outer in inside) == _MAX_ARCHIVES_DEEP):
            raise Unreadable("nested_zip")
        if self._room <= 0:
            raise Unreadable("too_many", str(self._max_files))
        if entry.size > _MAX_CONTAINER:
            raise Unreadable("too_large", f"{_MAX_CONTAINER // _MB} MB")
        self._containers[is_archive] += 1
        if self._containers[is_archive] > _MAX_CONTAINERS[is_archive]:
            raise Unreadable("too_complex")

    def _in_archive(self, path: Path, name: str, mail: str, origin: str) -> list[_FoundFile]:
        """Return the files of a ZIP, none unpacked yet. `mail`: its number, if it is one, else all are of `origin`. Raises Unreadable."""
        listed = _checked(self._upload.run(partial(_listed, path, name)))
        total = sum(size for number, _, _, size, reason, _ in listed if number >= 0 and not reason)
        if self._unpacked + total > _MAX_UNPACKED:
            raise Unreadable("unpacks_too_large", f"{total // 1_000_000:,} MB")
        self._unpacked += total
        entries = []
        for number, folder, file_name, size, reason, detail in listed:
            source = f"{mail}/{folder}" if mail else origin
            if reason:
                entries.append(_FoundFile(folder, file_name, 0, Unreadable(reason, detail)))
            elif number < 0:  # a document whose extension was changed
                entries.append(_FoundFile(folder, file_name, size, partial(self._whole, path)))
            else:
                store = partial(self._stored, path, number, size)
                entries.append(_FoundFile(folder, file_name, size, partial(self._member, path, number, size), store, source))
        return entries

    # Bound methods keep the scratch folder alive for as long as a file in it may be loaded.

    def _whole(self, path: Path) -> bytes:
        return path.read_bytes()

    def _member(self, path: Path, number: int, size: int) -> bytes:
        """Unpack one file of a ZIP."""
        with path.open("rb") as archive:
            return call_reader("archive_entry", archive, str(number), max_answer=size)

    def _stored(self, path: Path, number: int, size: int) -> Path:
        """Unpack a container in a ZIP to the scratch folder."""
        return self._written(path, lambda source, file: call_reader("archive_entry", source, str(number), max_answer=size, into=file))

    def _repacked(self, path: Path, kind: str, name: str) -> Path:
        """Write a container that is no ZIP as a ZIP to the scratch folder."""
        return self._written(path, lambda source, file: call_reader("repack", source, kind, name, max_answer=_MAX_UNPACKED, into=file))

    def _written(self, path: Path, read: Callable[[BinaryIO, BinaryIO], object]) -> Path:
        """Write what a reader of the file at `path` returns to a new file in the scratch folder."""
        self._folder = self._folder or tempfile.TemporaryDirectory(dir=self._scratch, prefix="unpacked-")
        self._scratch_files += 1
        target = Path(self._folder.name, str(self._scratch_files))

        def unpack() -> None:
            with path.open("rb") as source, target.open("w+b") as file:
                read(source, file)

        self._upload.run(unpack)
        return target


def _rows_of_people(members: list[_FoundFile], sheet: _FoundFile) -> list[_FoundFile]:
    """Return the people of a sheet; of one that has none, which is in there itself, the file as it was found."""
    if len(members) == 1 and members[0].size == sheet.size:
        return [sheet]
    listed = Path(sheet.name).stem
    return [replace(member, listed_file=member.folder if member.folder != listed else "") for member in members]


def _listed(path: Path, name: str) -> bytes:
    with path.open("rb") as archive:
        return call_reader("archive", archive, name)


def _checked(listed: bytes) -> list[ArchiveEntry]:
    """Parse the list of archive entries from a guarded process. Raises Unreadable `reader_failed` if it is malformed."""
    try:
        entries = [(number, folder, name, size, reason, detail) for number, folder, name, size, reason, detail in json.loads(listed)]
        kinds = (int, str, str, int, str, str)
        if not all(isinstance(value, kind) for entry in entries for value, kind in zip(entry, kinds, strict=True)):
            raise TypeError
    except (ValueError, TypeError):
        raise Unreadable("reader_failed", "reply") from None
    return entries


def _on_disk(folder: str, path: Path) -> _FoundFile:
    return _FoundFile(folder, path.name, path.stat().st_size, path.read_bytes, lambda: path)


def _extension(name: str) -> str:
    """Return the extension in lower case with its dot; "" for what only looks like one ("张三 v1.2")."""
    match = re.search(r"\.(?:[A-Za-z][A-Za-z0-9]{0,7}|7z)$", name.strip(), re.IGNORECASE)
    return match[0].lower() if match else ""


def _container_kind(entry: _FoundFile, is_inside: bool) -> str:
    """Return the kind of container that a file is, or "": by its bytes, and inside another container by its name first.

    Raises Unreadable, OSError.
    """
    extension = _extension(entry.name)
    if not entry.store or (is_inside and extension not in CONTAINER_EXTENSIONS):
        return ""
    kind = _kind_on_disk(entry.store(), entry.name)
    if kind == "zip" and extension in _DOCUMENTS.split():  # told apart by its members when it is read
        return ""
    if kind == "text" and extension in _ARCHIVES:
        return _ARCHIVES[extension]  # damaged
    return kind if kind in CONTAINERS else ""


def _is_readable(entry: _FoundFile) -> bool:
    """Whether a file with an extension that says nothing is something to read, and not just text: a log, a program's settings."""
    return entry.store is not None and _kind_on_disk(entry.store(), entry.name) in {*READERS, *PICTURES, "winmail"} - {"text", "profile"}


def _kind_on_disk(path: Path, name: str) -> str:
    with path.open("rb") as file:
        if not path.stat().st_size:
            return "text"
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            return kind_of(mapped, name)
