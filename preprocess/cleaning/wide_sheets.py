"""Put the rows of a sheet together that is wider than its paper, and was printed with its further columns on the next pages."""

from collections.abc import Sequence
from dataclasses import replace

from preprocess.cleaning.placed import CELL_GAP, Pages, has_layout
from preprocess.document import Line, Page

_FEWEST = 3  # rows
_LEVEL = 0.4  # em between the tops of the cells of a row
_LOWEST = 0.75  # of the page's height; where text reaches further down, it may simply go on on the next page
_MOST_PAGES = 8  # side by side


def with_whole_rows(pages: Pages) -> Pages:
    """Return the pages with the lines of each page that shows further columns at the ends of the rows they belong to. Linear."""
    whole: list[Page] = list(pages)
    first = 0
    for number in range(1, len(pages)):
        if number - first < _MOST_PAGES and _shows_further_columns(pages[first], pages[number]):
            start = len(whole[first].lines) - len(pages[number].lines)
            lines = whole[first].lines
            rows = [replace(row, text=f"{row.text}  {cells.text}") for row, cells in zip(lines[start:], pages[number].lines, strict=True)]
            whole[first] = replace(whole[first], lines=(*lines[:start], *rows))
            whole[number] = replace(whole[number], lines=())
        else:
            first = number
    return tuple(whole)


def _shows_further_columns(page: Page, other: Page) -> bool:
    """Return whether all lines of another page are level with the last ones of a page, and together make up rows of a table."""
    count = len(other.lines)
    if not _FEWEST <= count <= len(page.lines) or (page.width, page.height) != (other.width, other.height):
        return False
    rows = page.lines[-count:]
    if not all(has_layout(page, line) and not line.angle for line in (*rows, *other.lines)):
        return False
    if not all(abs(row.y0 - cells.y0) < _LEVEL * row.size for row, cells in zip(rows, other.lines, strict=True)):
        return False
    is_free_below = count < len(page.lines) or rows[-1].y1 < _LOWEST * page.height
    return is_free_below and rows[0].text != other.lines[0].text and (_has_cells(rows) or _has_cells(other.lines))


def _has_cells(lines: Sequence[Line]) -> bool:
    return 2 * sum(CELL_GAP.search(line.text) is not None for line in lines) >= len(lines)
