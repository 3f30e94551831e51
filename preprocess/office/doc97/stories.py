"""Find which parts of a Word 97 file are shown where: page headers and footers in use, text boxes and what they are anchored to."""

import struct
from collections import defaultdict

from preprocess.office.doc97.sprms import modifiers
from preprocess.office.doc97.word_file import WordFile

ANCHORS = 40
_SECTIONS, _HEADERS, _SETTINGS, _BOXES = 6, 11, 31, 56
_TITLE_PAGE = 0x300A
_SEPARATORS = 6  # stories before those of the first section
_EVEN, _FIRST = (0, 2), (4, 5)
_FOOTERS = (2, 3, 5)
BEHIND_TEXT = 3
Range = tuple[int, int]


def headers_and_footers(file: WordFile) -> tuple[list[Range], list[Range]]:
    """Return the ranges of text of the page headers and of the footers that some page shows."""
    start, _ = file.parts["headers"]
    bounds = file.plc(_HEADERS, 0)
    has_even = bool(file.structure(_SETTINGS)[:1].strip(b"\0")) and bool(file.structure(_SETTINGS)[0] & 1)
    title_pages = [_has_title_page(file, entry) for _, _, entry in file.plc(_SECTIONS, 12)]
    headers: list[Range] = []
    footers: list[Range] = []
    for number, (first, last, _) in enumerate(bounds):
        section, kind = divmod(number - _SEPARATORS, 6)
        if section < 0 or last <= first or (kind in _EVEN and not has_even):
            continue
        if kind in _FIRST and section < len(title_pages) and not title_pages[section]:
            continue
        (footers if kind in _FOOTERS else headers).append((start + first, start + last))
    return headers, footers


def _has_title_page(file: WordFile, entry: bytes) -> bool:
    (offset,) = struct.unpack_from("<i", entry, 2)
    if offset < 0:
        return False
    size = int.from_bytes(file.main[offset : offset + 2], "little")
    return any(code == _TITLE_PAGE and any(operand) for code, operand in modifiers(file.main[offset + 2 : offset + 2 + size]))


def text_boxes(file: WordFile) -> tuple[dict[int, list[Range]], list[Range], bool]:
    """Return the ranges of the text boxes by the position that they are anchored to, those anchored nowhere, and whether drawings float.

    A drawing that floats may lie behind the text of the page.
    """
    start, end = file.parts["boxes"]
    anchors: dict[int, int] = {}
    floats = False
    for position, _, entry in file.plc(ANCHORS, 26):
        shape, flags = struct.unpack_from("<I16xH", entry)
        anchors[shape] = position
        floats = floats or flags >> 5 & 15 == BEHIND_TEXT
    anchored: dict[int, list[Range]] = defaultdict(list)
    others: list[Range] = []
    for first, last, entry in file.plc(_BOXES, 22):
        shape = int.from_bytes(entry[14:18], "little")
        box = (start + first, min(start + last, end))
        if shape in anchors:
            anchored[anchors[shape]].append(box)
        else:
            others.append(box)
    return anchored, others, floats
