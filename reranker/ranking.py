"""Rank resumes by features × weights; the package's entry point. Streams a Ranking after every score, with match points."""

import math
import time
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from preprocess.document import Note, Resume
from preprocess.screening.duplicates import duplicates
from preprocess.screening.screen import without_instructions
from reranker.cheap_guess import cheap_guess
from reranker.engine import Engine, IdAndText, Query, Score, ScoringError, part_of
from reranker.evidence.emphasis import requirements_of
from reranker.evidence.match_points import Evidence, MatchPoint, OwnWords, find_evidence
from reranker.judge.judge import Judge
from reranker.lazy_tuple import LazyTuple
from reranker.rubric import Rubric
from reranker.rubric_lifts import Lift, changed_rubric, total
from reranker.scoring_order import is_worth_it, most_promising_first

MODEL_ORDER: Mapping[str, float] = {"logit": 1.0}
"""The default weights: exactly the order of the model's logits."""

NOTE_CODES = frozenset({"duplicate", "score_without", "lines_not_looked_at"})
"""Codes of notes that a ranking adds to those of the resume."""

LEAST_CHANGE = 0.05
"""A second score is shown from this difference in probability, or where it would change the rank."""

Describe = Callable[[Query, str, float, Evidence], Mapping[str, float]]
"""(query, resume, logit, evidence) → the features that weights may have coefficients for, "logit" among them."""


def logit_and_evidence(query: Query, resume: str, logit: float, evidence: Evidence) -> Mapping[str, float]:
    """Return the default features: the logit and those of the evidence."""
    return {"logit": logit, **evidence.features}


@dataclass(frozen=True)
class Row:
    """One ranked resume. Ranks count from 1; `input_position` is its place in the list as given, `model_rank` that by the logit alone.

    `probability` is sigmoid(logit), None for an engine without probabilities. `match_points` is None until they were looked for.
    `truncated` counts the tokens at the end that the engine did not read. `files` are those of the resume, where it is known.
    `lifts` are what the changes of a rubric add to the score, in units of the logit; see rubric_lifts.py.
    """

    rank: int
    input_position: int
    id: str
    name: str
    logit: float
    probability: float | None
    features: Mapping[str, float]
    match_points: tuple[MatchPoint, ...] | None
    notes: tuple[Note, ...]
    truncated: int = 0
    model_rank: int = 0
    files: tuple[str, ...] = ()
    lifts: tuple[Lift, ...] = ()


@dataclass(frozen=True)
class Ranking:
    """Rows in rank order, of `total` resumes that can be ranked: partial while a run streams, or when it was stopped.

    While it streams, rows are sorted when they are looked at. `unscored` are those for which the model gave no number: they have no
    place among the others.

    `timing` is in seconds: score_s, explain_s, and, while it streams and there is something to base it on, left_s of the stage in work.
    """

    rows: Sequence[Row]
    total: int
    finished: bool = False
    timing: Mapping[str, float] = field(default_factory=dict)
    unscored: tuple[Resume, ...] = ()


def rank(query: Query, resumes: Iterable[Resume], engine: Engine, judge: Judge, **options) -> Ranking:
    """Return the last Ranking of `rank_stream`, which documents the options."""
    return deque(rank_stream(query, resumes, engine, judge, **options), maxlen=1).pop()


