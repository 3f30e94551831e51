"""Find stored candidates, and export all data stored about one person for an access request.

Holds nothing of other candidates. It does name the colleagues who labelled, and quotes job descriptions: a person has to read it before
it is handed out.
"""

import json
import sqlite3
import time
from collections.abc import Collection, Mapping, Set
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from feedback.store.history import containing
from feedback.store.page_sessions import CUT_OFF
from feedback.store.person_keys import MAIL, NAME, PHONE, People, digest, fill_in, hmac_key
from feedback.store.pool.chosen import pool_data
from feedback.store.pool.terms import NO_POOL, PoolTerms
from feedback.store.recording import listed_in, reopened
from feedback.store.store import Run, Store, audit
from preprocess.blind.contact import mails_in, phones_in
from preprocess.fold import fold
from preprocess.person import called, comparable
from reranker.engine import info_as_json


@dataclass(frozen=True)
class PersonMatch:
    """A person that a search found; all versions of their resume (blind, cleaned otherwise, of another file) are one match.

    `resume_id` is of the version that was ranked last, `names` those of the files, `last_at` in Unix seconds; 0.0: never ranked.
    """

    resume_id: str
    names: tuple[str, ...]
    last_at: float
    runs: int
    labels: int
    versions: int = 1
    called: str = ""
    """What the newest resume that states a name calls them; "" where none does."""

    also: "tuple[PersonMatch, ...]" = ()
    """Others who may be the same person: of the same name, or with the same agency's phone or address. A human decides."""


def find_candidates(store: Store, search: str, limit: int = 100) -> list[PersonMatch]:
    """Return people whose name or text contains the search literally, ignoring Latin case; those ranked last come first.

    A whole name, phone number or address also finds resumes that blind mode removed it from. Nothing for an empty search.
    """
    if not search.strip():
        return []
    fill_in(store)
    key = hmac_key(store)
    with store.reading() as db:
        rows = db.execute(
            "SELECT id FROM resumes WHERE name LIKE ?1 ESCAPE '\\' OR text LIKE ?1 ESCAPE '\\'"
            " OR id IN (SELECT resume FROM candidates WHERE name LIKE ?1 ESCAPE '\\')"
            " OR id IN (SELECT resume FROM person_keys WHERE digest IN (SELECT value FROM json_each(?2)))"
            f" ORDER BY {_LAST_AT} DESC, id DESC",
            (containing(search), json.dumps(_search_digests(key, search))),
        )
        people, matches, seen = People(db), [], set()
        for [resume] in rows:
            if resume not in seen:
                person = people.person(resume)
                seen |= person
                matches.append(_match(db, people, person))
                if len(matches) == limit:
                    break
    return sorted(matches, key=lambda entry: -entry.last_at)


def find_person(store: Store, resume_id: str) -> PersonMatch | None:
    """Return the person whose resume this is, to confirm an erasure; None if it is not stored."""
    fill_in(store)
    with store.reading() as db:
        row = db.execute("SELECT id FROM resumes WHERE sha256 = ?", (resume_id,)).fetchone()
        people = People(db)
        return _match(db, people, people.person(row[0])) if row else None


