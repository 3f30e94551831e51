"""Put headings that hang in the left margin, beside the first line of their section, on rows of their own above it."""

from collections import defaultdict
from collections.abc import Sequence

from preprocess.layout.columns import Row
from preprocess.lexicon.headings import heading_kind

_FEWEST = 2  # headings in one margin
_SAME_EDGE = 3.0  # points


def with_headings_above(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with hanging headings on rows of their own.

    A margin has headings only, and text goes on beside it below some of them; labels of a form (学历 本科) have a line each, or stand among
    labels that are no headings.
    """
    hanging = _hanging(rows)
    parted: list[Row] = []
    for index, row in enumerate(rows):
        parted += [row[:1], row[1:]] if index in hanging else [row]
    return parted


def _hanging(rows: Sequence[Row]) -> set[int]:
    margins: dict[int, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        if len(row) > 1 and heading_kind(row[0].text) and row[1].x0 >= row[0].x1:
            margins[round(row[0].x0 / _SAME_EDGE)].append(index)
    hanging: set[int] = set()
    for indexes in margins.values():
        going_on = [index for index in indexes if _goes_on_beside(rows, index)]
        if len(indexes) >= _FEWEST and 2 * len(going_on) >= len(indexes):
            hanging.update(indexes)
    return hanging


def _goes_on_beside(rows: Sequence[Row], index: int) -> bool:
    """Return whether the row below begins beside the margin, where the text of this one does."""
    if index + 1 == len(rows):
        return False
    text, below = rows[index][1], rows[index + 1][0]
    return abs(below.x0 - text.x0) < 3 * text.size and below.x0 > rows[index][0].x1