def rank_stream(
    query: Query,
    resumes: Iterable[Resume],
    engine: Engine,
    judge: Judge,
    *,
    expected: Callable[[], int] | None = None,
    weights: Mapping[str, float] = MODEL_ORDER,
    describe: Describe = logit_and_evidence,
    glossary_span: OwnWords = lambda requirement, resume: None,
    batch_size: int | None = None,
    stops: Callable[[], int] = lambda: 0,
    dropped: Callable[[], Collection[int]] = tuple,
    rubric: Rubric | None = None,
) -> Iterator[Ranking]:
    """Yield a Ranking after each score (all rows scored so far, in order), then one after each row that got its match points later.

    On the CPU a row gets them with its score, as both are made there anyway. A faster device does not wait for them: there they come after
    the scores, from rank 1 down.

    Resumes are taken as the engine needs them, so they may be produced meanwhile; `expected` returns how many there will be (default: as
    many as were taken). Of a large pile a slow engine scores first whom a guess expects most of (see scoring_order.py). Until all match
    points are there the order is the model's; then rows are sorted by `weights` over the features that `describe` returns. The last Ranking
    has `finished` set.

    Match points are for the criteria of `rubric`; where it was changed, each change moves rows by a stated amount, their `lifts`. The query
    stays as it is, and so do the features. Without a rubric or with an untouched one the requirements are those of the job.

    `stops` is called before each step: 1 ends the scoring after the current batch, and the scored rows get their match points; 2 ends these
    too, and the order is then the model's. `dropped` returns the input positions of resumes that were taken back while others were scored:
    they get no match points, and no other counts as their duplicate. Closing the iterator stops the engine; Rankings yielded before stay
    valid. Raise ScoringError if the engine fails or no resume gets a finite score.
    """
    start = time.perf_counter()
    taken: list[Resume] = []
    if isinstance(resumes, Sequence) and expected is None:
        expected = resumes.__len__

    places: list[int] = []  # of the documents in `taken`, in the order in which the engine gets them

    def arriving() -> Iterator[Resume]:
        for resume in resumes:
            if stops():
                return
            taken.append(resume)
            yield resume

    def documents() -> Iterator[IdAndText]:
        chosen = enumerate(arriving())
        if is_worth_it(engine.info, expected() if expected else 0):
            guess = cheap_guess(query, judge)
            chosen = most_promising_first(arriving(), lambda resume: guess(resume.text))
        for place, resume in chosen:
            if stops():
                return
            places.append(place)
            yield resume.id, resume.text

    def total() -> int:
        return max(expected() if expected else 0, len(taken)) - len(unscored)

    scored: list[Row] = []  # in the order of their coming; grows at its end only, so that what was yielded stays valid

    def rows_so_far() -> Sequence[Row]:
        count = len(scored)
        return LazyTuple(lambda: tuple(_in_model_order(scored[:count])), count)

    requirements = requirements_of(query, engine.info.heeds_instruction)
    changed = changed_rubric(rubric, requirements, engine.info)

    def with_match_points(row: Row) -> Row:
        text = taken[row.input_position - 1].text
        evidence = find_evidence(changed.requirements if changed else requirements, text, judge, glossary_span)
        features = describe(query, text, row.logit, changed.before(evidence) if changed else evidence)
        points, lifts = (changed.points(evidence), changed.lifts(evidence)) if changed else (evidence.points, ())
        notes = (*row.notes, Note("lines_not_looked_at", count=evidence.unread_lines)) if evidence.unread_lines else row.notes
        return replace(row, model_rank=row.rank, match_points=points, features=features, notes=notes, lifts=lifts)

    unscored: tuple[Resume, ...] = ()
    pace = _Pace()
    for score in engine.score(query, documents(), batch_size):
        place = places[score.index]
        resume = taken[place]
        if math.isfinite(score.logit):
            row = _row(score, place, resume, engine)
            scored.append(with_match_points(row) if engine.info.device == "cpu" else row)
        else:
            unscored += (resume,)
        pace.done(len(resume.text), score.known)
        timing = {"score_s": time.perf_counter() - start} | pace.left(total() - len(scored))
        yield Ranking(rows_so_far(), total(), timing=timing, unscored=unscored)
    if unscored and not scored:
        raise ScoringError("not_a_number")

    scored_at, scorable = time.perf_counter(), total() if stops() else len(scored)
    gone = dropped()
    in_model_order = _in_model_order([row for row in scored if row.input_position not in gone])
    explained: list[Row] = []  # the first of these, with match points; grows at its end only, too

    def ranking(rows: Sequence[Row], left: Mapping[str, float], finished: bool = False) -> Ranking:
        timing = {"score_s": scored_at - start, "explain_s": time.perf_counter() - scored_at, **left}
        return Ranking(rows, scorable, finished, timing, unscored)

    def rows_explained_so_far() -> Sequence[Row]:
        count = len(explained)
        return LazyTuple(lambda: (*explained[:count], *in_model_order[count:]), len(in_model_order))

    pace = _Pace()
    for row in in_model_order:
        is_new = row.match_points is None
        explained.append(with_match_points(row) if is_new else replace(row, model_rank=row.rank))
        if is_new:
            pace.done(len(taken[row.input_position - 1].text))
            yield ranking(rows_explained_so_far(), pace.left(len(in_model_order) - len(explained)))
            if stops() > 1:
                break
    rows = [*explained, *in_model_order[len(explained) :]]
    if any(row.match_points is None for row in rows):
        weights = MODEL_ORDER  # features of some only would move these alone, and so would lifts
        rows = [replace(row, lifts=()) for row in rows]
    texts_taken = [resume.text for resume in taken]
    rows = _with_second_scores(_in_order(rows, weights), texts_taken, query, engine, judge, weights)
    rows = _with_duplicates(rows, texts_taken)
    yield ranking(tuple(rows), {}, finished=True)


def _with_second_scores(
    rows: Sequence[Row], texts: Sequence[str], query: Query, engine: Engine, judge: Judge, weights: Mapping[str, float]
) -> list[Row]:
    """Return the rows, with a note where leaving out instructions to the model would change the rank or the probability noticeably.

    The order stays that of the complete text.
    """
    sort_keys = [_sort_key(row, row.features, weights) for row in rows]
    noted = []
    for row in rows:
        second = _score_without(query, row, texts[row.input_position - 1], engine, judge)
        if second is not None and _matters(row, second, sort_keys, weights):
            row = replace(row, notes=(*row.notes, Note("score_without", before=f"{row.logit:.2f}", after=f"{second:.2f}")))
        noted.append(row)
    return noted


