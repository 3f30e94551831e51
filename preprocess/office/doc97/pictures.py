"""Pictures that stand in a line of a Word 97 file ([MS-DOC] PICF, in the stream Data). Floating ones lie elsewhere, and are not known."""

import re
import struct

from preprocess.docx.pictures import PictureFiles
from preprocess.office.blocks import PictureBlock

_HEADER = 0x44
_SHAPES = (0x64, 0x66)  # a picture in the file, perhaps with the name of the file that it was
_BLIP = re.compile(rb"[\x1d-\x1f\x2a]\xf0(.{4}).{17}(?:.{16})?(?=\x89PNG|\xff\xd8\xff|BM)", re.DOTALL)
"""The head of a JPEG, PNG or DIB ([MS-ODRAW] OfficeArtBlip): its kind and length, one or two digests of it, a tag."""

_TWIPS = 20.0  # of a point
_PAGE_AREA = 595.0 * 842.0  # square points


def inline_picture(data: bytes, offset: int, files: PictureFiles) -> PictureBlock | None:
    """Return the picture at this offset of the data stream, put among `files`; None if there is none in a format that is known."""
    if offset < 0 or offset + _HEADER > len(data):
        return None
    length, header, kind = struct.unpack_from("<IHH", data, offset)
    if header != _HEADER or kind not in _SHAPES:
        return None
    wide, high, scale_x, scale_y = struct.unpack_from("<hhHH", data, offset + 0x1C)
    width, height = wide / _TWIPS * (scale_x or 1000) / 1000, high / _TWIPS * (scale_y or 1000) / 1000
    content = data[offset + header : offset + length]
    blip = _BLIP.search(content)
    if blip is None or width <= 0 or height <= 0:
        return None
    end = blip.start() + 6 + struct.unpack("<I", blip[1])[0]
    return PictureBlock(files.add(content[blip.end() : end]), (0.0, 0.0, 0.0, 0.0), width, height, width * height / _PAGE_AREA)
