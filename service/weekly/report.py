"""Compute the weekly report: were the first five called, where does the order agree with HR, what decides, what did learning change."""

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from feedback.labels import Group
from feedback.learning.groups import groups, unscored
from feedback.learning.job_vectors import job_vectors
from feedback.learning.kinds import kinds_of, typical_job
from feedback.learning.labelled_points import LabelledPoint, labelled_points
from feedback.learning.metrics import is_full, is_none, mean_grade
from feedback.learning.report import stacked
from feedback.learning.resemblance import resemblance
from feedback.learning.versions import previous, versions
from feedback.store.desk.first_places import DecidedJob, decided_jobs
from feedback.store.desk.statuses import INTERVIEW
from feedback.store.history import job_title
from feedback.store.retention import DAY_S
from feedback.store.store import Store
from reranker.encoder.encoder import Encoder
from reranker.evidence.soft import SOFT

LEAST = 10
"""Labels, or statuses, below which nothing is said: of the whole, of a kind of job, of a requirement."""
FIRST, WEEKS, MOST_REQUIREMENTS = 5, 12, 8
LEAST_OF_GRADE = 3
"""Candidates labelled a full match, and labelled no match, for a requirement to be compared."""


@dataclass(frozen=True)
class FirstFiveWeek:
    """Jobs last ranked in the week from `monday` (ISO 8601). `called` of `first` candidates at the first five places were called to
    interview, and `called_below` of those further down.
    """

    monday: str
    jobs: int
    first: int
    called: int
    called_below: int


@dataclass(frozen=True)
class KindAgreement:
    """A kind of job, named after a typical one. `right` of `pairs` of candidates with different labels stood in the right order."""

    title: str
    jobs: int
    labels: int
    pairs: int
    right: int


@dataclass(frozen=True)
class DecidingRequirement:
    """A requirement, and how far those labelled 完全匹配 and 不匹配 prove it, means of 0..1, over `labels` candidates of `jobs` jobs."""

    text: str
    kind: str
    full: float
    none: float
    labels: int
    jobs: int


@dataclass(frozen=True)
class WeightsChange:
    """Versions of the weights before the last change and since (0: the model's order), and each feature's effect in the two."""

    before: int
    after: int
    effects: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True)
class WeeklyReport:
    """`missing` labels are needed before anything is said: then the rest is empty. `statuses_missing`: the same for `weeks`.
    Candidates of imported label files count from the learning on that scores them; `unscored` are those before that.
    """

    at: float
    monday: str
    labels: int
    missing: int
    unscored: int = 0
    statuses_missing: int = 0
    weeks: tuple[FirstFiveWeek, ...] = ()
    kinds: tuple[KindAgreement, ...] = ()
    requirements: tuple[DecidingRequirement, ...] = ()
    weights: WeightsChange | None = None


def weekly_report(store: Store, fingerprint: str, encoder: Encoder, now: float | None = None, user: str | None = None) -> WeeklyReport:
    """Report on what the store holds of rankings of the engine with this fingerprint; statuses count whichever engine ranked.

    `user`: only of this one's rankings, labels and statuses.
    """
    now = time.time() if now is None else now
    labelled = groups(store, fingerprint, user)
    labels = sum(len(candidate.labels) for group in labelled for candidate in group.candidates)
    waiting = 0 if user else sum(len(resumes) for _, resumes in unscored(store, fingerprint))
    if labels < LEAST:
        return WeeklyReport(now, _monday(now), labels, LEAST - labels, waiting)
    decided = decided_jobs(store, now - WEEKS * 7 * DAY_S, user)
    statuses = sum(len(job.statuses) for job in decided)
    return WeeklyReport(
        now,
        _monday(now),
        labels,
        0,
        waiting,
        max(0, LEAST - statuses),
        first_five(decided) if statuses >= LEAST else (),
        agreement_by_kind(store, labelled, encoder),
        deciding_requirements(labelled_points(store, user)),
        weights_change(store),
    )


