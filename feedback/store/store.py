"""Store runs and labels: what was ranked for which job, and the grades that people gave.

Texts are stored once, by their SHA-256. Labels are only ever added: the newest of a person for a job and a resume counts.
"""

import hashlib
import json
import sqlite3
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from feedback.labels import FULL, NONE, PARTIAL, Label
from feedback.store import audit
from feedback.store.database import Database, storable
from feedback.store.erased_person import ErasedPerson
from feedback.store.kept_files import clear_up, delete_unneeded, keep_files
from feedback.store.person_keys import add_keys
from preprocess.document import Original, Person
from reranker.engine import EngineInfo, info_as_json, info_from_json

FILE_NAME = "feedback.sqlite3"

_MAX_REASON = 500


@dataclass(frozen=True)
class RunRow:
    """One candidate of a run. `features` are those of the ranking's row, "logit" among them; `rank` 0: nobody was shown this.

    `shown` is what else the row showed, as JSON written and read by `recording`. {}: it was not stored.
    """

    resume_id: str
    name: str
    text: str
    rank: int
    input_position: int
    features: Mapping[str, float]
    shown: Mapping[str, Any] = field(default_factory=dict)
    person: Person | None = field(default=None, repr=False, compare=False)
    """Whose resume it is, for `add_run`; not given back."""

    originals: tuple[Original, ...] = field(default=(), repr=False, compare=False)
    """The files to keep with it, for `add_run`; not given back."""

    called: str | None = field(default=None, compare=False)
    """What its person is called, "" if that is not sure. None: nobody looked, or it must not be known."""

    is_from_pool: bool = field(default=False, compare=False)
    """True if they were chosen from the pool, for `add_run`: the ranking is then no reading of their file. Not given back."""


@dataclass(frozen=True)
class Run:
    """One ranking. `at` is when it was started, in Unix seconds; `engine` is what scored the resumes.

    `settings` hold what the ranking depended on, and which files could not be used: never a password, never text of a resume.
    """

    job: str
    instruction: str
    settings: Mapping[str, Any]
    engine: EngineInfo
    weights_version: int
    user: str
    at: float
    rows: tuple[RunRow, ...] = ()
    id: int = 0
    """Assigned by the store."""


class UnknownCandidate(LookupError):
    """Raised if there is no such run, or that resume is not in it (any more)."""


