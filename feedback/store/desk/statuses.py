"""Store HR's status of a candidate for a job: to read, interview, reserve or declined.

Rows are only ever added: the newest of a candidate counts, whoever set it. A candidate is found again in another version of their resume.
"""

import json
import sqlite3
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from feedback.store.database import storable
from feedback.store.person_keys import same_candidate
from feedback.store.store import Store, UnknownCandidate, audit

TO_READ, INTERVIEW, RESERVE, DECLINED = "to_read", "interview", "reserve", "declined"
STATUSES = (TO_READ, INTERVIEW, RESERVE, DECLINED)
"""In the order of the page. Nobody has to set the first: it is that of a candidate without a row."""


@dataclass(frozen=True)
class CandidateStatus:
    """A candidate's status for a job. `at` is in Unix seconds."""

    status: str
    user: str
    at: float


def set_status(
    store: Store,
    run_id: int,
    resume_ids: Iterable[str],
    status: str,
    user: str,
    at: float | None = None,
    sheet: str = "",
    is_private: bool = False,
) -> frozenset[str]:
    """Store a status of candidates of a run, all or none; return the ids of those whose status it was not yet. On disk when this returns.

    `at` is now unless given; `sheet` is the SHA-256 of the list of candidates that it came from, for the audit log. `is_private`: what
    others set does not count. Raises UnknownCandidate, and ValueError for an unknown status.
    """
    if status not in STATUSES:
        raise ValueError(f"a status is one of {', '.join(STATUSES)}, not {status!r}")
    changed = set()
    with store.writing() as db:
        for resume_id in dict.fromkeys(resume_ids):
            job, resume = candidate_keys(db, run_id, resume_id)
            before = _newest(db, job, same_candidate(db, resume), user if is_private else None)
            if before == status:
                continue
            insert_status(db, (job, resume), CandidateStatus(status, user, time.time() if at is None else at))
            audit.append(
                db, audit.STATUS_SET, user, run_id=run_id, resume_id=resume_id, status=status, before=before, **audit.of_sheet(sheet)
            )
            changed.add(resume_id)
    return frozenset(changed)


def insert_status(db: sqlite3.Connection, candidate: tuple[int, int], given: CandidateStatus) -> None:
    """Store a status of the candidate with these keys; see `candidate_keys`. The audit log is the caller's."""
    row = (*candidate, given.status, storable(given.user), given.at)
    db.execute("INSERT INTO statuses (job, resume, status, user, at) VALUES (?,?,?,?,?)", row)


def statuses_of_run(store: Store, run_id: int, user: str | None = None) -> dict[str, CandidateStatus]:
    """Return the newest status by resume id, also where it was set in another run for the same job; without those who never had one.

    `user`: only what this one set.
    """
    newest: dict[str, CandidateStatus] = {}
    with store.reading() as db:
        where = f"job = {JOB_OF_RUN} AND (?2 IS NULL OR user = ?2)"
        rows = db.execute(f"SELECT resume, status, user, at FROM statuses WHERE {where} ORDER BY id", (run_id, user)).fetchall()
        ids = ids_in_run(db, run_id, {resume for resume, *_ in rows})
    for resume, *status in rows:
        newest |= dict.fromkeys(ids[resume], CandidateStatus(*status))
    return newest


JOB_OF_RUN = "(SELECT job FROM runs WHERE id = ?1)"


def candidate_keys(db: sqlite3.Connection, run_id: int, resume_id: str) -> tuple[int, int]:
    """Return the rows of the job and of the resume of a run's candidate. Raises UnknownCandidate."""
    keys = db.execute(
        "SELECT runs.job, resumes.id FROM runs JOIN candidates ON candidates.run = runs.id"
        " JOIN resumes ON resumes.id = candidates.resume WHERE runs.id = ? AND resumes.sha256 = ?",
        (run_id, resume_id),
    ).fetchone()
    if keys is None:
        raise UnknownCandidate(f"run {run_id} has no candidate {resume_id}")
    return keys


def ids_in_run(db: sqlite3.Connection, run_id: int, resumes: Collection[int]) -> dict[int, list[str]]:
    """Return, by the row of a resume, the ids under which the same candidate is in a run."""
    in_run = dict(db.execute("SELECT resumes.id, sha256 FROM resumes WHERE id IN (SELECT resume FROM candidates WHERE run = ?)", (run_id,)))
    return {resume: [in_run[version] for version in same_candidate(db, resume) if version in in_run] for resume in resumes}


def _newest(db: sqlite3.Connection, job: int, resumes: Collection[int], user: str | None) -> str:
    newest = db.execute(
        "SELECT status FROM statuses WHERE job = ?1 AND resume IN (SELECT value FROM json_each(?2)) AND (?3 IS NULL OR user = ?3)"
        " ORDER BY id DESC LIMIT 1",
        (job, json.dumps(list(resumes)), user),
    ).fetchone()
    return newest[0] if newest else TO_READ
