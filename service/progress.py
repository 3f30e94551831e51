"""Describe how far reading or a run is, as data: the page draws a bar from it, the command line prints one."""

from dataclasses import dataclass

from reranker.rows import Ranking

READING, WAITING, SCORING, EXPLAINING = "reading", "waiting", "scoring", "explaining"


@dataclass(frozen=True)
class Progress:
    """The progress of a run: a stage, how far, and an estimate of the seconds left (None: nothing to base one on)."""

    stage: str
    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    others: int = 0
    """The number of other runs that take turns with this one at the model."""


def progress_of(ranking: Ranking, others: int = 0) -> Progress:
    """Return how far the run of `ranking` is; `others` is the number of other runs that share the model."""
    left = ranking.timing.get("left_s")
    if "explain_s" in ranking.timing or len(ranking.rows) == ranking.total:
        explained = sum(row.match_points is not None for row in ranking.rows)
        return Progress(EXPLAINING, explained, len(ranking.rows), left if explained else None)
    return Progress(SCORING, len(ranking.rows), ranking.total, left, max(0, others))
