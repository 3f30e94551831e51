"""Run one ranking: clean and score resumes while they are read, then explain and store it, with news after every step."""

import sqlite3
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, replace

from feedback.comparison.compare import Comparison, compare_runs
from feedback.learning.job_vectors import keep_job_vector
from feedback.learning.learned import Learned, for_job, learned, with_company_terms
from feedback.store.database import storable
from feedback.store.kept_files import kept_of_run
from feedback.store.page_sessions import KeptScore
from feedback.store.recording import as_run, explained_from_json
from feedback.store.saved.rubrics import save_rubric
from feedback.store.store import Store
from preprocess.document import Document, Rejected, Resume, Unreadable
from preprocess.pasted import has_separators
from preprocess.roster import Listed, RosterRow
from reranker.encoder.encoder import Encoder
from reranker.engine import EngineInfo, Query, Score, ScoringError
from reranker.instructions import DEFAULT_INSTRUCTION, emphasis
from reranker.lazy_tuple import LazyTuple
from reranker.ranking import rank_stream
from reranker.renumbering import renumbered
from reranker.rows import Explained, Ranking
from service.conditions import conditions_of
from service.desk.colleagues import bring_along, refresh
from service.job import prepare_job
from service.message import Message, model_failed, store_failed
from service.model import FAILED, READY, Model
from service.pile import MAX_PASTE_BYTES, Pile, read_pasted
from service.prepared_pile import PreparedPile
from service.progress import SCORING, WAITING, Progress, progress_of
from service.roster.marks import take_marks
from service.run_state import ERASING, Order, RunState, scores_key
from settings import Settings

MAX_INSTRUCTION = 4_000

News = Generator[Message | None]
"""After each change of the state, what a person must be told beside it, if anything."""


def run(state: RunState, pile: Pile, order: Order, model: Model, settings: Settings, store: Store | None, user: str = "") -> News:
    """Rank the pile into `state`, yielding after each change, with a message if there is one. End early if `state.number` changes.

    Without a store, nothing is learned from feedback or stored. If something is missing or too long, only yield the refusal.
    """
    if refusal := _refusal(order, pile):  # the list on the screen stays as it is
        if not state.busy:
            state.order = state.known_scores = None
        yield refusal
        return
    state.number += 1
    number, started = state.number, time.time()
    state.stopped, state.stops = False, 0
    state.order, state.progress = order, Progress(SCORING)
    before = state.run_id
    state.ranking, state.resumes, state.run_id = None, [], 0
    state.labels, state.statuses, state.notes, state.kept_files, state.listed, state.marks = {}, {}, {}, {}, {}, None
    state.dropped, state.answers, state.change, state.conditions = frozenset(), {}, None, None
    state.rubric, state.rubric_version = order.rubric, 0
    state.is_blind = state.was_blind = order.cleaning.blind
    yield
    try:
        if store:
            order = replace(order, instruction=store.without_erased_names(order.instruction, started))
        pasted, unread = read_pasted(order.pasted, order.pasted_name, settings.max_characters)
        if len(pasted) > 1 and not has_separators(order.pasted):
            yield Message("message.pasted_split", {"count": len(pasted)}, kind="info")
        unusable = _ask_about(state, order, pile, settings)
        if unusable:
            yield unusable
        else:
            yield from _wait(state, number, model)
            if state.number == number and model.state == READY:
                assert state.query
                prepared = PreparedPile(
                    state, number, pile, state.query.job, pasted, unread, order.cleaning, settings, store, started, model.encoder
                )
                yield from _score(state, number, state.query, prepared, model, order, store, user)
                if store and before and state.run_id and state.number == number:
                    if message := bring_along(state, before, store, user):
                        yield message
                    state.change = _change(before, state.run_id, store)
    except ScoringError as error:
        yield Message("message.scoring_failed", {"problem": error.notice})
    finally:
        if state.number == number:
            state.progress = state.order = state.known_scores = None
    yield


def forget(state: RunState, model: Model, gone: Document | None = None) -> None:
    """Drop what the engine remembers of document `gone` of the run, or of the whole run if None."""
    if model.state == READY:
        ids = [resume.id for resume in state.resumes if gone is None or resume.name == gone.name]
        model.engine.forget(state.query if gone is None else None, ids)


