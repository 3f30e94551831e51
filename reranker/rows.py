"""Define a ranked row and a ranking, and sort rows by logits, learned weights and what a changed rubric adds."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from preprocess.document import Note, Resume
from reranker.evidence.match_points import MatchPoint
from reranker.rubric.lifts import Lift, total

MODEL_ORDER: Mapping[str, float] = {"logit": 1.0}
"""The default weights: exactly the order of the model's logits."""


@dataclass(frozen=True)
class Row:
    """One ranked resume. Ranks count from 1; `input_position` is its place in the list as given, `model_rank` that by the logit alone.

    `probability` is sigmoid(logit), None for an engine without probabilities. `match_points` is None until they were looked for.
    `truncated` counts the tokens at the end that the engine did not read. `files` are those of the resume, where it is known.
    `lifts` are what the changes of a rubric add to the score, in units of the logit; see rubric/lifts.py.
    """

    rank: int
    input_position: int
    id: str
    name: str
    logit: float
    probability: float | None
    features: Mapping[str, float]
    match_points: tuple[MatchPoint, ...] | None
    notes: tuple[Note, ...]
    truncated: int = 0
    model_rank: int = 0
    files: tuple[str, ...] = ()
    lifts: tuple[Lift, ...] = ()


@dataclass(frozen=True)
class Explained:
    """The findings in a resume beside its score: match points without the resume's own spelling, features, and lines not looked at."""

    points: tuple[MatchPoint, ...]
    features: Mapping[str, float]
    unread_lines: int = 0


@dataclass(frozen=True)
class Ranking:
    """Rows in rank order, of `total` resumes that can be ranked: partial while a run streams, or when it was stopped.

    While it streams, rows are sorted when they are looked at. `unscored` are those for which the model gave no number: they have no
    place among the others.

    `timing` is in seconds: score_s, explain_s, and, while it streams and there is something to base it on, left_s of the stage in work.
    """

    rows: Sequence[Row]
    total: int
    finished: bool = False
    timing: Mapping[str, float] = field(default_factory=dict)
    unscored: tuple[Resume, ...] = ()


def by_logit(rows: Sequence[Row]) -> list[Row]:
    """Return the rows by their logits alone, best first, with new ranks; equal ones stay in input order."""
    return _with_new_ranks(sorted(rows, key=lambda row: (-row.logit, row.input_position)))


def in_order(rows: Sequence[Row], weights: Mapping[str, float]) -> list[Row]:
    """Return the rows by `weights` and lifts, best first, with new ranks; equal ones stay in input order."""
    return _with_new_ranks(sorted(rows, key=lambda row: sort_key(row, row.features, weights)))


def _with_new_ranks(ordered: Sequence[Row]) -> list[Row]:
    return [row if row.rank == rank else replace(row, rank=rank) for rank, row in enumerate(ordered, start=1)]


def sort_key(row: Row, features: Mapping[str, float], weights: Mapping[str, float]) -> tuple[float, int]:
    """Return what rows are sorted by, for this row with these features. Lifts are in units of the logit's coefficient."""
    score = weighted_score(features, weights)
    if row.lifts:
        score += logit_unit(weights) * total(row.lifts)
    return -score, row.input_position


def weighted_score(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return Σ weight · feature, by which rows are sorted; missing features count as 0."""
    return sum(weight * features.get(name, 0.0) for name, weight in weights.items())


def logit_unit(weights: Mapping[str, float]) -> float:
    """Return what one logit counts in the weighted score."""
    return abs(weights.get("logit", 0.0)) or 1.0


def contributions(row: Row, rows: Sequence[Row], weights: Mapping[str, float]) -> dict[str, float]:
    """Return how much each learned feature lifts this row above (negative: below) the mean of `rows`, in units of the logit's coefficient.

    The logit and features without effect are left out. These are the exact reasons why `rank` differs from `model_rank`.
    """
    unit = logit_unit(weights)
    contributions_by_name = {}
    for name, weight in weights.items():
        mean = sum(other.features.get(name, 0.0) for other in rows) / len(rows)
        lift = weight * (row.features.get(name, 0.0) - mean) / unit
        if name != "logit" and abs(lift) > 1e-9:
            contributions_by_name[name] = lift
    return contributions_by_name


def sigmoid(logit: float) -> float:
    """Return 1 / (1 + e^−logit) in double precision, without overflow. Half precision would make everything above 0.9995 equal."""
    if logit >= 0:
        return 1 / (1 + math.exp(-logit))
    return math.exp(logit) / (1 + math.exp(logit))
