"""Tell whether the two sides of a gutter are columns of running text, and not cells of rows."""

import re
from collections import Counter
from itertools import pairwise
from operator import and_
from statistics import median

from preprocess.layout.glyphs import Row
from preprocess.lexicon.headings import heading_kind
from preprocess.lexicon.periods import is_range, ranges

MIN_LINES, MIN_UNDER_HEADINGS = 4, 3
"""On each side of a gutter; where both sides begin with a heading, that counted."""

_MAX_PAIRED = 0.8  # share of a column's lines that may stand on a baseline of the other column by chance
_FOLLOWS = 2.2  # em between the baselines of lines that follow each other
_NARROW = 6  # em; labels and dates are no wider
_MIN_DATES = 2  # of a timeline, and of jobs
_MAX_DATED = 0.6  # share of the lines of jobs that have a period; in a table all have
_SIDEBAR = frozenset("contact personal skills languages certificates honours hobbies portfolio objective".split())
_FEWEST_SECTIONS = 2
"""Kinds of sections that a sidebar holds, and how many of them show that it is one."""
_LABEL = re.compile(r".{1,8}[:：]")
_VALUE = re.compile(r"\d{1,3} ?[%％]|\d{1,2}(?:\.\d)? ?/ ?\d{1,2}|[★☆●○◉◯■□▮▯▰▱]{3,10}|\d{1,2} ?(?:年|years?|yrs?)")
"""A level of knowledge (80 %, 4/5, ★★★, 3 years), as it stands behind a bar."""


def are_columns(left: list[Row], right: list[Row]) -> bool:
    """Return whether the two sides of a gutter, row by row and possibly empty, are columns of running text and not cells of rows."""
    lines = [row for row in left if row], [row for row in right if row]
    first = next(((left_line, other) for left_line, other in zip(left, right, strict=True) if left_line and other), ([], []))
    are_headed = all(map(_are_headings, first))
    are_texts = all(map(_is_prose, filter(None, lines))) and _are_drawn_apart(*lines)
    least = MIN_UNDER_HEADINGS if are_headed or are_texts else MIN_LINES
    if min(map(len, lines)) < least or not all(map(_flows, lines)) or any(map(_is_timeline, lines)) or _are_values(lines[1]):
        return False
    is_pair = [bool(first and other) and _same_baseline(first, other) for first, other in zip(left, right, strict=True)]
    if sum(is_pair) <= _MAX_PAIRED * min(_beginning(left, right, is_pair), _beginning(right, left, is_pair)):
        return True
    return all(map(_is_prose, lines)) or _have_sections(left, right, are_headed) or _is_sidebar(*lines)


def _are_drawn_apart(left: list[Row], right: list[Row]) -> bool:
    """Return whether all of the left column was drawn before the right one."""
    ends = [[fragment.order for row in side for fragment in row] for side in (left, right)]
    return all(ends) and max(ends[0]) < min(ends[1])


def _beginning(side: list[Row], beside: list[Row], is_pair: list[bool]) -> int:
    """Return the number of lines of a side without those that go on what a cell right above them began."""
    going_on = sum(bool(row) and not other and above for row, other, above in zip(side, beside, [False, *is_pair], strict=False))
    return sum(map(bool, side)) - going_on


def _is_timeline(lines: list[Row]) -> bool:
    """Return whether lines are dates and headings of what stands beside them."""
    dates = sum(len(line) == 1 and is_range(line[0].text) for line in lines)
    return dates >= _MIN_DATES and dates + sum(map(is_heading_row, lines)) >= 0.8 * len(lines)


def _are_values(lines: list[Row]) -> bool:
    """Return whether lines begin with values of what stands to their left."""
    return sum(_VALUE.fullmatch(line[0].text) is not None for line in lines) >= 0.6 * len(lines)


