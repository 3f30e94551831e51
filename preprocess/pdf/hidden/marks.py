"""List the marks of a PDF page: characters that should leave ink, with their boxes and text objects. Asks pdfium, decides nothing."""

import ctypes
import math
import unicodedata
from functools import cache
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from preprocess.pdf.page_view import PageView, Rect

Handle = Any  # a page object of pdfium
_MAX_DEPTH = 45  # forms within forms; pdfium reads the text of 40


class CharacterMark(NamedTuple):
    """A character that should leave ink: its index in the text page, the number of its text object, the box of its ink."""

    index: int
    drawing: int
    box: Rect
    character: str


class TextObject(NamedTuple):
    """A text object: its characters, the box around their ink, the address of its font, and its size."""

    handle: Handle
    text: str
    box: Rect
    font: int
    size: "Size"


class PageObject(NamedTuple):
    """Any object of a page: its kind (FPDF_PAGEOBJ_…), and in how many forms it is nested."""

    handle: Handle
    kind: int
    depth: int


def find_marks(text: pdfium.PdfTextPage, view: PageView) -> tuple[list[CharacterMark], list[TextObject]]:
    """Return the marks of a page in drawing order, and the text objects that draw them, by number."""
    page = text.raw
    numbers: dict[int, int] = {}
    handles: list[Handle] = []
    marks: list[CharacterMark] = []
    letters: list[str] = []
    boxes: list[Rect] = []
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
        box = view.rect_in_view(left.value, bottom.value, right.value, top.value)
        number = numbers.setdefault(ctypes.addressof(handle.contents), len(handles))
        if number == len(handles):
            handles.append(handle)
            letters.append(character)
            boxes.append(box)
            sizes.append(size_of(text, index))
        else:
            letters[number] += character
            boxes[number] = boxes[number].joined(box)
        marks.append(CharacterMark(index, number, box, character))
    fonts = [ctypes.addressof(raw.FPDFTextObj_GetFont(handle).contents) for handle in handles]
    return marks, [TextObject(*drawing) for drawing in zip(handles, letters, boxes, fonts, sizes, strict=True)]


@cache
def _leaves_ink(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) != "Cf"


def page_objects(page: pdfium.PdfPage) -> list[PageObject]:
    """Return every object of a page, including those in forms."""
    objects: list[PageObject] = []
    _collect([raw.FPDFPage_GetObject(page, position) for position in range(raw.FPDFPage_CountObjects(page))], 0, objects)
    return objects


def _collect(handles: list[Handle], depth: int, objects: list[PageObject]) -> None:
    for handle in handles:
        kind = raw.FPDFPageObj_GetType(handle)
        objects.append(PageObject(handle, kind, depth))
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            _collect(
                [raw.FPDFFormObj_GetObject(handle, position) for position in range(raw.FPDFFormObj_CountObjects(handle))],
                depth + 1,
                objects,
            )


class Size(NamedTuple):
    """Width and height of a character's em in points after all scaling, and its angle in degrees."""

    width: float
    height: float
    angle: float


def size_of(text: pdfium.PdfTextPage, index: int) -> Size:
    """Return the size and angle at which a character is drawn."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
    size = abs(raw.FPDFText_GetFontSize(text, index))
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    return Size(size * math.hypot(matrix.a, matrix.b), size * math.hypot(matrix.c, matrix.d), angle)


def is_embedded(drawing: TextObject) -> bool:
    """Return whether the font is in the file, so that every machine draws the text alike."""
    return raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(drawing.handle)) == 1


def advance_box(text: pdfium.PdfTextPage, mark: CharacterMark, view: PageView) -> Rect:
    """Return the ink's box widened to the character's advance: a substitute font is drawn somewhere in it."""
    bounds = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, mark.index, ctypes.byref(bounds))
    loose = view.rect_in_view(bounds.left, bounds.bottom, bounds.right, bounds.top)
    is_upright = (round(size_of(text, mark.index).angle) + view.rotation) % 180 == 0
    return Rect(loose.x0, mark.box.y0, loose.x1, mark.box.y1) if is_upright else Rect(mark.box.x0, loose.y0, mark.box.x1, loose.y1)


def lacks_glyph(text: pdfium.PdfTextPage, mark: CharacterMark, view: PageView) -> bool:
    """Return whether the font used on this machine has no outline of the character.

    pdfium then gives it a box of the size of the em, which stands on the origin.
    """
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, mark.index, ctypes.byref(x), ctypes.byref(y))
    x, y = view.seen(x.value, y.value)
    box, size = mark.box, size_of(text, mark.index)
    on_corner = min(abs(x - box.x0), abs(x - box.x1)) < 0.02 and min(abs(y - box.y0), abs(y - box.y1)) < 0.02
    return on_corner and min(abs(box.x1 - box.x0 - size.height), abs(box.y1 - box.y0 - size.height)) < 0.02
