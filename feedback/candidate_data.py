"""What is stored about one candidate, for whoever asks to see it; and the candidates that a request may be about.

Holds nothing of other candidates. It does name the colleagues who labelled, and quotes job descriptions: a person has to read it before
it is handed out.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from feedback import audit
from feedback.history import containing
from feedback.recording import reopened
from feedback.store import Run, Store


@dataclass(frozen=True)
class Found:
    """A resume that a search found. The same person may have several: each version of a text is one, each has to be erased.

    `names` are those of the files that it came in, `last_at` when it was last ranked, in Unix seconds; 0.0: never.
    """

    resume_id: str
    names: tuple[str, ...]
    last_at: float
    runs: int
    labels: int


def find_candidates(store: Store, search: str, limit: int = 100) -> list[Found]:
    """Resumes whose name or text contains the search, as it stands, Latin letters in either case; those ranked last come first.

    Nothing for an empty search.
    """
    if not search.strip():
        return []
    pattern = containing(search)
    with store.reading() as db:
        found = db.execute(
            "SELECT id, sha256, name, (SELECT count(DISTINCT run) FROM candidates WHERE resume = id),"
            " (SELECT count(*) FROM labels WHERE resume = resumes.id),"
            " coalesce((SELECT max(at) FROM candidates JOIN runs ON runs.id = run WHERE resume = resumes.id), 0.0) AS last_at"
            " FROM resumes WHERE name LIKE ?1 ESCAPE '\\' OR text LIKE ?1 ESCAPE '\\'"
            " OR id IN (SELECT resume FROM candidates WHERE name LIKE ?1 ESCAPE '\\') ORDER BY last_at DESC, id DESC LIMIT ?2",
            (pattern, limit),
        ).fetchall()
        return [Found(sha256, _names(db, key, name), last_at, runs, labels) for key, sha256, name, runs, labels, last_at in found]


def candidate_data(store: Store, resume_id: str) -> dict[str, Any]:
    """All that is stored about a candidate, as JSON has it; times in ISO 8601, UTC. Raises LookupError.

    `text` and `names`; `runs` with what was asked, rank, score (the logit), features, match points with their quotes and notes; `labels`,
    also those taken back (grade null) or replaced; `weights_versions` that were learned from a group with the candidate; `log`, the rows
    of the audit log that are about the candidate alone.
    """
    with store.reading() as db:
        found = db.execute("SELECT id, name, text FROM resumes WHERE sha256 = ?", (resume_id,)).fetchone()
        if found is None:
            raise LookupError("there is no such candidate")
        key, name, text = found
        names = _names(db, key, name)
        runs = [run for [run] in db.execute("SELECT DISTINCT run FROM candidates WHERE resume = ? ORDER BY run", (key,))]
        labels = db.execute(
            "SELECT labels.at, rater, grade, reason, jobs.text, run, imports.name,"
            " labels.id IN (SELECT id FROM current_labels) FROM labels JOIN jobs ON jobs.id = labels.job"
            " LEFT JOIN imports ON imports.id = labels.import WHERE resume = ? ORDER BY labels.id",
            (key,),
        ).fetchall()
        versions = [version for [version] in db.execute("SELECT DISTINCT version FROM learned_from WHERE resume = ? ORDER BY 1", (key,))]
    return {
        "resume_id": resume_id,
        "names": list(names),
        "text": text,
        "runs": [_run(store.run(run), resume_id) for run in runs],
        "labels": [_label(*label) for label in labels],
        "weights_versions": versions,
        "log": [_logged(entry) for entry in audit.entries(store, limit=-1, resume_id=resume_id)],
    }


def _names(db: Any, key: int, name: str) -> tuple[str, ...]:
    """Of the files that a resume came in, the newest first."""
    kept = [one for [one] in db.execute("SELECT name FROM candidates WHERE resume = ? ORDER BY run DESC", (key,))]
    return tuple(filter(None, dict.fromkeys([name, *kept])))


def _run(run: Run, resume_id: str) -> dict[str, Any]:
    """A run with the candidate's rows only: two where the same text lay in the pile twice."""
    ranking, query, _ = reopened(run)
    own = [row for row in ranking.rows if row.id == resume_id]
    return {
        "run_id": run.id,
        "at": _time(run.at),
        "user": run.user,
        "job": query.job,
        "instruction": query.instruction,
        "engine": dict(run.engine),
        "weights_version": run.weights_version,
        "settings": dict(run.settings),
        "candidates": len(ranking.rows),
        "rows": [
            {
                "rank": row.rank or None,
                "previous_rank": row.previous_rank,
                "model_rank": row.model_rank or None,
                "name": row.name,
                "score": row.logit,
                "probability": row.probability,
                "features": dict(row.features),
                "match_points": None if row.match_points is None else [asdict(point) for point in row.match_points],
                "notes": [asdict(note) for note in row.notes],
                "truncated": row.truncated,
            }
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


def _logged(entry: audit.Entry) -> dict[str, Any]:
    return {"at": _time(entry.at), "user": entry.user, "event": entry.event, "run_id": entry.run_id, "facts": dict(entry.facts)}


def _time(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
