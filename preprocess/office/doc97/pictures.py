"""Find the pictures of a Word 97 file ([MS-DOC]): in a line (PICF, in the stream Data), and floating over the page (Spa)."""

import struct
from collections.abc import Iterator

from preprocess.docx.embedded.page_pictures import PAGE_AREA
from preprocess.docx.pictures import PictureFiles
from preprocess.office.blips import PICTURE_IN_GROUP, PROPERTIES, SHAPE, blip_picture, parts_of, picture_number, says_hidden
from preprocess.office.blocks import PictureBlock
from preprocess.office.doc97.stories import ANCHORS, BEHIND_TEXT
from preprocess.office.doc97.word_file import WordFile

_HEADER = 0x44
_SHAPES = (0x64, 0x66)  # a picture in the file, perhaps with the name of the file that it was
_TWIPS = 20.0  # of a point
_DRAWINGS = 50


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


def floating_pictures(file: WordFile, files: PictureFiles) -> dict[int, PictureBlock]:
    """Return the pictures that float over the pages of the body, put among `files`, by the position of the sign they are anchored to."""
    numbers = dict(_numbers_by_shape(file))
    pictures = _pictures(file) if numbers else []
    floating: dict[int, PictureBlock] = {}
    for position, _, entry in file.plc(ANCHORS, 26):
        shape, left, top, right, bottom, flags = struct.unpack_from("<I4iH", entry)
        number = numbers.get(shape, 0)
        picture = pictures[number - 1] if 0 < number <= len(pictures) else b""
        width, height = (right - left) / _TWIPS, (bottom - top) / _TWIPS
        if picture and width > 0 < height:
            share, is_behind = width * height / PAGE_AREA, flags >> 5 & 15 == BEHIND_TEXT
            floating[position] = PictureBlock(files.add(picture), (0.0, 0.0, 0.0, 0.0), width, height, share, is_behind)
    return floating


def _numbers_by_shape(file: WordFile) -> Iterator[tuple[int, int]]:
    """Yield the shapes of the body's drawing that show a picture, with its number."""
    drawings = file.structure(_DRAWINGS)
    start = _end(drawings, 0)
    if start + 9 > len(drawings) or drawings[start] != 0:  # the body's drawing comes first
        return
    shape = 0
    for kind, content in parts_of(drawings[start + 1 : _end(drawings, start + 1)]):
        if kind == SHAPE:
            shape = int.from_bytes(content[:4], "little")
        elif kind == PROPERTIES and (number := picture_number(content)) and not says_hidden(content):
            yield shape, number


def _pictures(file: WordFile) -> list[bytes]:
    """Return the pictures of the file's drawings in order, b"" for one in a format that is not known."""
    drawings = file.structure(_DRAWINGS)
    pictures: list[bytes] = []
    for kind, content in parts_of(drawings[: _end(drawings, 0)]):
        if kind == PICTURE_IN_GROUP:
            size, offset = struct.unpack_from("<20xI4xI", content)
            pictures.append(blip_picture(content) or blip_picture(file.main[offset : offset + size]))
    return pictures


def _end(records: bytes, start: int) -> int:
    """Return where the record ends that begins at `start`."""
    return start + 8 + struct.unpack_from("<I", records, start + 4)[0] if start + 8 <= len(records) else len(records)
