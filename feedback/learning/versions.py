"""Store versions of the learned weights with their reports. One is active; every one can be activated again."""

import json
import math
import sqlite3
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from feedback.labels import Group, Strength, Weights
from feedback.learning.features import NAMES
from feedback.learning.job_vectors import LearnedJobs, packed, readable_jobs
from feedback.store.erase import erased_ids, without_quotes
from feedback.store.store import Run, Store, audit, storable, to_json


@dataclass(frozen=True)
class Version:
    """Weights with how they came about. `due_for_relearning`: a candidate that they were learned from was erased since, or they are
    outdated (see `is_outdated`).

    `is_readable` is False where what the store holds of them is damaged: they are kept, but there are no coefficients to rank with.
    """

    weights: Weights
    at: float
    user: str
    report: Mapping[str, Any]
    is_active: bool
    due_for_relearning: bool
    is_readable: bool = True


class NoSuchWeights(LookupError):
    """The store has no weights of this `version`, or what it holds of them is damaged."""

    def __init__(self, version: int):
        super().__init__(f"there is no version {version} of the weights that can be read")
        self.version = version


def add_weights(
    store: Store, weights: Weights, groups: Iterable[Group], report: Mapping[str, Any], user: str, taught: LearnedJobs | None = None
) -> int:
    """Store weights learned from these groups, not yet active, and return their new version; `weights.version` is ignored.

    `taught` are the jobs that it was learned from, as vectors. A report may quote or name a candidate only inside a mapping with the
    "resume_id", so that it can be erased.
    """
    pairs = {(group.job_id, candidate.resume_id) for group in groups for candidate in group.candidates}
    with store.writing() as db:
        erased = erased_ids(db)  # also while the learning was going on
        is_due = any(resume_id in erased for _, resume_id in pairs)
        version = db.execute(
            "INSERT INTO weights (coefficients, fingerprint, report, user, at, due_for_relearning, encoder, job_vectors)"
            " VALUES (?,?,?,?,?,?,?,?)",
            (
                to_json({name: float(value) for name, value in weights.coefficients.items()}),
                weights.fingerprint,
                to_json(without_quotes(dict(report), erased)),
                storable(user),
                time.time(),
                is_due,
                taught.encoder if taught else "",
                packed(taught.vectors) if taught else None,
            ),
        ).lastrowid
        assert version is not None
        jobs = dict(db.execute("SELECT sha256, id FROM jobs"))
        resumes = dict(db.execute("SELECT sha256, id FROM resumes"))
        known = [(version, jobs[job], resumes[resume]) for job, resume in pairs if job in jobs and resume in resumes]
        db.executemany("INSERT INTO learned_from (version, job, resume) VALUES (?,?,?)", known)
        facts = {"engine": weights.fingerprint, "jobs": len({job for job, _ in pairs}), "candidates": len(pairs)}
        audit.append(db, audit.WEIGHTS_LEARNED, user, weights=version, **facts)
    return version


def activate(store: Store, version: int, user: str) -> None:
    """Use a version from now on; 0 is the model's own order. Raise NoSuchWeights if it is unknown or damaged."""
    weights_of(store, version)
    with store.writing() as db:
        trail = _trail(db)
        event = audit.WEIGHTS_ROLLED_BACK if version in trail[:-1] else audit.WEIGHTS_APPLIED
        db.execute("INSERT INTO activations (version, user, at) VALUES (?,?,?)", (version, storable(user), time.time()))
        audit.append(db, event, user, weights=version, before=trail[-1])


def active(store: Store, fingerprint: str) -> Weights:
    """Return the active weights if they were learned on this engine, else those of version 0. They may be outdated.

    Raise NoSuchWeights if the active ones are damaged.
    """
    with store.reading() as db:
        version = _trail(db)[-1]
    in_use = weights_of(store, version)
    return in_use if in_use.fingerprint == fingerprint else Weights()


def is_outdated(weights: Weights) -> bool:
    """Return whether weights have coefficients for features that are no longer computed, so that they cannot be applied."""
    return not weights.coefficients.keys() <= set(NAMES)


