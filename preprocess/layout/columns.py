"""Pieces of text on a page → rows in the order a person reads them, columns one after the other.

A recursive X-Y cut (Nagy & Seth 1984), with one change: the blocks it is to find are not known to be separated by white on all sides, so
a vertical cut is looked for over every stretch of rows that leaves a gutter free, and it counts only where both sides are running text.
Cells of a table or of a label grid stand in pairs on common baselines; they stay together in their row.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from preprocess.layout.glyphs import WIDE_GAP, Piece

Row = list[Piece]  # from left to right

_MAX_DEPTH = 8
_CANDIDATES = 12  # left edges, most frequent first, that are tried as the start of a column
_MIN_LINES = 4  # on each side of a gutter
_MAX_PAIRED = 0.8  # share of a column's lines that may stand on a baseline of the other column by chance
_FOLLOWS = 2.2  # em between the baselines of lines that follow each other
_INDENT = 4  # em that a line of a column may be indented
_NARROW = 6  # em; labels and dates are no wider
_LABEL = re.compile(r".{1,8}[:：]")


class _Cut(NamedTuple):
    """Rows start to end (exclusive) are two columns; the right one begins at `x`."""

    start: int
    end: int
    x: float


def in_reading_order(pieces: Sequence[Piece], depth: int = 0) -> list[Row]:
    """Arrange upright pieces into rows, top to bottom within a column and column by column where there are several."""
    rows = _rows(pieces)
    cut = _find_cut(rows) if depth < _MAX_DEPTH and len(rows) >= _MIN_LINES else None
    if cut is None:
        return _labels_first(rows)
    columns = [piece for row in rows[cut.start : cut.end] for piece in row]
    parts = (
        [piece for row in rows[: cut.start] for piece in row],
        [piece for piece in columns if piece.x0 < cut.x],
        [piece for piece in columns if piece.x0 >= cut.x],
        [piece for row in rows[cut.end :] for piece in row],
    )
    return [row for part in parts if part for row in in_reading_order(part, depth + 1)]


def _rows(pieces: Sequence[Piece]) -> list[Row]:
    """Group pieces that overlap vertically by half or more; the lowest piece of a row is the one to overlap with."""
    rows: list[Row] = []
    top = bottom = 0.0
    for piece in sorted(pieces, key=lambda piece: piece.top + piece.bottom):
        shared = min(bottom, piece.bottom) - max(top, piece.top)
        lower = min(bottom - top, piece.size)
        if rows and shared >= 0.5 * lower:
            rows[-1].append(piece)
            if piece.size > lower:
                continue
        else:
            rows.append([piece])
        top, bottom = piece.top, piece.bottom
    for row in rows:
        row.sort(key=lambda piece: piece.x0)
    return rows


def _find_cut(rows: list[Row]) -> _Cut | None:
    """The valid cut over the most rows."""
    em = median(piece.size for row in rows for piece in row)
    edges = Counter(round(piece.x0) for row in rows for piece in row)
    leftmost = min(edges)
    frequent = [edge for edge, count in edges.most_common(_CANDIDATES) if count > 1 and edge > leftmost + em]
    cuts = (
        cut for edge in frequent for start, end in _free_stretches(rows, edge - 1, em) if (cut := _valid(rows, start, end, edge - 1, em))
    )
    return max(cuts, key=lambda cut: cut.end - cut.start, default=None)


def _free_stretches(rows: list[Row], x: float, em: float) -> list[tuple[int, int]]:
    """Stretches of rows in which no piece touches the gutter that ends at `x`."""
    stretches, start = [], 0
    for index in range(len(rows) + 1):
        if index == len(rows) or any(piece.x0 < x and piece.x1 > x - WIDE_GAP * em + 1 for piece in rows[index]):
            if index - start >= _MIN_LINES:
                stretches.append((start, index))
            start = index + 1
    return stretches


def _valid(rows: list[Row], start: int, end: int, x: float, em: float) -> _Cut | None:
    cut = _trimmed(rows, start, end, x, em)
    left = [[piece for piece in row if piece.x0 < x] for row in rows[cut.start : cut.end]]
    right = [[piece for piece in row if piece.x0 >= x] for row in rows[cut.start : cut.end]]
    begins_here = sum(row[0].x0 < x + _INDENT * em for row in right if row)
    return cut if begins_here >= 0.5 * sum(map(bool, right)) and _are_columns(left, right) else None


def _trimmed(rows: list[Row], start: int, end: int, x: float, em: float) -> _Cut:
    """Leave out what belongs to the text across the page: a name above the columns, the heading of a section below them."""
    on_left = [row[0].x0 < x for row in rows[start:end]]
    on_right = [row[-1].x0 >= x for row in rows[start:end]]
    if not all((any(on_left), any(on_right))):
        return _Cut(start, end, x)
    lone = on_left.index(True)
    if 0 < lone <= 3 and max(piece.size for row in rows[start : start + lone] for piece in row) > 1.3 * em:
        start += max(range(1, lone + 1), key=lambda index: _gap_above(rows, start + index))
    if end < len(rows):
        last_shared = end - 1 - max(on_left[::-1].index(True), on_right[::-1].index(True))
        end = max(range(end, max(last_shared, end - 3), -1), key=lambda index: _gap_above(rows, index))
    return _Cut(start, end, x)


def _gap_above(rows: list[Row], index: int) -> float:
    return min(piece.top for piece in rows[index]) - max(piece.bottom for piece in rows[index - 1])


def _are_columns(left: list[Row], right: list[Row]) -> bool:
    """Whether the two sides of a gutter, row by row and possibly empty, are columns of running text and not cells of rows."""
    lines = [row for row in left if row], [row for row in right if row]
    if min(map(len, lines)) < _MIN_LINES or not all(map(_flows, lines)):
        return False
    pairs = [(one, other) for one, other in zip(left, right, strict=True) if one and other and _same_baseline(one, other)]
    if len(pairs) <= _MAX_PAIRED * min(map(len, lines)):
        return True
    return all(map(_is_prose, lines))


def _same_baseline(one: Row, other: Row) -> bool:
    return abs(one[-1].y - other[0].y) <= 0.15 * min(one[-1].size, other[0].size)


def _flows(lines: list[Row]) -> bool:
    """Whether lines follow each other closely; dates or labels in a margin stand alone, or some of them do."""
    close = [lower[0].y - upper[0].y < _FOLLOWS * max(upper[0].size, lower[0].size) for upper, lower in pairwise(lines)]
    beside_another = sum(above or below for above, below in zip([False, *close], [*close, False], strict=True))
    narrow = sum(line[-1].x1 - line[0].x0 < _NARROW * line[0].size for line in lines)
    return beside_another >= (0.8 if narrow > 0.8 * len(lines) else 0.5) * len(lines)


def _is_prose(lines: list[Row]) -> bool:
    """Whether most lines fill their column, as wrapped text does, and few are labelled values."""
    x0, x1 = min(line[0].x0 for line in lines), max(line[-1].x1 for line in lines)
    full = sum(sum(piece.x1 - piece.x0 for piece in line) > 0.75 * (x1 - x0) for line in lines)
    wide = x1 - x0 > 12 * median(line[0].size for line in lines)
    labelled = sum(_LABEL.match(line[0].text) is not None for line in lines)
    return wide and full >= 0.5 * len(lines) and labelled < 0.4 * len(lines)


def _labels_first(rows: list[Row]) -> list[Row]:
    """Put the label of a table row before its text where it is centred beside several lines of it."""
    ordered = list(rows)
    for index in reversed(range(len(rows))):  # from the end, so that the rows still to come keep their places
        label, *text = rows[index]
        if (first := _top_of_stack(rows, index)) is not None:
            ordered[first : index + 1] = [[label], *rows[first:index], *([text] if text else [])]
    return ordered


def _top_of_stack(rows: list[Row], index: int) -> int | None:
    """The first row of the stack of lines in whose middle, on the left, the row at `index` begins.

    More space above and below the stack than within shows that it is one cell; without it the label could as well begin a new entry.
    """
    label, *text = rows[index]
    first, last = index - 1, index + 1
    if first < 0 or last >= len(rows):
        return None
    edge = (text or rows[last])[0].x0
    leading = (rows[last][0].y - rows[first][0].y) / (2 if text else 1)
    within = 1.25 * leading

    def in_cell(row: Row) -> bool:
        return label.x1 <= row[0].x0 and abs(row[0].x0 - edge) < 2 * label.size

    if edge < label.x1 or leading > _FOLLOWS * label.size or not (in_cell(rows[first]) and in_cell(rows[last])):
        return None
    while first > 0 and rows[first][0].y - rows[first - 1][-1].y < within and in_cell(rows[first - 1]):
        first -= 1
    while last + 1 < len(rows) and rows[last + 1][-1].y - rows[last][0].y < within and in_cell(rows[last + 1]):
        last += 1
    is_apart = (first == 0 or rows[first][0].y - rows[first - 1][-1].y >= within) and (
        last + 1 == len(rows) or rows[last + 1][-1].y - rows[last][0].y >= within
    )
    is_centred = abs(rows[first][0].y + rows[last][0].y - 2 * label.y) < 0.8 * label.size
    return first if is_apart and is_centred else None
