"""Compute what the pool is searched by, once a text: name, latest job, years, degree, city, whose it is, and the text without a name.

Knows the tables `pool_facts` and `pool_texts`, whose rows go with their resumes. Reading a resume's facts takes some 45 ms, so it
is done beside the work of people, or for the few that are new when somebody opens the pool.
"""

import sqlite3
import time
from collections.abc import Sequence
from datetime import date

from feedback.store.database import Database, storable
from feedback.store.person_keys import TEXT, add_keys, same_candidate
from preprocess.blind.mask import mask
from preprocess.person import called, person_of
from reranker.evidence.profile.home import city_of
from reranker.evidence.profile.profile import read_profile, working_since

HAS_LEFT = (
    "EXISTS (SELECT 1 FROM person_keys AS own JOIN person_keys AS other USING (kind, digest)"
    f" JOIN pool_left ON pool_left.resume = other.resume WHERE own.resume = readings.resume AND kind = '{TEXT}')"
)
"""For SQL: whether a text of `readings`, or the one that it was masked from, was taken out of the pool."""

YEARS = "max(years, coalesce((:month - working_since) / 12, years))"
"""For SQL: the years of work of a row of `pool_facts` in the month :month, which go on with a job that has no end."""

_WITHOUT = f"FROM readings WHERE NOT EXISTS (SELECT 1 FROM pool_facts WHERE pool_facts.resume = readings.resume) AND NOT {HAS_LEFT}"


def month_of(at: float) -> int:
    """Return the month of a time in Unix seconds, as facts/dates.py counts the month after the last one of a job that goes on."""
    day = date.fromtimestamp(at)
    return day.year * 12 + day.month


def count_without_facts(database: Database) -> int:
    """Return how many texts that were read have no facts yet."""
    with database.reading() as db:
        return db.execute(f"SELECT count(DISTINCT readings.resume) {_WITHOUT}").fetchone()[0]


def fill_facts(database: Database, most: int) -> int:
    """Compute the facts of at most `most` texts that have none, those read last first; return of how many."""
    with database.reading() as db:
        rows = db.execute(
            "SELECT id, name, text FROM resumes WHERE id IN"
            f" (SELECT readings.resume {_WITHOUT} GROUP BY readings.resume ORDER BY max(run) DESC LIMIT ?)",
            (most,),
        ).fetchall()
    filled = [(resume, name, text, _facts(text, name), mask(text, name, schools=True).text) for resume, name, text in rows]
    with database.writing() as db:  # short: the slow part is done
        for resume, name, text, facts, masked in filled:
            if db.execute("SELECT 1 FROM resumes WHERE id = ?", (resume,)).fetchone():  # else deleted meanwhile
                _add(db, resume, facts, masked)
                if not db.execute("SELECT 1 FROM person_keys WHERE resume = ?", (resume,)).fetchone():  # of an older database
                    add_keys(db, resume, person_of(text, name))
                _link(db, resume)
    return len(rows)


def drop_facts(db: sqlite3.Connection) -> bool:
    """Delete all facts, in an open transaction: there is no pool any more. Return whether there were any, so that scrubbing is due."""
    db.execute("DELETE FROM pool_texts")
    if not db.execute("DELETE FROM pool_facts").rowcount:
        return False
    db.execute("INSERT INTO scrub_due VALUES (?)", (time.time(),))
    return True


def _facts(text: str, name: str) -> tuple[str | int | None, ...]:
    """Return the values of the columns from `name` to `working_since`."""
    profile = read_profile(text)
    words = (called(text, name), profile.title, profile.employer)
    return (*map(storable, words), profile.years, profile.degree, int(profile.is_studying), storable(city_of(text)), working_since(text))


def _add(db: sqlite3.Connection, resume: int, facts: Sequence[str | int | None], masked: str) -> None:
    is_masked = "SELECT EXISTS (SELECT 1 FROM candidates JOIN runs ON runs.id = run WHERE resume = ? AND json_extract(settings, '$.blind'))"
    [is_blind] = db.execute(is_masked, (resume,)).fetchone()
    db.execute("INSERT OR IGNORE INTO pool_facts VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", (resume, resume, resume, is_blind, *facts))
    db.execute("INSERT OR IGNORE INTO pool_texts VALUES (?,?)", (resume, storable(masked)))


def _link(db: sqlite3.Connection, resume: int) -> None:
    """Give a text the number of its person, and of the text that it is or was masked from, where another version has one already.

    Two versions are of one person as `same_candidate` says: an equal phone alone is not enough, or of two people who share one the
    pool would show one.
    """
    same = same_candidate(db, resume)
    twins = {
        twin
        for [twin] in db.execute(
            "SELECT other.resume FROM person_keys AS own JOIN person_keys AS other USING (kind, digest) WHERE own.resume = ? AND kind = ?",
            (resume, TEXT),
        )
    } & same
    for column, versions in (("person", same), ("source", twins | {resume})):
        marks = ",".join("?" * len(versions))
        numbers = [number for [number] in db.execute(f"SELECT DISTINCT {column} FROM pool_facts WHERE resume IN ({marks})", (*versions,))]
        marks = ",".join("?" * len(numbers))
        db.execute(f"UPDATE pool_facts SET {column} = ? WHERE {column} IN ({marks})", (min(numbers), *numbers))
