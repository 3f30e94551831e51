"""Erase a person: every version's text, features and labels from every run, and every byte of them from the database's files."""

import json
import sqlite3
import time
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from feedback.store.backup.erased_record import note_erased
from feedback.store.backup.swap import left_behind
from feedback.store.database import storable
from feedback.store.erased_person import ErasedPerson
from feedback.store.person_keys import People, fill_in, hmac_key
from feedback.store.store import Store, audit, to_json
from preprocess.document import FILE_NOTES

_QUOTING = (("weights", "report"), ("terms", "evidence"))
"""Columns whose JSON may quote resumes."""

_WRITTEN = (
    ("runs", "instruction"),
    ("runs", "settings"),
    ("saved", "text"),
    ("imports", "name"),
    ("labels", "reason"),
    ("rubrics", "rubric"),
    ("notes", "text"),
)
"""Columns in which somebody may have written a candidate's name."""


@dataclass(frozen=True)
class Erased:
    """Counts of what was deleted: `versions` texts of the people, from `runs` runs, with `labels` labels (taken back ones too)."""

    versions: int = 0
    runs: int = 0
    labels: int = 0
    due_for_relearning: tuple[int, ...] = ()
    """Versions of the weights that were learned from a group with one of them; they stay in use."""

    files: tuple[str, ...] = ()
    """Names of files beside the database that may still hold the text: label files that it came from, and what was set aside: damaged
    databases, and what was there before a restore or an upgrade."""

    is_complete: bool = True
    """False: deleted from every table, but bytes may remain in the files until the next erasure or start, which tries again."""

    person: ErasedPerson | None = field(default=None, repr=False, compare=False)
    """To erase them outside of the store too; None if nobody was found."""


def erase(store: Store, resume_ids: Iterable[str], user: str) -> Erased:
    """Delete the people whose resumes these are: every version linked by an equal phone, address or text, blind or not.

    Their names are removed from what quotes them. The SHA-256 of each version, who erased it and when stay, so that a label file does not
    bring the text back. Unknown ids are no error. Somebody with only the same name is another person: name a resume of theirs, too.
    """
    fill_in(store)
    key = hmac_key(store)
    with store.writing() as db:
        people = People(db)
        asked = [row for resume_id in resume_ids for row in db.execute("SELECT id FROM resumes WHERE sha256 = ?", (resume_id,))]
        resumes = frozenset(resume for [row] in asked for resume in people.person(row))
        if not resumes:
            return Erased()
        person = _person(db, people, resumes, key)
        marks = json.dumps(sorted(resumes))
        [runs] = db.execute(f"SELECT count(DISTINCT run) FROM candidates WHERE resume IN {_THESE}", (marks,)).fetchone()
        [labels] = db.execute(f"SELECT count(*) FROM labels WHERE resume IN {_THESE}", (marks,)).fetchone()
        learned = db.execute(f"SELECT DISTINCT version FROM learned_from WHERE resume IN {_THESE} ORDER BY 1", (marks,)).fetchall()
        files = _label_files(db, marks)
        db.executemany("UPDATE weights SET due_for_relearning = 1 WHERE version = ?", learned)
        clear_quotes(db, person.ids)
        for resume in sorted(resumes):
            _delete(db, resume, user, person.at)
        _clear_names(db, person)
        store.remember_erased(person)
    with suppress(OSError):  # the table and the log hold them, too; the record is for when these are lost
        note_erased(store.path, person.ids, person.at)
    damaged = [path.name for path in left_behind(store.path)]
    versions = tuple(version for [version] in learned)
    return Erased(len(resumes), runs, labels, versions, (*files, *sorted(damaged)), store.scrub(), person)


_THESE = "(SELECT value FROM json_each(?))"


