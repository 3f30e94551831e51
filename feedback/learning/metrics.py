"""Measure the order of labelled candidates group by group: nDCG@5, Top-3 hit, pairwise accuracy; with bootstrap intervals."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from feedback.labels import FULL, NONE, Candidate

DEPTH, TOP = 5, 3
MEASURES = ("ndcg", "top3", "pairwise")
"""nDCG@5 with gain 2^grade − 1 and discount 1 / log2(rank + 1); whether a 完全匹配 is among the first 3; the share of pairs of different
grade in the right order. All over labelled candidates only; equal scores count as the wrong order."""
RESAMPLES = 2000
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Interval:
    """A mean over groups and its 95 % bootstrap interval (percentiles; groups are drawn, not labels)."""

    value: float
    low: float
    high: float


def mean_grade(candidate: Candidate) -> float | None:
    """Return the mean grade over the candidate's raters, None without labels."""
    return sum(label.grade for label in candidate.labels) / len(candidate.labels) if candidate.labels else None


def is_full(grade: ArrayLike) -> np.ndarray:
    """Return whether mean grades count as 完全匹配: at least 1.5."""
    return np.asarray(grade) >= FULL - 0.5


def is_none(grade: ArrayLike) -> np.ndarray:
    """Return whether mean grades count as 不匹配: at most 0.5."""
    return np.asarray(grade) <= NONE + 0.5


def measures(scores: np.ndarray, grades: np.ndarray) -> tuple[float, float, float]:
    """Return MEASURES of one group with at least two different grades. `scores` and mean `grades` have one value per labelled candidate."""
    top3 = float(is_full(grades[_order(scores, grades)][:TOP]).any())
    is_better = grades[:, None] > grades[None, :]
    return ndcg(scores, 2.0**grades - 1, DEPTH), top3, float((scores[:, None] > scores[None, :])[is_better].mean())


def ndcg(scores: np.ndarray, gains: np.ndarray, depth: int) -> float:
    """Return nDCG of the first `depth` candidates with discount 1 / log2(rank + 1). At least one gain must be above 0."""
    discount = 1 / np.log2(np.arange(2, min(depth, len(gains)) + 2))
    best = np.sort(gains)[::-1]
    return float(gains[_order(scores, gains)][:depth] @ discount / (best[:depth] @ discount))


def _order(scores: np.ndarray, gains: np.ndarray) -> np.ndarray:
    """Return indexes from best to worst score; of equal scores the lower gain first, so that ties never help."""
    return np.lexsort((gains, -scores))


def interval(values: np.ndarray, seed: int = 0) -> Interval:
    """Return the mean of `values` (one per group, at least two) with its bootstrap interval. Pass differences for a paired comparison."""
    from scipy.stats import bootstrap  # here: takes a second to import, which the start of the app need not wait for

    result = bootstrap(
        (values,),
        np.mean,
        n_resamples=RESAMPLES,
        confidence_level=CONFIDENCE,
        method="percentile",
        batch=200,
        rng=np.random.default_rng(seed),
    ).confidence_interval
    return Interval(float(values.mean()), float(result.low), float(result.high))
