"""How good a match is, as it may be shown: high, middle or low; a percentage only where the engine has one."""

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
    """HIGH, MIDDLE or LOW: which third of its scale the row is in. Without probabilities that says nothing about fitness as such."""
    place = standing(row, rows)
    return HIGH if place >= 2 / 3 else MIDDLE if place >= 1 / 3 else LOW


def match_key(row: Row, rows: Sequence[Row]) -> str:
    """The key of the words for `band`; without probabilities they say that it is relative to this list."""
    return f"match.{'' if row.probability is not None else 'relative_'}{band(row, rows)}"


def percent(probability: float) -> str:
    """A probability for people; never 0 % or 100 %, which no model can promise. Not escaped."""
    if probability > 0.999:
        return "> 99.9%"
    return "< 0.1%" if probability < 0.001 else f"{probability:.1%}"
