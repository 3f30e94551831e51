"""Find people's contact data that stand side by side, as references do, or beside a name: blocks, though they look like table rows."""

import re
from collections.abc import Sequence
from itertools import pairwise

from preprocess.layout.glyphs import Row, TextFragment

_KINDS = (
    re.compile(r"@[\w-]{1,60}\.", re.ASCII),
    re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)|\+\d{1,3}[ -]?\(?\d|\(\d{3}\) ?\d{3}", re.ASCII),
)
_FEWEST = 3  # lines of a person
_FOLLOWS = 2.0  # em between the baselines of lines that follow each other
_SAME_EDGE = 1.0  # em
_NAME, _NAME_LINES = 1.4, 3  # times the size of what stands beside a name in large type, and how many lines may stand with the name


def tells_contact(text: str) -> bool:
    """Return whether a text has a mail address or a number to call."""
    return any(kind.search(text) for kind in _KINDS)


def contact_beside_name(rows: Sequence[Row]) -> tuple[int, int, float] | None:
    """Return the rows at the top of a page (end exclusive) of a name in large type, with contact data beside it that begin at an x."""
    name = rows[0][0]
    beside: Row = []
    for row in rows[: 2 * _NAME_LINES]:
        is_beside = row[-1].x0 > name.x1 and (len(row) == 2 or tells_contact(row[0].text))
        if is_beside and (not beside or _is_on_edge(beside[0], row[-1])):
            beside.append(row[-1])
        elif row[0].x0 > name.x1 or beside:
            break
    if not beside or beside[0].x0 <= name.x1:
        return None
    x = min(fragment.x0 for fragment in beside) - 1
    end = next((index for index, row in enumerate(rows) if not _is_of_one_side(row, x)), len(rows))
    end = max((index for index, row in enumerate(rows[:end]) if row[-1] in beside), default=-1) + 1
    left, right = ([fragment for row in rows[:end] for fragment in row if (fragment.x0 < x) is is_left] for is_left in (True, False))
    telling = sum(tells_contact(fragment.text) for fragment in right)
    is_name = len(right) > 1 and name.size >= _NAME * max(fragment.size for fragment in right) and len(left) <= _NAME_LINES
    return (0, end, x) if is_name and 2 * telling > len(right) and _is_stack(right) else None


def _is_of_one_side(row: Row, x: float) -> bool:
    """Return whether at most one text stands on each side of x, and none across it."""
    return len(row) <= 2 and all(fragment.x1 < x or fragment.x0 >= x for fragment in row) and (len(row) < 2 or row[0].x1 < x <= row[1].x0)


def _is_on_edge(first: TextFragment, other: TextFragment) -> bool:
    return min(abs(first.x0 - other.x0), abs(first.x1 - other.x1)) < _SAME_EDGE * first.size


def _is_stack(column: Row) -> bool:
    """Return whether lines follow each other on one left or right edge."""
    edges = ([fragment.x0 for fragment in column], [fragment.x1 for fragment in column])
    is_even = min(max(edge) - min(edge) for edge in edges) < _SAME_EDGE * column[0].size
    return is_even and all(lower.y - upper.y < _FOLLOWS * upper.size for upper, lower in pairwise(column))


def people_abreast(rows: Sequence[Row]) -> tuple[int, int, float] | None:
    """Return the rows of people side by side (end exclusive) and where the second one begins; None if there are none. Linear."""
    index = 0
    while index < len(rows):
        row = rows[index]
        start = end = index
        if len(row) > 1 and any(kind.search(row[0].text) and kind.search(row[1].text) for kind in _KINDS):
            while start and _is_of_both(rows[start - 1], rows[start], row):
                start -= 1
            while end + 1 < len(rows) and _is_of_both(rows[end + 1], rows[end], row):
                end += 1
            if end + 1 - start >= _FEWEST:
                return start, end + 1, row[1].x0 - 1
        index = end + 1
    return None


def _is_of_both(row: Row, near: Row, contact: Row) -> bool:
    """Return whether a row beside another one has a line of each person."""
    em = contact[0].size
    is_near = abs(row[0].y - near[0].y) < _FOLLOWS * max(row[0].size, em)
    return is_near and all(any(abs(fragment.x0 - edge.x0) < _SAME_EDGE * em for fragment in row) for edge in contact[:2])
