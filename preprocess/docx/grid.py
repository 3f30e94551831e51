"""Lay out a table of a Word file: positions and sizes of its cells, and the backgrounds that they and its style paint."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from preprocess.docx.colours import WHITE, Colour, Palette
from preprocess.docx.geometry import MIN_VISIBLE, Bounds, PageSetup, Visibility, is_beside_page
from preprocess.docx.measure import number, twips
from preprocess.docx.ooxml import Element, child, children, value
from preprocess.docx.styles import PARTS, Properties, Style

_MARGIN = 5.4  # points left and right in a cell
_LOOK = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100, "noHBand": 0x200, "noVBand": 0x400}


@dataclass(frozen=True)
class Cell:
    """One cell: its inner left edge and width (None: unknown), its height if fixed, its backgrounds, and its text's formatting.

    `backgrounds` is empty if nothing is painted; several if the file does not say which.
    """

    x: Bounds | None
    width: float | None
    height: float | None
    backgrounds: tuple[Colour | None, ...]
    formatting: Properties
    visibility: Visibility


class Grid:
    """One table. `x` is where the area around it starts, `room` how wide that is; None if unknown."""

    def __init__(self, table: Element, style: Style | None, palette: Palette, x: Bounds | None, room: float | None, page: PageSetup):
        self._properties = child(table, "tblPr")
        self._style, self._palette, self._page, self._room = style, palette, page, room
        self._columns = [twips(value(column, "w"), -1.0) for column in children(child(table, "tblGrid"), "gridCol")]
        self._edges = list(accumulate((max(width, 0.0) for width in self._columns), initial=0.0))
        self._is_fixed = value(child(self._properties, "tblLayout"), "type") == "fixed"
        self._direct = palette.shading(child(self._properties, "shd"))
        look = child(self._properties, "tblLook")
        bits = _bits(value(look))
        self._look = {
            name: value(look, name) in ("1", "true", "on") if value(look, name) else bool(bits & bit) for name, bit in _LOOK.items()
        }
        self._is_look_known = look is not None
        margins = child(self._properties, "tblCellMar")
        self._margins = [_side(margins, names, _MARGIN) for names in (("left", "start"), ("right", "end"))]
        self._x = self._start(x)

    def _start(self, x: Bounds | None) -> Bounds | None:
        """Return the left edge of the first column."""
        floating, indent = child(self._properties, "tblpPr"), child(self._properties, "tblInd")
        total = self._edges[-1]
        if floating is not None:
            return self._floating(floating, total)
        if x is None or self._room is None:
            return None
        if (align := value(child(self._properties, "jc"))) in ("center", "right", "end") and self._columns:
            return x.moved((self._room - total) / (2 if align == "center" else 1))
        return x.moved(twips(value(indent, "w"), 0.0)) if value(indent, "type") != "pct" else x

    def _floating(self, floating: Element, total: float) -> Bounds | None:
        page = self._page
        areas = {"page": (0.0, page.width), "margin": (page.left, page.text_width)}
        start, room = areas.get(value(floating, "horzAnchor"), (page.left, page.text_width))
        align = value(floating, "tblpXSpec")
        offset = {"center": (room - total) / 2, "right": room - total, "outside": room - total}.get(align, 0.0)
        start += offset if align else twips(value(floating, "tblpX"), 0.0)
        return Bounds(start, start)

    def off_page(self) -> bool:
        """Return whether a floating table lies above or below every page."""
        floating = child(self._properties, "tblpPr")
        if floating is None or value(floating, "tblpYSpec"):
            return False
        y = twips(value(floating, "tblpY"), 0.0)
        if y < -1.5 * self._page.height:  # from wherever it hangs, half a page of it is not seen
            return True
        if value(floating, "vertAnchor") == "page":
            return y > self._page.height - MIN_VISIBLE
        return y > self._page.height

    def cells(self, row: Element, cells: list[Element], index: int, is_last: bool) -> Iterator[Cell]:
        """Yield the cells of a row from left to right."""
        properties = child(row, "trPr")
        height = self._row_height(properties)
        column = int(number(value(child(properties, "gridBefore")), 0.0))
        x = self._x and self._x.moved(self._edges[min(max(column, 0), len(self._edges) - 1)])
        is_row_hidden = (hidden := child(properties, "hidden")) is not None and value(hidden) not in ("0", "false", "off")
        for position, cell in enumerate(cells):
            inner = child(cell, "tcPr")
            span = max(min(int(number(value(child(inner, "gridSpan")), 1.0)), 100), 1)
            width = self._cell_width(inner, column, span)
            left, right = self._margins
            if (margins := child(inner, "tcMar")) is not None:
                left, right = _side(margins, ("left", "start"), left), _side(margins, ("right", "end"), right)
            visibility = Visibility.VISIBLE
            if (
                is_row_hidden
                or (height is not None and height < MIN_VISIBLE)
                or (width is not None and self._is_fixed and width < 2 * MIN_VISIBLE)
            ):
                visibility = Visibility.HIDDEN
            elif width is not None and x is not None and is_beside_page(x.high, x.low + width, self._page):
                visibility = Visibility.HIDDEN if self._is_fixed else Visibility.UNSURE
            edges = position == 0, position == len(cells) - 1, index == 0, is_last
            backgrounds, formatting = self._painted(inner, edges, index, column)
            inside = None if width is None or not self._is_fixed else max(width - left - right, 0.0)
            yield Cell(x and x.moved(left), inside, height, backgrounds, formatting, visibility)
            x = x.moved(width) if x is not None and width is not None else None
            column += span

    def _row_height(self, properties: Element | None) -> float | None:
        height = child(properties, "trHeight")
        return twips(value(height), 0.0) if value(height, "hRule") == "exact" and value(height) else None

    def _cell_width(self, inner: Element | None, column: int, span: int) -> float | None:
        width = child(inner, "tcW")
        if value(width, "type") in ("dxa", "") and value(width, "w") and not value(width, "w").endswith("%"):
            return twips(value(width, "w"), 0.0)
        given = self._columns[column : column + span]
        return sum(given) if given and min(given) >= 0 and self._is_fixed else None

    def _painted(
        self, inner: Element | None, edges: tuple[bool, bool, bool, bool], index: int, column: int
    ) -> tuple[tuple[Colour | None, ...], Properties]:
        """Return the backgrounds of a cell by itself and its table's style, and the formatting of its runs by that style."""
        conditions = self._style.conditions if self._style else {}
        formatting: Properties = {}
        shading: Element | None = None
        possible: list[Colour | None] = []
        for part in PARTS if conditions else ():
            if part not in conditions or (part and self._is_look_known and not self._applies(part, edges, index, column)):
                continue
            if conditions[part].shading is not None:
                shading = conditions[part].shading
                possible += filter(None, [self._palette.shading(shading)])
            if not part or self._is_look_known:
                formatting = {**formatting, **conditions[part].run}
        own = child(inner, "shd")
        if own is not None and value(own) != "nil":
            colour = self._palette.shading(own)
            return ((colour,) if colour else ()), formatting
        if not self._is_look_known and possible:
            return (*possible, self._direct or WHITE), formatting
        colour = self._palette.shading(shading) or self._direct
        return ((colour,) if colour else ()), formatting

    def _applies(self, part: str, edges: tuple[bool, bool, bool, bool], index: int, column: int) -> bool:
        is_first, is_last, is_top, is_bottom = edges
        look = self._look
        top, bottom = is_top and look["firstRow"], is_bottom and look["lastRow"]
        first, last = is_first and look["firstColumn"], is_last and look["lastColumn"]
        row, band = index - look["firstRow"], column - look["firstColumn"]
        applied = {
            "firstRow": top,
            "lastRow": bottom,
            "firstCol": first,
            "lastCol": last,
            "nwCell": top and first,
            "neCell": top and last,
            "swCell": bottom and first,
            "seCell": bottom and last,
            "band1Horz": not look["noHBand"] and row >= 0 and row % 2 == 0,
            "band2Horz": not look["noHBand"] and row >= 0 and row % 2 == 1,
            "band1Vert": not look["noVBand"] and band >= 0 and band % 2 == 0,
            "band2Vert": not look["noVBand"] and band >= 0 and band % 2 == 1,
        }
        return applied[part]


def _bits(text: str) -> int:
    try:
        return int(text[:8], 16)
    except ValueError:
        return 0


def _side(margins: Element | None, names: tuple[str, str], default: float) -> float:
    side = child(margins, names[0]) if child(margins, names[0]) is not None else child(margins, names[1])
    return twips(value(side, "w"), default) if side is not None else default
