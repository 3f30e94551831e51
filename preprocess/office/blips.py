"""Take the drawings of binary Office files apart ([MS-ODRAW]): their records, the properties of shapes, pictures (OfficeArtBlip)."""

import re
import struct
from collections.abc import Iterator

SHAPE, PROPERTIES, ANCHOR, PICTURE_IN_GROUP = 0xF00A, 0xF00B, 0xF010, 0xF007
PICTURE, FLAGS = 0x104, 0x3BF
"""Properties of a shape: the number of its picture, and what hides it."""

_HIDDEN = 0x0002_0002  # "it is said whether", "hidden"
_CONTAINER = 0xF
_BLIP = re.compile(rb"[\x1d-\x1f\x2a]\xf0(.{4}).{17}(?:.{16})?(?=\x89PNG|\xff\xd8\xff|BM)", re.DOTALL)
"""The head of a JPEG, PNG or DIB: its kind and length, one or two digests of it, a tag."""


def blip_picture(content: bytes) -> bytes:
    """Return the first picture in a part of a drawing as a file; b"" if there is none in these formats."""
    blip = _BLIP.search(content)
    return content[blip.end() : blip.start() + 6 + struct.unpack("<I", blip[1])[0]] if blip else b""


def parts_of(drawing: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield type and content of the records of a drawing, without those that only hold others."""
    offset = 0
    while offset + 8 <= len(drawing):
        version, kind, length = struct.unpack_from("<HHI", drawing, offset)
        offset += 8
        if version & _CONTAINER != _CONTAINER:
            yield kind, drawing[offset : offset + length]
            offset += length


def says_hidden(properties: bytes) -> bool:
    """Return whether a shape with these properties is not shown."""
    return any(number & 0x3FFF == FLAGS and flags & _HIDDEN == _HIDDEN for number, flags in _numbered(properties))


def picture_number(properties: bytes) -> int:
    """Return the number of the picture that a shape with these properties shows, from 1; 0 if it shows none."""
    return next((value for number, value in _numbered(properties) if number & 0x3FFF == PICTURE), 0)


def _numbered(properties: bytes) -> Iterator[tuple[int, int]]:
    return struct.iter_unpack("<HI", properties[: len(properties) // 6 * 6])
