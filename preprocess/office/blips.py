"""Find pictures in the drawings of binary Office files ([MS-ODRAW] OfficeArtBlip)."""

import re
import struct

_BLIP = re.compile(rb"[\x1d-\x1f\x2a]\xf0(.{4}).{17}(?:.{16})?(?=\x89PNG|\xff\xd8\xff|BM)", re.DOTALL)
"""The head of a JPEG, PNG or DIB: its kind and length, one or two digests of it, a tag."""


def blip_picture(content: bytes) -> bytes:
    """Return the first picture in a part of a drawing as a file; b"" if there is none in these formats."""
    blip = _BLIP.search(content)
    return content[blip.end() : blip.start() + 6 + struct.unpack("<I", blip[1])[0]] if blip else b""
