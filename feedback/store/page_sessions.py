"""Store the state of each browser tab, so that it comes back after a restart: form, resumes, and scores of a running run.

Cleaned texts are kept, and uploaded files only where these are kept at all (kept_files.py). They fall under retention and erasure like
those of rankings.
"""

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from feedback.store.database import storable
from feedback.store.kept_files import keep_files
from feedback.store.person_keys import add_keys
from feedback.store.store import Store, delete_unused, resume_key, to_json
from preprocess.document import Resume, note_from_json
from preprocess.roster import RosterRow

CUT_OFF = "json_extract(state, '$.order') IS NOT NULL AND NOT coalesce(json_extract(state, '$.is_stopped'), 0)"
"""Of a stored session: it has a ranking that is in work, or was when the server ended, and that nobody had stopped."""


@dataclass(frozen=True)
class KeptScore:
    """A score of a running run; `resume_id` is the SHA-256 of the text that was scored, which blind mode may have masked."""

    resume_id: str
    logit: float
    truncated: int
    explained: Mapping[str, Any] | None = None
    """Its match points and features, as `recording.explained_as_json` writes them; None: they were not looked for."""


@dataclass(frozen=True)
class KeptSession:
    """A tab as stored. `resumes` maps the id of the row here to the resume, in order; `state` is opaque JSON of the page.

    `parts` maps the id of the row of a person with several files to the text of each, `listed` that of a person to their row of a list of
    candidates.
    """

    id: int
    state: Mapping[str, Any]
    resumes: Mapping[int, Resume]
    scores: tuple[KeptScore, ...]
    parts: Mapping[int, tuple[Resume, ...]]
    listed: Mapping[int, RosterRow]


def keep_state(store: Store, user: str, tab: str, state: Mapping[str, Any]) -> int:
    """Store the state of a user's tab, replacing the last one; return the id of the session. `tab` is the browser's secret key."""
    with store.writing() as db:
        db.execute(
            "INSERT INTO page_sessions (user, tab, state, at) VALUES (?,?,?,?)"
            " ON CONFLICT (user, tab) DO UPDATE SET state = excluded.state, at = excluded.at",
            (storable(user), _digest(tab), to_json(state), time.time()),
        )
        return db.execute("SELECT id FROM page_sessions WHERE user = ? AND tab = ?", (storable(user), _digest(tab))).fetchone()[0]


def take_over_cut_off(store: Store, user: str, tab: str, started: float) -> None:
    """Give a tab of which nothing is kept the newest session of its user whose ranking the end of the last process cut off, if any.

    `started` is when this process began (Unix seconds). What a tab of this process has taken up is given to no other.
    """
    with store.writing() as db:
        own = (time.time(), storable(user), _digest(tab))
        if db.execute("UPDATE page_sessions SET at = ? WHERE user = ? AND tab = ?", own).rowcount:
            return
        db.execute(
            f"UPDATE page_sessions SET tab = ?, at = ? WHERE id = (SELECT id FROM page_sessions WHERE user = ? AND at < ? AND {CUT_OFF}"
            " AND EXISTS (SELECT 1 FROM session_resumes WHERE session = page_sessions.id)"  # pasted text is with the browser of then
            " ORDER BY at DESC LIMIT 1)",
            (_digest(tab), time.time(), storable(user), started),
        )


def kept_session(store: Store, user: str, tab: str) -> KeptSession | None:
    """Return the stored state of a user's tab, None if there is none."""
    with store.reading() as db:
        row = db.execute("SELECT id, state FROM page_sessions WHERE user = ? AND tab = ?", (storable(user), _digest(tab))).fetchone()
        if row is None:
            return None
        session, state = row
        resumes = db.execute(
            "SELECT session_resumes.id, sha256, session_resumes.name, text, notes, parts, listed FROM session_resumes"
            " JOIN resumes ON resumes.id = resume WHERE session = ? ORDER BY session_resumes.id",
            (session,),
        ).fetchall()
        scores = db.execute("SELECT resume_id, logit, truncated, explained FROM session_scores WHERE session = ?", (session,)).fetchall()
    return KeptSession(
        session,
        json.loads(state),
        {key: _resume([sha, name, text, json.loads(notes)]) for key, sha, name, text, notes, *_ in resumes},
        tuple(
            KeptScore(resume_id, logit, truncated, json.loads(explained) if explained else None)
            for resume_id, logit, truncated, explained in scores
        ),
        {key: tuple(map(_resume, parsed)) for key, *_, parts, _ in resumes if (parsed := json.loads(parts))},
        {key: _roster_row(json.loads(listed)) for key, *_, listed in resumes if listed},
    )