class Store(Database):
    """The feedback database. Thread-safe; each method is one transaction."""

    def __init__(self, path: Path):
        super().__init__(path)
        self._erased: list[ErasedPerson] = []
        clear_up(self)

    def scrub(self) -> bool:
        """Delete the kept files that nothing needs any more, then rewrite the database; False if either cannot be finished now."""
        return delete_unneeded(self) & super().scrub()

    def remember_erased(self, person: ErasedPerson) -> None:
        """Let runs that are in work leave them out, also in versions that were never stored. For as long as this program runs."""
        self._erased.append(replace(person, files=frozenset()))

    def was_erased(self, resume_id: str, person: Person | None, since: float) -> bool:
        """Return whether the person of this resume was erased since then (Unix seconds), in any version."""
        return any(erased.owns(resume_id, person) for erased in self.erased_since(since))

    def erased_since(self, since: float) -> list[ErasedPerson]:
        """Return the people erased since then by this program."""
        return [erased for erased in self._erased if erased.at >= since]

    def without_erased_names(self, text: str, since: float) -> str:
        """Return a text without the names of people erased since then."""
        for erased in self.erased_since(since):
            text = erased.without_names(text)
        return text

    def add_run(self, run: Run) -> int:
        """Store a ranking and return its id. A resume may come twice, at two ranks; its text is stored once.

        People erased while the run was running, in any version, are left out. Raises ValueError for features without a logit or not finite.
        """
        engine, settings = to_json(info_as_json(run.engine)), self.without_erased_names(to_json(run.settings), run.at)
        values = [(to_json({name: float(value) for name, value in row.features.items()}), to_json(row.shown)) for row in run.rows]
        if not all("logit" in row.features for row in run.rows):
            raise ValueError("every row needs the logit among its features")
        with self.writing() as db:
            job, instruction = job_key(db, run.job), self.without_erased_names(run.instruction, run.at)
            new = db.execute(
                "INSERT INTO runs (job, instruction, settings, engine, fingerprint, weights_version, user, at) VALUES (?,?,?,?,?,?,?,?)",
                (job, storable(instruction), settings, engine, run.engine.fingerprint, run.weights_version, run.user, run.at),
            ).lastrowid
            assert new is not None
            erased = dict(db.execute("SELECT sha256, at FROM erased"))
            for row, (features, shown) in zip(run.rows, values, strict=True):
                if self.was_erased(row.resume_id, row.person, run.at):
                    continue
                if row.resume_id in erased:
                    if erased[row.resume_id] >= run.at:
                        continue
                    db.execute("DELETE FROM erased WHERE sha256 = ? AND is_scrubbed", (row.resume_id,))  # they have applied again
                resume = resume_key(db, row.resume_id, row.name, row.text)
                add_keys(db, resume, row.person)
                keep_files(db, self.path.parent, resume, row.originals)
                db.execute(
                    "INSERT INTO candidates (run, resume, previous_rank, rank, name, features, shown, called) VALUES (?,?,?,?,?,?,?,?)",
                    (new, resume, row.input_position, row.rank, storable(row.name), features, shown, row.called and storable(row.called)),
                )
                if row.rank and not row.is_from_pool:
                    db.execute("INSERT OR IGNORE INTO readings VALUES (?,?)", (resume, new))
            audit.append(db, audit.RANKED, run.user, run_id=new, **_audited(db, new, run))
        return new

    def label(
        self, run_id: int, resume_id: str, rater: str, grade: int | None, reason: str = "", at: float | None = None, sheet: str = ""
    ) -> None:
        """Store a person's grade of a candidate of a run; None takes it back. On disk when this returns.

        `at` is now unless given; `sheet` is the SHA-256 of the list of candidates that it came from, for the audit log. Raises
        UnknownCandidate, and ValueError for an invalid grade.
        """
        if grade not in (FULL, PARTIAL, NONE, None):
            raise ValueError(f"a grade is {FULL}, {PARTIAL}, {NONE} or None, not {grade!r}")
        line = " ".join(storable(reason).split())[:_MAX_REASON]
        with self.writing() as db:
            row = db.execute(
                "SELECT runs.job, resumes.id, min(candidates.rank) FROM runs JOIN candidates ON candidates.run = runs.id"
                " JOIN resumes ON resumes.id = candidates.resume WHERE runs.id = ? AND resumes.sha256 = ? GROUP BY resumes.id",
                (run_id, resume_id),
            ).fetchone()
            if row is None:
                raise UnknownCandidate(f"run {run_id} has no candidate {resume_id}")
            job, resume, rank = row
            whose = (job, resume, storable(rater))
            before = db.execute("SELECT grade FROM current_labels WHERE job = ? AND resume = ? AND rater = ?", whose).fetchone()
            label = db.execute(
                "INSERT INTO labels (job, resume, rater, run, grade, reason, at) VALUES (?,?,?,?,?,?,?)",
                (*whose, run_id, grade, line, time.time() if at is None else at),
            ).lastrowid
            facts = {
                "label": label,
                "grade": grade,
                "before": before and before[0],
                "rank": rank,
                "overrides": audit.overrides(grade, rank),
            } | audit.of_sheet(sheet)
            audit.append(db, audit.LABELLED, rater, run_id=run_id, resume_id=resume_id, **facts)

    def labels_of_run(self, run_id: int, rater: str | None = None) -> dict[str, tuple[Label, ...]]:
        """Return labels by resume id, also those given to the same job and resume in other runs; the newest of each person, oldest first.

        `rater`: only this person's.
        """
        labels: dict[str, tuple[Label, ...]] = defaultdict(tuple)
        with self.reading() as db:
            for resume_id, *label in db.execute(
                "SELECT sha256, rater, grade, reason, at FROM current_labels AS label JOIN resumes ON resumes.id = label.resume"
                f" WHERE {LABELLED} AND (?2 IS NULL OR rater = ?2) ORDER BY label.id",
                (run_id, rater),
            ):
                labels[resume_id] += (Label(*label),)
        return dict(labels)

    def runs(self, limit: int) -> list[Run]:
        """Return the newest runs that were shown to somebody, newest first, without their rows."""
        with self.reading() as db:
            return [_run(*row) for row in db.execute(f"{_RUNS} WHERE {SHOWN} ORDER BY runs.id DESC LIMIT ?", (limit,))]

    def run(self, run_id: int, runs_of: str | None = None) -> Run:
        """Return a run with its rows in the order of their ranks. Raises LookupError, also for one that is not of the user `runs_of`."""
        with self.reading() as db:
            row = db.execute(f"{_RUNS} WHERE runs.id = ?1 AND (?2 IS NULL OR user = ?2)", (run_id, runs_of)).fetchone()
            if row is None:
                raise LookupError(f"there is no run {run_id}")
            rows = db.execute(
                "SELECT sha256, candidates.name, text, rank, previous_rank, features, shown, called FROM candidates"
                " JOIN resumes ON resumes.id = candidates.resume WHERE candidates.run = ? ORDER BY rank, previous_rank",
                (run_id,),
            ).fetchall()
        return replace(_run(*row), rows=tuple(map(_row, rows)))


