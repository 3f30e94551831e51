"""List the files in a 7z archive, by the `py7zr` library."""

import io
import lzma
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import py7zr
import py7zr.py7zr
from py7zr.exceptions import ArchiveError
from py7zr.io import BytesIOFactory

from preprocess.archives.zip import MAX_MEMBERS, Member
from preprocess.document import Unreadable

_MAX_TOTAL = 300_000_000
_MAX_BLOCK = 64_000_000
# Its own asks the system through a file, which a guarded process cannot open.
setattr(py7zr.py7zr, "get_memory_limit", lambda: _MAX_BLOCK)  # noqa: B010
_BROKEN = (
    *(ArchiveError, lzma.LZMAError, zlib.error),
    *(EOFError, OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, RuntimeError),
)


def members(file: BinaryIO, name: str) -> Iterator[Member]:
    """Yield the files. Raise Unreadable: `needs_password`, `unpacks_too_large`, `too_complex`, `unsupported_method`, `damaged`."""
    try:
        with py7zr.SevenZipFile(io.BytesIO(file.read())) as archive:
            if archive.needs_password():
                raise Unreadable("needs_password")
            entries = [entry for entry in archive.list() if not entry.is_directory]
            if len(entries) > MAX_MEMBERS:
                raise Unreadable("too_complex")
            total = sum(entry.uncompressed or 0 for entry in entries)
            if total > _MAX_TOTAL:
                raise Unreadable("unpacks_too_large", f"{total // 1_000_000:,} MB")
            contents = BytesIOFactory(_MAX_TOTAL)
            archive.extract(targets=[entry.filename for entry in entries], factory=contents)
    except py7zr.PasswordRequired:
        raise Unreadable("needs_password") from None
    except py7zr.UnsupportedCompressionMethodError:
        raise Unreadable("unsupported_method") from None
    except _BROKEN:
        raise Unreadable("damaged") from None
    for path, content in contents.products.items():
        content.seek(0)
        yield Member(path.replace("\\", "/"), content.read())
