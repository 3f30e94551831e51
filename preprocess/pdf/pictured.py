"""Find letters on a PDF page that no text of it says: scans, pictures of text, drawn letters. Runs in guarded processes only."""

import ctypes
import math
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from preprocess.layout.glyphs import Glyph
from preprocess.pdf.hidden.marks import PageObject
from preprocess.pdf.letters import letter_lines
from preprocess.pdf.page_view import PageView, Rect

_LONG_SIDE = 1700  # pixels; see letters.py
_MAX_ZOOM = 4.0
_MIN_WIDTH, _MIN_HEIGHT = 24.0, 6.0  # points; a smaller picture holds no line of text
_MAX_PICTURES = 100  # strips and tiles of one; more are taken together
_OUTLINE, _MIN_OUTLINES = 6, 300  # segments of a path from which on it may be a letter, and of all such; frames have 5
_PATTERN = (191, 191, 191)  # the colour that pdfium names for a fill with a pattern, which may be a picture, or text
_PADDING = 0.3  # em around a glyph that it explains; text layers of scans lie roughly over the print


class Drawing(NamedTuple):
    """A part of a page drawn without its texts: grey levels, pixels per point, its top left corner in points, and the pictures on it."""

    grey: NDArray[np.uint8]
    zoom: float
    left: float
    top: float
    pictures: tuple[Rect, ...] = ()


class PicturedText(NamedTuple):
    """Counts of letters that no glyph explains and that one does, and the places of the pictures that hold the first, in points."""

    unexplained: int = 0
    explained: int = 0
    places: tuple[Rect, ...] = ()


def drawn_without_text(page: pdfium.PdfPage, view: PageView, parts: Sequence[PageObject]) -> Drawing | None:
    """Draw the pictures and paths of a page that may hold text, as far as there are any."""
    pictures = _pictures(parts, view)
    if not pictures:
        return None
    hide_texts(parts)
    width, height = page.get_size()
    drawing = draw(page, reduce(Rect.joined, pictures), min(_MAX_ZOOM, _LONG_SIDE / max(width, height, 1.0)))
    hide_texts(parts, is_hidden=False)
    return drawing._replace(pictures=tuple(pictures))


def pictured_text(drawing: Drawing, glyphs: Iterable[Glyph]) -> PicturedText:
    """Return the letters of a drawing, and which of them the glyphs of the page's text explain."""
    mask = np.zeros(drawing.grey.shape, bool)
    for glyph in glyphs:
        left, top, right, bottom = around(glyph, drawing)
        mask[top:bottom, left:right] = True
    lines = letter_lines(drawing.grey, mask)
    unexplained = [line for line in lines if line.masked < line.letters / 2]
    middles = [
        (drawing.left + (line.left + line.right) / 2 / drawing.zoom, drawing.top + (line.top + line.bottom) / 2 / drawing.zoom)
        for line in unexplained
    ]
    return PicturedText(
        sum(line.letters - line.masked for line in unexplained),
        sum(line.masked for line in lines),
        tuple(rect for rect in drawing.pictures if any(rect.x0 <= x <= rect.x1 and rect.y0 <= y <= rect.y1 for x, y in middles)),
    )


def around(glyph: Glyph, drawing: Drawing) -> tuple[int, int, int, int]:
    """Return the box of pixels around a glyph (left, top, right, bottom), cut at the edges."""
    cos, sin = math.cos(math.radians(glyph.angle)), math.sin(math.radians(glyph.angle))
    pad = _PADDING * glyph.size
    corners = [(along, up) for along in (-pad, glyph.width + pad) for up in (-pad, glyph.size + pad / 2)]
    xs = [(glyph.x + along * cos - up * sin - drawing.left) * drawing.zoom for along, up in corners]
    ys = [(glyph.y - along * sin - up * cos - drawing.top) * drawing.zoom for along, up in corners]
    return max(0, int(min(xs))), max(0, int(min(ys))), max(0, int(max(xs))), max(0, int(max(ys)))


