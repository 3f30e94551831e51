"""How piles come in: files, folders, ZIPs and pasted text → a flat list of named files, and a reason for each that was left out."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from zipfile import ZipInfo

from preprocess.archive import is_bomb, open_archive, read_member
from preprocess.document import Rejected, Unreadable
from preprocess.names import distinct, shown_name
from preprocess.pasted import split
from preprocess.plain_text import decode

# Only what is certain to fail is refused by its extension; readers go by content (.doc: often a renamed DOCX, else a clear message).
_READABLE = {"", ".pdf", ".docx", ".docm", ".dotx", ".dotm", ".doc", ".wps", ".txt", ".text", ".md", ".markdown", ".zip"}
_READABLE |= {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".heic"}
_JUNK = {"__macosx", ".ds_store", "thumbs.db", "desktop.ini"}
_MB = 1024 * 1024
_MAX_ARCHIVE = 500 * _MB  # a ZIP; its members together may unpack to twice as much
_MAX_ENTRIES = 20_000


@dataclass(frozen=True)
class File:
    """A file to be read. `name` is for people, and no two of one `collect` are alike."""

    name: str
    data: bytes


@dataclass(frozen=True)
class _Entry:
    """A file that was found but not read yet, or why there is nothing to read. `load` may raise Unreadable or OSError."""

    folder: str
    name: str
    size: int
    load: Callable[[], bytes] | Unreadable


def collect(paths: Iterable[str | Path], max_files: int, max_file_mb: int) -> tuple[list[File], list[Rejected]]:
    """Files at `paths`, folders and ZIPs (also a ZIP in a ZIP) opened up: in the order given, sorted inside each.

    System files (hidden ones, `~$…`, `__MACOSX`) are passed over; everything else that was found is in one of the two lists.
    Reasons: `not_found`, `cannot_open`, `unsupported_type`, `too_large`, `too_many`, `empty_folder`, `nested_zip`,
    `needs_password`, `damaged`, `unpacks_too_large`, `too_complex`.
    """
    entries = (entry for path in paths for entry in _at(Path(path)))
    found = list(islice(_outcomes(entries, max_files, max_file_mb), _MAX_ENTRIES))
    if next(entries, None):
        found.append(("", "…", Unreadable("too_many", str(max_files))))
    names = distinct([(folder, name) for folder, name, _ in found])
    files = [File(name, data) for name, (_, _, data) in zip(names, found, strict=True) if isinstance(data, bytes)]
    errors = [(name, error) for name, (_, _, error) in zip(names, found, strict=True) if isinstance(error, Unreadable)]
    return files, [Rejected(name, error.reason, error.detail) for name, error in errors]


def split_pasted(text: str) -> list[File]:
    """Pasted text as one file per resume, see `pasted.split`. Without a separator one file, of nothing but blanks none."""
    parts = split(text)
    names = distinct([("", shown_name(name)) for name, _ in parts])
    return [File(name, part.encode("utf-8", errors="replace")) for name, (_, part) in zip(names, parts, strict=True)]


def _outcomes(entries: Iterable[_Entry], max_files: int, max_file_mb: int) -> Iterator[tuple[str, str, bytes | Unreadable]]:
    """Folder, name, and content or the reason why not; nothing is read once `max_files` were."""
    room = max_files
    for entry in entries:
        try:
            outcome = _read(entry, room > 0, max_files, max_file_mb)
            room -= 1
        except Unreadable as error:
            outcome = error
        yield shown_name(entry.folder) if entry.folder else "", shown_name(entry.name), outcome


def _read(entry: _Entry, has_room: bool, max_files: int, max_file_mb: int) -> bytes:
    if isinstance(entry.load, Unreadable):
        raise entry.load
    extension = _extension(entry.name)
    if extension not in _READABLE:
        raise Unreadable("unsupported_type", extension[1:].upper())
    if not has_room:
        raise Unreadable("too_many", str(max_files))
    if entry.size > max_file_mb * _MB:
        raise Unreadable("too_large", f"{max_file_mb} MB")
    try:
        return entry.load()
    except OSError:
        raise Unreadable("cannot_open") from None


def _at(path: Path) -> Iterator[_Entry]:
    """What is at a path that a user gave."""
    try:
        if path.is_dir():
            yield from _in_folder(path)
        elif not path.is_file():
            yield _Entry("", path.name, 0, Unreadable("not_found"))
        elif path.name.lower() not in _JUNK and not path.name.startswith(("~$", "._")):
            yield from _opened(_Entry("", path.name, path.stat().st_size, path.read_bytes))
    except OSError:
        yield _Entry("", path.name, 0, Unreadable("cannot_open"))


def _in_folder(folder: Path) -> Iterator[_Entry]:
    errors: list[OSError] = []
    empty = True
    for parent, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not _is_system(name))
        for name in sorted(name for name in names if not _is_system(name)):
            path = Path(parent, name)
            if path.is_file():
                empty = False
                yield from _opened(_Entry(path.parent.name, name, path.stat().st_size, path.read_bytes))
    for error in errors:
        yield _Entry("", Path(error.filename).name, 0, Unreadable("cannot_open"))
    if empty and not errors:
        yield _Entry("", folder.name, 0, Unreadable("empty_folder"))


def _opened(entry: _Entry, depth: int = 0) -> Iterator[_Entry]:
    """The entry itself, or what is in it if it is a ZIP."""
    if _extension(entry.name) != ".zip" or isinstance(entry.load, Unreadable):
        yield entry
        return
    try:
        if depth == 2:
            raise Unreadable("nested_zip")
        if entry.size > _MAX_ARCHIVE:
            raise Unreadable("too_large", f"{_MAX_ARCHIVE // _MB} MB")
        members = _in_archive(entry.load(), entry.name)
    except Unreadable as error:
        yield _Entry(entry.folder, entry.name, 0, error)
    except OSError:
        yield _Entry(entry.folder, entry.name, 0, Unreadable("cannot_open"))
    else:
        for member in members:
            yield from _opened(member, depth + 1)


def _in_archive(data: bytes, name: str) -> list[_Entry]:
    """The files of a ZIP, none of them inflated yet. Raises Unreadable."""
    archive = open_archive(data)
    if "[Content_Types].xml" in archive.namelist():  # an Office file whose extension was changed
        return [_Entry("", Path(name).with_suffix(".docx").name, len(data), lambda: data)]
    entries = []
    for member in archive.infolist():
        path = _member_path(member)
        parts = [part for part in path.split("/") if part not in ("", ".", "..")]
        if path.endswith("/") or not parts or any(map(_is_system, parts)):
            continue
        megabytes = f"{member.file_size // 1_000_000:,} MB"
        load = Unreadable("unpacks_too_large", megabytes) if is_bomb(member) else partial(read_member, archive, member)
        entries.append((parts, _Entry(parts[-2] if len(parts) > 1 else Path(name).stem, parts[-1], member.file_size, load)))
    if not entries:
        raise Unreadable("empty_folder")
    total = sum(entry.size for _, entry in entries if not isinstance(entry.load, Unreadable))
    if total > 2 * _MAX_ARCHIVE:
        raise Unreadable("unpacks_too_large", f"{total // 1_000_000:,} MB")
    return [entry for _, entry in sorted(entries, key=lambda pair: pair[0])]


def _member_path(member: ZipInfo) -> str:
    """A member's path with forward slashes. Without the UTF-8 flag zipfile reads CP437; Windows wrote GBK there, macOS UTF-8."""
    path = member.filename
    if not member.flag_bits & 0x800 and not path.isascii():
        with suppress(Unreadable, UnicodeEncodeError):
            path = decode(path.encode("cp437"))
    return path.replace("\\", "/")


def _is_system(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _JUNK


def _extension(name: str) -> str:
    """Lower case and with its dot; "" for what only looks like one ("张三 v1.2")."""
    match = re.search(r"\.[A-Za-z][A-Za-z0-9]{0,7}$", name.strip())
    return match[0].lower() if match else ""
