"""Put a main column together that goes on on the next page, where a sidebar would stand between its two parts.

A job must not be parted from its dates. Pages whose columns are about as wide are read column by column as they are.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from preprocess.cleaning.placed import Pages, has_layout
from preprocess.document import Line, Page
from preprocess.lexicon.headings import is_heading

_WIDER = 1.25  # times the width of the sidebar
_SAME_EDGE = 6.0  # points
_BOTTOM, _TOP = 0.75, 0.2  # of the page's height; a column that goes on reaches below the one and begins above the other


class _Columns(NamedTuple):
    """A page's main column and its sidebar in reading order."""

    main: Sequence[Line]
    side: Sequence[Line]
    is_side_first: bool


def with_whole_columns(pages: Pages) -> Pages:
    """Return the pages with each sidebar that parts a main column moved behind the end of that column. Linear."""
    columns = [_columns(page) for page in pages]
    is_torn = [_goes_on(upper, lower, page) for (upper, lower), page in zip(pairwise(columns), pages, strict=False)]
    whole: list[Page] = []
    carried: list[Line] = []
    for number, (page, parts) in enumerate(zip(pages, columns, strict=True)):
        follows, is_open = number > 0 and is_torn[number - 1], number < len(is_torn) and is_torn[number]
        if not parts or not (follows or is_open):
            whole.append(page)
            continue
        before, after = (parts.side, ()) if parts.is_side_first and not follows else ((), parts.side)
        carried += after
        whole.append(replace(page, lines=(*before, *parts.main, *(() if is_open else carried))))
        carried = carried if is_open else []
    return tuple(whole)


def _columns(page: Page) -> _Columns | None:
    """Return the two columns of a page; one column is a main column without a sidebar; None for any other page."""
    if not page.lines or not all(has_layout(page, line) and not line.angle for line in page.lines):
        return None
    starts = [index for index in range(1, len(page.lines)) if page.lines[index].y0 < page.lines[index - 1].y0 - page.lines[index].size]
    if not starts:
        return _Columns(page.lines, (), is_side_first=False)
    if len(starts) > 1:
        return None
    left, right = page.lines[: starts[0]], page.lines[starts[0] :]
    gutter, top = min(line.x0 for line in right), right[0].y0
    beside = [line for line in left if line.y1 > top]
    if not beside or max(line.x1 for line in beside) > gutter:
        return None
    widths = gutter - min(line.x0 for line in beside), max(line.x1 for line in right) - gutter
    if max(widths) < _WIDER * min(widths):
        return None
    if widths[0] > widths[1]:
        return _Columns(left, right, is_side_first=False)
    return _Columns(right, left, is_side_first=True)


def _goes_on(upper: _Columns | None, lower: _Columns | None, page: Page) -> bool:
    """Return whether a main column goes on on the next page, and a sidebar stands between."""
    if not upper or not lower or not (upper.side or lower.is_side_first):
        return False
    last, first = upper.main[-1], lower.main[0]
    is_same = abs(min(line.x0 for line in upper.main) - min(line.x0 for line in lower.main)) < _SAME_EDGE
    return is_same and last.y1 > _BOTTOM * page.height and first.y0 < _TOP * page.height and not is_heading(first.text)