def _matters(row: Row, second: float, sort_keys: Sequence[tuple[float, int]], weights: Mapping[str, float]) -> bool:
    """Return whether the logit `second` would move the probability by LEAST_CHANGE or more, or the row to another rank.

    `sort_keys` are those of all rows, in order.
    """
    if row.probability is not None and abs(sigmoid(second) - row.probability) >= LEAST_CHANGE:
        return True
    moved = _sort_key(row, {**row.features, "logit": second}, weights)
    better = bisect_left(sort_keys, moved) - (sort_keys[row.rank - 1] < moved)
    return better + 1 != row.rank


def _score_without(query: Query, row: Row, text: str, engine: Engine, judge: Judge) -> float | None:
    """Return the logit of the resume without its instructions to the model; None if it has none, or nothing else."""
    rest = without_instructions(text, judge.encoder) if any(note.code == "instruction_to_model" for note in row.notes) else ""
    if not rest.strip() or rest == text:
        return None
    return next(
        (score.logit for score in engine.score(query, [part_of(row.id, "without instructions", rest)]) if math.isfinite(score.logit)), None
    )


def _with_duplicates(rows: Sequence[Row], texts: Sequence[str]) -> list[Row]:
    """Return the rows, with a note on each that repeats the text of one ranked above it, giving that one's rank."""
    groups = list(range(len(texts)))
    for place, earlier in enumerate(duplicates(texts)):
        if earlier is not None:
            groups[place] = groups[earlier]
    best: dict[int, int] = {}
    noted = []
    for row in rows:
        first = best.setdefault(groups[row.input_position - 1], row.rank)
        noted.append(row if first == row.rank else replace(row, notes=(*row.notes, Note("duplicate", before=f"#{first}"))))
    return noted


def weighted_score(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return Σ weight · feature, by which rows are sorted; missing features count as 0."""
    return sum(weight * features.get(name, 0.0) for name, weight in weights.items())


def logit_unit(weights: Mapping[str, float]) -> float:
    """Return what one logit counts in the weighted score."""
    return abs(weights.get("logit", 0.0)) or 1.0


def contributions(row: Row, rows: Sequence[Row], weights: Mapping[str, float]) -> dict[str, float]:
    """Return how much each learned feature lifts this row above (negative: below) the mean of `rows`, in units of the logit's coefficient.

    The logit and features without effect are left out. These are the exact reasons why `rank` differs from `model_rank`.
    """
    unit = logit_unit(weights)
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
        """Count one more resume as done; a `known` score took no time."""
        self._all_characters += characters
        self._count += 1
        now = time.perf_counter()
        if not known:
            self._seconds += now - self._start
            self._characters += characters
        self._start = now

    def left(self, count: int) -> dict[str, float]:
        """Return `left_s`, the seconds for `count` more resumes of average length with new scores; {} if no resume has taken time yet."""
        if not self._characters:
            return {}
        return {"left_s": count * self._all_characters / self._count * self._seconds / self._characters}


def _row(score: Score, place: int, resume: Resume, engine: Engine) -> Row:
    return Row(
        rank=0,
        input_position=place + 1,
        id=resume.id,
        name=resume.name,
        logit=score.logit,
        probability=sigmoid(score.logit) if engine.info.score_scale == "probability" else None,
        features={"logit": score.logit},
        match_points=None,
        notes=resume.notes,
        truncated=score.truncated,
        files=resume.files,
    )


def _in_model_order(rows: Sequence[Row]) -> list[Row]:
    """Return the rows by their logits alone, best first, with new ranks; equal ones stay in input order."""
    return _with_new_ranks(sorted(rows, key=lambda row: (-row.logit, row.input_position)))


def _in_order(rows: Sequence[Row], weights: Mapping[str, float]) -> list[Row]:
    """Return the rows by `weights` and lifts, best first, with new ranks; equal ones stay in input order."""
    return _with_new_ranks(sorted(rows, key=lambda row: _sort_key(row, row.features, weights)))


def _with_new_ranks(ordered: Sequence[Row]) -> list[Row]:
    return [row if row.rank == rank else replace(row, rank=rank) for rank, row in enumerate(ordered, start=1)]


def _sort_key(row: Row, features: Mapping[str, float], weights: Mapping[str, float]) -> tuple[float, int]:
    """Return what rows are sorted by, for this row with these features. Lifts are in units of the logit's coefficient."""
    score = weighted_score(features, weights)
    if row.lifts:
        score += logit_unit(weights) * total(row.lifts)
    return -score, row.input_position


def sigmoid(logit: float) -> float:
    """Return 1 / (1 + e^−logit) in double precision, without overflow. Half precision would make everything above 0.9995 equal."""
    if logit >= 0:
        return 1 / (1 + math.exp(-logit))
    return math.exp(logit) / (1 + math.exp(logit))
