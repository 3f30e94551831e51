"""Erasing a candidate: text, features and labels go from every run, and no byte of them stays in the database's files."""

import json
import sqlite3
import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from feedback import audit
from feedback.database import storable
from feedback.store import Store, to_json

_QUOTING = (("weights", "report"), ("terms", "evidence"))
"""Columns whose JSON may quote resumes."""


@dataclass(frozen=True)
class Erased:
    """What went: the candidate from `runs` runs, with `labels` labels (taken back ones too). What was learned from stays in use."""

    runs: int = 0
    labels: int = 0
    due_for_relearning: tuple[int, ...] = ()
    """Versions of the weights that were learned from a group with this candidate."""

    files: tuple[str, ...] = ()
    """Names of files beside the database that may still hold the text: label files that it came from, damaged databases set aside."""

    is_complete: bool = True
    """False: gone from every table, but bytes may lie in the files until the next erasure or start, which tries again."""


def erase(store: Store, resume_id: str, user: str) -> Erased:
    """Delete a candidate. What stays is the fact: the SHA-256, who and when, so that a label file does not bring the text back.

    Nothing is erased for an id that is not there. A resume that was cleaned differently has another id: erase each.
    """
    with store.writing() as db:
        found = db.execute("SELECT id FROM resumes WHERE sha256 = ?", (resume_id,)).fetchone()
        if found is None:
            return Erased()
        [runs] = db.execute("SELECT count(DISTINCT run) FROM candidates WHERE resume = ?", found).fetchone()
        [labels] = db.execute("SELECT count(*) FROM labels WHERE resume = ?", found).fetchone()
        versions = [version for [version] in db.execute("SELECT DISTINCT version FROM learned_from WHERE resume = ?", found)]
        files = db.execute("SELECT DISTINCT name FROM imports JOIN labels ON labels.import = imports.id WHERE resume = ?", found).fetchall()
        db.executemany("UPDATE weights SET due_for_relearning = 1 WHERE version = ?", [(version,) for version in versions])
        clear_quotes(db, {resume_id})
        db.execute("DELETE FROM resumes WHERE id = ?", found)  # and by their foreign keys candidates, labels and what was learned from
        db.execute("INSERT OR REPLACE INTO erased VALUES (?,?,?,0)", (resume_id, storable(user), time.time()))
        audit.append(db, audit.ERASED, user, resume_id=resume_id, runs=runs, labels=labels, due_for_relearning=versions)
    damaged = [path.name for path in store.path.parent.glob(f"{store.path.name}.damaged-*")]
    return Erased(runs, labels, tuple(versions), (*sorted(name for [name] in files), *sorted(damaged)), store.scrub())


def clear_quotes(db: sqlite3.Connection, gone: Collection[str]) -> None:
    """Take the quotes of these resumes out of reports of learning and evidence of terms."""
    for table, column in _QUOTING:
        for key, text in db.execute(f"SELECT rowid, {column} FROM {table}").fetchall():
            value = json.loads(text)
            cleared = without_quotes(value, gone)
            if cleared != value:
                db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (to_json(cleared), key))


def erased_ids(db: sqlite3.Connection) -> set[str]:
    """Ids of the resumes that were erased and did not come back with a new run."""
    return {resume_id for [resume_id] in db.execute("SELECT sha256 FROM erased")}


def without_quotes(value: Any, erased: Collection[str]) -> Any:
    """JSON without the mappings whose "resume_id" is one of these, wherever they are nested in lists or mappings."""
    if isinstance(value, dict):
        return {key: without_quotes(inner, erased) for key, inner in value.items() if not _quotes(inner, erased)}
    if isinstance(value, list | tuple):
        return [without_quotes(inner, erased) for inner in value if not _quotes(inner, erased)]
    return value


def _quotes(value: Any, erased: Collection[str]) -> bool:
    return isinstance(value, dict) and value.get("resume_id") in erased
