"""Find the shapes over a sheet of an ODS, and the cells at which they begin."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from preprocess.docx.ooxml import child, children, find, local, value
from preprocess.office.odt_styles import DRAWINGS, points
from preprocess.xml_text import Element

_ROW, _COLUMN = 12.8, 64.0  # points, where the file does not say: LibreOffice's own
_COVERED = ("table-cell", "covered-table-cell")


class SheetShape(NamedTuple):
    """A shape, and the row and column from 0 at which it begins."""

    row: int
    column: int
    element: Element


def drawn_shapes(table: Element, rows: Sequence[Element], root: Element) -> Iterator[SheetShape]:
    """Yield the shapes on the sheet and on the cells of these rows of it, as far as those are shown. `root` has the styles."""
    number = 0
    for row in rows:
        if value(row, "visibility") not in ("collapse", "filter"):
            yield from (SheetShape(number, column, element) for column, element in _on_cells(row))
        number += repeated(row, "number-rows-repeated")
    on_sheet = [element for shapes in children(table, "shapes") for element in shapes if local(element) in DRAWINGS]
    if on_sheet:
        columns = find(table, {"table-column"}, frozenset({"table-row"}))
        tops = _edges(rows, _sizes(root, "table-row-properties", "row-height"), "number-rows-repeated", _ROW)
        lefts = _edges(columns, _sizes(root, "table-column-properties", "column-width"), "number-columns-repeated", _COLUMN)
        for element in sorted(on_sheet, key=lambda element: (_at(element, "y"), _at(element, "x"))):
            yield SheetShape(_index(tops, _at(element, "y"), _ROW), _index(lefts, _at(element, "x"), _COLUMN), element)


def repeated(element: Element, name: str) -> int:
    """Return how many rows or columns an element stands for, or cells it spans."""
    number = value(element, name)
    return max(1, int(number)) if number.isdecimal() and len(number) < 8 else 1


def _on_cells(row: Element) -> Iterator[tuple[int, Element]]:
    """Yield column and shape."""
    column = 0
    for cell in row:
        if local(cell) in _COVERED:
            yield from ((column, element) for element in cell if local(element) in DRAWINGS)
            column += repeated(cell, "number-columns-repeated")


def _sizes(root: Element, properties: str, name: str) -> dict[str, float]:
    """Return the heights or widths that styles give."""
    styles = children(child(root, "automatic-styles"), "style")
    return {value(style, "name"): size for style in styles if (size := points(value(child(style, properties), name)))}


def _edges(elements: Iterable[Element], sizes: dict[str, float], name: str, usual: float) -> list[tuple[float, int, float]]:
    """Return where rows or columns begin that an element stands for: in points, the number of the first one, the size of each."""
    edges, start, number = [], 0.0, 0
    for element in elements:
        size = sizes.get(value(element, "style-name"), usual)
        edges.append((start, number, size))
        start, number = start + size * repeated(element, name), number + repeated(element, name)
    return edges


def _index(edges: Sequence[tuple[float, int, float]], at: float, usual: float) -> int:
    """Return the number of the row or column that a point lies in."""
    position = bisect_right(edges, at, key=lambda edge: edge[0]) - 1
    start, number, size = edges[position] if position >= 0 else (0.0, 0, usual)
    return number + int((at - start) / size)


def _at(element: Element, name: str) -> float:
    return points(value(element, name)) or 0.0