def _have_sections(left: list[Row], right: list[Row], are_headed: bool) -> bool:
    """Return whether sections begin on both sides, or several on the right: headings on the left alone may be labels of what is beside.

    Nor are a heading and its translation beside it two, unless all else stands in two languages, too.
    """
    translated = [is_heading_row(row) and is_heading_row(other) and _are_same(row, other) for row, other in zip(left, right, strict=True)]
    if sum(translated) == 1:
        left, right = ([[] if twice else row for row, twice in zip(side, translated, strict=True)] for side in (left, right))
    beginning = [[is_heading_row(row) for row in side] for side in (left, right)]
    labels = sum(is_heading and bool(beside) for is_heading, beside in zip(beginning[0], right, strict=True))
    on_left, on_right = map(sum, beginning)
    paired = [bool(row and beside) for row, beside in zip(left, right, strict=True)]
    if not on_left and sum(paired) == sum(map(bool, left)) and not any(map(and_, paired, beginning[1])):
        return False  # labels beside their values, with the headings above these
    return on_right > 1 or ((are_headed or (on_right > 0 and on_left > 0)) and labels < 0.5 * sum(map(bool, right)))


def _is_sidebar(left: list[Row], right: list[Row]) -> bool:
    """Return whether the left side has sections of a sidebar, with lines below their headings, beside jobs with their periods."""
    kinds = [heading_kind(row[0].text) if len(row) == 1 else None for row in left]
    headings = sum(kind is not None for kind in kinds)
    if headings < _FEWEST_SECTIONS or len(left) <= 2 * headings or not {*kinds} - {None} <= _SIDEBAR:
        return False
    if any(upper and lower for upper, lower in pairwise([*kinds, "end"])):  # a heading without lines: a label of what is beside it
        return False
    dated = [[row for row in side if any(ranges(fragment.text) for fragment in row)] for side in (left, right)]
    if dated[0] or not _MIN_DATES <= len(dated[1]) <= _MAX_DATED * len(right):
        return False
    starts = [row[0].x0 for row in dated[1]]
    return max(starts) - min(starts) < dated[1][0][0].size  # dates at the right margin begin anywhere


def _are_same(row: Row, other: Row) -> bool:
    """Return whether two headings are of one kind of section."""
    return heading_kind(row[0].text) == heading_kind(other[0].text)


def is_heading_row(row: Row) -> bool:
    """Return whether a row is a single heading of a section."""
    return len(row) == 1 and _are_headings(row)


def _are_headings(row: Row) -> bool:
    """Return whether all texts of a row, if there are any, are headings, as those of columns side by side."""
    return bool(row) and all(heading_kind(fragment.text) is not None for fragment in row)


def _same_baseline(left_row: Row, right_row: Row) -> bool:
    return abs(left_row[-1].y - right_row[0].y) <= 0.15 * min(left_row[-1].size, right_row[0].size)


def _flows(lines: list[Row]) -> bool:
    """Return whether lines follow each other closely; dates or labels in a margin stand alone, or some of them do."""
    close = [lower[0].y - upper[0].y < _FOLLOWS * max(upper[0].size, lower[0].size) for upper, lower in pairwise(lines)]
    beside_another = sum(above or below for above, below in zip([False, *close], [*close, False], strict=True))
    narrow = sum(line[-1].x1 - line[0].x0 < _NARROW * line[0].size for line in lines)
    return beside_another >= (0.8 if narrow > 0.8 * len(lines) else 0.5) * len(lines)


def _is_prose(lines: list[Row]) -> bool:
    """Return whether most lines fill their column, as wrapped text does, and few are labelled values."""
    edges = Counter(round(line[-1].x0) for line in lines)
    x0, x1 = edges.most_common(1)[0][0], max(line[-1].x1 for line in lines)  # a label may stand before the first line
    full = sum(sum(fragment.x1 - fragment.x0 for fragment in line) > 0.75 * (x1 - x0) for line in lines)
    wide = x1 - x0 > 12 * median(line[0].size for line in lines)
    labelled = sum(_LABEL.match(line[0].text) is not None for line in lines)
    return wide and full >= 0.5 * len(lines) and labelled < 0.4 * len(lines)
