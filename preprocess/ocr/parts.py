"""Put the lines recognised in pictures of text among those of a PDF page that has text of its own. Knows no recognition."""

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

import pypdfium2 as pdfium
from PIL import Image

from preprocess.document import Line, Page
from preprocess.layout.glyphs import Glyph
from preprocess.layout.lines import read_lines
from preprocess.ocr.pictures import Picture
from preprocess.pdf.hidden.marks import page_objects
from preprocess.pdf.page_view import Rect
from preprocess.pdf.pictured import around, draw, hide_texts
from preprocess.pdf.text import GlyphPage, read_page
from preprocess.pdf.worker import legible

_LONG_SIDE, _MAX_ZOOM = 2000, 4.0  # as for whole pages
_MAX_PARTS = 4  # of a page; more are drawn as one, as each takes a second or more


class Part(NamedTuple):
    """A picture of text on a page, drawn without the texts of the page, and its place in points."""

    picture: Picture
    box: Rect


class RecognisedPart(NamedTuple):
    """The text recognised of a part: glyphs in points from its top left corner. `is_turned`: it was legible only after turning it."""

    glyphs: Sequence[Glyph]
    box: Rect
    is_turned: bool


def parts_of(document: pdfium.PdfDocument, index: int) -> tuple[GlyphPage, list[Part]]:
    """Return the page at `index`, and its pictures that hold letters without a text. Raises what `read_page` raises."""
    glyph_page = read_page(document, index)
    places = glyph_page.pictured.places
    if len(places) > _MAX_PARTS:
        places = (reduce(Rect.joined, places),)
    page = document[index]
    hide_texts(page_objects(page))
    parts = [_part(page, area, glyph_page) for area in places]
    page.close()
    return glyph_page, parts


def merged(page: GlyphPage, parts: Sequence[RecognisedPart]) -> Page:
    """Return the page with the recognised lines where they stand.

    A picture with text over it, as a scanned form has, is laid out together with that; others are blocks of their own.
    """
    texts = list(legible(page.glyphs))
    blocks: list[tuple[Rect, tuple[Line, ...]]] = []
    for part in parts:
        moved = [glyph._replace(x=glyph.x + part.box.x0, y=glyph.y + part.box.y0) for glyph in part.glyphs]
        if not part.is_turned and any(_is_inside(glyph, part.box) for glyph in page.glyphs):
            texts += moved
        else:
            blocks.append((part.box, read_lines(moved)))
    lines = list(read_lines(texts))
    for area, block in sorted(blocks, key=lambda entry: entry[0].y0, reverse=True):
        position = _position(lines, area)
        lines[position:position] = block
    return Page(tuple(lines), page.width, page.height)


def _part(page: pdfium.PdfPage, area: Rect, glyph_page: GlyphPage) -> Part:
    drawing = draw(page, area, min(_MAX_ZOOM, _LONG_SIDE / max(area.x1 - area.x0, area.y1 - area.y0, 1.0)))
    grey = drawing.grey.copy()
    for glyph in glyph_page.glyphs if glyph_page.is_text_layer else ():  # it says the print below it already
        left, top, right, bottom = around(glyph, drawing)
        grey[top:bottom, left:right] = 255
    return Part(Picture(Image.fromarray(grey).convert("RGB"), drawing.zoom), area._replace(x0=drawing.left, y0=drawing.top))


def _position(lines: Sequence[Line], area: Rect) -> int:
    """Return where a block belongs: before the first line below its top and in its column, else behind the last line in its column."""
    beside = [position for position, line in enumerate(lines) if line.x0 < area.x1 and area.x0 < line.x1]
    below = [position for position in beside if (lines[position].y0 + lines[position].y1) / 2 > area.y0]
    return below[0] if below else beside[-1] + 1 if beside else len(lines)


def _is_inside(glyph: Glyph, area: Rect) -> bool:
    return not glyph.text.isspace() and area.x0 < glyph.x < area.x1 and area.y0 < glyph.y < area.y1