def candidate_data(store: Store, resume_id: str, terms: PoolTerms = NO_POOL) -> dict[str, Any]:
    """Return all that is stored about the person whose resume this is, as JSON; times in ISO 8601, UTC. Raises LookupError.

    `names` and `versions` with their texts; `runs` with what was asked, rank, score (the logit), features, match points with their quotes
    and notes; `labels`, also those taken back (grade null) or replaced; `statuses`, also replaced ones; `notes` that people wrote;
    `weights_versions` that were learned from a group with the candidate; `pool`, whether the pool has them under these `terms` and what it
    knows of them; `piles`, what lists of resumes on open pages have, ranked or not: name, notes on the file, the texts of several files,
    the row of a list of candidates; `in_work`, the jobs and the scores so far of rankings that are not done; `log`, the rows of the audit
    log that are about the candidate alone.
    """
    fill_in(store)
    with store.reading() as db:
        row = db.execute("SELECT id FROM resumes WHERE sha256 = ?", (resume_id,)).fetchone()
        if row is None:
            raise LookupError("there is no such candidate")
        these = json.dumps(sorted(People(db).person(row[0])))
        rows = db.execute(f"SELECT id, sha256, name, text FROM resumes WHERE id IN {_THESE} ORDER BY id DESC", (these,)).fetchall()
        names = [name for key, _, name, _ in rows for name in _names(db, key, name)]
        runs = [run for [run] in db.execute(f"SELECT DISTINCT run FROM candidates WHERE resume IN {_THESE} ORDER BY run", (these,))]
        labels = db.execute(
            "SELECT labels.at, rater, grade, reason, jobs.text, run, imports.name,"
            " labels.id IN (SELECT id FROM current_labels) FROM labels JOIN jobs ON jobs.id = labels.job"
            f" LEFT JOIN imports ON imports.id = labels.import WHERE resume IN {_THESE} ORDER BY labels.id",
            (these,),
        ).fetchall()
        files = db.execute(f"SELECT DISTINCT name, size, kind, sha256 FROM kept_files WHERE resume IN {_THESE} ORDER BY name", (these,))
        kept_files = [dict(zip(("name", "size", "format", "sha256"), file, strict=True)) for file in files]

        statuses, notes = _given(db, "statuses", "status", these), _given(db, "notes", "text", these)
        columns = ("name", "notes", "parts", "listed")
        chosen = f"SELECT DISTINCT {', '.join(columns)} FROM session_resumes WHERE resume IN {_THESE} ORDER BY 1, 4"
        of_pages = db.execute(chosen, (these,))
        piles = [dict(zip(columns, (name, *(json.loads(value or "null") for value in rest)), strict=True)) for name, *rest in of_pages]
        in_work = [dict(zip(("job", "score"), row, strict=True)) for row in db.execute(_IN_WORK, (these,))]
        pool = pool_data(db, terms, json.loads(these), time.time())
        weights = db.execute(f"SELECT DISTINCT version FROM learned_from WHERE resume IN {_THESE} ORDER BY 1", (these,)).fetchall()
    ids = [sha256 for _, sha256, _, _ in rows]
    log = [entry for entry in ids for entry in audit.entries(store, limit=-1, resume_id=entry)]
    return {
        "resume_id": resume_id,
        "names": list(dict.fromkeys(names)),
        "versions": [{"resume_id": sha256, "text": text} for _, sha256, _, text in rows],
        "kept_files": kept_files,
        "runs": [_run(store.run(run), ids) for run in runs],
        "labels": [_label(*label) for label in labels],
        "statuses": statuses,
        "notes": notes,
        "pool": pool,
        "piles": piles,
        "in_work": in_work,
        "weights_versions": [version for [version] in weights],
        "log": [_logged(entry) for entry in sorted(log, key=lambda entry: -entry.id)],
    }


_THESE = "(SELECT value FROM json_each(?))"
_IN_WORK = (
    "SELECT DISTINCT json_extract(state, '$.job'), logit"
    " FROM session_resumes JOIN page_sessions ON page_sessions.id = session_resumes.session"
    " JOIN resumes ON resumes.id = session_resumes.resume"
    " LEFT JOIN session_scores ON session_scores.session = page_sessions.id AND session_scores.resume_id = resumes.sha256"
    f" WHERE {CUT_OFF} AND session_resumes.resume IN {_THESE} ORDER BY 1"
)
_LAST_AT = "coalesce((SELECT max(at) FROM candidates JOIN runs ON runs.id = run WHERE resume = resumes.id), 0.0)"


def _search_digests(key: bytes, search: str) -> list[str]:
    """Return the digests of the names, phones and addresses that the search may be."""
    plain = fold(search)
    names = [digest(key, NAME, comparable(plain.split()))]
    return names + [digest(key, PHONE, phone) for phone in phones_in(plain)] + [digest(key, MAIL, mail) for mail in mails_in(plain)]