def _refusal(order: Order, pile: Pile) -> Message | None:
    """Return what is missing or too long, None if the run can start."""
    if not order.job.strip():
        return Message("message.no_job")
    is_typed = order.job_file is None or order.job_file.text != order.job
    if is_typed and len(order.job.encode("utf-8", errors="replace")) > MAX_PASTE_BYTES:
        return Message("message.job_too_long", {"megabytes": MAX_PASTE_BYTES // 1_000_000})
    if len(order.instruction) > MAX_INSTRUCTION:
        return Message("message.instruction_too_long", {"characters": f"{MAX_INSTRUCTION:,}"})
    if not pile.documents and not pile.reading and not order.pasted.strip():
        return Message("message.nothing_readable" if pile.unread else "message.no_resumes")
    return None


def _ask_about(state: RunState, order: Order, pile: Pile, settings: Settings) -> Message | None:
    """Clean the job description and put the query into the state; return a message if it cannot be used."""
    try:
        job, notes = prepare_job(order.job, order.job_file, settings.max_characters)
    except Unreadable as error:
        return Message("message.job_unreadable", {"name": "JD"}, Rejected("JD", error.reason, error.detail))
    state.query, state.job_notes = Query(job, order.instruction.strip() or DEFAULT_INSTRUCTION), notes
    return None


def _wait(state: RunState, number: int, model: Model) -> News:
    """Wait until the model is loaded, yielding the progress; yield a message if it failed."""
    while not model.wait(0.3):
        if state.number != number:
            return
        state.progress = Progress(WAITING, 0, len(state.resumes))
        yield
    if model.state == FAILED:
        yield model_failed(model)


def _score(
    state: RunState, number: int, query: Query, pile: PreparedPile, model: Model, order: Order, store: Store | None, user: str
) -> News:
    state.model = model.engine.info
    if model.engine.info.device == "cpu":
        order = replace(order, batch_size=0)  # not offered there: others would wait for a batch, and it is scored one by one
    if message := _without_effect(query.instruction, model.engine.info):
        yield message
    state.progress = Progress(SCORING, 0, pile.expected(), others=model.engine.requests)
    started = time.time()
    yield
    known, problem = learned_or_warning(store, model.engine.info.fingerprint, query.job, model.encoder)
    if problem:
        yield problem
    if order.company_terms:
        query = state.query or query  # in which a name may have been erased since
        query = replace(query, instruction=with_company_terms(query.instruction, query.job, known.glossary))
        state.query = query
    options = known.options | {"expected": pile.expected, "batch_size": order.batch_size or None}
    options |= {"stops": lambda: state.stops if state.number == number else 2}  # another run takes its place: it ends at once
    known_scores = _known_scores(state, query, model)
    options |= {"dropped": lambda: state.dropped, "rubric": order.rubric}
    options |= {"explained_before": lambda resume: _explained(resume, known_scores)}
    for ranking in rank_stream(query, _remembered(known_scores, query, pile, model), model.engine, model.judge, **options):
        if state.number != number:
            return
        with ERASING:
            state.ranking = _without_erased(ranking, state.dropped, pile.ranked)
        pile.list_unscored(state.ranking.unscored)
        progress, total = progress_of(ranking, model.engine.requests - 1), state.ranking.total
        state.progress = replace(progress, done=min(progress.done, total), total=total)
        yield
    if state.number != number:
        return
    state.weights, state.stopped = known.weights, state.stops > 0
    state.conditions = conditions_of(order, pile.documents())
    if state.ranking and state.ranking.rows:
        rows = pile.listed_rows()
        state.listed = {resume_id: Listed(row.id, row.name) for resume_id, row in rows.items() if row.id or row.name}
        if store and order.is_kept:
            yield from _keep(state, order, store, model.encoder, started, user, rows if pile.takes_marks else {})
    elif not state.stopped:
        state.ranking = None
        if not pile.ranked:
            yield Message("message.nothing_readable")


def _without_effect(instruction: str, engine: EngineInfo) -> Message | None:
    """Return what to say where the engine does not heed this instruction."""
    if engine.heeds_instruction:
        return None
    if engine.is_fallback:
        return Message("message.instruction_ignored", kind="info") if emphasis(instruction) is None else None
    return Message("message.instruction_fixed", kind="info") if instruction != DEFAULT_INSTRUCTION else None


def _known_scores(state: RunState, query: Query, model: Model) -> Mapping[str, KeptScore]:
    """Return the scores, by resume id, of a run of this query that a restart cut off."""
    known = state.known_scores
    return known.scores if known and known.key == scores_key(query, model.engine.info) else {}


def _explained(resume: Resume, known: Mapping[str, KeptScore]) -> Explained | None:
    score = known.get(resume.id)
    return explained_from_json(score.explained, resume.text) if score and score.explained else None


def _remembered(scores: Mapping[str, KeptScore], query: Query, pile: PreparedPile, model: Model) -> Iterator[Resume]:
    """Yield the resumes of the pile; before each, give the engine the score that is known of it."""
    for resume in pile.resumes():
        if score := scores.get(resume.id):
            model.engine.remember(query, resume.id, Score(0, score.logit, tokens=0, truncated=score.truncated))
        yield resume


def learned_or_warning(store: Store | None, fingerprint: str, job: str, encoder: Encoder) -> tuple[Learned, Message | None]:
    """Return what feedback adds to the ranking for this job; if it cannot be read, the model's own order and a warning."""
    if store is None:
        return Learned(), None
    try:
        known = for_job(store, learned(store, fingerprint), job, encoder)
    except sqlite3.Error as error:
        return Learned(), Message("message.not_learned", {"problem": type(error).__name__}, kind="warning")
    if known.unreadable:
        return known, Message("message.weights_unreadable", {"version": known.unreadable}, kind="warning")
    if known.outdated:
        return known, Message("message.weights_outdated", {"version": known.outdated}, kind="warning")
    strength = known.weights.strength
    if strength and strength.similar_jobs is None:
        return known, Message("message.weights_of_unknown_jobs", {"version": known.weights.version}, kind="warning")
    return known, None


def _without_erased(ranking: Ranking, dropped: frozenset[int], resumes: Sequence[Resume]) -> Ranking:
    """Return the ranking without the resumes that were erased during the run; `dropped` are their numbers."""
    if not dropped:
        return ranking
    rows = LazyTuple(lambda: renumbered([row for row in ranking.rows if row.input_position not in dropped]))
    unscored = ranking.unscored
    if unscored:
        ids = {resume.id for resume in resumes}
        unscored = tuple(resume for resume in unscored if resume.id in ids)
    return replace(ranking, rows=tuple(rows) if ranking.finished else rows, total=ranking.total - len(dropped), unscored=unscored)


def _keep(state: RunState, order: Order, store: Store, encoder: Encoder, started: float, user: str, rows: Mapping[str, RosterRow]) -> News:
    """Store the run, so that it can be labelled, and what lists of candidates say in `rows`, by resume id.

    If the store fails, the ranking is still shown; yield a warning.
    """
    assert state.ranking and state.query and state.model
    unranked = state.ranking.total - len(state.ranking.rows)
    settings = {"batch_size": order.batch_size, **asdict(order.cleaning), "company_terms": order.company_terms, "unranked": unranked}
    if strength := state.weights.strength:
        settings["learned"] = {"strength": strength.value, "similar_jobs": strength.similar_jobs}
    settings["unread"] = [[storable(file.name), file.reason, file.detail] for file in state.rejected]
    about = {"at": started, "weights_version": state.weights.version, "user": user}
    try:
        if order.rubric:
            state.rubric_version = settings["rubric"] = save_rubric(store, state.query.job, order.rubric, user)
        kept = as_run(state.ranking, state.query, state.resumes, state.model, settings=settings, listed=state.listed, **about)
        state.run_id = store.add_run(kept)
        keep_job_vector(store, state.query.job, encoder)
        refresh(state, store)
        take_marks(state, store, user, rows)
        state.kept_files = kept_of_run(store, state.run_id)
    except sqlite3.Error as error:
        yield store_failed(error, "message.not_kept", "warning")


def _change(before: int, after: int, store: Store) -> Comparison | None:
    """Return the difference to the run that was shown before; None if that one no longer exists."""
    try:
        return compare_runs(store, before, after)
    except (LookupError, sqlite3.Error):
        return None
