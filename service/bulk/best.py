"""Put a scored pool in order, and explain its best as the page does: match points, copies, what instructions in a resume would change."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from preprocess.document import Note, Resume
from reranker.engine import Score
from reranker.ranking import rank_stream
from reranker.rows import MODEL_ORDER, Row, sigmoid, weighted_score
from service.bulk.job import EXPLAINED, BulkJob
from service.bulk.reading import PoolReading
from service.bulk.record import BulkRecord, Place, RecordedRow
from service.bulk.scoring import Listener


def order_of(job: BulkJob, record: BulkRecord) -> list[int]:
    """Return the places of all scored rows, best first; equal ones as they stand in the pool."""
    scored = [(place, logit, features) for place, _, logit, features in record.sort_columns() if logit is not None]
    return [place for _, place in sorted((-_score(job, logit, json.loads(features)), place) for place, logit, features in scored)]


def explain(job: BulkJob, record: BulkRecord, order: Sequence[int], listener: Listener) -> dict[int, Row]:
    """Return by place the rows of the best in `order` with their match points and final notes, from their files, which are read again."""
    best = {place.place: (place, row) for place, row in map(record.at, order[: job.top or EXPLAINED])}
    resumes = _resumes(job, best)
    for resume, row in ((resume, best[place][1]) for place, resume in resumes.items()):
        assert row.logit is not None
        job.engine.remember(job.query, resume.id, Score(0, row.logit, tokens=0, truncated=row.truncated))
    if not resumes:
        return {}
    places = list(resumes)
    ranking = None
    for ranking in rank_stream(job.query, iter(resumes.values()), job.engine, job.judge, **job.ranking_options):
        listener.progress("explaining", sum(row.match_points is not None for row in ranking.rows), len(places))
    assert ranking
    rows = {}
    for row in ranking.rows:
        notes = row.notes
        if len(resumes) < len(best):  # a file is gone: ranks among the rest are not those of the list
            notes = tuple(note for note in notes if note.code != "duplicate")
        place = places[row.input_position - 1]
        rows[place] = replace(row, input_position=place, notes=notes)
    return rows


def final_rows(job: BulkJob, record: BulkRecord, order: Sequence[int], explained: dict[int, Row]) -> Iterator[tuple[Place, Row]]:
    """Yield the rows of the result in order, with their ranks; those that were not explained name the copy that stands above them."""
    by_model = _model_ranks(record) if job.needs_features else {}
    first_copies: dict[bytes, int] = {}
    for rank, number in enumerate(order[: job.top or None], start=1):
        place, kept = record.at(number)
        first = first_copies.setdefault(kept.copy, rank) if kept.copy else rank
        row = explained.get(number) or row_of(job, place, kept)
        if number not in explained and first != rank:
            row = replace(row, notes=(*row.notes, Note("duplicate", before=f"#{first}")))
        yield place, replace(row, rank=rank, model_rank=by_model.get(number, rank))


def row_of(job: BulkJob, place: Place, kept: RecordedRow) -> Row:
    """Return a scored row without a rank."""
    assert kept.logit is not None
    return Row(
        rank=0,
        input_position=place.place,
        id=kept.id,
        name=kept.name,
        logit=kept.logit,
        probability=sigmoid(kept.logit) if job.engine.info.score_scale == "probability" else None,
        features=kept.features or {"logit": kept.logit},
        match_points=None,
        notes=kept.notes,
        truncated=kept.truncated,
        files=kept.files,
    )


def _resumes(job: BulkJob, best: dict[int, tuple[Place, RecordedRow]]) -> dict[int, Resume]:
    """Return by place, in the order of the pool, the resumes of rows; without those whose file has changed."""
    resumes = {number: Resume(row.id, row.name, row.text, row.notes, files=row.files) for number, (_, row) in best.items() if row.text}
    positions: dict[int, list[Place]] = {}
    for place, row in best.values():
        if not row.text:
            positions.setdefault(place.position, []).append(place)
    for unit in PoolReading(job, lambda digest: True, positions) if positions else ():
        for place in positions[unit.position]:
            if place.unit == unit.digest:
                resumes[place.place] = unit.people[place.number][1]
    return dict(sorted(resumes.items()))


def _score(job: BulkJob, logit: float, features: dict[str, float]) -> float:
    return weighted_score({"logit": logit, **features}, job.weights if features else MODEL_ORDER)


def _model_ranks(record: BulkRecord) -> dict[int, int]:
    """Return by place the rank by the logit alone."""
    logits = sorted((-logit, place) for place, _, logit, _ in record.sort_columns() if logit is not None)
    return {place: rank for rank, (_, place) in enumerate(logits, start=1)}
