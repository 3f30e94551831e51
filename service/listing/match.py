"""Describe how good a match is, with a percentage only if the engine gives probabilities; order its points and say what decides one."""

from collections.abc import Sequence

from i18n.texts import Texts
from reranker.evidence.match_points import MatchPoint
from reranker.evidence.soft import SOFT
from reranker.rows import Row

HIGH, MIDDLE, LOW = "high", "middle", "low"
KIND_ORDER = {"must": 0, "nice": 1, "duty": 2, "emphasis": 3, "soft": 4}


def asked_first(points: Sequence[MatchPoint] | None) -> list[MatchPoint]:
    """Return the match points that count first: the musts, or all where the job has none; never what only an interview shows."""
    counted = [point for point in points or () if point.kind != SOFT]
    return [point for point in counted if point.kind == "must"] or counted


def musts_first(points: Sequence[MatchPoint]) -> list[int]:
    """Return the places of the points in the order in which they are shown and numbered: by kind, those of one kind as the job has them."""
    return sorted(range(len(points)), key=lambda index: KIND_ORDER[points[index].kind])


def has_standing(row: Row, rows: Sequence[Row]) -> bool:
    """Return whether anything can be said of the row's match: a probability, or a place among others with other scores."""
    return row.probability is not None or min(row.logit for row in rows) < max(row.logit for row in rows)


def standing(row: Row, rows: Sequence[Row]) -> float:
    """Return the length of the row's bar, 0 to 1: its probability, else its score scaled between the worst and best of `rows`."""
    if row.probability is not None:
        return row.probability
    worst, best = min(row.logit for row in rows), max(row.logit for row in rows)
    return (row.logit - worst) / (best - worst) if best > worst else 0.5


def band(row: Row, rows: Sequence[Row]) -> str:
    """Return HIGH, MIDDLE or LOW: the third of its scale that the row is in. Without probabilities this is relative to `rows` only."""
    share = standing(row, rows)
    return HIGH if share >= 2 / 3 else MIDDLE if share >= 1 / 3 else LOW


def match_key(row: Row, rows: Sequence[Row]) -> str:
    """Return the text key for `band`; without probabilities the text says that it is relative to this list. "match.none": nothing is."""
    if not has_standing(row, rows):
        return "match.none"
    return f"match.{'' if row.probability is not None else 'relative_'}{band(row, rows)}"


def percent(probability: float) -> str:
    """Return a probability as unescaped text; never 0 % or 100 %, which no model can promise."""
    if probability > 0.999:
        return "> 99.9%"
    return "< 0.1%" if probability < 0.001 else f"{probability:.1%}"


def reason_said(point: MatchPoint, words: Texts) -> str:
    """Return what is asked for and what the resume states of it, in words; "" where no such fact decides."""
    return words(f"reason.{point.reason.code}", asked=point.reason.asked, said=point.reason.said) if point.reason else ""
