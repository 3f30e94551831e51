"""Convert a ranking to a stored run and back, so that its labels can be learned from, and it opens again as it was shown."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

from feedback.store.store import Run, RunRow
from preprocess.document import Note, Resume, note_from_json
from preprocess.person import called
from preprocess.roster import Listed
from reranker.engine import EngineInfo, Query
from reranker.evidence.checks.contract import Reason
from reranker.evidence.match_points import MatchPoint
from reranker.own_spelling import in_own_spelling
from reranker.ranking import NOTE_CODES
from reranker.renumbering import renumbered
from reranker.rows import Explained, Ranking, Row, sigmoid
from reranker.rubric.lifts import Lift

FROM_POOL = "from_pool"
"""The code of the note on a candidate who was chosen from the pool."""


def as_run(
    ranking: Ranking,
    query: Query,
    resumes: Sequence[Resume],
    engine: EngineInfo,
    *,
    at: float,
    weights_version: int = 0,
    settings: Mapping[str, Any] | None = None,
    user: str = "",
    is_shown: bool = True,
    listed: Mapping[str, Listed] = MappingProxyType({}),
) -> Run:
    """Return the run to store for a ranking. `resumes` are in the order in which they were ranked, `engine` is what scored them.

    `at` is when the ranking began, in Unix seconds. With `is_shown` False nobody saw the order: ranks are 0. `listed` is what a list of
    candidates says of them, by resume id. Reading what people are called takes some 2 ms each; in blind mode and unseen it is not done.
    """
    is_named = is_shown and not (settings or {}).get("blind")
    rows = tuple(
        RunRow(
            row.id,
            row.name,
            resumes[row.input_position - 1].text,
            row.rank if is_shown else 0,
            row.input_position,
            row.features,
            (_shown(row) if is_shown else {}) | ({"listed": asdict(listed[row.id])} if row.id in listed else {}),
            resumes[row.input_position - 1].person,
            resumes[row.input_position - 1].originals,
            called(resumes[row.input_position - 1].text, row.name) if is_named else None,
            any(note.code == FROM_POOL for note in row.notes),
        )
        for row in ranking.rows
        if resumes[row.input_position - 1].id == row.id  # else somebody was erased this moment
    )
    return Run(query.job, query.instruction, settings or {}, engine, weights_version, user, at, rows)


def reopened(run: Run) -> tuple[Ranking, Query, tuple[Resume, ...]]:
    """Return the ranking as shown, without its timing, the query, and the resumes: `resumes[row.input_position - 1]` is the row's.

    People erased since are missing: ranks skip them, and an empty Resume is in their place. Runs from before schema 2 have no match points,
    notes and the like.
    """
    rows = tuple(_row(row, run) for row in run.rows)
    resumes = [Resume("", "", "")] * max((row.input_position for row in rows), default=0)
    for row, kept in zip(rows, run.rows, strict=True):
        resumes[row.input_position - 1] = Resume(row.id, row.name, kept.text, own_notes(kept.shown), files=row.files)
    total = len(rows) + run.settings.get("unranked", 0)
    return Ranking(renumbered(rows), total, finished=True), Query(run.job, run.instruction), tuple(resumes)


def listed_in(run: Run) -> dict[str, Listed]:
    """Return the ids and names that a list of candidates gave those of a stored run, by resume id."""
    return {row.resume_id: Listed(**row.shown["listed"]) for row in run.rows if "listed" in row.shown}


def own_notes(shown: Mapping[str, Any]) -> tuple[Note, ...]:
    """Return the notes on the resume itself among those that a stored row showed."""
    return tuple(note for note in _notes(shown) if note.code not in NOTE_CODES)


def explained_as_json(row: Row) -> dict[str, Any] | None:
    """Return what was found in a row's resume beside its score, without quotes; None if that was not looked for, or a rubric moved it."""
    if row.match_points is None or row.lifts:
        return None
    unread = sum(note.count or 0 for note in row.notes if note.code == "lines_not_looked_at")
    return {"points": [_without_quote(point) for point in row.match_points], "features": dict(row.features), "unread": unread}


def explained_from_json(kept: Mapping[str, Any], text: str) -> Explained:
    """Return what `explained_as_json` wrote of a resume with this text."""
    return Explained(tuple(_point(point, text) for point in kept["points"]), kept["features"], kept["unread"])


def _notes(shown: Mapping[str, Any]) -> tuple[Note, ...]:
    return tuple(note_from_json(note) for note in shown.get("notes", ()))


def _shown(row: Row) -> dict[str, Any]:
    """Return what the row showed, as JSON, without quotes, which are parts of the stored text."""
    points = row.match_points
    return {
        "match_points": None if points is None else [_without_quote(point) for point in points],
        "notes": [asdict(note) for note in row.notes],
        "truncated": row.truncated,
        "model_rank": row.model_rank,
        "files": list(row.files),
    } | ({"lifts": [asdict(lift) for lift in row.lifts]} if row.lifts else {})


def _without_quote(point: MatchPoint) -> dict[str, Any]:
    return {name: value for name, value in asdict(point).items() if name not in ("quote", "written")}


def _row(kept: RunRow, run: Run) -> Row:
    points, notes = kept.shown.get("match_points"), _notes(kept.shown)
    logit = kept.features["logit"]
    return Row(
        rank=kept.rank,
        input_position=kept.input_position,
        id=kept.resume_id,
        name=kept.name,
        logit=logit,
        probability=sigmoid(logit) if run.engine.score_scale == "probability" else None,
        features=kept.features,
        match_points=None if points is None else in_own_spelling([_point(point, kept.text) for point in points], kept.text, notes),
        notes=notes,
        truncated=kept.shown.get("truncated", 0),
        model_rank=kept.shown.get("model_rank", 0),
        files=tuple(kept.shown.get("files", ())),
        lifts=tuple(Lift(**lift) for lift in kept.shown.get("lifts", ())),
    )


def _point(kept: Mapping[str, Any], text: str) -> MatchPoint:
    reason = Reason(**kept["reason"]) if kept.get("reason") else None
    return MatchPoint(**{**kept, "reason": reason}, quote=text[kept["start"] : kept["end"]])
