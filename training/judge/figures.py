"""Compute the figures of verdicts and orders that the training prints and the benchmark reports."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from feedback.learning.metrics import ndcg
from reranker.judge.combine import combined


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the chance that a positive value is above a negative one, ties count half; nan without either."""
    if not len(positive) or not len(negative):
        return float("nan")
    ranks = rankdata([*positive, *negative])[: len(positive)]
    return float((ranks.sum() - len(positive) * (len(positive) + 1) / 2) / (len(positive) * len(negative)))


def calibration_error(strengths: Sequence[float], truths: Sequence[float], bins: int = 10) -> float:
    """Return the mean distance of strength and truth over bins of equal width, by the share of values in each."""
    values, wanted = np.asarray(strengths), np.asarray(truths)
    bin_of = np.minimum((values * bins).astype(int), bins - 1)
    return float(sum(abs(values[bin_of == number].sum() - wanted[bin_of == number].sum()) for number in range(bins)) / len(values))


@dataclass(frozen=True)
class JudgedPair:
    """A resume (its number in all data, its label) and a requirement: the strength, and the verdict, None for another job's requirement."""

    group: int
    resume: int
    label: int
    kind: str
    verdict: int | None
    strength: float


def verdict_auc(pairs: Iterable[JudgedPair]) -> float:
    """Return the AUC of proven (2) against not (0), over all resumes and requirements."""
    strengths: dict[int | None, list[float]] = defaultdict(list)
    for pair in pairs:
        strengths[pair.verdict].append(pair.strength)
    return auc(strengths[2], strengths[0])


def within_resumes_auc(pairs: Iterable[JudgedPair], other: int | None) -> float:
    """Return the AUC of a resume's proven requirements against its unproven ones (`other` 0) or those of another job (`other` None).

    Against those of another job only resumes of label 2 count.
    """
    resumes: dict[int, list[JudgedPair]] = defaultdict(list)
    for pair in pairs:
        if other is not None or pair.label == 2:
            resumes[pair.resume].append(pair)
    wins = total = 0.0
    for of_resume in resumes.values():
        proven = [pair.strength for pair in of_resume if pair.verdict == 2]
        others = [pair.strength for pair in of_resume if pair.verdict == other]
        if proven and others:
            count = len(proven) * len(others)
            wins, total = wins + auc(proven, others) * count, total + count
    return wins / total if total else float("nan")


def group_orders(pairs: Iterable[JudgedPair], foreign: bool = False) -> list[tuple[int, np.ndarray, np.ndarray]]:
    """Return for each group its number, the scores of its resumes and their labels; with another job's requirements if `foreign`."""
    groups: dict[int, dict[int, list[JudgedPair]]] = defaultdict(lambda: defaultdict(list))
    for pair in pairs:
        if (pair.verdict is None) is foreign:
            groups[pair.group][pair.resume].append(pair)
    return [
        (
            group,
            np.array(
                [combined([pair.strength for pair in of_resume], [pair.kind for pair in of_resume]) for of_resume in resumes.values()]
            ),
            np.array([of_resume[0].label for of_resume in resumes.values()], dtype=float),
        )
        for group, resumes in groups.items()
    ]


def mean_ndcg(orders: Iterable[tuple[int, np.ndarray, np.ndarray]]) -> float:
    """Return the mean nDCG@5 over the groups that have different labels."""
    values = [ndcg(scores, 2.0**labels - 1, 5) for _, scores, labels in orders if len(set(labels)) > 1]
    return float(np.mean(values)) if values else float("nan")


def foreign_strength(pairs: Iterable[JudgedPair]) -> float:
    """Return the mean strength of resumes with label 2 on another job's requirements."""
    strengths = [pair.strength for pair in pairs if pair.verdict is None and pair.label == 2]
    return float(np.mean(strengths)) if strengths else float("nan")
