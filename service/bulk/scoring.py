"""Score a pool as it is read: each unit is kept in the record and written out as soon as its resumes have their scores."""

import hashlib
import math
from collections.abc import Iterable, Iterator
from dataclasses import replace

from preprocess.document import Document, Rejected, Resume
from preprocess.joining.identity import FileIdentity
from preprocess.screening.shingles import shingles
from reranker.cheap_guess import Guess, cheap_guess
from reranker.engine import IdAndText, Score
from reranker.evidence.emphasis import requirements_of
from reranker.evidence.match_points import find_evidence
from service.bulk.job import BulkJob
from service.bulk.reading import PoolReading, ReadUnit
from service.bulk.record import BulkRecord, PoolPosition, RecordedRow


class Listener:
    """A listener to results as they come; this one does nothing with them."""

    def row(self, position: PoolPosition, row: RecordedRow) -> None:
        """Take a resume that has its score now."""

    def rejected(self, file: Rejected) -> None:
        """Take a file that cannot be used."""

    def progress(self, stage: str, done: int, total: int, is_new: bool = True) -> None:
        """Take how many units of a stage are done; `is_new`: the last one took time, it was not in the record."""


def score_pool(job: BulkJob, record: BulkRecord, listener: Listener) -> None:
    """Score every resume that the record does not know. Raise ScoringError."""
    known = record.complete(guessed=False, scored=True, features=job.needs_features)
    reading = PoolReading(job, lambda digest: digest not in known)
    walker = _Walker(record)

    def fresh() -> Iterator[tuple[ReadUnit, list[PoolPosition]]]:
        for unit in reading:
            rows = record.rows_of(unit.digest) if unit.is_known else ()
            positions = walker.positions_of(unit, len(rows) if unit.is_known else len(unit.people))
            for position, row in zip(positions, rows, strict=False):
                listener.row(position, row)
            for file in unit.rejected:
                listener.rejected(file)
            if unit.people:
                yield unit, positions
            else:
                listener.progress("scoring", unit.position + 1, reading.expected(), is_new=not unit.is_known)

    done = 0
    for unit, positions, scores in _scored(fresh(), job, record):
        rows = [recorded(job, person, score) for person, score in zip(unit.people, scores, strict=True)]
        _keep(unit, positions, rows, record, listener)
        done = max(done, unit.position + 1)
        listener.progress("scoring", done, reading.expected())


def guess_pool(job: BulkJob, record: BulkRecord, listener: Listener) -> None:
    """Guess at every resume cheaply, where the record has no guess yet; nothing is scored."""
    known = record.complete(guessed=True, scored=False, features=False)
    reading = PoolReading(job, lambda digest: digest not in known)
    walker = _Walker(record)
    guess = cheap_guess(job.query, job.judge)
    for unit in reading:
        rows = record.rows_of(unit.digest)
        if not unit.is_known:
            before, rows = rows, [_unscored(person, guess) for person in unit.people]
            if [row.id for row in before] == [row.id for row in rows]:  # scored by a run without a prefilter
                rows = [replace(row, guess=new.guess) for row, new in zip(before, rows, strict=True)]
            record.put(unit.digest, rows, len(unit.rejected))
        walker.positions_of(unit, len(rows))
        for file in unit.rejected:
            listener.rejected(file)
        listener.progress("guessing", unit.position + 1, reading.expected(), is_new=not unit.is_known)


def score_survivors(job: BulkJob, record: BulkRecord, listener: Listener) -> set[int]:
    """Score the `job.prefilter` people of whom the guess expects most, and return their indices."""
    guesses = sorted(((-(guess or 0.0), index) for index, guess, _, _ in record.sort_columns()))
    survivors = {index for _, index in guesses[: job.prefilter]}
    positions: dict[int, dict[int, PoolPosition]] = {}  # by position of the unit and number, of those to score
    for position, row in record.positioned():
        if position.index not in survivors:
            continue
        if row.logit is None or (job.needs_features and not row.features):
            positions.setdefault(position.unit_position, {})[position.number] = position
        else:
            listener.row(position, row)
    reading = PoolReading(job, lambda digest: True, positions)

    def fresh() -> Iterator[tuple[ReadUnit, list[PoolPosition]]]:
        for unit in reading:
            chosen = positions[unit.position]
            if any(position.unit != unit.digest for position in chosen.values()):  # the file has changed since
                listener.rejected(Rejected(unit.path, "cannot_open"))
                survivors.difference_update(position.index for position in chosen.values())
                continue
            yield (
                replace(unit, people=tuple(unit.people[number] for number in sorted(chosen))),
                [chosen[number] for number in sorted(chosen)],
            )

    for done, (unit, own, scores) in enumerate(_scored(fresh(), job, record), start=1):
        rows = record.rows_of(unit.digest)
        for person, position, score in zip(unit.people, own, scores, strict=True):
            rows[position.number] = replace(recorded(job, person, score), guess=rows[position.number].guess)
        _keep(unit, own, rows, record, listener, [position.number for position in own])
        listener.progress("scoring", done, len(positions))
    return survivors


