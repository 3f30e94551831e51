"""Run one bulk ranking: guess, score, join, explain and write, each step going on from what the record has."""

from collections.abc import Callable
from dataclasses import dataclass, field

from preprocess.document import Rejected
from reranker.rows import Ranking
from service.bulk.best import explain, final_rows, order_of, row_of
from service.bulk.job import EXPLAINED, BulkJob
from service.bulk.joining import join_people
from service.bulk.output import ResultFile
from service.bulk.record import BulkRecord, PoolPosition, RecordedRow
from service.bulk.scoring import Listener, guess_pool, score_pool, score_survivors

Progress = Callable[[str, int, int, bool], None]
"""Told the stage, how many of how many are done, and whether the last one took time."""


@dataclass(frozen=True)
class BulkResult:
    """`best` are the explained rows as they may be shown, `ranked` is the number of people with a score, `known` how many files the
    record knew. `not_scored` were left out by the prefilter, `apart` are files that share a contact with too many others to be joined.
    """

    best: Ranking
    ranked: int
    known: int
    rejected: tuple[Rejected, ...]
    not_scored: int
    apart: int


@dataclass
class _Writer(Listener):
    """Writes rows as they come, and counts."""

    job: BulkJob
    result: ResultFile
    tell: Progress
    refused: dict[Rejected, None] = field(default_factory=dict)
    """In the order of their coming, each once."""

    known: int = 0

    def row(self, position: PoolPosition, row: RecordedRow) -> None:
        self.result.row(row_of(self.job, position, row), position.path)

    def rejected(self, file: Rejected) -> None:
        if file not in self.refused:
            self.refused[file] = None
            self.result.rejected(file)

    def progress(self, stage: str, done: int, total: int, is_new: bool = True) -> None:
        self.known += not is_new
        self.tell(stage, done, total, is_new)


def run_bulk(job: BulkJob, record: BulkRecord, result: ResultFile, tell: Progress) -> BulkResult:
    """Rank a pool and write the result. Raise ScoringError, OSError (disk full), sqlite3.Error."""
    writer = _Writer(job, result, tell)
    survivors = None
    if job.prefilter:
        guess_pool(job, record, writer)
        survivors = score_survivors(job, record, writer)
    else:
        score_pool(job, record, writer)
    apart = join_people(job, record, survivors, writer)
    not_scored = record.leave_out(survivors) if survivors is not None else 0
    order = order_of(job, record)
    explained = explain(job, record, order, writer)
    refused = result.shown_files(list(writer.refused))
    if order:
        rows = ((position.path, row) for position, row in final_rows(job, record, order, explained))
        left_out = ((position.path, row) for position, row in record.left_out())
        result.write_sorted(rows, refused, left_out, job.query, job.engine.info, job.learned.weights)
    shown = [result.shown(row) for _, row in final_rows(job, record, order[: job.top or EXPLAINED], explained)]
    return BulkResult(Ranking(tuple(shown), len(order), finished=True), len(order), writer.known, tuple(refused), not_scored, apart)