def _roster_row(kept: Mapping[str, Any]) -> RosterRow:
    return RosterRow(**{**kept, "contacts": tuple(kept["contacts"])})


def _resume(entry: Sequence[Any]) -> Resume:
    """Return the resume of an id, name and text, and of notes as parsed JSON."""
    sha256_of_text, name, text, notes = entry
    return Resume(sha256_of_text, name, text, tuple(note_from_json(note) for note in notes))


def add_resumes(store: Store, session: int, resumes: Iterable[Resume]) -> list[int]:
    """Append resumes to a session and return the ids of their rows."""
    with store.writing() as db:
        return [_add(db, store, session, resume) for resume in resumes]


def _add(db: Any, store: Store, session: int, resume: Resume) -> int:
    key = resume_key(db, resume.id, resume.name, resume.text)
    add_keys(db, key, resume.person)
    keep_files(db, store.path.parent, key, resume.originals)
    notes = json.dumps([asdict(note) for note in resume.notes], ensure_ascii=False)
    row = (session, key, storable(resume.name), storable(notes))
    return db.execute("INSERT INTO session_resumes (session, resume, name, notes) VALUES (?,?,?,?)", row).lastrowid


def keep_parts(store: Store, parts: Mapping[int, Sequence[Resume]]) -> None:
    """Store the files of people that have several, by the ids of their rows; they are removed with the rows."""
    entries = {key: [[part.id, part.name, part.text, list(map(asdict, part.notes))] for part in files] for key, files in parts.items()}
    rows = [(storable(json.dumps(files, ensure_ascii=False)), key) for key, files in entries.items()]
    with store.writing() as db:
        db.executemany("UPDATE session_resumes SET parts = ? WHERE id = ?", rows)


def keep_listed(store: Store, listed: Mapping[int, RosterRow | None]) -> None:
    """Store the rows of lists of candidates, by the ids of the rows of resumes; None: it has none any more. They go with the resume."""
    rows = [(storable(json.dumps(asdict(row), ensure_ascii=False)) if row else "", key) for key, row in listed.items()]
    with store.writing() as db:
        db.executemany("UPDATE session_resumes SET listed = ? WHERE id = ?", rows)


def remove_resumes(store: Store, keys: Iterable[int]) -> None:
    """Remove resumes from their sessions by the ids of their rows, and delete the texts that nothing else needs."""
    with store.writing() as db:
        resumes = {db.execute("SELECT resume FROM session_resumes WHERE id = ?", (key,)).fetchone() for key in keys} - {None}
        db.executemany("DELETE FROM session_resumes WHERE id = ?", [(key,) for key in keys])
        for [resume] in resumes:
            delete_unused(db, resume)
        db.execute("INSERT INTO scrub_due VALUES (?)", (time.time(),))


def add_scores(store: Store, session: int, scores: Iterable[KeptScore]) -> None:
    """Store scores of the session's running run."""
    rows = [
        (session, score.resume_id, score.logit, score.truncated, to_json(score.explained) if score.explained else "") for score in scores
    ]
    with store.writing() as db:
        db.executemany("INSERT OR REPLACE INTO session_scores VALUES (?,?,?,?,?)", rows)


def drop_scores(store: Store, session: int) -> None:
    """Delete the scores of a run that has ended."""
    with store.writing() as db:
        db.execute("DELETE FROM session_scores WHERE session = ?", (session,))


def runs_cut_off(store: Store) -> dict[str, int]:
    """Return how many rankings of each user the end of the last process cut off; each goes on once its tab is opened again, or, with
    sign-in, another of its user.
    """
    with store.reading() as db:
        rows = db.execute(f"SELECT user, count(*) FROM page_sessions WHERE {CUT_OFF} GROUP BY user ORDER BY user")
        return dict(rows.fetchall())


def _digest(tab: str) -> str:
    return sha256(tab.encode("utf-8", "replace")).hexdigest()
