"""Sort the drawings that hang on a paragraph of a Word file, or stand on one page, into the order in which a person reads them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from preprocess.docx.geometry import PageSetup, TextFlow, top_on_page
from preprocess.docx.shape import Shape

_FILLED = 0.8  # of a text box's width and height that its text takes at most; boxes often overlap a little
_MAX_CUT = 200  # boxes; more are read from top to bottom
_LEVEL = 8.0  # points between the tops of boxes that stand in one row


class BoxEdges(NamedTuple):
    """The edges of a box on the page, in points."""

    x0: float
    x1: float
    y0: float
    y1: float


def in_reading_order(shapes: Sequence[Shape], page: PageSetup, column: TextFlow) -> list[Shape]:
    """Return what stands in the line or has no position first, then the floating shapes: cut at gaps across, else at gaps downwards."""
    placed = {index: _rect(shape, page, column) for index, shape in enumerate(shapes) if shape.is_floating and shape.is_measured}
    unplaced = [shape for index, shape in enumerate(shapes) if index not in placed]
    return [*unplaced, *(shapes[index] for index in order_of(placed))]


def order_of(rects: dict[int, BoxEdges]) -> list[int]:
    """Return boxes, by their numbers, in reading order: cut at gaps across, else at gaps downwards; many from top to bottom."""
    return _cut(list(rects), rects) if len(rects) <= _MAX_CUT else _by_top(rects, rects)


def are_on_page(drawn: Iterable[tuple[object, Sequence[Shape]]]) -> bool:
    """Return whether all shapes are placed by the page, whatever paragraphs they hang on."""
    return all(shape.is_floating and shape.box.base is None for _, shapes in drawn for shape in shapes)


def is_above(shape: Shape, page: PageSetup, column: TextFlow) -> bool:
    """Return whether a floating shape certainly ends above the first line of the paragraph that it hangs on."""
    box = shape.box
    if not shape.is_floating or not shape.is_measured:
        return False
    if box.base is not None:
        return box.y + _FILLED * box.height <= 0
    top = column.on_page(box.anchor, page)
    return top is not None and box.y + _FILLED * box.height <= top.low


def _rect(shape: Shape, page: PageSetup, column: TextFlow) -> BoxEdges:
    box, top = shape.box, top_on_page(shape.box, page, column).low
    return BoxEdges(box.x.low, box.x.low + _FILLED * box.width, top, top + _FILLED * box.height)


def _cut(indexes: list[int], rects: dict[int, BoxEdges]) -> list[int]:
    rows, columns = _groups(indexes, rects, 2, 3), _groups(indexes, rects, 0, 1)
    for groups in (columns, rows) if len(columns) > 1 and _are_uneven(rows, columns, rects) else (rows, columns):
        if len(groups) > 1:
            return [index for group in groups for index in _cut(group, rects)]
    return _by_top(indexes, rects)


def _groups(indexes: list[int], rects: dict[int, BoxEdges], start: int, end: int) -> list[list[int]]:
    """Return the boxes that gaps part, along the axis of these two sides."""
    groups: list[list[int]] = []
    reached = float("-inf")
    for index in sorted(indexes, key=lambda index: rects[index][start]):
        if rects[index][start] >= reached:
            groups.append([])
        groups[-1].append(index)
        reached = max(reached, rects[index][end])
    return groups


def _are_uneven(rows: list[list[int]], columns: list[list[int]], rects: dict[int, BoxEdges]) -> bool:
    """Return whether boxes side by side do not begin level, as those of a sidebar and a main column do not."""
    for row in rows:
        tops = [min(tops) for column in columns if (tops := [rects[index].y0 for index in column if index in row])]
        if tops and max(tops) - min(tops) > _LEVEL:
            return True
    return False


def _by_top(indexes: Sequence[int] | dict[int, BoxEdges], rects: dict[int, BoxEdges]) -> list[int]:
    return sorted(indexes, key=lambda index: (rects[index].y0, rects[index].x0, index))
