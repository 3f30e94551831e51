"""How good a match is, as it may be shown: a percentage where the engine has one, else only a place among the others."""

from collections.abc import Sequence

from reranker.ranking import Row

HIGH, MIDDLE, LOW = "high", "middle", "low"


def standing(row: Row, rows: Sequence[Row]) -> float:
    """Length of the row's bar, 0 to 1: its probability, or where its score lies between the worst and the best of these rows."""
    if row.probability is not None:
        return row.probability
    worst, best = min(one.logit for one in rows), max(one.logit for one in rows)
    return (row.logit - worst) / (best - worst) if best > worst else 0.5


def band(row: Row, rows: Sequence[Row]) -> str:
    """HIGH, MIDDLE or LOW: which third of the range of scores in this list the row is in. Says nothing about fitness as such."""
    place = standing(row, rows)
    return HIGH if place >= 2 / 3 else MIDDLE if place >= 1 / 3 else LOW