def _pictures(parts: Sequence[PageObject], view: PageView) -> list[Rect]:
    """Return the places of the pictures of a page, those that touch as one, and of its paths if there are enough of them to be letters."""
    pictures: list[Rect] = []
    outlines: list[Rect] = []
    segments, outer = 0, None
    page = view.rect_in_view(view.left, view.bottom, view.right, view.top)
    for part in parts:
        outer = outer if part.depth and outer else part  # objects in forms have no place of their own
        if part.kind == raw.FPDF_PAGEOBJ_IMAGE or (part.kind == raw.FPDF_PAGEOBJ_PATH and _colour(part) == _PATTERN):
            pictures.append(_bounds(outer, view, page))
        elif part.kind == raw.FPDF_PAGEOBJ_PATH and (count := raw.FPDFPath_CountSegments(part.handle)) >= _OUTLINE:
            segments += count
            outlines.append(_bounds(outer, view, page))
    if segments >= _MIN_OUTLINES:
        pictures.append(reduce(Rect.joined, outlines))
    joined = _joined(pictures) if len(pictures) <= _MAX_PICTURES else [reduce(Rect.joined, pictures)]
    return [rect for rect in joined if rect.x1 - rect.x0 >= _MIN_WIDTH and rect.y1 - rect.y0 >= _MIN_HEIGHT]


def _colour(part: PageObject) -> tuple[int, int, int]:
    """Return the colour of a path's fill: red, green, blue."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(part.handle, *map(ctypes.byref, (red, green, blue, alpha)))
    return red.value, green.value, blue.value


def _joined(rects: Sequence[Rect]) -> list[Rect]:
    """Return the rectangles with those that touch as one: scanners cut a page into strips."""
    joined: list[Rect] = []
    for rect in rects:
        while touching := next((other for other in joined if _touch(rect, other)), None):
            joined.remove(touching)
            rect = rect.joined(touching)
        joined.append(rect)
    return joined


def _touch(rect: Rect, other: Rect) -> bool:
    across = min(rect.x1, other.x1) - max(rect.x0, other.x0)
    down = min(rect.y1, other.y1) - max(rect.y0, other.y0)
    return across >= -1 and down >= -1


def _bounds(part: PageObject, view: PageView, page: Rect) -> Rect:
    """Return the part of the page that an object takes."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(part.handle, *map(ctypes.byref, (left, bottom, right, top)))
    x0, y0, x1, y1 = view.rect_in_view(left.value, bottom.value, right.value, top.value)
    return Rect(max(x0, 0.0), max(y0, 0.0), min(x1, page.x1), min(y1, page.y1))


def draw(page: pdfium.PdfPage, area: Rect, zoom: float) -> Drawing:
    """Draw a part of a page on white, each pixel as dark as the darkest of its colours."""
    width, height = page.get_size()
    left, top = math.floor(area.x0 * zoom), math.floor(area.y0 * zoom)
    columns, rows = max(1, math.ceil(area.x1 * zoom) - left), max(1, math.ceil(area.y1 * zoom) - top)
    bitmap = pdfium.PdfBitmap.new_native(columns, rows, raw.FPDFBitmap_BGRx)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, columns, rows)
    raw.FPDF_RenderPageBitmap(bitmap, page, -left, -top, math.ceil(width * zoom), math.ceil(height * zoom), 0, 0)
    pixels = np.frombuffer(bytes(bitmap.buffer), np.uint8).reshape(rows, -1, 4)[:, :columns, :3]
    bitmap.close()
    blue, green, red = (pixels[:, :, colour] for colour in range(3))
    return Drawing(np.minimum(np.minimum(blue, green), red), zoom, left / zoom, top / zoom)


def hide_texts(parts: Sequence[PageObject], is_hidden: bool = True) -> None:
    """Leave the texts of a page out when it is drawn, or not any more."""
    for part in parts:
        if part.kind == raw.FPDF_PAGEOBJ_TEXT:
            raw.FPDFPageObj_SetIsActive(part.handle, not is_hidden)
