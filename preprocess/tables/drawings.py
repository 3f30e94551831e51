"""Add the text boxes, diagrams and charts over a sheet of an XLSX or XLSB to its cells: many forms write in them.

Comments are no part of what a sheet shows, as in Word files.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from preprocess.cleaning.placed import CELL_GAP
from preprocess.docx.colours import WHITE, Palette
from preprocess.docx.embedded.page_pictures import may_hold_text
from preprocess.docx.measure import emu
from preprocess.docx.ooxml import child, children, find, value
from preprocess.docx.pictures import PictureSource
from preprocess.office.blocks import Block, Container, Lines, Surface
from preprocess.office.drawing_text import paragraphs, surface
from preprocess.tables.grid import Sheet, SheetPicture
from preprocess.xml_text import Element

_MAX_GRAPHICS = 100  # at one cell
_MAX_PICTURES = 100  # of a sheet; a list of people may have a portrait in each row
_LEAST_AREA = 15_000.0  # square points; a smaller picture is a portrait
_MAX_BYTES = 30_000_000
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


def add_pictures(sheet: Sheet, drawing: Element, picture: Callable[[str], bytes]) -> None:
    """Add the pictures that are shown to a sheet, and those that shapes are filled with. `picture` returns the file of that id."""
    for anchor in drawing.iterchildren("*"):
        row = _number(child(child(anchor, "from"), "row"))
        for shape in find(anchor, {"sp", "pic"}, _said_again(anchor)):
            is_hidden = any(value(properties, "hidden") in ("1", "true") for properties in find(shape, {"cNvPr"}))
            fill = next((fill for holder in (shape, child(shape, "spPr")) if (fill := child(holder, "blipFill")) is not None), None)
            number = value(child(fill, "blip"), "embed")
            if number and not is_hidden and len(sheet.pictures) < _MAX_PICTURES:
                sheet.pictures += _shown(row, picture(number), *_size(anchor, shape))


def _size(anchor: Element, shape: Element) -> tuple[float, float]:
    """Return the width and height of a picture in points, 0 where the file does not say them."""
    extents = (child(child(child(shape, "spPr"), "xfrm"), "ext"), child(anchor, "ext"))
    sizes = ((emu(value(extent, "cx"), 0.0), emu(value(extent, "cy"), 0.0)) for extent in extents if extent is not None)
    return next((size for size in sizes if min(size) > 0), (0.0, 0.0))


def _shown(row: int, data: bytes, width: float, height: float) -> Iterator[SheetPicture]:
    """Yield a picture if it may hold text."""
    if width * height >= _LEAST_AREA if width else may_hold_text(data):
        yield SheetPicture(row, data, width, height)


def add_box(sheet: Sheet, row: int, column: int, box: Container, pictures: PictureSource | None = None) -> None:
    """Add the visible text of a box that begins at this cell, and its pictures, and to what the sheet hides the rest."""
    lines = Lines(_SHEET)
    if text := "\n".join(lines.of([box])):
        sheet.add_drawn(row, column, text)
    sheet.hidden += lines.hidden
    sheet.unsure += lines.unsure
    for _, block in lines.pictures:
        if pictures and len(sheet.pictures) < _MAX_PICTURES:
            sheet.pictures += _shown(row, pictures.binary(block.path, _MAX_BYTES), block.width, block.height)


def _said_again(anchor: Element) -> frozenset[str]:
    """Return the element that says for older programs what a Choice says already."""
    has_choice = any(child(content, "Choice") is not None for content in children(anchor, "AlternateContent"))
    return frozenset({"Fallback"} if has_choice else ())


def _number(element: Element | None) -> int:
    text = "" if element is None else element.text or ""
    return int(text) if text.isdecimal() and len(text) < 8 else 0