SHOWN = "EXISTS (SELECT 1 FROM candidates WHERE candidates.run = runs.id AND candidates.rank > 0)"
"""For SQL: whether somebody was shown this run."""

LABELLED = "label.job = (SELECT job FROM runs WHERE id = ?1) AND label.resume IN (SELECT resume FROM candidates WHERE run = ?1)"
"""For SQL: whether a `label` is about the job and a candidate of the run whose id is the first value."""

_RUNS = "SELECT runs.id, text, instruction, settings, engine, weights_version, user, at FROM runs JOIN jobs ON jobs.id = runs.job"


def _audited(db: sqlite3.Connection, run_id: int, run: Run) -> dict[str, Any]:
    """Return what the audit log holds of a run; the job and the instruction by their SHA-256."""
    candidates, best = db.execute("SELECT count(*), max(rank) FROM candidates WHERE run = ?", (run_id,)).fetchone()
    return {
        "engine": run.engine.fingerprint,
        "weights": run.weights_version,
        "job": _sha256(run.job),
        "instruction": _sha256(run.instruction),
        "settings": dict(run.settings),
        "candidates": candidates,
        "shown": bool(best),
    }


def _run(key: int, job: str, instruction: str, settings: str, engine: str, weights_version: int, user: str, at: float) -> Run:
    return Run(job, instruction, json.loads(settings), info_from_json(json.loads(engine)), weights_version, user, at, id=key)


def _row(row: tuple[str, str, str, int, int, str, str, str | None]) -> RunRow:
    resume_id, name, text, rank, previous_rank, features, shown, person = row
    return RunRow(resume_id, name, text, rank, previous_rank, json.loads(features), json.loads(shown), called=person)


def job_key(db: sqlite3.Connection, text: str) -> int:
    """Return the id of the row of a job description, made where it is new, in an open transaction."""
    digest = _sha256(text)
    db.execute("INSERT OR IGNORE INTO jobs (sha256, text) VALUES (?,?)", (digest, storable(text)))
    return db.execute("SELECT id FROM jobs WHERE sha256 = ?", (digest,)).fetchone()[0]


def job_digest(text: str) -> str:
    """Return the SHA-256 that a job description is stored under."""
    return _sha256(text)


def resume_key(db: sqlite3.Connection, resume_id: str, name: str, text: str) -> int:
    """Return the id of the row of a resume, made where it is new, in an open transaction; a name replaces the one before, "" does not."""
    db.execute(
        "INSERT INTO resumes (sha256, name, text) VALUES (?,?,?) ON CONFLICT (sha256) DO UPDATE"
        " SET name = coalesce(nullif(excluded.name, ''), name), text = excluded.text"
        " WHERE text <> excluded.text OR excluded.name NOT IN ('', name)",
        (resume_id, storable(name), storable(text)),
    )
    return db.execute("SELECT id FROM resumes WHERE sha256 = ?", (resume_id,)).fetchone()[0]


def delete_unused(db: sqlite3.Connection, resume: int) -> str | None:
    """Delete the row of a resume that no run, label, status, note or page session needs; returns its SHA-256, None where it stays."""
    gone = db.execute(_DELETE_UNUSED, (resume,)).fetchone()
    return gone and gone[0]


_DELETE_UNUSED = (
    "DELETE FROM resumes WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM candidates WHERE resume = ?1)"
    " AND NOT EXISTS (SELECT 1 FROM current_labels WHERE resume = ?1)"
    " AND NOT EXISTS (SELECT 1 FROM statuses WHERE resume = ?1) AND NOT EXISTS (SELECT 1 FROM notes WHERE resume = ?1)"
    " AND NOT EXISTS (SELECT 1 FROM session_resumes WHERE resume = ?1) RETURNING sha256"
)


def _sha256(text: str) -> str:
    return hashlib.sha256(storable(text).encode()).hexdigest()


def to_json(value: Mapping[str, Any]) -> str:
    """Return JSON as kept in the database. Raises ValueError for a number that is not finite."""
    return storable(json.dumps(value, ensure_ascii=False, allow_nan=False))