def _person(db: sqlite3.Connection, people: People, resumes: frozenset[int], key: bytes) -> ErasedPerson:
    rows = [db.execute("SELECT sha256, name FROM resumes WHERE id = ?", (resume,)).fetchone() for resume in sorted(resumes)]
    files = {name for _, name in rows}
    for table in ("candidates", "session_resumes", "kept_files"):
        files |= {name for resume in resumes for [name] in db.execute(f"SELECT name FROM {table} WHERE resume = ?", (resume,))}
    for resume in resumes:  # further files of theirs, whose text is joined or left out as a copy
        noted = [json.loads(shown).get("notes", ()) for [shown] in db.execute("SELECT shown FROM candidates WHERE resume = ?", (resume,))]
        noted += [json.loads(notes) for [notes] in db.execute("SELECT notes FROM session_resumes WHERE resume = ?", (resume,))]
        files |= {note["before"] for notes in noted for note in notes if isinstance(note, dict) and note.get("code") in FILE_NOTES}
    return ErasedPerson(
        time.time(),
        key,
        frozenset(sha256 for sha256, _ in rows),
        people.linking(resumes),
        people.names(resumes),
        people.contacts(resumes),
        frozenset(files - {""}),
    )


def _label_files(db: sqlite3.Connection, marks: str) -> list[str]:
    names = db.execute(f"SELECT DISTINCT name FROM imports JOIN labels ON labels.import = imports.id WHERE resume IN {_THESE}", (marks,))
    return sorted(name for [name] in names)


def _delete(db: sqlite3.Connection, resume: int, user: str, at: float) -> None:
    [resume_id] = db.execute("SELECT sha256 FROM resumes WHERE id = ?", (resume,)).fetchone()
    [runs] = db.execute("SELECT count(DISTINCT run) FROM candidates WHERE resume = ?", (resume,)).fetchone()
    [labels] = db.execute("SELECT count(*) FROM labels WHERE resume = ?", (resume,)).fetchone()
    versions = [version for [version] in db.execute("SELECT DISTINCT version FROM learned_from WHERE resume = ?", (resume,))]
    db.execute("DELETE FROM resumes WHERE id = ?", (resume,))  # and by foreign keys all that is about it
    db.execute("DELETE FROM session_scores WHERE resume_id = ?", (resume_id,))
    db.execute("INSERT OR REPLACE INTO erased VALUES (?,?,?,0)", (resume_id, storable(user), at))
    audit.append(db, audit.ERASED, user, resume_id=resume_id, runs=runs, labels=labels, due_for_relearning=versions)


def _clear_names(db: sqlite3.Connection, person: ErasedPerson) -> None:
    """Replace the names by a neutral mark wherever somebody may have written one, except in job descriptions."""
    for table, column in _WRITTEN:
        for [text] in db.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} <> ''").fetchall():
            cleared = person.without_names(text)
            if cleared != text:
                db.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (cleared, text))
    for kind, name in db.execute("SELECT kind, name FROM saved").fetchall():
        cleared, number = person.without_names(name), 1
        while cleared != name and db.execute("SELECT 1 FROM saved WHERE kind = ? AND name = ?", (kind, cleared)).fetchone():
            number += 1
            cleared = f"{person.without_names(name)} ({number})"
        db.execute("UPDATE saved SET name = ? WHERE kind = ? AND name = ?", (cleared, kind, name))
    for session, state in db.execute("SELECT id, state FROM page_sessions").fetchall():
        kept = json.loads(state)
        cleared = person.without_all(kept)
        if cleared != kept:
            db.execute("UPDATE page_sessions SET state = ? WHERE id = ?", (to_json(cleared), session))


def clear_quotes(db: sqlite3.Connection, gone: Collection[str]) -> None:
    """Remove the quotes of these resumes from learning reports and from evidence of terms."""
    for table, column in _QUOTING:
        for key, text in db.execute(f"SELECT rowid, {column} FROM {table}").fetchall():
            value = json.loads(text)
            cleared = without_quotes(value, gone)
            if cleared != value:
                db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (to_json(cleared), key))


def erased_ids(db: sqlite3.Connection) -> set[str]:
    """Return the ids of erased resumes that did not come back with a new run."""
    return {resume_id for [resume_id] in db.execute("SELECT sha256 FROM erased")}


def without_quotes(value: Any, erased: Collection[str]) -> Any:
    """Return JSON without the mappings whose "resume_id" is one of these, wherever they are nested."""
    if isinstance(value, dict):
        return {key: without_quotes(inner, erased) for key, inner in value.items() if not _quotes(inner, erased)}
    if isinstance(value, list | tuple):
        return [without_quotes(inner, erased) for inner in value if not _quotes(inner, erased)]
    return value


def _quotes(value: Any, erased: Collection[str]) -> bool:
    return isinstance(value, dict) and value.get("resume_id") in erased
