"""Add the text boxes, diagrams and charts over a sheet of an XLSX or XLSB to its cells: many forms write in them.

Comments are no part of what a sheet shows, as in Word files.
"""

from collections.abc import Callable, Sequence
from itertools import islice

from preprocess.cleaning.placed import CELL_GAP
from preprocess.docx.colours import WHITE, Palette
from preprocess.docx.ooxml import child, children, find, value
from preprocess.office.blocks import Block, Container, Lines, Surface
from preprocess.office.drawing_text import paragraphs, surface
from preprocess.tables.grid import Sheet
from preprocess.xml_text import Element

_MAX_GRAPHICS = 100  # at one cell
_SHEET = Surface(WHITE, is_sure=False)
"""What lies behind a box that paints nothing: cells, of whatever colour."""


def add_drawn_texts(sheet: Sheet, drawing: Element, graphic: Callable[[str], Sequence[str]]) -> None:
    """Add the text boxes, diagrams and charts that are shown to a sheet, each at the cell where it begins; what they hide is noted.

    `graphic` returns the lines of the diagram or chart of that id. A chart's names that cells say, too, are not said again.
    """
    in_cells = {text for cells in sheet.rows.values() for text in cells.values()}
    palette = Palette(None)
    for anchor in drawing.iterchildren("*"):
        start = child(anchor, "from")
        row, column = (_number(child(start, name)) for name in ("row", "col"))
        for shape in find(anchor, {"sp"}, _said_again(anchor)):
            is_hidden = any(value(properties, "hidden") in ("1", "true") for properties in find(shape, {"cNvPr"}))
            blocks: list[Block] = list(paragraphs(palette, child(shape, "txBody")))
            add_box(sheet, row, column, Container(blocks, surface(palette, shape), is_hidden))
        for frame in islice(find(anchor, {"chart", "relIds"}), _MAX_GRAPHICS):
            lines = graphic(value(frame, "id") or value(frame, "dm"))
            if new := [line for line in lines if not in_cells.issuperset(CELL_GAP.split(line))]:
                sheet.add_drawn(row, column, "\n".join(new))


def add_box(sheet: Sheet, row: int, column: int, box: Container) -> None:
    """Add the visible text of a box that begins at this cell, and to what the sheet hides the rest."""
    lines = Lines(_SHEET)
    if text := "\n".join(lines.of([box])):
        sheet.add_drawn(row, column, text)
    sheet.hidden += lines.hidden
    sheet.unsure += lines.unsure


def _said_again(anchor: Element) -> frozenset[str]:
    """Return the element that says for older programs what a Choice says already."""
    has_choice = any(child(content, "Choice") is not None for content in children(anchor, "AlternateContent"))
    return frozenset({"Fallback"} if has_choice else ())


def _number(element: Element | None) -> int:
    text = "" if element is None else element.text or ""
    return int(text) if text.isdecimal() and len(text) < 8 else 0
