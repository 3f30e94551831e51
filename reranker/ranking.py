"""Rank resumes by features × weights; the package's entry point. Streams a Ranking after every score, with match points."""

import math
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from preprocess.document import Note, Resume
from preprocess.screening.duplicates import duplicates
from reranker.cheap_guess import cheap_guess
from reranker.engine import Engine, IdAndText, Query, Score, ScoringError
from reranker.evidence.emphasis import requirements_of
from reranker.evidence.match_points import Evidence, OwnWords, find_evidence
from reranker.judge.judge import Judge
from reranker.judge.stopping import Stopped, ending_when
from reranker.lazy_tuple import LazyTuple
from reranker.own_spelling import in_own_spelling
from reranker.pace import Pace
from reranker.rows import MODEL_ORDER, Explained, Ranking, Row, by_logit, in_order, sigmoid
from reranker.rubric.criteria import Rubric
from reranker.rubric.lifts import changed_rubric
from reranker.scoring_order import is_worth_it, most_promising_first
from reranker.second_scores import with_second_scores

NOTE_CODES = frozenset({"duplicate", "score_without", "lines_not_looked_at"})
"""Codes of notes that a ranking adds to those of the resume."""

Describe = Callable[[Query, str, float, Evidence], Mapping[str, float]]
"""(query, resume, logit, evidence) → the features that weights may have coefficients for, "logit" among them."""


def logit_and_evidence(query: Query, resume: str, logit: float, evidence: Evidence) -> Mapping[str, float]:
    """Return the default features: the logit and those of the evidence."""
    return {"logit": logit, **evidence.features}


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
    explained_before: Callable[[Resume], Explained | None] = lambda resume: None,
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

    `explained_before` returns what a run that was cut off had found in a resume for the same query; it is not looked for again.

    `stops` is called before each step, and while the judge reads a resume: 1 ends the scoring after the current batch, or in the midst of a
    resume that the judge reads, and the scored rows get their match points; 2 ends these too, and the order is then the model's. `dropped`
    returns the input positions of resumes that were taken back while others were scored: they get no match points, and no other counts as
    their duplicate. Closing the iterator stops the engine; Rankings yielded before stay valid. Raise ScoringError if the engine fails or no
    resume gets a finite score.
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
        for position, resume in chosen:
            if stops():
                return
            places.append(position)
            yield resume.id, resume.text

    def total() -> int:
        return max(expected() if expected else 0, len(taken)) - len(unscored)

    scored: list[Row] = []  # in the order of their coming; grows at its end only, so that what was yielded stays valid

    def rows_so_far() -> Sequence[Row]:
        count = len(scored)
        return LazyTuple(lambda: tuple(by_logit(scored[:count])), count)

    requirements = requirements_of(query, engine.info.heeds_instruction)
    changed = changed_rubric(rubric, requirements, engine.info)

    def with_match_points(row: Row) -> Row:
        """Return the row with them, or as it is if the second stop came meanwhile."""
        resume, lifts = taken[row.input_position - 1], ()
        explained = None if changed else explained_before(resume)
        if explained is None or [point.requirement for point in explained.points] != [asked.text for asked in requirements]:
            try:
                with ending_when(lambda: stops() > 1):
                    evidence = find_evidence(changed.requirements if changed else requirements, resume.text, judge, glossary_span)
            except Stopped:
                return row
            features = describe(query, resume.text, row.logit, changed.before(evidence) if changed else evidence)
            points, lifts = (changed.points(evidence), changed.lifts(evidence)) if changed else (evidence.points, ())
            explained = Explained(points, features, evidence.unread_lines)
        points, unread = in_own_spelling(explained.points, resume.text, resume.notes), explained.unread_lines
        notes = (*row.notes, Note("lines_not_looked_at", count=unread)) if unread else row.notes
        return replace(row, model_rank=row.rank, match_points=points, features=explained.features, notes=notes, lifts=lifts)

    unscored: tuple[Resume, ...] = ()
    pace = Pace()
    for score in _until_stopped(engine.score(query, documents(), batch_size), lambda: stops() > 0):
        position = places[score.index]
        resume = taken[position]
        if math.isfinite(score.logit):
            row = _row(score, position, resume, engine)
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
    in_model_order = by_logit([row for row in scored if row.input_position not in gone])
    explained: list[Row] = []  # the first of these, with match points; grows at its end only, too

    def ranking(rows: Sequence[Row], left: Mapping[str, float], finished: bool = False) -> Ranking:
        timing = {"score_s": scored_at - start, "explain_s": time.perf_counter() - scored_at, **left}
        return Ranking(rows, scorable, finished, timing, unscored)

    def rows_explained_so_far() -> Sequence[Row]:
        count = len(explained)
        return LazyTuple(lambda: (*explained[:count], *in_model_order[count:]), len(in_model_order))

    pace = Pace()
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
    rows = in_order(rows, weights)
    with suppress(Stopped), ending_when(lambda: stops() > 1):
        rows = with_second_scores(rows, texts_taken, query, engine, judge, weights)
    rows = _with_duplicates(rows, texts_taken)
    yield ranking(tuple(rows), {}, finished=True)


def _until_stopped(scores: Iterator[Score], is_stopped: Callable[[], bool]) -> Iterator[Score]:
    """Yield the scores; end where `is_stopped` returns True while the judge reads a resume."""
    while True:
        try:
            with ending_when(is_stopped):
                score = next(scores, None)
        except Stopped:
            return
        if score is None:
            return
        yield score


def _with_duplicates(rows: Sequence[Row], texts: Sequence[str]) -> list[Row]:
    """Return the rows, with a note on each that repeats the text of one ranked above it, giving that one's rank."""
    groups = list(range(len(texts)))
    for position, earlier in enumerate(duplicates(texts)):
        if earlier is not None:
            groups[position] = groups[earlier]
    best: dict[int, int] = {}
    noted = []
    for row in rows:
        first = best.setdefault(groups[row.input_position - 1], row.rank)
        noted.append(row if first == row.rank else replace(row, notes=(*row.notes, Note("duplicate", before=f"#{first}"))))
    return noted


def _row(score: Score, position: int, resume: Resume, engine: Engine) -> Row:
    return Row(
        rank=0,
        input_position=position + 1,
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
