"""Store notes that HR writes about a candidate for a job: plain text, with author and time. Their authors may delete them."""

import sqlite3
import time
from collections import defaultdict
from dataclasses import dataclass

from feedback.store.database import storable
from feedback.store.desk.statuses import JOB_OF_RUN, candidate_keys, ids_in_run
from feedback.store.store import Store, audit

MAX_NOTE = 1_000
"""Characters."""


@dataclass(frozen=True)
class CandidateNote:
    """A note. `at` is in Unix seconds."""

    id: int
    user: str
    at: float
    text: str


def add_note(store: Store, run_id: int, resume_id: str, user: str, text: str, at: float | None = None) -> int:
    """Store a note about a candidate of a run and return its id. On disk when this returns.

    `at` is now unless given. Raises UnknownCandidate, and ValueError whose message is a code: "no_text", "text_too_long".
    """
    text = storable(text).strip()
    if not text or len(text) > MAX_NOTE:
        raise ValueError("text_too_long" if text else "no_text")
    with store.writing() as db:
        note = insert_note(db, candidate_keys(db, run_id, resume_id), user, text, time.time() if at is None else at)
        audit.append(db, audit.NOTE_ADDED, user, run_id=run_id, resume_id=resume_id, note=note, characters=len(text))
    return note


def insert_note(db: sqlite3.Connection, candidate: tuple[int, int], user: str, text: str, at: float) -> int:
    """Store a note about the candidate with these keys and return its id; see `candidate_keys`. The audit log is the caller's."""
    row = (*candidate, storable(user), text, at)
    note = db.execute("INSERT INTO notes (job, resume, user, text, at) VALUES (?,?,?,?,?)", row).lastrowid
    assert note is not None
    return note


def delete_note(store: Store, note_id: int, user: str) -> bool:
    """Delete a note of this author; return False if there is no such note, or it is somebody else's."""
    with store.writing() as db:
        about = db.execute(
            "SELECT sha256 FROM notes JOIN resumes ON resumes.id = notes.resume WHERE notes.id = ? AND user = ?", (note_id, storable(user))
        ).fetchone()
        if about is None:
            return False
        db.execute("DELETE FROM notes WHERE id = ?", (note_id,))
        db.execute("INSERT INTO scrub_due VALUES (?)", (time.time(),))
        audit.append(db, audit.NOTE_DELETED, user, resume_id=about[0], note=note_id)
    return True


def notes_of_run(store: Store, run_id: int, user: str | None = None) -> dict[str, tuple[CandidateNote, ...]]:
    """Return the notes by resume id, oldest first, also those written in other runs for the same job; only those of `user`, or all."""
    notes: dict[str, tuple[CandidateNote, ...]] = defaultdict(tuple)
    with store.reading() as db:
        where = f"job = {JOB_OF_RUN} AND (?2 IS NULL OR user = ?2)"
        rows = db.execute(f"SELECT resume, id, user, at, text FROM notes WHERE {where} ORDER BY id", (run_id, user)).fetchall()
        ids = ids_in_run(db, run_id, {resume for resume, *_ in rows})
    for resume, *note in rows:
        for resume_id in ids[resume]:
            notes[resume_id] += (CandidateNote(*note),)
    return dict(notes)
