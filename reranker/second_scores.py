"""Score resumes that speak to the model once more without that, and note where it would make a difference."""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from preprocess.document import Note
from preprocess.screening.screen import without_injections
from reranker.engine import Engine, Query, part_of
from reranker.judge.judge import Judge
from reranker.rows import Row, sigmoid, sort_key

LEAST_CHANGE = 0.05
"""A second score is shown from this difference in probability, or where it would change the rank."""


def with_second_scores(
    rows: Sequence[Row], texts: Sequence[str], query: Query, engine: Engine, judge: Judge, weights: Mapping[str, float]
) -> list[Row]:
    """Return the rows, with a note where leaving out instructions to the model would change the rank or the probability noticeably.

    The order stays that of the complete text.
    """
    sort_keys = [sort_key(row, row.features, weights) for row in rows]
    noted = []
    for row in rows:
        second = _score_without(query, row, texts[row.input_position - 1], engine, judge)
        if second is not None and _matters(row, second, sort_keys, weights):
            row = replace(row, notes=(*row.notes, Note("score_without", before=f"{row.logit:.2f}", after=f"{second:.2f}")))
        noted.append(row)
    return noted


def _matters(row: Row, second: float, sort_keys: Sequence[tuple[float, int]], weights: Mapping[str, float]) -> bool:
    """Return whether the logit `second` would move the probability by LEAST_CHANGE or more, or the row to another rank.

    `sort_keys` are those of all rows, in order.
    """
    if row.probability is not None and abs(sigmoid(second) - row.probability) >= LEAST_CHANGE:
        return True
    moved = sort_key(row, {**row.features, "logit": second}, weights)
    better = bisect_left(sort_keys, moved) - (sort_keys[row.rank - 1] < moved)
    return better + 1 != row.rank


def _score_without(query: Query, row: Row, text: str, engine: Engine, judge: Judge) -> float | None:
    """Return the logit of the resume without its instructions to the model; None if it has none, or nothing else."""
    rest = without_injections(text, judge.encoder) if any(note.code == "instruction_to_model" for note in row.notes) else ""
    if not rest.strip() or rest == text:
        return None
    return next(
        (score.logit for score in engine.score(query, [part_of(row.id, "without instructions", rest)]) if math.isfinite(score.logit)), None
    )
