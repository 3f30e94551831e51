"""Pack documents of any length one behind another, without padding, into chunks that go through a layer together. No tensors here."""

import math
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Piece:
    """Consecutive rows of a chunk that are of one document; the last of them sees `end` keys, those of the prefix included."""

    document: int
    rows: slice
    end: int


@dataclass(frozen=True)
class Chunk:
    """Rows that go through a layer together: those of the stream that are in `rows`, made of the pieces."""

    rows: slice
    pieces: list[Piece]


def pack(lengths: list[int], before: int, limit: int) -> list[Chunk]:
    """Return chunks of at most `limit` rows for documents of these lengths that follow `before` tokens.

    A document longer than `limit` is cut into pieces of equal size ± 1.
    """
    chunks: list[Chunk] = []
    start, pieces, filled = 0, [], 0
    for document, length in enumerate(lengths):
        parts = math.ceil(length / limit)
        cuts = [length * part // parts for part in range(parts + 1)]
        for first, end in pairwise(cuts):
            if filled + end - first > limit:
                chunks.append(Chunk(slice(start, start + filled), pieces))
                start, pieces, filled = start + filled, [], 0
            pieces.append(Piece(document, slice(filled, filled + end - first), before + end))
            filled += end - first
    return [*chunks, Chunk(slice(start, start + filled), pieces)]
