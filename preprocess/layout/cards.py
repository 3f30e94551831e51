"""Find boxes with drawn borders by the lines that enclose them: those side by side, as cards of projects are, and lone ones."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_CORNER = 12.0  # points that a rounded corner takes from each side
_SAME = 3.0  # points
_LOWEST, _NARROWEST = 20.0, 60.0
_MAX_LINES = 120


class Rule(NamedTuple):
    """A line: where it lies (y of a horizontal one), and from where to where it runs."""

    at: float
    start: float
    end: float


class BorderedArea(NamedTuple):
    """A part of a page."""

    x0: float
    y0: float
    x1: float
    y1: float


def rows_of_cards(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[list[BorderedArea]]:
    """Return the boxes that stand beside others, a list per row from left to right, the rows from top to bottom."""
    return [row for row in _rows(horizontal, vertical) if len(row) > 1]


def lone_cards(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[BorderedArea]:
    """Return the boxes that stand beside no other one."""
    return [row[0] for row in _rows(horizontal, vertical) if len(row) == 1]


def _rows(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[list[BorderedArea]]:
    if len(horizontal) + len(vertical) > _MAX_LINES:
        return []
    boxes = sorted(_boxes(horizontal, vertical), key=lambda box: (box.y0, box.x0))
    rows: list[list[BorderedArea]] = []
    for box in boxes:
        if rows and abs(rows[-1][0].y0 - box.y0) <= _SAME and box.x0 >= rows[-1][-1].x1 - _SAME:
            rows[-1].append(box)
        else:
            rows.append([box])
    return rows


def _boxes(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[BorderedArea]:
    boxes: list[BorderedArea] = []
    columns: dict[tuple[int, int], list[Rule]] = {}
    for rule in horizontal:
        columns.setdefault((round(rule.start), round(rule.end)), []).append(rule)
    for lines in columns.values():
        for top, bottom in pairwise(sorted(lines)):
            if bottom.at - top.at < _LOWEST or top.end - top.start < _NARROWEST:
                continue
            sides = [rule.at for rule in vertical if _joins(rule, top, bottom)]
            left = [x for x in sides if abs(x - top.start) <= _CORNER]
            right = [x for x in sides if abs(x - top.end) <= _CORNER]
            if left and right:
                boxes.append(BorderedArea(min(left), top.at, max(right), bottom.at))
    return boxes


def _joins(side: Rule, top: Rule, bottom: Rule) -> bool:
    """Return whether a vertical line runs from a horizontal one to another, but for the corners."""
    return -_SAME <= side.start - top.at <= _CORNER and -_SAME <= bottom.at - side.end <= _CORNER
