"""Arrange entries that entries.py found beside what they are about as rows in reading order, each cell as a whole."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from preprocess.layout.cells import beside, cell_rows
from preprocess.layout.glyphs import Row, TextFragment
from preprocess.lexicon.periods import is_range

TABLE = 3
"""Columns from which entries are a table."""


class Entries(NamedTuple):
    """Rows `start` to `end` (exclusive) are entries, which begin at the rows `first`; cells lie in `columns`, from x0 to x1.

    The rows `across` are no entries: they are headings of sections that stand between them.
    """

    start: int
    end: int
    first: tuple[int, ...]
    across: frozenset[int]
    columns: tuple[tuple[float, float], ...]


def entry_rows(rows: Sequence[Row], entries: Entries, arranged: Callable[[Sequence[TextFragment]], list[Row]]) -> list[Row]:
    """Return the rows of entries in reading order; `arranged` does that for the text of a cell."""
    ordered: list[Row] = []
    band: list[TextFragment] = []
    edges = [_edges(rows[entries.start : entries.end], column) for column in entries.columns]
    for index in range(entries.start, entries.end):
        if band and (index in entries.first or index in entries.across):
            ordered += _band_rows(band, entries.columns, edges, arranged)
            band = []
        if index in entries.across:
            ordered.append(rows[index])
        else:
            band += rows[index]
    return ordered + _band_rows(band, entries.columns, edges, arranged)


def _edges(rows: Sequence[Row], column: tuple[float, float]) -> tuple[float, float]:
    """Return where the text of a column begins and ends."""
    inside = [fragment for row in rows for fragment in row if is_in(fragment, column)]
    return min(fragment.x0 for fragment in inside), max(fragment.x1 for fragment in inside)


def is_in(fragment: TextFragment, column: tuple[float, float]) -> bool:
    """Return whether a fragment begins in the column from x0 to x1."""
    return column[0] - 0.01 <= fragment.x0 < column[1]


def _band_rows(
    band: Sequence[TextFragment],
    columns: Sequence[tuple[float, float]],
    edges: Sequence[tuple[float, float]],
    arranged: Callable[[Sequence[TextFragment]], list[Row]],
) -> list[Row]:
    """Return the rows of one entry: cells of a line in one row, others one after the other."""
    cells = [arranged(inside) for column in columns if (inside := [fragment for fragment in band if is_in(fragment, column)])]
    places = [edge for column, edge in zip(columns, edges, strict=True) if any(is_in(fragment, column) for fragment in band)]
    ordered: list[Row] = []
    line: Row = []
    for number, (cell, edge) in enumerate(zip(cells, places, strict=True)):
        lines = cell_rows(_with_whole_period(cell), edge) if len(columns) >= TABLE or number == 0 else cell
        if len(lines) == 1 or number == len(cells) - 1 or (number == 0 and len(cells) < TABLE and is_range(lines[0][0].text)):
            line = beside(line, lines[0])
            lines = lines[1:]
        ordered += [line, *lines] if lines and line else lines
        line = [] if lines else line
    return [*ordered, *([line] if line else [])]


def _with_whole_period(rows: list[Row]) -> list[Row]:
    """Return the rows of a margin with a period that takes several lines on one."""
    for count in range(len(rows), 1, -1):
        text = " ".join(row[0].text for row in rows[:count])
        if all(len(row) == 1 for row in rows[:count]) and is_range(text):
            whole = replace(rows[0][0], text=text, x1=max(row[0].x1 for row in rows[:count]), cell=None)
            return [[whole], *rows[count:]]
    return rows
