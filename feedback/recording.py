"""A finished ranking → a run to keep, so that labels given to it can teach something later."""

from collections.abc import Mapping, Sequence
from typing import Any

from feedback.store import Run, RunRow
from preprocess.document import Resume
from reranker.engine import Query
from reranker.ranking import Ranking


def as_run(
    ranking: Ranking,
    query: Query,
    resumes: Sequence[Resume],
    engine: Mapping[str, Any],
    *,
    at: float,
    weights_version: int = 0,
    settings: Mapping[str, Any] | None = None,
    user: str = "",
    is_shown: bool = True,
) -> Run:
    """`resumes` in the order in which they were ranked, `engine` its `facts`, `at` when the ranking began, in Unix seconds.

    With `is_shown` False nobody saw the order: ranks are 0.
    """
    rows = tuple(
        RunRow(row.id, row.name, resumes[row.previous_rank - 1].text, row.rank if is_shown else 0, row.previous_rank, row.features)
        for row in ranking.rows
    )
    return Run(query.job, query.instruction, settings or {}, engine, weights_version, user, at, rows)
