"""Convert the results of the use cases to JSON objects, the form for other programs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from feedback.labels import Strength, Weights
from i18n.texts import Texts
from preprocess.document import Note, Rejected, Resume
from reranker.engine import Query
from reranker.rows import Ranking, Row
from service.read import Reading


def ranking_as_json(
    ranking: Ranking,
    query: Query,
    job_notes: Sequence[Note],
    rejected: Sequence[Rejected],
    model: Mapping[str, Any],
    timing: Mapping[str, float],
    run_id: int,
    words: Texts,
) -> dict[str, Any]:
    """Return the object of `rank --json`; `timing` is in seconds, `run_id` is 0 if the ranking is not stored."""
    return {
        "model": dict(model),
        "query": asdict(query),
        "job": {"notes": [asdict(note) for note in job_notes]},
        "rows": [row_as_json(row) for row in ranking.rows],
        "rejected": [rejected_as_json(file, words) for file in rejected],
        "timing": {name: round(seconds, 3) for name, seconds in timing.items()},
        "run_id": run_id,
    }


def weights_as_json(weights: Weights) -> dict[str, Any]:
    """Return which learned weights an order is by; `learned` is None for the model's own, its `similar_jobs` where that is not known."""
    strength = weights.strength or Strength(1.0)
    learned = {"strength": round(strength.value, 4), "similar_jobs": strength.similar_jobs} if weights.version else None
    return {"weights_version": weights.version, "learned": learned}


def row_as_json(row: Row) -> dict[str, Any]:
    """Return the row as a dict, with `input_position` under its published name `previous_rank`."""
    return {"previous_rank" if name == "input_position" else name: value for name, value in asdict(row).items()}


def rejected_as_json(file: Rejected, words: Texts) -> dict[str, str]:
    """Return a file that was refused, with the reason as a code and in words."""
    return {"name": file.name, "reason": file.reason, "message": words.rejected(file)}


def reading_as_json(reading: Reading, words: Texts) -> dict[str, Any]:
    """Return the object of `read --json`; a refused file has `text` "" and no notes; `job` is None if none was given."""

    def as_json(file: Resume | Rejected) -> dict[str, Any]:
        if isinstance(file, Resume):
            notes = [asdict(note) for note in file.notes]
            return {"name": file.name, "files": list(file.files), "text": file.text, "notes": notes, "refused": None}
        refused = {"reason": file.reason, "message": words.rejected(file)}
        return {"name": file.name, "files": [file.name], "text": "", "notes": [], "refused": refused}

    return {
        "files": [as_json(file) for file in reading.files],
        "job": {"text": reading.job, "notes": [asdict(note) for note in reading.job_notes]} if reading.job else None,
        "requirements": [{"text": requirement.text, "kind": requirement.kind} for requirement in reading.requirements],
        "refused_requirements": [{"text": refused.part, "ground": refused.ground} for refused in reading.refused],
    }
