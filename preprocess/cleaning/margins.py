"""Find the right edge of the columns of a page, which shows that a line is full."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace
from typing import NamedTuple

from preprocess.cleaning.placed import has_layout
from preprocess.cleaning.wraps import is_unspaced
from preprocess.document import Line, Page
from preprocess.layout.bidi import is_rtl

_WINDOW = 15  # lines above and below in which the edge shows
_NARROWEST = 9  # em; narrower columns hold lists, not prose
_RAGGED = 0.25  # of the width of an English column, by which lines are short of its edge
_BAND = 12.0  # points
_NEXT = 3.0  # em between the tops of lines of which one follows the other
_CENTRED = 0.6  # em by which the space on the two sides of a centred line differs


class PlacedLine(NamedTuple):
    """An upright line, its page, its column, and the right edge of that column (None if nothing shows one).

    A line of a table cell begins where the text of its cell does, even if it is centred.
    """

    page: int
    column: tuple[int, int]
    line: Line
    right: float | None


def measure(number: int, page: Page) -> list[PlacedLine | None]:
    """Return the position of each line of the page; None for lines without layout and turned ones. Linear in the number of lines."""
    placed = [index for index, line in enumerate(page.lines) if has_layout(page, line) and not line.angle]
    measured: list[PlacedLine | None] = [None] * len(page.lines)
    starts = _starts_by_band([page.lines[index] for index in placed])
    left = min((_along_its_script(page.lines[index], page.width).x0 for index in placed), default=0.0)
    margin = page.width - 1.7 * left  # the text is likely to reach at least this far if it reaches the right margin
    for column, indices in enumerate(_columns(page, placed)):
        lines = [_along_its_script(page.lines[index], page.width) for index in indices]
        bounds = _carried(lines, [_bound(line, starts, page.width) for line in lines], page.width)
        for position, index in enumerate(indices):
            window = slice(max(0, position - _WINDOW), position + _WINDOW + 1)
            right = _edge(lines[position], bounds[position], lines[window], margin)
            measured[index] = PlacedLine(number, (number, column), lines[position], right)
    return measured


def _along_its_script(line: Line, page_width: float) -> Line:
    """Return a line that is read from right to left as if it were written the other way round, on a page seen in a mirror."""
    if line.cell:
        left, right = line.cell
        shift = line.x0 - left if abs(line.x0 + line.x1 - left - right) < _CENTRED * line.size else 0.0
        return replace(line, x0=left, x1=line.x1 - shift)
    return replace(line, x0=page_width - line.x1, x1=page_width - line.x0) if is_rtl(line.text) else line


def _columns(page: Page, placed: list[int]) -> list[list[int]]:
    """Group lines that go down the page: the reading order goes up again only where a column begins."""
    columns: list[list[int]] = []
    for index in placed:
        if columns and page.lines[index].y0 > page.lines[columns[-1][-1]].y0:
            columns[-1].append(index)
        else:
            columns.append([index])
    return columns


def _starts_by_band(lines: list[Line]) -> dict[int, list[float]]:
    """Return the sorted left edges of lines, by horizontal band of the page."""
    bands: dict[int, set[float]] = defaultdict(set)
    for line in lines:
        for band in {int(line.y0 // _BAND), int((line.y0 + line.y1) / 2 // _BAND), int(line.y1 // _BAND)}:
            bands[band].add(round(line.x0))
    return {band: sorted(starts) for band, starts in bands.items()}


def _bound(line: Line, starts: dict[int, list[float]], page_width: float) -> float:
    """Return where the next text to the right of the line begins, or the page ends."""
    band = starts.get(int((line.y0 + line.y1) / 2 // _BAND), [])
    position = bisect_left(band, line.x1)
    return band[position] if position < len(band) else page_width


def _carried(lines: list[Line], bounds: list[float], page_width: float) -> list[float]:
    """Return the bounds of the lines of a column, where nothing stands beside some of them that of the lines next to them, if they fit."""
    carried = list(bounds)
    for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        for index in order:
            near = index - order.step
            line, other = lines[index], lines[near]
            is_next = abs(line.y0 - other.y0) < _NEXT * line.size and abs(line.x0 - other.x0) < 3 * line.size
            if is_next and bounds[index] == page_width and line.x1 <= carried[near]:
                carried[index] = min(carried[index], carried[near])
    return carried


def _edge(line: Line, bound: float, neighbours: list[Line], margin: float) -> float | None:
    """Return the right edge of the text around the line, if other lines, the page's margin or the next column show that it is one."""
    if line.cell:
        return line.cell[1]
    em = line.size
    aligned = [other for other in neighbours if abs(other.x0 - line.x0) < 3 * em and abs(other.size - em) < 0.25 * em and other.x1 <= bound]
    right = max((other.x1 for other in aligned), default=line.x1)
    if right - line.x0 < _NARROWEST * em:
        return None
    near = 2.5 * em if is_unspaced(line.text[-1:] or " ") else min(4.5 * em, _RAGGED * (right - line.x0))  # English ends more raggedly
    support = sum(other.x1 > right - near for other in aligned)
    return right if support >= 3 or right >= margin or (bound - right < 4 * em) else None
