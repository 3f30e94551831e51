"""Find pictures that stand in a line of a Word 97 file ([MS-DOC] PICF, in the stream Data). Floating ones are not known."""

import struct

from preprocess.docx.embedded.page_pictures import PAGE_AREA
from preprocess.docx.pictures import PictureFiles
from preprocess.office.blips import blip_picture
from preprocess.office.blocks import PictureBlock

_HEADER = 0x44
_SHAPES = (0x64, 0x66)  # a picture in the file, perhaps with the name of the file that it was
_TWIPS = 20.0  # of a point


def inline_picture(data: bytes, offset: int, files: PictureFiles) -> PictureBlock | None:
    """Return the picture at this offset of the data stream, put among `files`; None if there is none in a format that is known."""
    if offset < 0 or offset + _HEADER > len(data):
        return None
    length, header, kind = struct.unpack_from("<IHH", data, offset)
    if header != _HEADER or kind not in _SHAPES:
        return None
    wide, high, scale_x, scale_y = struct.unpack_from("<hhHH", data, offset + 0x1C)
    width, height = wide / _TWIPS * (scale_x or 1000) / 1000, high / _TWIPS * (scale_y or 1000) / 1000
    picture = blip_picture(data[offset + header : offset + length])
    if not picture or width <= 0 or height <= 0:
        return None
    return PictureBlock(files.add(picture), (0.0, 0.0, 0.0, 0.0), width, height, width * height / PAGE_AREA)