def weights_of(store: Store, version: int) -> Weights:
    """Return the weights of one version, active or not; 0 is the model's own order. Raise NoSuchWeights if it is unknown or damaged."""
    if version == 0:
        return Weights()
    with store.reading() as db:
        row = db.execute("SELECT coefficients, fingerprint FROM weights WHERE version = ?", (version,)).fetchone()
    if row is None:
        raise NoSuchWeights(version)
    coefficients, fingerprint = row
    return Weights(version, _coefficients(version, coefficients), fingerprint)


def weights_of_run(store: Store, run: Run) -> Weights:
    """Return the weights that a stored run was ordered by, as strong as they were for its job. Raise NoSuchWeights as `weights_of` does."""
    weights, told = weights_of(store, run.weights_version), run.settings.get("learned")
    return weights.at(Strength(float(told["strength"]), told["similar_jobs"])) if told else weights


def jobs_of_weights(store: Store, version: int, encoder: str) -> LearnedJobs | None:
    """Return the jobs that a version was learned from as vectors of this encoder; None if the store has none of it that can be read."""
    with store.reading() as db:
        row = db.execute("SELECT encoder, job_vectors FROM weights WHERE version = ?", (version,)).fetchone()
    return readable_jobs(row, encoder) if row else None


def texts_of_jobs(store: Store, version: int) -> dict[str, str]:
    """Return the job descriptions that a version was learned from, by their digests, as far as they are still stored."""
    with store.reading() as db:
        return dict(
            db.execute("SELECT sha256, text FROM jobs WHERE id IN (SELECT job FROM learned_from WHERE version = ?) ORDER BY id", (version,))
        )


def keep_jobs_of_weights(store: Store, version: int, jobs: LearnedJobs) -> None:
    """Store the jobs of a version that was learned before they were kept, or with another encoder."""
    with store.writing() as db:
        db.execute("UPDATE weights SET encoder = ?, job_vectors = ? WHERE version = ?", (jobs.encoder, packed(jobs.vectors), version))


def previous(store: Store) -> int | None:
    """Return the version that was active before this one, None if there is none. Repeated undoing ends at 0."""
    with store.reading() as db:
        trail = _trail(db)
    return trail[-2] if len(trail) > 1 else None


def versions(store: Store) -> list[Version]:
    """Return all stored versions, newest first. Version 0 is not stored."""
    with store.reading() as db:
        current = _trail(db)[-1]
        rows = db.execute(
            "SELECT version, coefficients, fingerprint, at, user, report, due_for_relearning FROM weights ORDER BY version DESC"
        ).fetchall()
    return [_version(row, is_active=row[0] == current) for row in rows]


def _version(row: tuple[int, str, str, float, str, str, int], is_active: bool) -> Version:
    key, coefficients, fingerprint, at, user, report, is_due = row
    try:
        weights, told = Weights(key, _coefficients(key, coefficients), fingerprint), json.loads(report)
    except (NoSuchWeights, ValueError, RecursionError):
        return Version(Weights(key, {}, fingerprint), at, user, {}, is_active, bool(is_due), is_readable=False)
    return Version(weights, at, user, told, is_active, bool(is_due) or is_outdated(weights))


def _coefficients(version: int, kept: str) -> dict[str, float]:
    """Parse stored coefficients. Raise NoSuchWeights if they are damaged: a bad disk may leave anything in a row that SQLite accepts."""
    try:
        coefficients = json.loads(kept)
        values = {str(name): float(value) for name, value in coefficients.items()}
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        raise NoSuchWeights(version) from None
    if "logit" not in values or not all(map(math.isfinite, values.values())):
        raise NoSuchWeights(version)
    return values


def _trail(db: sqlite3.Connection) -> list[int]:
    """Return the versions that led to the active one, from 0; the active one is last. Activating one on the trail drops those after it."""
    trail = [0]
    for [version] in db.execute("SELECT version FROM activations ORDER BY id"):
        trail = trail[: trail.index(version) + 1] if version in trail else [*trail, version]
    return trail
