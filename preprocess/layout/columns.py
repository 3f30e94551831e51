"""Arrange the text fragments of a page as rows in reading order, columns one after the other.

A recursive X-Y cut (Nagy & Seth 1984), with one change: blocks need not have white on all sides, so a vertical cut is looked for over
every stretch of rows that leaves a gutter free, and counts only where both sides are running text. Cells of a table or of a label grid
stand in pairs on common baselines; they stay together in their row.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from preprocess.layout.entries import find_entries
from preprocess.layout.entry_rows import Entries, entry_rows
from preprocess.layout.glyphs import WIDE_GAP, Row, TextFragment
from preprocess.layout.labels import labels_first
from preprocess.layout.lists import lists_abreast
from preprocess.layout.people import contact_beside_name, people_abreast, tells_contact
from preprocess.layout.running_text import MIN_LINES, MIN_UNDER_HEADINGS, are_columns, is_heading_row
from preprocess.layout.side_notes import side_notes_first

_MAX_DEPTH = 8
_CANDIDATES = 12  # left edges, most frequent first, that are tried as the start of a column
_INDENT = 4  # em that a line of a column may be indented
_NEAREST = 40  # fragments of a row, the last ones added, that one more is compared with


class _Cut(NamedTuple):
    """Rows `start` to `end` (exclusive) are columns; those after the first begin at `edges`."""

    start: int
    end: int
    edges: tuple[float, ...]


def in_reading_order(fragments: Sequence[TextFragment], depth: int = 0) -> list[Row]:
    """Arrange upright fragments into rows, top to bottom within a column and column by column where there are several."""
    if not fragments:
        return []
    rows = _rows(fragments)
    cut = _find_cut(rows) if depth < _MAX_DEPTH and len(rows) >= MIN_UNDER_HEADINGS else None
    if cut is None:
        return side_notes_first(labels_first(rows))

    def arranged(part: Sequence[TextFragment]) -> list[Row]:
        return in_reading_order(part, depth + 1)

    above, below = arranged(_texts(rows[: cut.start])), arranged(_texts(rows[cut.end :]))
    if isinstance(cut, Entries):
        return [*above, *entry_rows(rows, cut, arranged), *below]
    columns: list[list[TextFragment]] = [[] for _ in range(len(cut.edges) + 1)]
    for fragment in _texts(rows[cut.start : cut.end]):
        columns[bisect_right(cut.edges, fragment.x0)].append(fragment)
    return [*above, *(row for column in columns for row in arranged(column)), *below]


def _texts(rows: Sequence[Row]) -> list[TextFragment]:
    return [fragment for row in rows for fragment in row]


def _rows(fragments: Sequence[TextFragment]) -> list[Row]:
    """Group fragments that overlap vertically by half or more with the lowest fragment of the row, none of them below another."""
    rows: list[Row] = []
    top = bottom = 0.0
    for fragment in sorted(fragments, key=lambda fragment: fragment.top + fragment.bottom):
        shared = min(bottom, fragment.bottom) - max(top, fragment.top)
        lower = min(bottom - top, fragment.size)
        if rows and shared >= 0.5 * lower and not _lies_below(fragment, rows[-1]):
            rows[-1].append(fragment)
            if fragment.size > lower:
                continue
        else:
            rows.append([fragment])
        top, bottom = fragment.top, fragment.bottom
    for row in rows:
        row.sort(key=lambda fragment: fragment.x0)
    return rows


def _lies_below(fragment: TextFragment, row: Row) -> bool:
    """Return whether a fragment stands below one of the row, as the lines of a cell do whose neighbours are shifted."""
    return any(
        fragment.y - other.y > 0.6 * min(other.size, fragment.size) and min(other.x1, fragment.x1) - max(other.x0, fragment.x0) > 1
        for other in row[-_NEAREST:]
    )


def _find_cut(rows: list[Row]) -> _Cut | Entries | None:
    """Return the valid cut over the most rows, None if there is none. Where both fit, entries are likelier than columns."""
    em = median(fragment.size for row in rows for fragment in row)
    edges = Counter(round(fragment.x0) for row in rows for fragment in row)
    leftmost = min(edges)
    frequent = [edge for edge, count in edges.most_common(_CANDIDATES) if count > 1 and edge > leftmost + em]
    cuts = [
        cut
        for edge in frequent
        for start, end in _free_stretches(rows, edge - 1, em)
        for cut in (_valid(rows, start, end, edge - 1, em), *_entries(rows, start, end, edge - 1, em))
        if cut
    ]
    cuts += [_Cut(start, end, (x,)) for start, end, x in filter(None, (people_abreast(rows), contact_beside_name(rows)))]
    cuts += [_Cut(*lists)] if (lists := lists_abreast(rows)) else []
    return max(cuts, key=_weight, default=None)


def _weight(cut: _Cut | Entries) -> float:
    """Return the rows of a cut; as entries they are the likelier, the more cells stand beside each other."""
    return (cut.end - cut.start) * ((len(cut.columns) - 0.5) if isinstance(cut, Entries) else 1)


def _entries(rows: list[Row], start: int, end: int, x: float, em: float) -> Iterator[Entries | None]:
    """Yield the entries of a stretch, and of each of its parts between headings."""
    yield find_entries(rows, start, end, x, em)
    lone = [
        index for index in range(start, end) if len(rows[index]) == 1 and (is_heading_row(rows[index]) or rows[index][0].size > 1.1 * em)
    ]
    for above, below in pairwise([start - 1, *lone, end]) if lone else ():
        if below - above > MIN_UNDER_HEADINGS:
            yield find_entries(rows, above + 1, below, x, em)


def _free_stretches(rows: list[Row], x: float, em: float) -> list[tuple[int, int]]:
    """Stretches of rows in which no piece touches the gutter that ends at `x`."""
    stretches, start = [], 0
    for index in range(len(rows) + 1):
        if index == len(rows) or any(fragment.x0 < x and fragment.x1 > x - WIDE_GAP * em + 1 for fragment in rows[index]):
            if index - start >= MIN_LINES:
                stretches.append((start, index))
            start = index + 1
    return stretches


def _valid(rows: list[Row], start: int, end: int, x: float, em: float) -> _Cut | None:
    cut = _trimmed(rows, start, end, x, em)
    left = [[fragment for fragment in row if fragment.x0 < x] for row in rows[cut.start : cut.end]]
    right = [[fragment for fragment in row if fragment.x0 >= x] for row in rows[cut.start : cut.end]]
    begins_here = sum(row[0].x0 < x + _INDENT * em for row in right if row)
    return cut if begins_here >= 0.5 * sum(map(bool, right)) and are_columns(left, right) else None


def _trimmed(rows: list[Row], start: int, end: int, x: float, em: float) -> _Cut:
    """Leave out what belongs to the text across the page: a name above the columns, a section heading below them."""
    on_left = [row[0].x0 < x for row in rows[start:end]]
    on_right = [row[-1].x0 >= x for row in rows[start:end]]
    if not all((any(on_left), any(on_right))):
        return _Cut(start, end, (x,))
    if (spread := _spread_row(rows, start, end, em)) is not None:
        on_left, on_right = on_left[spread + 1 - start :], on_right[spread + 1 - start :]
        start = spread + 1
        if not all((any(on_left), any(on_right))):
            return _Cut(start, end, (x,))
    lone = on_left.index(True)
    if 0 < lone <= 3 and max(fragment.size for row in rows[start : start + lone] for fragment in row) > 1.3 * em:
        start += max(range(1, lone + 1), key=lambda index: _gap_above(rows, start + index))
    if end < len(rows):
        last_shared = end - 1 - max(on_left[::-1].index(True), on_right[::-1].index(True))
        end = max(range(end, max(last_shared, end - 3), -1), key=lambda index: _gap_above(rows, index))
    return _Cut(start, end, (x,))


def _spread_row(rows: list[Row], start: int, end: int, em: float) -> int | None:
    """Return the row of contact data that is spread over the page above two columns; None if there is none."""
    first = range(start, min(start + 3, end - MIN_LINES))
    return next((index for index in first if _tells_contact(rows[index]) and _gap_above(rows, index + 1) > em), None)


def _tells_contact(row: Row) -> bool:
    """Return whether a row of several parts has a mail address or a number to call: what is beside a column's first job is none."""
    return len(row) > 2 and any(tells_contact(fragment.text) for fragment in row)


def _gap_above(rows: list[Row], index: int) -> float:
    return min(fragment.top for fragment in rows[index]) - max(fragment.bottom for fragment in rows[index - 1])
