"""Learn from labels in one call and report the result as numbers and codes, without sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from math import ceil

import numpy as np
from threadpoolctl import threadpool_limits

from feedback.labels import Group, Term, Weights
from feedback.learning.features import NAMES
from feedback.learning.gate import ACCEPTED, LEAST_GROUPS, GateVerdict, JobKinds, judge
from feedback.learning.kinds import kinds_of
from feedback.learning.learn import LOGIT, Fit, learn
from feedback.learning.metrics import TOP, Interval, is_full, mean_grade
from feedback.learning.pairs import PairwiseDataset, pairwise_dataset
from feedback.learning.resemblance import resemblance
from feedback.learning.term_table import term_table
from feedback.store.history import job_title
from reranker.encoder.encoder import DIMENSIONS


@dataclass(frozen=True)
class Effect:
    """A feature's coefficient, and what one standard deviation of it within a job moves where one of the logit moves 1."""

    name: str
    coefficient: float
    effect: float


@dataclass(frozen=True)
class Counts:
    """Counts of the data. `groups` have labels of this engine, `informative` labels of different grades; `left_out` have labels
    beside logits of another engine. `agreement` is the share of pairs of raters that gave the same candidate the same grade, None where
    no candidate has two; `compared` is the number of these pairs.
    """

    groups: int
    informative: int
    labels: int
    raters: int
    left_out: int
    agreement: float | None
    compared: int


@dataclass(frozen=True)
class Week:
    """`precision`: the share of 完全匹配 among the labelled candidates that were shown in the first 3 places, over the jobs last ranked
    in the week that begins on `monday` (local date, ISO 8601).
    """

    monday: str
    precision: float


@dataclass(frozen=True)
class Elsewhere:
    """The effect of weights on a kind of job that they were not learned from: `title` is that of a typical job, `jobs` how many there are.

    `strength` is the mean of what counts there, `change` the difference to the model's order by the names of metrics.MEASURES, `in_full`
    what it would be without regard to the kind.
    """

    title: str
    jobs: int
    strength: float
    change: dict[str, Interval]
    in_full: dict[str, Interval]


@dataclass(frozen=True)
class Report:
    """`weights` are what was learned (version 0: to be numbered by whoever keeps them), worth applying when `accepted`.

    `more_groups` estimates how many more labelled jobs like these would put the gain over the model's order beyond noise: 0 when it is,
    None when nothing speaks for a gain. It follows from the width of the intervals, which shrinks with the root of the number of jobs.
    """

    weights: Weights
    effects: tuple[Effect, ...]
    verdict: GateVerdict
    counts: Counts
    trend: tuple[Week, ...]
    more_groups: int | None
    kinds: int = 1
    """The number of kinds of jobs that the labels are of, and what was measured on the larger ones when each was held out."""
    elsewhere: tuple[Elsewhere, ...] = ()

    @property
    def accepted(self) -> bool:
        """True if the weights passed the gate."""
        return self.verdict.reason == ACCEPTED


