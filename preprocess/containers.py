"""Open the containers of an upload, whatever their kind: the files in archives, mails and sheets of candidates, none of them loaded yet."""

import json
import mmap
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from hashlib import file_digest
from pathlib import Path
from typing import Any, BinaryIO

from preprocess.archives.zip import ArchiveEntry
from preprocess.document import Unreadable
from preprocess.file_kind import ARCHIVE_EXTENSIONS, ARCHIVES, CONTAINER_EXTENSIONS, CONTAINERS, DOCUMENT_EXTENSIONS, LISTS, MAILS, kind_of
from preprocess.file_names import extension_of, shown_name
from preprocess.foreign_formats import is_foreign
from preprocess.guarded.client import call_reader
from preprocess.guarded.pool import Upload
from preprocess.roster import RosterRow

_MB = 1024 * 1024
_MAX_ROSTER = 50 * _MB  # of JSON
_MAX_CONTAINER = 500 * _MB  # an archive, also one in another
_MAX_UNPACKED = 1000 * _MB  # all that the containers of one upload unpack to, those in others and what is in these
_MAX_CONTAINERS = {True: 500, False: 20_000}  # of one upload: archives, others
_MAX_ARCHIVES_DEEP, _MAX_DEEP = 2, 5


@dataclass(frozen=True)
class FoundFile:
    """A file that was found but not read yet, or why it cannot be. `load` may raise Unreadable or OSError."""

    folder: str
    name: str
    size: int
    load: Callable[[], bytes] | Unreadable
    path: Path | None = None
    """Where it lies on disk, if it does."""

    store: Callable[[], Path] | None = None
    """Unpack it and return its path on disk, for a file in a container. May raise Unreadable or OSError."""

    origin: str = ""
    listed_file: str = ""
    """If it is a row of a sheet of candidates: the file that the sheet names as this person's resume."""


class Containers:
    """Open the containers of one upload, and count what may still be opened."""

    def __init__(self, upload: Upload, scratch: Path | None, roster: list[RosterRow] | None = None):
        """Open containers for `upload`. The rows of lists of candidates are added to `roster`, if there is one."""
        self._roster = roster
        self._unpacked = 0
        self._opened = {True: 0, False: 0}
        """Archives, and others."""

        self._scratch_files = 0
        self._upload, self._scratch = upload, scratch
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def files(self, container: FoundFile, inside: tuple[str, ...]) -> tuple[str, list[FoundFile]]:
        """Return the kind of a container, which lies in others of these kinds, and the files in it: ("", itself) if it is none.

        To be asked only if `may_be_container`. Raises Unreadable, OSError, Cancelled.
        """
        path = container.path
        if path is None:
            assert container.store
            _check_limits(container, CONTAINER_EXTENSIONS[extension_of(container.name)], inside)  # before it is unpacked
            path = container.store()
        kind = _container_kind(path, container.name)
        if not kind:
            return "", [container]
        _check_limits(container, kind, inside)
        self._count(kind in ARCHIVES)
        if kind == "table" and self._roster is not None:
            rows, has_resumes = self._listed(path, container.name)
            self._roster += rows
            if rows and not has_resumes:
                return kind, []
        if kind != "zip":
            path = self._repacked(path, kind, container.name)
        mail, origin = f"{self._opened[False]}" if kind in MAILS else "", container.origin if kind in ARCHIVES else ""
        members = self._in_archive(path, container.name, mail, origin)
        return kind, _listed_people(members, container) if kind in LISTS else members

    def _count(self, is_archive: bool) -> None:
        self._opened[is_archive] += 1
        if self._opened[is_archive] > _MAX_CONTAINERS[is_archive]:
            raise Unreadable("too_complex")

    def _listed(self, path: Path, name: str) -> tuple[list[RosterRow], bool]:
        """Return the rows of a list of candidates, none if it is no such list, and whether its rows are resumes, too. Raises OSError."""

        def read() -> bytes:
            with path.open("rb") as file:
                digest = file_digest(file, "sha256").hexdigest()
                file.seek(0)
                return digest.encode() + call_reader("roster", file, max_answer=_MAX_ROSTER)

        try:
            answer = self._upload.run(read)
            rows, has_resumes = _checked_roster(answer[64:])
        except Unreadable:  # whoever reads it as a file says why
            return [], False
        return [replace(row, sheet=shown_name(name), digest=answer[:64].decode()) for row in rows], has_resumes

    def _in_archive(self, path: Path, name: str, mail: str, origin: str) -> list[FoundFile]:
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
                entries.append(FoundFile(folder, file_name, 0, Unreadable(reason, detail)))
            elif number < 0:  # a document whose extension was changed
                entries.append(FoundFile(folder, file_name, size, partial(self._whole, path)))
            else:
                store = partial(self._stored, path, number, size)
                entries.append(FoundFile(folder, file_name, size, partial(self._member, path, number, size), store=store, origin=source))
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


def may_be_container(entry: FoundFile) -> bool:
    """Return whether a file is a container, by its bytes; of one inside another, which would have to be unpacked, by its name."""
    if entry.path:
        return _container_kind(entry.path, entry.name) != ""
    return entry.store is not None and extension_of(entry.name) in CONTAINER_EXTENSIONS


def _check_limits(container: FoundFile, kind: str, inside: tuple[str, ...]) -> None:
    """Raise Unreadable if a container of this kind is too deep in others or too large."""
    if len(inside) == _MAX_DEEP or (kind in ARCHIVES and sum(outer in ARCHIVES for outer in inside) == _MAX_ARCHIVES_DEEP):
        raise Unreadable("nested_zip")
    if container.size > _MAX_CONTAINER:
        raise Unreadable("too_large", f"{_MAX_CONTAINER // _MB} MB")


def _container_kind(path: Path, name: str) -> str:
    """Return the kind of container that a file on disk is, or "". Raises OSError."""
    extension = extension_of(name)
    kind = kind_on_disk(path, name)
    if kind == "zip" and (extension in DOCUMENT_EXTENSIONS or is_foreign(extension)):  # told apart by its members when it is read
        return ""
    if kind == "text" and extension in ARCHIVE_EXTENSIONS:
        return ARCHIVE_EXTENSIONS[extension]  # damaged
    return kind if kind in CONTAINERS else ""


def kind_on_disk(path: Path, name: str) -> str:
    """Return the kind of a file on disk, as `kind_of` does. Raises OSError."""
    with path.open("rb") as file:
        if not path.stat().st_size:
            return "text"
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            return kind_of(mapped, name)


def _listed_people(members: list[FoundFile], sheet: FoundFile) -> list[FoundFile]:
    """Return the people of a sheet or of JSON; of one that has none, which is in there itself, the file as it was found."""
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


def _checked_roster(answer: bytes) -> tuple[list[RosterRow], bool]:
    """Parse the rows of a list from a guarded process. Raises Unreadable `reader_failed` if it is malformed."""
    try:
        parsed = json.loads(answer)
        rows = [_checked_row(*row) for row in parsed["rows"]]
        return rows, bool(parsed["has_resumes"])
    except (ValueError, TypeError, KeyError, IndexError):
        raise Unreadable("reader_failed", "reply") from None


def _checked_row(number: Any, id_: Any, name: Any, file: Any, contacts: Any, status: Any, label: Any, *_: Any) -> RosterRow:
    return RosterRow(int(number), str(id_), str(name), str(file), tuple(map(str, contacts)), str(status), str(label))
