"""Learn weights from labels, apply them, roll back: one function each, for the page and for feedback_tune.py."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from feedback.glossary.mining import mine
from feedback.glossary.terms import REJECTED, accepted_with_jobs, propose, terms
from feedback.labels import Group
from feedback.learning.groups import groups
from feedback.learning.job_vectors import LearnedJobs, job_vectors
from feedback.learning.metrics import mean_grade
from feedback.learning.report import Report, tune
from feedback.learning.versions import activate, active, add_weights, previous, versions
from feedback.store.store import Store
from reranker.encoder.encoder import Encoder


@dataclass(frozen=True)
class LearningOutcome:
    """The result of learning, not in force yet. `groups` are what it learned from, `new_terms` the number of mined term pairs, `jobs` those
    whose labels taught something.
    """

    report: Report
    groups: Sequence[Group]
    new_terms: int
    seconds: float
    jobs: LearnedJobs | None = None


def learn_from_store(store: Store, fingerprint: str, encoder: Encoder) -> LearningOutcome:
    """Learn from every label given to rankings of this engine, and propose newly mined company terms. Changes no weights."""
    started = time.perf_counter()
    labelled = groups(store, fingerprint)
    vectors = job_vectors(store, {group.job_id: group.job for group in labelled}, encoder)
    accepted = accepted_with_jobs(store, encoder.fingerprint)
    mined = mine(labelled, decided=[*accepted, *(entry.term for entry in terms(store, REJECTED))])
    evidence = {pair.term: {name: value for name, value in asdict(pair).items() if name not in ("term", "job_ids")} for pair in mined}
    propose(store, evidence, jobs={pair.term: _jobs(pair.job_ids, vectors, encoder) for pair in mined})
    # Weights that learned from somebody who was erased are no yardstick, nor are damaged ones: new ones need not be as good.
    in_use = next((pair for pair in versions(store) if pair.is_active), None)
    is_yardstick = in_use is None or (in_use.is_readable and not in_use.due_for_relearning)
    weights = active(store, fingerprint) if is_yardstick else None
    report = tune(labelled, fingerprint, {term: jobs and jobs.vectors for term, jobs in accepted.items()}, weights, vectors)
    taught = [group.job_id for group in labelled if group.fingerprint == fingerprint and _has_contrast(group)]
    return LearningOutcome(report, labelled, len(mined), time.perf_counter() - started, _jobs(taught, vectors, encoder))


def _jobs(job_ids: Sequence[str], vectors: Mapping[str, np.ndarray], encoder: Encoder) -> LearnedJobs | None:
    """Return the jobs with a vector, None if none has one: the text of each was deleted before it could be made."""
    known = [vectors[job_id] for job_id in job_ids if job_id in vectors]
    return LearnedJobs(encoder.fingerprint, np.stack(known)) if known else None


def _has_contrast(group: Group) -> bool:
    """Return whether the labels of a group differ, so that it teaches something."""
    return len({mean_grade(candidate) for candidate in group.candidates if candidate.labels and "logit" in candidate.features}) > 1


def apply(store: Store, outcome: LearningOutcome, user: str) -> int:
    """Store the weights with their report and activate them; return their version.

    Raise ValueError if they did not pass the gate.
    """
    if not outcome.report.accepted:
        raise ValueError(f"the weights did not pass the gate: {outcome.report.verdict.reason}")
    version = add_weights(store, outcome.report.weights, outcome.groups, asdict(outcome.report), user, outcome.jobs)
    activate(store, version, user)
    return version


def roll_back(store: Store, user: str, version: int | None = None) -> int | None:
    """Activate version `version` (0: the model's own order; None: the one before) and return it; None if there is nothing to go back to.

    Raise LookupError for an unknown version.
    """
    target = previous(store) if version is None else version
    if target is not None:
        activate(store, target, user)
    return target
