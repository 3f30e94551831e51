"""Renumber a ranking from which people were removed: ranks from 1 without gaps, also in notes that refer to other rows."""

from collections.abc import Sequence
from dataclasses import replace

from reranker.rows import Row


def renumbered(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return rows, given in their order, with `rank` and `model_rank` from 1, and notes on duplicates that point at the new ranks.

    `input_position` stays, as it identifies rows; see `input_places`. Rows that were shown to nobody (rank 0) stay unchanged.
    """
    if [row.rank for row in rows] == list(range(1, len(rows) + 1)) or not all(row.rank for row in rows):
        return tuple(rows)
    ranks = {row.rank: rank for rank, row in enumerate(rows, start=1)}
    by_model = sorted({row.model_rank for row in rows if row.model_rank})
    model_ranks = {model_rank: rank for rank, model_rank in enumerate(by_model, start=1)}
    heirs: dict[str, int] = {}  # for a text whose first copy is gone, the next one
    kept = []
    for row in rows:
        notes = []
        for note in row.notes:
            if note.code != "duplicate":
                notes.append(note)
                continue
            first = ranks.get(int(note.before.removeprefix("#")), heirs.setdefault(note.before, ranks[row.rank]))
            if first != ranks[row.rank]:
                notes.append(replace(note, before=f"#{first}"))
        model_rank = model_ranks.get(row.model_rank, 0)
        kept.append(replace(row, rank=ranks[row.rank], model_rank=model_rank, notes=tuple(notes)))
    return tuple(kept)


def input_places(rows: Sequence[Row]) -> dict[int, int]:
    """Return, by `input_position`, each row's place among these rows in the order they were given, from 1 without gaps."""
    return {previous: position for position, previous in enumerate(sorted(row.input_position for row in rows), start=1)}
