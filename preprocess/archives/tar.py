"""List the files in a tar archive (.tar, .tar.gz, .tgz, .tar.bz2, .tar.xz), and the one in a .gz that holds no tar."""

import bz2
import gzip
import lzma
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from preprocess.archives.zip import MAX_MEMBERS, Member
from preprocess.document import Unreadable
from preprocess.plain_text import decode

_OPENERS = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ": lzma.open}
_MAX_SINGLE = 100_000_000
_BROKEN = (tarfile.TarError, EOFError, OSError, zlib.error, lzma.LZMAError, ValueError)


def members(file: BinaryIO, name: str) -> Iterator[Member]:
    """Yield the files; links, devices and paths that climb out are passed over. Raise Unreadable: `damaged`, `too_complex`."""
    try:
        yield from _tar_members(file)
    except tarfile.ReadError:
        yield _single(file, name)
    except _BROKEN:
        raise Unreadable("damaged") from None


def _tar_members(file: BinaryIO) -> Iterator[Member]:
    file.seek(0)
    with tarfile.open(fileobj=file, mode="r:*", encoding="utf-8", errors="surrogateescape") as archive:
        for number, member in enumerate(archive):
            if number == MAX_MEMBERS:
                raise Unreadable("too_complex")
            path = _decoded(member.name)
            content = archive.extractfile(member) if member.isfile() and ".." not in PurePosixPath(path).parts else None
            if content:
                yield Member(path, content.read())


def _decoded(path: str) -> str:
    """Return a path whose bytes are no UTF-8 by their likely encoding: tar says nothing about it."""
    raw = path.encode("utf-8", "surrogateescape")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return decode(raw)


def _single(file: BinaryIO, name: str) -> Member:
    """Return what a compressed file holds that is no archive."""
    file.seek(0)
    head = file.read(6)
    file.seek(0)
    opener = next((opener for magic, opener in _OPENERS.items() if head.startswith(magic)), None)
    if opener is None:
        raise Unreadable("damaged")
    try:
        with opener(file) as unpacked:
            content = unpacked.read(_MAX_SINGLE + 1)
    except _BROKEN:
        raise Unreadable("damaged") from None
    if len(content) > _MAX_SINGLE:
        raise Unreadable("unpacks_too_large", f"{_MAX_SINGLE // 1_000_000:,} MB")
    return Member(PurePosixPath(name).stem, content)
