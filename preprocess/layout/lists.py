"""Find short lists side by side, each under a heading that need not be a known one: columns, though their lines are level.

Their lines look like the rows of a table. Programs draw a table row by row, and columns one after the other; that tells them apart.
"""

from collections.abc import Sequence
from itertools import pairwise

from preprocess.layout.glyphs import Row, TextFragment

_FEWEST = 3  # lists
_LINES = 2  # under each heading but one
_LONGEST = 40  # characters of a heading
_FOLLOWS = 2.2  # em between the baselines of lines that follow each other
_ALIGNED = 0.5  # em between the left edges, or the middles, of a heading and of a line below it


def lists_abreast(rows: Sequence[Row]) -> tuple[int, int, tuple[float, ...]] | None:
    """Return the rows of the first lists side by side (end exclusive), with where each but the first begins; None if there are none.

    Linear but for the lists, which are few.
    """
    index = 0
    while index < len(rows) - _LINES:
        headings, end = rows[index], index + 1
        if len(headings) < _FEWEST or any(len(heading.text) > _LONGEST for heading in headings):
            index = end
            continue
        lists = [[heading] for heading in headings]
        while end < len(rows) and _follows(rows[end - 1], rows[end]) and (columns := _columns_of(rows[end], lists)):
            for column, part in zip(columns, rows[end], strict=True):
                lists[column].append(part)
            end += 1
        if sum(len(column) > _LINES for column in lists) >= len(lists) - 1:
            return index, end, tuple(min(part.x0 for part in column) - 1 for column in lists[1:])
        index = end
    return None


def _follows(above: Row, row: Row) -> bool:
    return row[0].y - above[0].y <= _FOLLOWS * max(above[0].size, row[0].size)


def _columns_of(row: Row, lists: Sequence[Sequence[TextFragment]]) -> list[int]:
    """Return the list that each part of a row goes on; [] if one goes on none."""
    columns = [next((index for index in range(len(lists)) if _goes_on(part, lists, index)), -1) for part in row]
    return [] if -1 in columns or any(left >= right for left, right in pairwise(columns)) else columns


def _goes_on(part: TextFragment, lists: Sequence[Sequence[TextFragment]], index: int) -> bool:
    """Return whether a text stands below the heading of a list, and was drawn between what is above it and the heading of the next list."""
    heading, last = lists[index][0], lists[index][-1]
    shift = min(abs(part.x0 - heading.x0), abs(part.x0 + part.x1 - heading.x0 - heading.x1) / 2)
    is_in_order = last.order < part.order and (index + 1 == len(lists) or part.order < lists[index + 1][0].order)
    return shift <= _ALIGNED * heading.size and is_in_order
