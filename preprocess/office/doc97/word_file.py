"""Open the streams of a Word 97 file: its header (FIB), the parts of its text, and its characters by the piece table."""

import struct
from array import array
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import olefile

from preprocess.document import Unreadable

_MAX_CHARACTERS = 5_000_000  # a resume has under 50,000
_WORD, _WORD_FAR_EAST = 0xA5EC, 0xA5DC
_WORD_97 = 193  # version of the FIB; Word 6 and 95 have another layout
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_PARTS = ("body", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header_boxes")
_CLX = 33
_COMPRESSED = 0x40000000


class Segment(NamedTuple):
    """Characters that stand together in the file: the position of the first in the text and in the stream, and bytes per character."""

    first: int
    text: str
    offset: int
    width: int
    properties: bytes
    """Character properties of all of it, which a fast save leaves in the piece table."""


class WordFile:
    """The bytes of one file. Raises Unreadable: `needs_password`, `old_word`, `damaged`, `too_complex`; and what broken bytes cause."""

    def __init__(self, ole: olefile.OleFileIO):
        self.main = ole.openstream("WordDocument").read()
        identity, version = struct.unpack_from("<HH", self.main, 0)
        (flags,) = struct.unpack_from("<H", self.main, 0x0A)
        if identity not in (_WORD, _WORD_FAR_EAST) or version < _WORD_97:
            raise Unreadable("old_word", "Word 6/95")
        if flags & _ENCRYPTED:
            raise Unreadable("needs_password")
        names = ("1Table", "0Table") if flags & _TABLE_1 else ("0Table", "1Table")
        self.table = ole.openstream(next((name for name in names if ole.exists(name)), names[0])).read()
        self.data = ole.openstream("Data").read() if ole.exists("Data") else b""
        self.segments = list(self._segments())

    def structure(self, index: int) -> bytes:
        """Return a structure of the table stream by its place in the FIB (FibRgFcLcb97)."""
        offset, size = struct.unpack_from("<II", self.main, 0x9A + 8 * index)
        return self.table[offset : offset + size]

    def plc(self, index: int, size: int) -> list[tuple[int, int, bytes]]:
        """Return the entries of a PLC: where each begins and ends in the text, and its data of `size` bytes."""
        structure = self.structure(index)
        count = max(0, (len(structure) - 4) // (4 + size))
        positions = struct.unpack_from(f"<{count + 1}I", structure) if count else (0,)
        start = 4 * (count + 1)
        entries = (structure[start + size * number : start + size * (number + 1)] for number in range(count))
        return [(first, last, entry) for (first, last), entry in zip(pairwise(positions), entries, strict=True)]

    @cached_property
    def parts(self) -> dict[str, tuple[int, int]]:
        """Where each part of the text begins and ends."""
        ranges, start = {}, 0
        for name, count in zip(_PARTS, struct.unpack_from("<8I", self.main, 0x4C), strict=True):
            ranges[name] = (start, start + count)
            start += count
        return ranges

    @cached_property
    def text(self) -> str:
        """All parts; a character is a UTF-16 unit, so that positions stay right."""
        return "".join(segment.text for segment in self.segments)

    def within(self, first: int, last: int) -> Iterator[Segment]:
        """Yield the segments of the text from `first` to `last`, cut to these."""
        for segment in self.segments:
            start, end = max(first, segment.first), min(last, segment.first + len(segment.text))
            if start < end:
                skipped = start - segment.first
                text = segment.text[skipped : end - segment.first]
                yield segment._replace(first=start, text=text, offset=segment.offset + skipped * segment.width)

    def _segments(self) -> Iterator[Segment]:
        clx = self.structure(_CLX)
        properties: list[bytes] = []
        offset = 0
        while clx[offset] == 1:
            (size,) = struct.unpack_from("<H", clx, offset + 1)
            properties.append(clx[offset + 3 : offset + 3 + size])
            offset += 3 + size
        if clx[offset] != 2:
            raise Unreadable("damaged")
        (size,) = struct.unpack_from("<I", clx, offset + 1)
        pieces = clx[offset + 5 : offset + 5 + size]
        count = (len(pieces) - 4) // 12
        positions = struct.unpack_from(f"<{count + 1}I", pieces)
        if positions[-1] > _MAX_CHARACTERS:
            raise Unreadable("too_complex")
        first = 0
        for number, (start, end) in enumerate(pairwise(positions)):
            flagged_offset, modifier = struct.unpack_from("<IH", pieces, 4 * (count + 1) + 8 * number + 2)
            is_compressed = bool(flagged_offset & _COMPRESSED)
            width = 1 if is_compressed else 2
            base = (flagged_offset & (_COMPRESSED - 1)) // (2 if is_compressed else 1)
            raw = self.main[base : base + max(0, end - start) * width]
            text = raw.decode("cp1252", errors="replace") if is_compressed else _units(raw)
            index = modifier >> 1
            extra = properties[index] if modifier & 1 and index < len(properties) else b""
            yield Segment(first, text, base, width, extra)
            first += len(text)


def _units(raw: bytes) -> str:
    """Decode UTF-16 to one character a unit; surrogate pairs stay apart."""
    units = array("H", raw[: len(raw) // 2 * 2])
    return "".join(map(chr, units))
