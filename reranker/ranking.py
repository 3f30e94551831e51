"""Features × weights → order: the public entry. Streams a Ranking after every score, then fills in the match points."""

import math
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from preprocess.document import Note, Resume
from preprocess.screening.duplicates import duplicates
from preprocess.screening.screen import without_instructions
from reranker.encoder.encoder import Encoder
from reranker.engine import Engine, Query, Score, ScoringError
from reranker.evidence.match_points import Evidence, MatchPoint, OwnWords, find_evidence
from reranker.evidence.requirements import split_job

MODEL_ORDER: Mapping[str, float] = {"logit": 1.0}
"""The default weights: exactly the order of the model's logits."""

NOTE_CODES = frozenset({"duplicate", "score_without"})
"""Codes of notes that a ranking adds to those of the resume."""

LEAST_CHANGE = 0.05
"""A second score is shown from this difference in probability, or where it would change the rank."""

Describe = Callable[[Query, str, float, Evidence], Mapping[str, float]]
"""(query, resume, logit, evidence) → the features that weights may have coefficients for, "logit" among them."""


def logit_and_evidence(query: Query, resume: str, logit: float, evidence: Evidence) -> Mapping[str, float]:
    """The features where nothing else is asked for."""
    return {"logit": logit, **evidence.features}


@dataclass(frozen=True)
class Row:
    """One ranked resume. Ranks count from 1; `previous_rank` is its place in the list as given, `model_rank` that by the logit alone.

    `probability` is sigmoid(logit), None for an engine without probabilities. `match_points` is None until they were looked for.
    `truncated` counts the tokens at the end that the engine did not read.
    """

    rank: int
    previous_rank: int
    id: str
    name: str
    logit: float
    probability: float | None
    features: Mapping[str, float]
    match_points: tuple[MatchPoint, ...] | None
    notes: tuple[Note, ...]
    truncated: int = 0
    model_rank: int = 0


@dataclass(frozen=True)
class Ranking:
    """Rows in rank order, of `total` resumes that can be ranked: partial while a run streams, or when it was stopped.

    `unscored` are those for which the model gave no number: they have no place among the others.

    `timing` is in seconds: score_s, explain_s, and, while it streams and there is something to base it on, left_s of the stage in work.
    """

    rows: tuple[Row, ...]
    total: int
    finished: bool = False
    timing: Mapping[str, float] = field(default_factory=dict)
    unscored: tuple[Resume, ...] = ()


def rank(query: Query, resumes: Iterable[Resume], engine: Engine, encoder: Encoder, **options) -> Ranking:
    """Rank resumes; the options are those of `rank_stream`, whose last Ranking this is."""
    return deque(rank_stream(query, resumes, engine, encoder, **options), maxlen=1).pop()


def rank_stream(
    query: Query,
    resumes: Iterable[Resume],
    engine: Engine,
    encoder: Encoder,
    *,
    expected: Callable[[], int] | None = None,
    weights: Mapping[str, float] = MODEL_ORDER,
    describe: Describe = logit_and_evidence,
    own_words: OwnWords = lambda requirement, resume: None,
    batch_size: int | None = None,
    stops: Callable[[], int] = lambda: 0,
) -> Iterator[Ranking]:
    """Yield a Ranking after each score (all rows scored so far, in order), then one after each row's match points, from rank 1 down.

    Resumes are taken as the engine needs them: they may still be in the making, and `expected` says how many there will be (default:
    as many as were taken). Until the match points are there the order is the model's; then that of `weights` over what `describe` says
    of each resume. The last Ranking has `finished` set. `stops` is asked before each step: 1 ends the scoring after the batch in work,
    and what is scored gets its match points; 2 ends these too, and the order is then the model's.
    Closing the iterator stops the engine; what was yielded stays valid.
    Raises ScoringError, also when not one of the resumes got a number for a score.
    """
    start = time.perf_counter()
    taken: list[Resume] = []
    if isinstance(resumes, Sequence) and expected is None:
        expected = resumes.__len__

    def texts() -> Iterator[str]:
        for resume in resumes:
            if stops():
                return
            taken.append(resume)
            yield resume.text

    def total() -> int:
        return max(expected() if expected else 0, len(taken)) - len(unscored)

    rows: list[Row] = []
    unscored: tuple[Resume, ...] = ()
    pace = _Pace()
    for score in engine.score(query, texts(), batch_size):
        resume = taken[score.index]
        if math.isfinite(score.logit):
            rows = _in_order([*rows, _row(score, resume, engine)], MODEL_ORDER)
        else:
            unscored += (resume,)
        pace.done(len(resume.text), score.known)
        timing = {"score_s": time.perf_counter() - start} | pace.left(total() - len(rows))
        yield Ranking(tuple(rows), total(), timing=timing, unscored=unscored)
    if unscored and not rows:
        raise ScoringError(f"The model gave no score that is a number ({engine.dtype}). Try --precision bf16 or fp32.")

    scored_at, scorable = time.perf_counter(), total() if stops() else len(rows)

    def explained(left: Mapping[str, float], finished: bool = False) -> Ranking:
        timing = {"score_s": scored_at - start, "explain_s": time.perf_counter() - scored_at, **left}
        return Ranking(tuple(rows), scorable, finished, timing, unscored)

    requirements = split_job(query.job)
    pace = _Pace()
    for place in range(len(rows)):
        row = replace(rows[place], model_rank=rows[place].rank)
        text = taken[row.previous_rank - 1].text
        evidence = find_evidence(requirements, text, encoder, own_words)
        rows[place] = replace(row, match_points=evidence.points, features=describe(query, text, row.logit, evidence))
        pace.done(len(text))
        yield explained(pace.left(len(rows) - place - 1))
        if stops() > 1:
            break
    if any(row.match_points is None for row in rows):
        weights = MODEL_ORDER  # features of some only would move these alone
    texts_taken = [resume.text for resume in taken]
    rows = _with_second_scores(_in_order(rows, weights), texts_taken, query, engine, encoder, weights)
    rows = _with_duplicates(rows, texts_taken)
    yield explained({}, finished=True)