def first_five(jobs: Sequence[DecidedJob]) -> tuple[FirstFiveWeek, ...]:
    """Return the weeks in which jobs were ranked, oldest first."""
    weeks: dict[str, list[DecidedJob]] = defaultdict(list)
    for job in jobs:
        weeks[_monday(job.at)].append(job)
    counted = []
    for monday, of_week in sorted(weeks.items()):
        called = [rank for job in of_week for rank, status in job.statuses.items() if status == INTERVIEW]
        first = sum(min(FIRST, job.shown) for job in of_week)
        in_first = sum(rank <= FIRST for rank in called)
        counted.append(FirstFiveWeek(monday, len(of_week), first, in_first, len(called) - in_first))
    return tuple(counted)


def agreement_by_kind(store: Store, labelled: Sequence[Group], encoder: Encoder) -> tuple[KindAgreement, ...]:
    """Return the kinds of jobs with at least LEAST labels and a pair to compare, most labels first."""
    vectors = stacked(job_vectors(store, {group.job_id: group.job for group in labelled}, encoder), [group.job_id for group in labelled])
    kinds, alike = kinds_of(vectors), resemblance(vectors, vectors)
    agreements = []
    for kind in np.unique(kinds):
        places = np.nonzero(kinds == kind)[0]
        of_kind = [labelled[index] for index in places.tolist()]
        labels = sum(len(candidate.labels) for group in of_kind for candidate in group.candidates)
        pairs, right = np.sum([_pairs(group) for group in of_kind], axis=0)
        if labels >= LEAST and pairs:
            title = job_title(labelled[typical_job(alike, places)].job)
            agreements.append(KindAgreement(title, len(of_kind), labels, int(pairs), int(right)))
    return tuple(sorted(agreements, key=lambda agreement: -agreement.labels))


def _pairs(group: Group) -> tuple[int, int]:
    """Return how many pairs of shown candidates have different grades, and in how many the better one stood above."""
    shown = [(candidate.rank, mean_grade(candidate) or 0.0) for candidate in group.candidates if candidate.rank and candidate.labels]
    better = [(rank, other) for rank, grade in shown for other, lower in shown if grade > lower]
    return len(better), sum(rank < other for rank, other in better)


def deciding_requirements(points: Sequence[LabelledPoint]) -> tuple[DecidingRequirement, ...]:
    """Return the requirements that those labelled a full match prove more than those labelled no match, the widest difference first.

    What no resume proves and an interview asks about is left out.
    """
    by_text: dict[str, list[LabelledPoint]] = defaultdict(list)
    for point in points:
        if point.kind == SOFT:
            continue
        by_text[" ".join(point.requirement.split()).rstrip("。；;.,，")].append(point)
    compared = []
    for text, same in by_text.items():
        grades = np.array([point.grade for point in same])
        strength, full, none = np.array([point.strength for point in same]), is_full(grades), is_none(grades)
        if len(same) >= LEAST and min(full.sum(), none.sum()) >= LEAST_OF_GRADE:
            means = float(strength[full].mean()), float(strength[none].mean())
            compared.append(DecidingRequirement(text, same[0].kind, *means, len(same), len({point.job for point in same})))
    compared.sort(key=lambda requirement: requirement.none - requirement.full)
    return tuple(requirement for requirement in compared if requirement.full > requirement.none)[:MOST_REQUIREMENTS]


def weights_change(store: Store) -> WeightsChange | None:
    """Return what the weights in use changed against those before them; None if only the model's order was ever used."""
    before, known = previous(store), versions(store)
    if before is None:
        return None
    effects = {
        version.weights.version: {effect["name"]: float(effect["effect"]) for effect in version.report.get("effects", ())}
        for version in known
    }
    after = next((version.weights.version for version in known if version.is_active), 0)
    old, new = effects.get(before, {}), effects.get(after, {})
    names = [name for name in {**old, **new} if name != "logit" and (old.get(name) or new.get(name))]
    return WeightsChange(before, after, tuple((name, old.get(name, 0.0), new.get(name, 0.0)) for name in names))


def _monday(at: float) -> str:
    day = datetime.fromtimestamp(at).date()
    return (day - timedelta(days=day.weekday())).isoformat()
