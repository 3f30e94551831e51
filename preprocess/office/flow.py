"""Build blocks from a stream of paragraphs and of marks that end cells and rows, as Word 97 and RTF have them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from preprocess.office.blocks import Block, Container, Surface, TableRow

_MAX_DEPTH = 30  # tables in each other; each takes several levels of the stack to render


@dataclass
class _OpenRow:
    """A row that has begun and not ended: its cells so far, and the blocks of the next one."""

    cells: list[Container] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


class Flow:
    """One stream. `depth` is how many tables a block or a mark is in; what is left open ends where something less deep follows."""

    def __init__(self):
        self._blocks: list[Block] = []
        self._rows: list[_OpenRow] = []

    @property
    def depth(self) -> int:
        """Return how many tables the last row that has not ended is in."""
        return len(self._rows)

    @property
    def cells(self) -> int:
        """Return how many cells the innermost open row has so far."""
        return len(self._rows[-1].cells) if self._rows else 0

    def add(self, block: Block, depth: int) -> None:
        """Add a block that stands in `depth` tables."""
        self._open(depth).append(block)

    def end_cell(self, depth: int) -> None:
        """End the open cell of the table at this depth."""
        self._open(max(depth, 1))
        row = self._rows[-1]
        row.cells.append(Container(row.blocks))
        row.blocks = []

    def end_row(self, depth: int, surfaces: Sequence[Surface | None] = ()) -> None:
        """End the row of the table at this depth, whose cells paint these surfaces."""
        self._open(max(depth, 1))
        self._end_row(surfaces)

    def blocks(self) -> list[Block]:
        """Return the blocks, after the end of the stream."""
        return self._open(0)

    def _open(self, depth: int) -> list[Block]:
        """Return the blocks that something at this depth belongs to."""
        depth = min(max(depth, 0), _MAX_DEPTH)
        while len(self._rows) > depth:
            self._end_row(())
        while len(self._rows) < depth:
            self._rows.append(_OpenRow())
        return self._rows[-1].blocks if self._rows else self._blocks

    def _end_row(self, surfaces: Sequence[Surface | None]) -> None:
        row = self._rows.pop()
        for cell, surface in zip(row.cells, surfaces, strict=False):
            cell.surface = surface
        cells = [*row.cells, Container(row.blocks)] if row.blocks else row.cells
        if cells:
            (self._rows[-1].blocks if self._rows else self._blocks).append(TableRow(cells))
