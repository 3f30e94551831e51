"""Put the rows of a sheet together that is wider than its paper, and was printed with its further columns on the next pages."""

from collections.abc import Sequence
from dataclasses import replace

from preprocess.cleaning.placed import CELL_GAP, Pages, has_layout
from preprocess.document import Line, Page

_FEWEST = 3  # rows
_LEVEL = 0.4  # em between the tops of the cells of a row
_LOWEST = 0.75  # of the page's height; where text reaches further down, it may simply go on on the next page
_MOST_PAGES = 8  # side by side
_MOST_PAGES_DOWN = 15


def with_whole_rows(pages: Pages) -> Pages:
    """Return the pages with the lines of each page that shows further columns at the ends of the rows they belong to. Linear.

    The further columns of a page come next, or those of all pages come behind the last one ("down, then over").
    """
    whole: list[Page] = list(pages)
    high = _pages_down(pages)
    first = 0
    for number in range(1, len(pages)):
        if high:
            first = number % high
        elif number - first >= _MOST_PAGES or not _shows_further_columns(pages[first], pages[number]):
            first = number
        if first < number:
            whole[first] = _with_further_columns(whole[first], pages[number])
            whole[number] = replace(whole[number], lines=())
    return tuple(whole)


def _pages_down(pages: Pages) -> int:
    """Return how many pages a sheet is long that was printed down, then over; 0 if it was not.

    The pages over it are level with it, page by page, also where it ends on its last page.
    """
    for high in range(2, min(len(pages) // 2, _MOST_PAGES_DOWN) + 1):
        over = range(high, len(pages))
        if (
            len(pages) % high
            or len(pages) > high * _MOST_PAGES
            or not all(_are_level(pages[number % high], pages[number]) for number in over)
        ):
            continue
        if all(_shows_further_columns(pages[high - 1], pages[number]) for number in range(2 * high - 1, len(pages), high)):
            return high
    return 0


def _with_further_columns(page: Page, other: Page) -> Page:
    start = len(page.lines) - len(other.lines)
    rows = [replace(row, text=f"{row.text}  {cells.text}") for row, cells in zip(page.lines[start:], other.lines, strict=True)]
    return replace(page, lines=(*page.lines[:start], *rows))


def _shows_further_columns(page: Page, other: Page) -> bool:
    """Return whether all lines of another page are level with the last ones of a page, and together make up rows of a table."""
    if not _are_level(page, other):
        return False
    rows = page.lines[-len(other.lines) :]
    is_free_below = len(rows) < len(page.lines) or rows[-1].y1 < _LOWEST * page.height
    return is_free_below and rows[0].text != other.lines[0].text and (_has_cells(rows) or _has_cells(other.lines))


def _are_level(page: Page, other: Page) -> bool:
    """Return whether all lines of another page, and there are several, are level with the last ones of a page."""
    count = len(other.lines)
    if not _FEWEST <= count <= len(page.lines) or (page.width, page.height) != (other.width, other.height):
        return False
    rows = page.lines[-count:]
    if not all(has_layout(page, line) and not line.angle for line in (*rows, *other.lines)):
        return False
    return all(abs(row.y0 - cells.y0) < _LEVEL * row.size for row, cells in zip(rows, other.lines, strict=True))


def _has_cells(lines: Sequence[Line]) -> bool:
    return 2 * sum(CELL_GAP.search(line.text) is not None for line in lines) >= len(lines)
