"""People whose contact data stand side by side, as references do: blocks of their own, though their lines look like rows of a table."""

import re
from collections.abc import Sequence

from preprocess.layout.glyphs import Row

_KINDS = (
    re.compile(r"@[\w-]{1,60}\.", re.ASCII),
    re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)|\+\d{1,3}[ -]?\(?\d|\(\d{3}\) ?\d{3}", re.ASCII),
)
_FEWEST = 3  # lines of a person
_FOLLOWS = 2.0  # em between the baselines of lines that follow each other
_SAME_EDGE = 1.0  # em


def tells_contact(text: str) -> bool:
    """Return whether a text has a mail address or a number to call."""
    return any(kind.search(text) for kind in _KINDS)


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
