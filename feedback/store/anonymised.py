"""Keep what labels teach when retention deletes the person: numbers and grades, without text, name, checksum, rater or reason.

Without this, labels would be gone after 30 days and learning would only ever know of last month. Nothing here leads back to anybody, so
an erasure that a person asks for takes all of theirs while they are known, and finds nothing of theirs afterwards.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from feedback.labels import Candidate, Group, Label

# Beside max(), SQLite takes the other columns from the row that has the maximum: https://sqlite.org/lang_select.html#bareagg
_INSERT = """
INSERT INTO nameless (job, fingerprint, rank, features, grades, at)
SELECT sha256, fingerprint, rank, features, grades, at FROM (
    SELECT jobs.sha256, runs.fingerprint, candidates.rank, candidates.features, runs.at, max(candidates.run),
        (SELECT json_group_array(grade) FROM current_labels WHERE job = runs.job AND resume = candidates.resume) AS grades
    FROM candidates JOIN runs ON runs.id = candidates.run JOIN jobs ON jobs.id = runs.job
    WHERE candidates.resume = ? GROUP BY runs.job, runs.fingerprint
) WHERE grades <> '[]'
"""


_SELECT = (
    "SELECT nameless.id, job, coalesce(text, ''), rank, features, grades, at FROM nameless LEFT JOIN jobs ON jobs.sha256 = job"
    " WHERE fingerprint = ? ORDER BY rank, nameless.id"
)


def keep_anonymised(db: sqlite3.Connection, resumes: Sequence[int]) -> int:
    """Keep what the labels of these rows of `resumes` teach, before the rows are deleted. Return the number of (job, engine) pairs kept."""
    return sum(db.execute(_INSERT, (resume,)).rowcount for resume in resumes)


def anonymised_groups(db: sqlite3.Connection, fingerprint: str) -> dict[str, Group]:
    """Return what was kept for this engine, one group per job, by `Group.job_id`. `job` is "" if the job description was deleted too."""
    groups: dict[str, Group] = {}
    for key, job_id, job, rank, features, grades, at in db.execute(_SELECT, (fingerprint,)):
        group = groups.get(job_id, Group(job_id, job, fingerprint, ()))
        labels = tuple(Label(rater="", grade=grade, at=at) for grade in json.loads(grades))
        candidate = Candidate(f"nameless {key}", "", rank, json.loads(features), "", labels)
        groups[job_id] = replace(group, candidates=(*group.candidates, candidate), at=max(group.at, at))
    return groups
