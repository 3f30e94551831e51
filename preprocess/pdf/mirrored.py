"""Tell how the brackets beside Arabic and Hebrew are drawn: pdfium gives "(" where ")" is drawn.

pdfium takes each line apart into runs of letters and the signs between them. Signs behind letters that are read from right to left come
mirrored, as do those that begin a line with at least as many such runs as others. The layout wants what is drawn.
"""

import unicodedata
from collections.abc import Sequence
from itertools import groupby

from preprocess.layout.bidi import MIRRORED, has_rtl

_LINE_ENDS = (10, 13)


def drawn_signs(codes: Sequence[int]) -> dict[int, str]:
    """Return the brackets of lines with such letters as they are drawn, by index in the characters of a page. Linear."""
    if not has_rtl("".join(map(_character, codes))):
        return {}
    drawn: dict[int, str] = {}
    for is_end, line in groupby(enumerate(codes), key=lambda entry: entry[1] in _LINE_ENDS):
        if not is_end:
            drawn |= _of_line(list(line))
    return drawn


def _of_line(line: list[tuple[int, int]]) -> dict[int, str]:
    characters = [(index, _character(code)) for index, code in line]
    directions = [_direction(character) for _, character in characters]
    runs = [direction for direction, _ in groupby(filter(None, directions))]
    direction = "R" if 0 < runs.count("R") >= runs.count("L") else "L"
    if "R" not in runs:
        return {}
    drawn: dict[int, str] = {}
    for (index, character), own in zip(characters, directions, strict=True):
        direction = own or direction
        if ord(character) in MIRRORED:
            drawn[index] = character.translate(MIRRORED) if direction == "R" else character
    return drawn


def _direction(character: str) -> str:
    """Return R or L for a letter, "" for a sign or a digit, behind which the direction stays."""
    direction = unicodedata.bidirectional(character)
    return "R" if direction in ("R", "AL") else "L" if direction == "L" else ""


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 else "\ufffd"