def tune(
    groups: Sequence[Group],
    fingerprint: str,
    glossary: Mapping[Term, np.ndarray | None] | None = None,
    active: Weights | None = None,
    vectors: Mapping[str, np.ndarray] | None = None,
    seed: int = 0,
) -> Report:
    """Learn from all groups whose logits are of the engine with this fingerprint, and judge the result.

    `glossary` are the accepted terms, with the vectors of the jobs that they were mined from, `active` the weights in use (None: the
    model's order), `vectors` those of the jobs by `Group.job_id`; a job without one resembles no other. None: all jobs are of one kind.
    Equal groups give an equal report, bit by bit.
    """
    groups = sorted(groups, key=lambda group: group.job_id)
    rows = pairwise_dataset(groups, fingerprint, seed)
    points = None if vectors is None else stacked(vectors, [group.job_id for group in rows.groups])
    terms = term_table(rows, glossary or {}, points)
    jobs = _job_kinds(points, len(rows.groups))
    with threadpool_limits(
        1, "blas"
    ):  # these matrices are tiny: threads would only wait for one another, ten times longer on a busy machine
        if len(rows.groups) < LEAST_GROUPS:
            fit = Fit(np.eye(len(NAMES))[LOGIT], np.ones(len(NAMES)), np.inf)
        else:
            fit = learn(rows, terms, np.arange(len(rows.groups)), seed)
        verdict = judge(rows, terms, fit, active or Weights(), fingerprint, jobs, seed)
    return Report(
        weights=Weights(0, fit.coefficients, fingerprint),
        effects=_effects(fit),
        verdict=verdict,
        counts=_counts(groups, fingerprint, rows),
        trend=tuple(_trend(groups)),
        more_groups=_more_groups(verdict, len(rows.groups)),
        kinds=len(set(jobs.kind.tolist())),
        elsewhere=tuple(
            Elsewhere(job_title(rows.groups[kind.example].job), kind.jobs, kind.strength, kind.change, kind.in_full)
            for kind in verdict.kinds
        ),
    )


def stacked(vectors: Mapping[str, np.ndarray], job_ids: Sequence[str]) -> np.ndarray:
    """Return the vectors of these jobs, (n, 384), zeros for those without one."""
    return np.array([vectors.get(job_id, np.zeros(DIMENSIONS)) for job_id in job_ids], dtype=np.float32).reshape(-1, DIMENSIONS)


def _job_kinds(points: np.ndarray | None, count: int) -> JobKinds:
    if points is None:
        return JobKinds(np.ones((count, count)), np.zeros(count, dtype=int))
    return JobKinds(resemblance(points, points), kinds_of(points))


def _effects(fit: Fit) -> tuple[Effect, ...]:
    """Return the effect of every feature, 0 for those that were not learned."""
    relative = fit.effects / fit.effects[LOGIT]
    return tuple(Effect(name, float(raw), float(effect)) for name, raw, effect in zip(NAMES, fit.raw, relative, strict=True))


def _counts(groups: Sequence[Group], fingerprint: str, rows: PairwiseDataset) -> Counts:
    labelled = [group for group in groups if any(candidate.labels for candidate in group.candidates)]
    usable = [group for group in labelled if group.fingerprint == fingerprint]
    given = [candidate.labels for group in usable for candidate in group.candidates]
    same = [first.grade == second.grade for labels in given for first, second in combinations(labels, 2)]
    return Counts(
        groups=len(usable),
        informative=len(rows.groups),
        labels=sum(map(len, given)),
        raters=len({label.rater for labels in given for label in labels}),
        left_out=len(labelled) - len(usable),
        agreement=sum(same) / len(same) if same else None,
        compared=len(same),
    )


def _trend(groups: Sequence[Group]) -> Iterator[Week]:
    """Yield the weeks, oldest first; weeks without labels in the first TOP places are left out."""
    weeks: dict[str, list[list[bool]]] = {}
    for group in groups:
        shown = [candidate for candidate in group.candidates if 1 <= candidate.rank <= TOP and candidate.labels]
        if shown:
            day = datetime.fromtimestamp(group.at).date()
            monday = (day - timedelta(days=day.weekday())).isoformat()
            weeks.setdefault(monday, []).append([bool(is_full(mean_grade(candidate) or 0.0)) for candidate in shown])
    for monday, are_full in sorted(weeks.items()):
        hits = [hit for of_one in are_full for hit in of_one]
        yield Week(monday, sum(hits) / len(hits))


def _more_groups(verdict: GateVerdict, groups: int) -> int | None:
    if verdict.over_model is None:
        return LEAST_GROUPS - groups
    needed = 0
    for name in ("ndcg", "pairwise"):
        gain = verdict.over_model[name]
        if gain.value <= 0:
            return None
        needed = max(needed, ceil(groups * ((gain.value - gain.low) / gain.value) ** 2))
    return max(0, needed - groups)
