"""List the files in a RAR archive (RAR4, RAR5, solid), by the `rars` library."""

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import rars as _rars

from preprocess.archives.zip import Member
from preprocess.document import Unreadable

rars: Any = _rars  # it has no types
_MAX_MEMBER, _MAX_TOTAL, _MAX_DICTIONARY = 100_000_000, 500_000_000, 1 << 28
_READING = rars.ReadOptions(
    max_member_output_bytes=_MAX_MEMBER, max_total_output_bytes=_MAX_TOTAL, rar50_dictionary_size_limit=_MAX_DICTIONARY
)


def members(file: BinaryIO, name: str) -> Iterator[Member]:
    """Yield the files, a locked or split one as Unreadable. Raise Unreadable: `needs_password` (names are locked too), `damaged`."""
    try:
        archive = rars.RarFile.from_bytes(file.read())
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (rars.PasswordRequired, rars.BadPassword):
        raise Unreadable("needs_password") from None
    except (rars.Error, ValueError, OSError):
        raise Unreadable("damaged") from None
    readable = [entry for entry in entries if _refusal(entry) is None]
    contents = dict(zip((entry.member_index for entry in readable), _contents(archive, readable), strict=True))
    for entry in entries:
        yield Member(entry.filename.replace("\\", "/"), contents.get(entry.member_index) or _refusal(entry) or b"")


def _refusal(entry: Any) -> Unreadable | None:
    if entry.is_encrypted:
        return Unreadable("needs_password")
    if entry.is_split_before or entry.is_split_after:
        return Unreadable("split_archive")
    return Unreadable("unpacks_too_large", f"{entry.file_size // 1_000_000:,} MB") if entry.file_size > _MAX_MEMBER else None


def _contents(archive: Any, entries: Sequence[Any]) -> Sequence[bytes | Unreadable]:
    """Unpack all at once, which a solid archive needs only one pass for; one by one if that fails."""
    try:
        return archive.read_many(entries, options=_READING)
    except (rars.Error, ValueError, OSError, KeyError):
        return [_content(archive, entry) for entry in entries]


def _content(archive: Any, entry: Any) -> bytes | Unreadable:
    try:
        return archive.read(entry, options=_READING)
    except (rars.PasswordRequired, rars.BadPassword):
        return Unreadable("needs_password")
    except rars.UnsupportedRarFeature:
        return Unreadable("unsupported_method")
    except (rars.Error, ValueError, OSError, KeyError):
        return Unreadable("damaged")
