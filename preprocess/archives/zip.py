"""Open ZIP containers (DOCX files, uploaded archives) within limits, so that a small file cannot inflate into a huge one."""

import io
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from preprocess.document import Unreadable
from preprocess.file_kind import zip_kind

MAX_MEMBERS = 20_000
MAX_RATIO = 200  # XML and text reach 20–50; DEFLATE's ceiling is about 1,030
RATIO_MATTERS_ABOVE = 1_000_000  # bytes: below this even the worst ratio is harmless
_MAX_MIMETYPE = 100
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)

ArchiveEntry = tuple[int, str, str, int, str, str]
"""A file in an uploaded ZIP: number, folder, name, size, and the reason (with its detail) why it cannot be read, or ""."""


@dataclass(frozen=True)
class Member:
    """A file in a container of any kind: its path with forward slashes, and its content or why it cannot be read."""

    path: str
    content: bytes | Unreadable


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open a ZIP held in memory, reading only its directory. Raises Unreadable: `damaged`, `too_complex`."""
    if data.count(b"PK\x01\x02") > MAX_MEMBERS:  # before zipfile builds an object for every directory entry
        raise Unreadable("too_complex")
    return open_zip_file(io.BytesIO(data))


def open_zip_file(file: BinaryIO) -> zipfile.ZipFile:
    """Open a ZIP file, reading only its directory, which can be large: for guarded processes. Raises Unreadable: `damaged`."""
    try:
        return zipfile.ZipFile(file)
    except _BROKEN:
        raise Unreadable("damaged") from None


def check_size(members: list[zipfile.ZipInfo], limit: int) -> None:
    """Raise Unreadable `unpacks_too_large` if the members together inflate to more than `limit` bytes, or one of them is a ZIP bomb."""
    total = sum(member.file_size for member in members)
    if total > limit or any(is_bomb(member) for member in members):
        raise Unreadable("unpacks_too_large", f"{total // 1_000_000:,} MB")


def is_bomb(member: zipfile.ZipInfo) -> bool:
    """Return whether a member's compression ratio is too high for an ordinary document."""
    return member.file_size > max(RATIO_MATTERS_ABOVE, MAX_RATIO * member.compress_size)


def document_kind(archive: zipfile.ZipFile) -> str:
    """Return what kind of document a ZIP is, as `file_kind.zip_kind` does, with sheets of the OpenDocument format as "table"."""
    kind = zip_kind(archive.namelist())
    if kind == "odf":
        member = archive.getinfo("mimetype")
        mimetype = read_member(archive, member) if member.file_size <= _MAX_MIMETYPE else b""
        return "table" if b"spreadsheet" in mimetype else "odf"
    return kind


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Inflate one member whose size was checked. Raises Unreadable: `needs_password`, `damaged`.

    zipfile never returns more than `file_size` bytes, so a directory that lies about a size ends in `damaged`.
    """
    if member.flag_bits & 0x1:
        raise Unreadable("needs_password")
    try:
        return archive.read(member)
    except _BROKEN:
        raise Unreadable("damaged") from None
