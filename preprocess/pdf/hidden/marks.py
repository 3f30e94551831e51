"""The marks of a PDF page: its characters that should leave ink, where, and by which objects. Asks pdfium, judges nothing."""

import ctypes
import math
import unicodedata
from functools import cache
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from preprocess.pdf.page_view import Box, View

Handle = Any  # a page object of pdfium
_DEEPEST = 45  # forms within forms; pdfium reads the text of 40


class Mark(NamedTuple):
    """A character that should leave ink: its index in the text page, the number of the object that draws it, the box of its ink."""

    index: int
    drawing: int
    box: Box
    character: str


class Drawing(NamedTuple):
    """A text object: its characters, the box around their ink, the address of its font, and how it is drawn."""

    handle: Handle
    text: str
    box: Box
    font: int
    size: "Size"


class Part(NamedTuple):
    """Any object of a page: its kind (FPDF_PAGEOBJ_…), and in how many forms it is."""

    handle: Handle
    kind: int
    depth: int


def find_marks(text: pdfium.PdfTextPage, view: View) -> tuple[list[Mark], list[Drawing]]:
    """The marks of a page in drawing order, and the objects that draw them, by number."""
    page = text.raw
    numbers: dict[int, int] = {}
    handles: list[Handle] = []
    marks: list[Mark] = []
    letters: list[str] = []
    boxes: list[Box] = []
    sizes: list[Size] = []
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    edges = [ctypes.byref(edge) for edge in (left, right, bottom, top)]
    for index in range(text.count_chars()):
        character = chr(min(raw.FPDFText_GetUnicode(page, index), 0x10FFFF))
        if not _leaves_ink(character):
            continue
        handle = raw.FPDFText_GetTextObject(page, index)
        if not handle:  # made up by pdfium
            continue
        raw.FPDFText_GetCharBox(page, index, *edges)
        box = view.seen_box(left.value, bottom.value, right.value, top.value)
        number = numbers.setdefault(ctypes.addressof(handle.contents), len(handles))
        if number == len(handles):
            handles.append(handle)
            letters.append(character)
            boxes.append(box)
            sizes.append(size_of(text, index))
        else:
            letters[number] += character
            boxes[number] = boxes[number].joined(box)
        marks.append(Mark(index, number, box, character))
    fonts = [ctypes.addressof(raw.FPDFTextObj_GetFont(handle).contents) for handle in handles]
    return marks, [Drawing(*drawing) for drawing in zip(handles, letters, boxes, fonts, sizes, strict=True)]


@cache
def _leaves_ink(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) != "Cf"


def parts_of(page: pdfium.PdfPage) -> list[Part]:
    """Every object of a page, also those in forms."""
    found: list[Part] = []
    _collect([raw.FPDFPage_GetObject(page, place) for place in range(raw.FPDFPage_CountObjects(page))], 0, found)
    return found


def _collect(handles: list[Handle], depth: int, found: list[Part]) -> None:
    for handle in handles:
        kind = raw.FPDFPageObj_GetType(handle)
        found.append(Part(handle, kind, depth))
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            _collect([raw.FPDFFormObj_GetObject(handle, place) for place in range(raw.FPDFFormObj_CountObjects(handle))], depth + 1, found)


class Size(NamedTuple):
    """Width and height of the em of a character in points after all scaling, and its angle in degrees."""

    width: float
    height: float
    angle: float


def size_of(text: pdfium.PdfTextPage, index: int) -> Size:
    """How large, and how slanted, a character is drawn."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
    size = abs(raw.FPDFText_GetFontSize(text, index))
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    return Size(size * math.hypot(matrix.a, matrix.b), size * math.hypot(matrix.c, matrix.d), angle)


def is_embedded(drawing: Drawing) -> bool:
    """Whether the font is in the file, so that this machine draws the text as every other one does."""
    return raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(drawing.handle)) == 1


def advance_box(text: pdfium.PdfTextPage, mark: Mark, view: View) -> Box:
    """The box of the ink, as wide as the character advances: a font that stands in for another is drawn somewhere in it."""
    bounds = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, mark.index, ctypes.byref(bounds))
    loose = view.seen_box(bounds.left, bounds.bottom, bounds.right, bounds.top)
    is_upright = (round(size_of(text, mark.index).angle) + view.rotation) % 180 == 0
    return Box(loose.x0, mark.box.y0, loose.x1, mark.box.y1) if is_upright else Box(mark.box.x0, loose.y0, mark.box.x1, loose.y1)


def has_no_glyph(text: pdfium.PdfTextPage, mark: Mark, view: View) -> bool:
    """Whether the font that is used on this machine has no outline of the character.

    pdfium gives it a box of the size of the em then, which stands on the origin.
    """
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, mark.index, ctypes.byref(x), ctypes.byref(y))
    x, y = view.seen(x.value, y.value)
    box, size = mark.box, size_of(text, mark.index)
    on_corner = min(abs(x - box.x0), abs(x - box.x1)) < 0.02 and min(abs(y - box.y0), abs(y - box.y1)) < 0.02
    return on_corner and min(abs(box.x1 - box.x0 - size.height), abs(box.y1 - box.y0 - size.height)) < 0.02
