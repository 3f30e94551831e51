"""Measure how good orders of labelled candidates are: standard metrics per job, with intervals. Knows no engine."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from feedback.labels import FULL, Candidate, Group, Label
from feedback.learning.metrics import Interval, interval, is_full, mean_grade
from preprocess.document import Resume

Scores = Sequence[Sequence[float]]
"""One list per group with one number per candidate: higher is better, equal ones keep the order of the group."""

METRICS = ("ndcg_5", "ndcg_10", "top_3", "top_5", "pairwise", "mrr")
"""All in 0..1, higher is better. nDCG@5 and @10 with gain 2^grade − 1 and discount log2 (as in `metrics`); whether a 完全匹配 is among
the first 3 and 5 (hit rate); the share of pairs of different grade in the right order; one over the rank of the first 完全匹配."""

MIN_JOBS = 6
"""For a verdict: fewer jobs all differ in one direction by chance more often than one time in twenty (sign test, 2 · 0.5^jobs)."""

_UNIT = 1_000
"""trec_eval takes whole numbers for gains: thousandths, exact for whole grades."""


@dataclass(frozen=True)
class Judgement:
    """One line of the data: what somebody said of a resume beside a job, both cleaned. `job_id` is "" where the data has none."""

    job_id: str
    job: Resume
    resume: Resume
    label: Label


@dataclass(frozen=True)
class Result:
    """One metric of one system: the mean over `jobs` jobs. `difference` is that to the reference, job by job; None for the reference."""

    value: Interval
    jobs: int
    difference: Interval | None

    @property
    def verdict(self) -> int:
        """1, -1: better, worse than the reference beyond noise; 0: not to be told apart. Not corrected for the number of comparisons."""
        if self.difference is None or self.jobs < MIN_JOBS:
            return 0
        return int(self.difference.low > 0) - int(self.difference.high < 0)


def to_groups(judgements: Iterable[Judgement]) -> list[Group]:
    """Return a group per job with its candidates, both in order of first mention; a resume judged several times has all its labels.

    Jobs are told apart by their id and their text.
    """
    jobs: dict[tuple[str, str], tuple[Resume, dict[str, Candidate]]] = {}
    for judgement in judgements:
        _, candidates = jobs.setdefault((judgement.job_id, judgement.job.id), (judgement.job, {}))
        candidate = candidates.get(judgement.resume.id, Candidate(judgement.resume.id, judgement.resume.name, 0, {}, judgement.resume.text))
        candidates[judgement.resume.id] = replace(candidate, labels=(*candidate.labels, judgement.label))
    return [Group(job.id, job.text, "", tuple(candidates.values())) for job, candidates in jobs.values()]


def grades(group: Group) -> list[float]:
    """Return the mean grade (0..2) of each candidate. All must have labels."""
    means = [mean_grade(candidate) for candidate in group.candidates]
    assert None not in means
    return [mean for mean in means if mean is not None]


def is_comparable(group: Group) -> bool:
    """Return whether one order of the group can be better than another: it needs two different grades."""
    return len(set(grades(group))) > 1


def has_full(group: Group) -> bool:
    """Return whether the mean grade of any candidate counts as 完全匹配."""
    return bool(is_full(grades(group)).any())


def evaluate(groups: Sequence[Group], systems: Mapping[str, Scores], reference: str) -> dict[str, dict[str, Result]]:
    """Return system → metric → Result for groups that are all comparable. Top-k and MRR count only jobs with a 完全匹配 and may be missing.

    Intervals are 95 % bootstrap intervals over jobs (`metrics.interval`), infinite if only one job counts. They do not cover wrong labels,
    and their width is 0 if every job has the same value.
    """
    measured = {system: measure(groups, scores) for system, scores in systems.items()}
    results: dict[str, dict[str, Result]] = {}
    for system, metrics in measured.items():
        results[system] = {}
        for metric, values in metrics.items():
            counted = ~np.isnan(values)
            if counted.any():
                differences = (values - measured[reference][metric])[counted]
                compared = None if system == reference else _interval(differences)
                results[system][metric] = Result(_interval(values[counted]), int(counted.sum()), compared)
    return results


def measure(groups: Sequence[Group], scores: Scores) -> dict[str, np.ndarray]:
    """Return metric → one value per group (see METRICS); NaN for Top-k and MRR if a group has no 完全匹配."""
    from ir_measures import RR, Success, iter_calc, nDCG  # here: it is not there on Linux on ARM, and nothing but this needs it

    full = _gain(FULL - 0.5)
    names = {
        nDCG @ 5: "ndcg_5",
        nDCG @ 10: "ndcg_10",
        Success(rel=full) @ 3: "top_3",
        Success(rel=full) @ 5: "top_5",
        RR(rel=full): "mrr",
    }
    values = {metric: np.full(len(groups), np.nan) for metric in METRICS}
    gains: dict[str, dict[str, int]] = {}
    run: dict[str, dict[str, float]] = {}
    for job_index, (group, of_group) in enumerate(zip(groups, scores, strict=True)):
        given = grades(group)
        order = [given[index] for index in ranked(of_group)]
        values["pairwise"][job_index] = pairwise_accuracy(order)
        gains[str(job_index)] = {str(rank): _gain(grade) for rank, grade in enumerate(order)}
        run[str(job_index)] = {str(rank): float(-rank) for rank in range(len(order))}  # no ties: trec_eval would break them by name
    for value in iter_calc(list(names), gains, run):
        metric, job_index = names[value.measure], int(value.query_id)
        if metric.startswith("ndcg") or has_full(groups[job_index]):
            values[metric][job_index] = value.value
    return values


def ranked(scores: Sequence[float]) -> list[int]:
    """Return the indexes from best to worst; equal scores keep the order given, as in `reranker.ranking`."""
    return sorted(range(len(scores)), key=lambda index: -scores[index])


def pairwise_accuracy(grades: Sequence[float]) -> float:
    """Return the share of pairs of different grade whose better one comes first; `grades` are in the order to measure.

    There must be such a pair.
    """
    first, second = np.triu_indices(len(grades), k=1)
    differences = np.subtract(*np.asarray(grades)[np.stack([first, second])])
    return float((differences > 0).sum() / (differences != 0).sum())


def _interval(values: np.ndarray) -> Interval:
    return interval(values) if len(values) > 1 else Interval(float(values[0]), -np.inf, np.inf)


def _gain(grade: float) -> int:
    return round(_UNIT * (2**grade - 1))
