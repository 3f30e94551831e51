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
from service.bulk.record import BulkRecord, PoolPosition, RecordedRow
from service.bulk.scoring import Listener


def order_of(job: BulkJob, record: BulkRecord) -> list[int]:
    """Return the indices of all scored rows, best first; equal ones as they stand in the pool."""
    scored = [(index, logit, features) for index, _, logit, features in record.sort_columns() if logit is not None]
    return [index for _, index in sorted((-_score(job, logit, json.loads(features)), index) for index, logit, features in scored)]


def explain(job: BulkJob, record: BulkRecord, order: Sequence[int], listener: Listener) -> dict[int, Row]:
    """Return by index the rows of the best in `order` with their match points and final notes, from their files, which are read again."""
    best = {position.index: (position, row) for position, row in map(record.at, order[: job.top or EXPLAINED])}
    resumes = _resumes(job, best)
    for resume, row in ((resume, best[index][1]) for index, resume in resumes.items()):
        assert row.logit is not None
        job.engine.remember(job.query, resume.id, Score(0, row.logit, tokens=0, truncated=row.truncated))
    if not resumes:
        return {}
    indices = list(resumes)
    ranking = None
    for ranking in rank_stream(job.query, iter(resumes.values()), job.engine, job.judge, **job.ranking_options):
        listener.progress("explaining", sum(row.match_points is not None for row in ranking.rows), len(indices))
    assert ranking
    rows = {}
    for row in ranking.rows:
        notes = row.notes
        if len(resumes) < len(best):  # a file is gone: ranks among the rest are not those of the list
            notes = tuple(note for note in notes if note.code != "duplicate")
        index = indices[row.input_position - 1]
        rows[index] = replace(row, input_position=index, notes=notes)
    return rows


def final_rows(job: BulkJob, record: BulkRecord, order: Sequence[int], explained: dict[int, Row]) -> Iterator[tuple[PoolPosition, Row]]:
    """Yield the rows of the result in order, with their ranks; those that were not explained name the copy that stands above them."""
    by_model = _model_ranks(record) if job.needs_features else {}
    first_copies: dict[bytes, int] = {}
    for rank, number in enumerate(order[: job.top or None], start=1):
        position, kept = record.at(number)
        first = first_copies.setdefault(kept.copy, rank) if kept.copy else rank
        row = explained.get(number) or row_of(job, position, kept)
        if number not in explained and first != rank:
            row = replace(row, notes=(*row.notes, Note("duplicate", before=f"#{first}")))
        yield position, replace(row, rank=rank, model_rank=by_model.get(number, rank))


def row_of(job: BulkJob, position: PoolPosition, kept: RecordedRow) -> Row:
    """Return a scored row without a rank."""
    assert kept.logit is not None
    return Row(
        rank=0,
        input_position=position.index,
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


def _resumes(job: BulkJob, best: dict[int, tuple[PoolPosition, RecordedRow]]) -> dict[int, Resume]:
    """Return by index, in the order of the pool, the resumes of rows; without those whose file has changed."""
    resumes = {number: Resume(row.id, row.name, row.text, row.notes, files=row.files) for number, (_, row) in best.items() if row.text}
    positions: dict[int, list[PoolPosition]] = {}
    for position, row in best.values():
        if not row.text:
            positions.setdefault(position.unit_position, []).append(position)
    for unit in PoolReading(job, lambda digest: True, positions) if positions else ():
        for position in positions[unit.position]:
            if position.unit == unit.digest:
                resumes[position.index] = unit.people[position.number][1]
    return dict(sorted(resumes.items()))


def _score(job: BulkJob, logit: float, features: dict[str, float]) -> float:
    return weighted_score({"logit": logit, **features}, job.weights if features else MODEL_ORDER)


def _model_ranks(record: BulkRecord) -> dict[int, int]:
    """Return by index the rank by the logit alone."""
    logits = sorted((-logit, index) for index, _, logit, _ in record.sort_columns() if logit is not None)
    return {index: rank for rank, (_, index) in enumerate(logits, start=1)}
