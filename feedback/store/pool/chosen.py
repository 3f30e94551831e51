"""Take people out of the pool as resumes, as their last ranking had them, and say what the pool has of one person."""

import json
import sqlite3
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from feedback.store import audit
from feedback.store.pool.facts import HAS_LEFT, YEARS, month_of
from feedback.store.pool.people import NEWEST, PoolReader
from feedback.store.pool.terms import PoolTerms
from feedback.store.recording import FROM_POOL, own_notes
from feedback.store.store import Store
from preprocess.document import Note, Resume


def pooled_ids(store: Store, terms: PoolTerms, numbers: Sequence[int], reader: PoolReader) -> dict[int, str]:
    """Return the ids of the resumes with these numbers; without those that are not in the pool for this reader (any more)."""
    with store.reading() as db:
        return {number: resume_id for number, resume_id, _, _ in find_readings(db, terms, numbers, reader)}


def take_resumes(store: Store, terms: PoolTerms, numbers: Sequence[int], reader: PoolReader, user: str) -> list[Resume]:
    """Return the stored resumes with these numbers, each with a note that says when its file was read, and log who was chosen.

    Without those who are not in the pool for this reader (any more).
    """
    resumes = []
    with store.writing() as db:
        readings = {row[0]: row for row in find_readings(db, terms, numbers, reader)}
        for number in filter(readings.__contains__, numbers):
            _, resume_id, text, read_at = readings[number]
            name, notes = _last_shown(db, number, reader)
            note = Note(FROM_POOL, before=datetime.fromtimestamp(read_at).strftime("%Y-%m-%d"))
            resumes.append(Resume(resume_id, name, text, (*(own for own in notes if own.code != FROM_POOL), note)))
            audit.append(db, audit.POOL_CHOSEN, user, resume_id=resume_id)
    return resumes


def find_readings(
    db: sqlite3.Connection, terms: PoolTerms, numbers: Sequence[int], reader: PoolReader
) -> list[tuple[int, str, str, float]]:
    """Return number, id, text and time of reading of the people with these numbers."""
    about = {"since": terms.since(time.time()), "runs_of": reader.runs_of, "numbers": json.dumps(list(numbers))}
    return db.execute(
        f"{NEWEST} SELECT resume, sha256, text, read_at FROM newest JOIN resumes ON resumes.id = resume"
        " WHERE resume IN (SELECT value FROM json_each(:numbers))",
        about,
    ).fetchall()


def _last_shown(db: sqlite3.Connection, resume: int, reader: PoolReader) -> tuple[str, tuple[Note, ...]]:
    """Return the name that a resume had in its last ranking, and the notes on its file."""
    name, shown = db.execute(
        "SELECT name, shown FROM candidates JOIN runs ON runs.id = run WHERE resume = ?1 AND rank > 0 AND (?2 IS NULL OR user = ?2)"
        " ORDER BY run DESC LIMIT 1",
        (resume, reader.runs_of),
    ).fetchone()
    return name, own_notes(json.loads(shown))


def pool_data(db: sqlite3.Connection, terms: PoolTerms, resumes: Sequence[int], now: float) -> dict[str, Any]:
    """Return as JSON whether a person with these resumes is in the pool: for what, since when and until when; and what it knows of them."""
    marks = ",".join("?" * len(resumes))
    [read_at] = db.execute(
        f"SELECT coalesce(max(at), 0.0) FROM readings JOIN runs ON runs.id = run WHERE resume IN ({marks}) AND NOT {HAS_LEFT}", (*resumes,)
    ).fetchone()
    is_in = read_at >= terms.since(now)
    names = ("name", "title", "employer", "years", "degree", "is_studying", "city")
    columns = ", ".join(names).replace("years", YEARS) + ", masked"
    these = "(SELECT value FROM json_each(:resumes))"
    about_texts = {"resumes": json.dumps(list(resumes)), "month": month_of(now)}
    tables = "pool_facts LEFT JOIN pool_texts USING (resume)"
    rows = db.execute(f"SELECT {columns} FROM {tables} WHERE resume IN {these} ORDER BY resume", about_texts)
    about = {"purpose": terms.purpose, "since": _time(read_at), "until": _time(terms.until(read_at))} if is_in else {}
    [left_at] = db.execute(f"SELECT max(at) FROM pool_left WHERE resume IN {these}", about_texts).fetchone()
    about |= {"taken_out": _time(left_at)} if left_at else {}
    return {"is_in_pool": is_in, **about, "facts": [dict(zip((*names, "masked_text"), row, strict=True)) for row in rows]}


def _time(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