def _match(db: sqlite3.Connection, people: People, person: Set[int]) -> PersonMatch:
    also = tuple(_match_alone(db, other) for other in people.perhaps(person))
    return replace(_match_alone(db, person), also=also)


def _match_alone(db: sqlite3.Connection, person: Set[int]) -> PersonMatch:
    these = json.dumps(sorted(person))
    rows = db.execute(
        f"SELECT id, sha256, name, {_LAST_AT} AS last_at, text FROM resumes WHERE id IN {_THESE} ORDER BY last_at DESC, id DESC", (these,)
    ).fetchall()
    [runs] = db.execute(f"SELECT count(DISTINCT run) FROM candidates WHERE resume IN {_THESE}", (these,)).fetchone()
    [labels] = db.execute(f"SELECT count(*) FROM labels WHERE resume IN {_THESE}", (these,)).fetchone()
    names = tuple(dict.fromkeys(name for key, _, name, _, _ in rows for name in _names(db, key, name)))
    name = next(filter(None, (called(text, file_name) for _, _, file_name, _, text in rows)), "")
    return PersonMatch(rows[0][1], names, rows[0][3], runs, labels, len(rows), name)


def _names(db: sqlite3.Connection, key: int, name: str) -> tuple[str, ...]:
    """Return the names of the files that a resume came in, the newest first."""
    kept = [entry for [entry] in db.execute("SELECT name FROM candidates WHERE resume = ? ORDER BY run DESC", (key,))]
    return tuple(filter(None, dict.fromkeys([name, *kept])))


def _run(run: Run, ids: Collection[str]) -> dict[str, Any]:
    """Return a run with the candidate's rows only: two if they were in the upload twice."""
    ranking, query, _ = reopened(run)
    listed = listed_in(run)
    own = [row for row in ranking.rows if row.id in ids]
    return {
        "run_id": run.id,
        "at": _time(run.at),
        "user": run.user,
        "job": query.job,
        "instruction": query.instruction,
        "engine": info_as_json(run.engine),
        "weights_version": run.weights_version,
        "settings": {name: value for name, value in run.settings.items() if name != "unread"},  # files of others
        "candidates": len(ranking.rows),
        "rows": [
            {
                "resume_id": row.id,
                "rank": row.rank or None,
                "previous_rank": row.input_position,
                "model_rank": row.model_rank or None,
                "name": row.name,
                "score": row.logit,
                "probability": row.probability,
                "features": dict(row.features),
                "match_points": None if row.match_points is None else [asdict(point) for point in row.match_points],
                "notes": [asdict(note) for note in row.notes],
                "truncated": row.truncated,
            }
            | ({"listed": asdict(listed[row.id])} if row.id in listed else {})
            for row in own
        ],
    }


def _label(
    at: float, rater: str, grade: int | None, reason: str, job: str, run_id: int | None, file: str | None, is_current: int
) -> Mapping:
    return {
        "at": _time(at),
        "rater": rater,
        "grade": grade,
        "reason": reason,
        "job": job,
        "run_id": run_id,
        "file": file,
        "is_current": bool(is_current),
    }


def _given(db: sqlite3.Connection, table: str, column: str, these: str) -> list[dict[str, Any]]:
    """Return the statuses or notes of these resumes, oldest first, with the job that they were given for."""
    rows = db.execute(
        f"SELECT at, user, {table}.{column}, jobs.text FROM {table} JOIN jobs ON jobs.id = {table}.job WHERE resume IN {_THESE}"
        f" ORDER BY {table}.id",
        (these,),
    )
    return [{"at": _time(at), "user": user, column: value, "job": job} for at, user, value, job in rows]


def _logged(entry: audit.AuditEntry) -> dict[str, Any]:
    return {"at": _time(entry.at), "user": entry.user, "event": entry.event, "run_id": entry.run_id, "facts": dict(entry.facts)}


def _time(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
