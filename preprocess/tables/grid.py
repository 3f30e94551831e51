"""Hold the cells of one sheet as a reader of the screen sees them. Knows no file format."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from preprocess.document import Unreadable

MAX_CELLS = 500_000
"""Cells with text of one workbook; 10,000 candidates with 50 columns."""

MAX_REPEATS = 20_000  # cells that one written cell stands for
_MAX_MERGE_WORK = 2_000_000

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column; all from 0."""


class SheetPicture(NamedTuple):
    """A picture over a sheet: the row where it begins, what it is as a file, its size in points (0: not known)."""

    row: int
    data: bytes
    width: float = 0.0
    height: float = 0.0


@dataclass
class Sheet:
    """One visible sheet: its visible cells with text by row and column, and what it hides."""

    name: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    tops: dict[tuple[int, int], int] = field(default_factory=dict)
    """Row and first column of cells that a merged cell covers further down → its first row."""

    heights: dict[tuple[int, int], int] = field(default_factory=dict)
    """Cells that are merged over several rows → how many rows with text those are."""

    hidden: list[str] = field(default_factory=list)
    """Texts of hidden rows, columns, sheets and cells."""

    unsure: list[str] = field(default_factory=list)
    """Visible cells that may not be seen: white, where something may paint the background."""

    headers: list[str] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)
    """Lines above and below the cells when it is printed."""

    pictures: list[SheetPicture] = field(default_factory=list)

    def put(self, row: int, column: int, text: str) -> None:
        """Set the text of a cell."""
        self.rows.setdefault(row, {})[column] = text

    def add_drawn(self, row: int, column: int, text: str) -> None:
        """Add the text of a box that floats over the sheet from this cell on."""
        cells = self.rows.setdefault(row, {})
        cells[column] = f"{cells[column]}\n{text}" if column in cells else text

    def merge(self, ranges: Iterable[Range]) -> None:
        """Take the text of cells that merged ones cover, to be called once all cells are put. Raises Unreadable `too_complex`."""
        numbers, work = sorted(self.rows), 0
        for top, left, bottom, right in ranges:
            covered = numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]
            for row in covered:
                cells = self.rows[row]
                work += len(cells) + 1
                if work > _MAX_MERGE_WORK:
                    raise Unreadable("too_complex")
                under = [column for column in cells if left <= column <= right and (row, column) != (top, left)]
                self.hidden += [cells.pop(column) for column in under]
                if row > top:
                    self.tops[row, left] = top
            if len(covered) > 1:
                self.heights[top, left] = len(covered)

    def lines_of_cells(self) -> list[tuple[int, list[tuple[int, str]]]]:
        """Return the rows that have text, in order, with their cells in order."""
        return [(row, sorted(self.rows[row].items())) for row in sorted(self.rows) if self.rows[row]]


class CellBudget:
    """Count the cells of a workbook. `spend` raises Unreadable `too_complex` when they are too many."""

    def __init__(self):
        self._left = MAX_CELLS

    def spend(self, count: int = 1) -> None:
        """Take `count` cells. Raises Unreadable `too_complex` if more are used up than there may be."""
        self._left -= count
        if self._left < 0 or count > MAX_REPEATS:
            raise Unreadable("too_complex")


def shown_sheets(sheets: Iterable[tuple[Sheet, bool]]) -> list[Sheet]:
    """Return the sheets that are shown (True); the first of them also hides what the others hold."""
    visible: list[Sheet] = []
    hidden: list[str] = []
    for sheet, is_shown in sheets:
        if is_shown:
            visible.append(sheet)
        else:
            hidden += [*sheet.hidden, *(text for row in sheet.rows.values() for text in row.values())]
    if visible:
        visible[0].hidden += hidden
    return visible