def _with_second_scores(
    rows: Sequence[Row], texts: Sequence[str], query: Query, engine: Engine, encoder: Encoder, weights: Mapping[str, float]
) -> list[Row]:
    """A note on each row that speaks to the model and would be elsewhere, or whose probability would be another, without these words.

    The order stays that of the text as it is.
    """
    noted = []
    for row in rows:
        second = _score_without(query, row, texts[row.previous_rank - 1], engine, encoder)
        if second is not None and _matters(row, second, rows, weights):
            row = replace(row, notes=(*row.notes, Note("score_without", before=f"{row.logit:.2f}", after=f"{second:.2f}")))
        noted.append(row)
    return noted


def _matters(row: Row, second: float, rows: Sequence[Row], weights: Mapping[str, float]) -> bool:
    """Whether this other logit would move the probability by 5 points or more, or the row to another rank."""
    if row.probability is not None and abs(sigmoid(second) - row.probability) >= LEAST_CHANGE:
        return True
    moved = replace(row, features={**row.features, "logit": second})
    others = [moved if other.previous_rank == row.previous_rank else other for other in rows]
    return next(other.rank for other in _in_order(others, weights) if other.previous_rank == row.previous_rank) != row.rank


def _score_without(query: Query, row: Row, text: str, engine: Engine, encoder: Encoder) -> float | None:
    """The logit of a resume without the passages that speak to the model; None where there are none, or nothing else."""
    rest = without_instructions(text, encoder) if any(note.code == "instruction_to_model" for note in row.notes) else ""
    if not rest.strip() or rest == text:
        return None
    return next((score.logit for score in engine.score(query, [rest]) if math.isfinite(score.logit)), None)


def _with_duplicates(rows: Sequence[Row], texts: Sequence[str]) -> list[Row]:
    """A note on each row that repeats the text of one ranked above it, with the rank of that one."""
    groups = list(range(len(texts)))
    for place, earlier in enumerate(duplicates(texts)):
        if earlier is not None:
            groups[place] = groups[earlier]
    best: dict[int, int] = {}
    noted = []
    for row in rows:
        first = best.setdefault(groups[row.previous_rank - 1], row.rank)
        note = () if first == row.rank else (Note("duplicate", before=f"#{first}"),)
        noted.append(replace(row, notes=(*row.notes, *note)))
    return noted


def weighted_score(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted sum that the order is of; a feature that is not known yet counts 0."""
    return sum(weight * features.get(name, 0.0) for name, weight in weights.items())


def contributions(row: Row, rows: Sequence[Row], weights: Mapping[str, float]) -> dict[str, float]:
    """How much each learned feature lifts this row above (or, negative, below) the average of these rows, in units of the logit's
    coefficient; what moves nothing is left out. They say why `rank` is not `model_rank`.
    """
    unit = abs(weights.get("logit", 0.0)) or 1.0
    found = {}
    for name, weight in weights.items():
        mean = sum(one.features.get(name, 0.0) for one in rows) / len(rows)
        lift = weight * (row.features.get(name, 0.0) - mean) / unit
        if name != "logit" and abs(lift) > 1e-9:
            found[name] = lift
    return found


class _Pace:
    """Seconds a character, from the resumes that took time, and what that means for those to come."""

    def __init__(self):
        self._start = time.perf_counter()
        self._seconds = 0.0
        self._characters = self._all_characters = self._count = 0

    def done(self, characters: int, known: bool = False) -> None:
        """One more resume is done; a `known` score took no time."""
        self._all_characters += characters
        self._count += 1
        now = time.perf_counter()
        if not known:
            self._seconds += now - self._start
            self._characters += characters
        self._start = now

    def left(self, count: int) -> dict[str, float]:
        """`left_s` for so many more resumes, taken to be of average length and new; {} while no resume took time."""
        if not self._characters:
            return {}
        return {"left_s": count * self._all_characters / self._count * self._seconds / self._characters}


def _row(score: Score, resume: Resume, engine: Engine) -> Row:
    return Row(
        rank=0,
        previous_rank=score.index + 1,
        id=resume.id,
        name=resume.name,
        logit=score.logit,
        probability=sigmoid(score.logit) if engine.has_probability else None,
        features={"logit": score.logit},
        match_points=None,
        notes=resume.notes,
        truncated=score.truncated,
    )


def _in_order(rows: Sequence[Row], weights: Mapping[str, float]) -> list[Row]:
    """Best first by their merit; equal ones keep the order in which they were given."""
    ordered = sorted(rows, key=lambda row: (-weighted_score(row.features, weights), row.previous_rank))
    return [replace(row, rank=place) for place, row in enumerate(ordered, start=1)]


def sigmoid(logit: float) -> float:
    """1 / (1 + e^−logit) in double precision, without overflow: half precision would tie everything above 0.9995."""
    if logit >= 0:
        return 1 / (1 + math.exp(-logit))
    return math.exp(logit) / (1 + math.exp(logit))
