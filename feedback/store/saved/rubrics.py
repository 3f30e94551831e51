"""Store rubrics by job: every version that a list was ranked under, by whom and when. Presets of criteria are in presets.py."""

import json
import time
from dataclasses import dataclass
from typing import Any

from feedback.store.store import Store, audit, job_digest, job_key, storable, to_json
from reranker.rubric.criteria import Rubric, rubric_as_json, rubric_from_json


@dataclass(frozen=True)
class SavedRubric:
    """A version of a job's rubric. Versions count from 1; `user` made it, `at`, in Unix seconds."""

    rubric: Rubric
    version: int
    user: str
    at: float


def save_rubric(store: Store, job: str, rubric: Rubric, user: str) -> int:
    """Save a job's rubric as a new version, unless it is the newest already; return its number.

    0: it is untouched and the job never had another, so that there is nothing to save. A new version stands in the audit log.
    """
    with store.writing() as db:
        key = job_key(db, job)
        newest = db.execute("SELECT version, rubric FROM rubrics WHERE job = ? ORDER BY version DESC LIMIT 1", (key,)).fetchone()
        if newest is None and rubric.is_untouched:
            return 0
        if newest and rubric_from_json(json.loads(newest[1])) == rubric:
            return newest[0]
        version = newest[0] + 1 if newest else 1
        row = (key, version, to_json(rubric_as_json(rubric)), storable(user), time.time())
        db.execute("INSERT INTO rubrics (job, version, rubric, user, at) VALUES (?,?,?,?,?)", row)
        origins = [criterion.origin for criterion in rubric.criteria]
        facts: dict[str, Any] = {origin: origins.count(origin) for origin in ("parsed", "reworded", "added")}
        audit.append(db, audit.RUBRIC_SAVED, user, job=job_digest(job), version=version, **facts)
    return version


def saved_rubric(store: Store, job: str, version: int | None = None, user: str | None = None) -> SavedRubric | None:
    """Return the newest rubric of a job, or this version of it, by anybody or by `user`; None if there is none."""
    with store.reading() as db:
        row = db.execute(
            "SELECT rubric, version, user, rubrics.at FROM rubrics JOIN jobs ON jobs.id = rubrics.job"
            " WHERE jobs.sha256 = ?1 AND (?2 IS NULL OR version = ?2) AND (?3 IS NULL OR user = ?3) ORDER BY version DESC LIMIT 1",
            (job_digest(job), version, user),
        ).fetchone()
    return SavedRubric(rubric_from_json(json.loads(row[0])), *row[1:]) if row else None
