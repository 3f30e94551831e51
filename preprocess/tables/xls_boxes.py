"""Read text boxes and pictures over a sheet of an XLS: its records OBJ (what it is), TXO (the text) and drawing (the cell where it begins).

Comments are objects of their own kind, and left out.
"""

import struct
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from preprocess.office.blips import ANCHOR, PICTURE_IN_GROUP, PROPERTIES, SHAPE, blip_picture, parts_of, picture_number, says_hidden

_CONTINUE, _OBJ, _DRAWING, _TXO = 0x3C, 0x5D, 0xEC, 0x1B6
_COMMENT = 0x19
RECORDS = frozenset({_CONTINUE, _OBJ, _DRAWING, _TXO})
_COLUMN, _ROW = 48.0, 13.0  # points; how large a picture is, its file says in cells


class TextBox(NamedTuple):
    """A text box, by the cell where it begins. `is_white`: all its letters are."""

    row: int
    column: int
    text: str
    is_hidden: bool
    is_white: bool


def text_boxes(records: Iterable[tuple[int, bytes]], is_white_font: Callable[[int], bool]) -> Iterator[TextBox]:
    """Yield the text boxes among records of RECORDS, given by type and body. Raises struct.error where they are damaged."""
    row = column = 0
    is_hidden = is_comment = False
    text = _BoxText(0, 0)
    for kind, body in [*records, (_OBJ, bytes(6))]:  # one more, which ends the last text
        if kind == _CONTINUE:
            text.add(body)
            continue
        if text.text.strip():
            yield TextBox(row, column, text.text, is_hidden, text.is_white(is_white_font))
        text = _BoxText(0, 0)
        if kind == _DRAWING:
            for part, content in parts_of(body):
                if part == SHAPE:
                    is_hidden = False
                elif part == PROPERTIES:
                    is_hidden = says_hidden(content)
                elif part == ANCHOR and len(content) >= 8:
                    column, row = struct.unpack_from("<2xHxxH", content)
        elif kind == _OBJ:
            is_comment = struct.unpack_from("<4xH", body)[0] == _COMMENT
        elif kind == _TXO and not is_comment:
            text = _BoxText(*struct.unpack_from("<10xHH", body))


class DrawnPicture(NamedTuple):
    """A picture: the row where it begins, its number (from 1) in the workbook, its size in points."""

    row: int
    number: int
    width: float
    height: float


def drawn_pictures(records: Iterable[tuple[int, bytes]]) -> Iterator[DrawnPicture]:
    """Yield the pictures that are shown among records of RECORDS. Raises struct.error where they are damaged."""
    number, is_hidden = 0, False
    for part, content in (entry for kind, body in records if kind == _DRAWING for entry in parts_of(body)):
        if part == SHAPE:
            number, is_hidden = 0, False
        elif part == PROPERTIES:
            number, is_hidden = picture_number(content), says_hidden(content)
        elif part == ANCHOR and number and not is_hidden and len(content) >= 16:
            left, top, right, bottom = struct.unpack_from("<2xHxxHxxHxxH", content)
            yield DrawnPicture(top, number, (right - left) * _COLUMN, (bottom - top) * _ROW)


def pictures_in_group(drawing: bytes) -> list[bytes]:
    """Return the pictures of a workbook in order, b"" for one in a format that is not known, from its records for all drawings together."""
    return [blip_picture(content) for part, content in parts_of(drawing) if part == PICTURE_IN_GROUP]


class _BoxText:
    """A text that goes on in several records, and after them the fonts of its runs."""

    def __init__(self, length: int, fonts: int):
        self.text = ""
        self._length, self._fonts_left = length, fonts
        self._fonts: list[int] = []

    def add(self, body: bytes) -> None:
        if len(self.text) < self._length:
            wide = body[:1] == b"\1"
            self.text += body[1:].decode("utf-16-le" if wide else "latin-1", "replace")[: self._length - len(self.text)]
        elif self._fonts_left > 0:
            runs = struct.iter_unpack("<HHI", body[: len(body) // 8 * 8])
            self._fonts += [font for start, font, _ in runs if start < self._length]  # the last one ends the text
            self._fonts_left -= len(body)

    def is_white(self, is_white_font: Callable[[int], bool]) -> bool:
        return bool(self._fonts) and all(map(is_white_font, self._fonts))