def score_joined(job: BulkJob, record: BulkRecord, document: Document, resume: Resume) -> RecordedRow | None:
    """Return the row of several files of one person; None if it gets no finite score."""
    _remember(job, record, resume.id)
    (score,) = job.engine.score(job.query, [(resume.id, resume.text)])
    return replace(recorded(job, (document, resume), score), text=resume.text) if math.isfinite(score.logit) else None


def recorded(job: BulkJob, person: tuple[Document, Resume], score: Score) -> RecordedRow:
    """Return what is kept of a scored resume, with the features that learned weights need."""
    _, resume = person
    features: dict[str, float] = {}
    if job.needs_features:
        requirements = requirements_of(job.query, job.engine.info.heeds_instruction)
        evidence = find_evidence(requirements, resume.text, job.judge, job.learned.glossary_span)
        features = dict(job.learned.describe(job.query, resume.text, score.logit, evidence))
    return replace(_unscored(person), logit=score.logit, truncated=score.truncated, features=features)


def _unscored(person: tuple[Document, Resume], guess: Guess | None = None) -> RecordedRow:
    document, resume = person
    contacts = FileIdentity(document).contacts
    return RecordedRow(
        resume.id,
        resume.name,
        resume.files,
        resume.notes,
        next(shingles([resume.text])).digest,
        guess(resume.text) if guess else None,
        contacts=frozenset(hashlib.blake2b(contact.encode(), digest_size=8).digest() for contact in contacts),
    )


def _remember(job: BulkJob, record: BulkRecord, resume_id: str) -> None:
    """Give the engine the score of a text that was scored before, in this run or an earlier one."""
    if known := record.score_of(resume_id):
        job.engine.remember(job.query, resume_id, Score(0, known[0], tokens=0, truncated=known[1]))


def _scored(
    units: Iterable[tuple[ReadUnit, list[PoolPosition]]], job: BulkJob, record: BulkRecord
) -> Iterator[tuple[ReadUnit, list[PoolPosition], list[Score]]]:
    """Yield each unit with the scores of its people as soon as all are there; the engine takes a batch ahead."""
    waiting: dict[int, tuple[ReadUnit, list[PoolPosition], dict[int, Score], int]] = {}  # by the index of a document

    def documents() -> Iterator[IdAndText]:
        index = 0
        for unit, positions in units:
            scores: dict[int, Score] = {}
            for _, resume in unit.people:
                waiting[index] = unit, positions, scores, index
                index += 1
                _remember(job, record, resume.id)
                yield resume.id, resume.text

    for score in job.engine.score(job.query, documents()):
        unit, positions, scores, _ = waiting.pop(score.index)
        scores[score.index] = score
        if len(scores) == len(unit.people):
            yield unit, positions, [scores[index] for index in sorted(scores)]


def _keep(
    unit: ReadUnit,
    positions: list[PoolPosition],
    rows: list[RecordedRow],
    record: BulkRecord,
    listener: Listener,
    numbers: list[int] | None = None,
) -> None:
    """Put the rows of a unit into the record, and write out those that were scored now."""
    unscorable = 0
    for position, number in zip(positions, numbers or range(len(rows)), strict=True):
        row = rows[number]
        if row.logit is not None and math.isfinite(row.logit):
            listener.row(position, row)
        else:
            rows[number] = replace(row, logit=None)
            unscorable += 1
            listener.rejected(Rejected(unit.path or row.name, "no_score"))
    record.put(unit.digest, rows, len(unit.rejected) + unscorable)


class _Walker:
    """Counts the people of a pool, and notes in the record where each stands."""

    def __init__(self, record: BulkRecord):
        self._record, self._count = record, 0

    def positions_of(self, unit: ReadUnit, people: int) -> list[PoolPosition]:
        """Return the positions of the people of a unit, in order."""
        positions = [PoolPosition(self._count + number + 1, unit.position, unit.digest, number, unit.path) for number in range(people)]
        self._count += people
        for position in positions:
            self._record.walked(position)
        return positions
