"""One press of the button: resumes are cleaned and scored as they are read, then explained, with news after every step. Knows no Gradio."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from weakref import WeakKeyDictionary

from feedback.comparison.compare import Comparison, compare_runs
from feedback.learning.learned import Learned, learned, with_company_terms
from feedback.store.recording import as_run
from feedback.store.store import Store
from preprocess.document import Document, Rejected, Resume, Unreadable
from preprocess.intake import PastedText
from preprocess.pipeline import Cleaning, prepare, read_resume
from reranker.encoder.encoder import Encoder
from reranker.engine import Query, Score, ScoringError, facts
from reranker.instructions import DEFAULT_INSTRUCTION
from reranker.ranking import Ranking, rank_stream
from reranker.renumbering import renumbered
from service.ask import remembered_texts
from service.model import FAILED, READY, Model
from service.pile import MAX_PASTE_BYTES, read_pasted
from settings import Settings
from ui.keeping import scores_key
from ui.session import ERASING, EXPLAINING, SCORING, WAITING, Message, Order, Progress, Session, model_failed, store_failed

MAX_INSTRUCTION = 4_000


def run(session: Session, order: Order, model: Model, settings: Settings, store: Store) -> Iterator[None]:
    """Rank; yields after each change to the session. Ends early when the session's `number` moves on: something else took its place."""
    session.number += 1
    number, started = session.number, time.time()
    session.stopped, session.stops = False, 0
    session.message = _refusal(session, order)
    if session.message:
        session.progress = session.order = session.known_scores = None
        yield
        return
    if session.known_scores:
        session.message = Message("message.run_resumed", {"count": len(session.known_scores.scores)}, kind="info")
    session.order, session.progress = order, Progress(SCORING)
    before = session.run_id
    session.ranking, session.resumes, session.run_id, session.labels = None, [], 0, {}
    session.selected, session.beside, session.answers, session.change = 0, 0, {}, None
    session.is_blind = order.cleaning.blind
    yield
    try:
        order = replace(order, instruction=store.without_erased_names(order.instruction, started))
        pasted, unread = read_pasted(order.pasted, order.pasted_name, settings.max_characters)
        query = _query(session, order, settings)
        if query:
            yield from _wait(session, number, model)
            if session.number == number and model.state == READY:
                pile = _Pile(session, number, query.job, pasted, unread, order.cleaning, settings, store, started, model.encoder)
                yield from _score(session, number, query, pile, model, order, store)
                if before and session.run_id and session.number == number:
                    session.change = _change(before, session.run_id, store)
    except ScoringError as error:
        session.message = Message("message.scoring_failed", {"problem": str(error)})
    finally:
        if session.number == number:
            session.progress = session.order = session.known_scores = None
    yield


def forget(session: Session, model: Model, gone: Document | None = None) -> None:
    """Let go of what the model remembers of this document of the session, or of the whole session, which has ended or was cleared."""
    if gone is None:
        session.cancel_reading()
    if model.state == READY:
        numbers = [number for number, one in enumerate(session.resumes, start=1) if gone is None or one.name == gone.name]
        texts = [text for number in numbers for text in remembered_texts(session, number, model)]
        model.engine.forget(session.query if gone is None else None, texts)


def _refusal(session: Session, order: Order) -> Message | None:
    """What is missing before anything can start."""
    if not order.job.strip():
        return Message("message.no_job")
    if len(order.job.encode("utf-8", errors="replace")) > MAX_PASTE_BYTES:
        return Message("message.job_too_long", {"megabytes": MAX_PASTE_BYTES // 1_000_000})
    if len(order.instruction) > MAX_INSTRUCTION:
        return Message("message.instruction_too_long", {"characters": f"{MAX_INSTRUCTION:,}"})
    if not session.documents and not session.reading and not order.pasted.strip():
        return Message("message.nothing_readable" if session.unread else "message.no_resumes")
    return None


def _query(session: Session, order: Order, settings: Settings) -> Query | None:
    """The question to ask, or None with a message in the session. The job description goes the way of the resumes."""
    try:
        job = read_resume(PastedText("JD.txt", order.job), order.cleaning, settings.max_characters)
    except Unreadable as error:
        session.message = Message("message.job_unreadable", {"name": "JD"}, Rejected("JD", error.reason, error.detail))
        return None
    session.query = Query(job.text, order.instruction.strip() or DEFAULT_INSTRUCTION)
    return session.query


class _Pile:
    """The resumes of a run, cleaned one by one as they are asked for: the uploaded ones, also those still being read, then the pasted."""

    def __init__(
        self,
        session: Session,
        number: int,
        job: str,
        pasted: Sequence[Document],
        unread: Sequence[Rejected],
        cleaning: Cleaning,
        settings: Settings,
        store: Store,
        started: float,
        encoder: Encoder,
    ):
        self.ranked = session.resumes
        """Those handed on, in order; an empty one in the place of whoever was erased since."""
        self._store, self._started = store, started
        self._session, self._number, self._job, self._pasted = session, number, job, pasted
        self._cleaning, self._settings, self._encoder = cleaning, settings, encoder
        known = session.cleaned if session.cleaned[0] == (cleaning, job) else ((cleaning, job), WeakKeyDictionary())
        session.cleaned, self._cleaned = known, known[1]  # of this pile: another run of the session may be ending yet
        self._rejected, self._unscored, self._unusable = list(unread), [], 0
        self._report()

    def expected(self) -> int:
        """How many there will be, as far as is known now."""
        reading = self._session.reading
        coming = reading.total - reading.done if reading else 0
        return min(self._settings.max_files, len(self._session.documents) + coming + len(self._pasted)) - self._unusable

    def list_unscored(self, resumes: Sequence[Resume]) -> None:
        """Name the resumes for which the model gave no number among those that could not be used."""
        if len(resumes) != len(self._unscored):
            self._unscored = [Rejected(one.name, "no_score") for one in resumes]
            self._report()

    def resumes(self) -> Iterator[Resume]:
        """The session gets each of them too, and what could not be used with the reason."""
        for count, document in enumerate(self._documents()):
            try:
                if count >= self._settings.max_files:
                    raise Unreadable("too_many", str(self._settings.max_files))
                resume = self._prepared(document)
            except Unreadable as error:
                self._rejected.append(Rejected(document.name, error.reason, error.detail))
                self._unusable += count < self._settings.max_files
                self._report()
            else:
                self.ranked.append(resume)  # before asking: whoever is erased from now on is taken out of this list
                if self._store.was_erased(resume.id, resume.person, self._started):
                    self.ranked.pop()
                    continue
                yield resume
        self._report()

    def _prepared(self, document: Document) -> Resume:
        """Cleaned once: with another instruction, or one more in the pile, the others are as they were."""
        resume = self._cleaned.get(document)
        if resume is None:
            resume = prepare(document, self._cleaning, self._settings.max_characters, self._job, self._encoder)
            self._cleaned[document] = resume
        return resume

    def _report(self) -> None:
        self._session.rejected = self._session.unread + self._rejected + self._unscored

    def _documents(self) -> Iterator[Document]:
        taken: list[Document] = []
        while self._session.number == self._number and not self._session.stops:
            is_reading = self._session.reading is not None  # asked first: what comes before it ends is seen below
            new = [one for one in self._session.documents if not any(one is other for other in taken)]
            taken += new
            yield from new
            if not is_reading:
                yield from self._pasted
                return
            time.sleep(0 if new else 0.05)


def _wait(session: Session, number: int, model: Model) -> Iterator[None]:
    """Until the model is loaded; if it cannot be, the session says so."""
    while not model.wait(0.3):
        if session.number != number:
            return
        session.progress = Progress(WAITING, 0, len(session.resumes))
        yield
    if model.state == FAILED:
        session.message = model_failed(model)


def _score(session: Session, number: int, query: Query, pile: _Pile, model: Model, order: Order, store: Store) -> Iterator[None]:
    session.model = facts(model.engine)
    session.progress = Progress(SCORING, 0, pile.expected(), others=model.engine.requests)
    started = time.time()
    yield
    known = _learned(session, store, model)
    if order.company_terms:
        query = session.query or query  # in which a name may have been erased since
        query = replace(query, instruction=with_company_terms(query.instruction, query.job, known.glossary))
        session.query = query
    options = known.options | {"expected": pile.expected, "batch_size": order.batch_size or None, "stops": lambda: session.stops}
    for ranking in rank_stream(query, _remembered(session, query, pile, model), model.engine, model.encoder, **options):
        if session.number != number:
            return
        with ERASING:
            session.ranking = ranking = _without_erased(ranking, pile.ranked)
        pile.list_unscored(ranking.unscored)
        session.progress = progress_of(ranking, model.engine.requests - 1)
        yield
    if session.number != number:
        return
    session.weights, session.stopped = known.weights, session.stops > 0
    if session.message and session.message.key == "message.run_resumed":
        session.message = Message("message.run_resumed_done", kind="info")
    if session.ranking and session.ranking.rows:
        _keep(session, order, store, started)
    elif not session.stopped:
        session.ranking = None
        if not pile.ranked:
            session.message = Message("message.nothing_readable")


def _remembered(session: Session, query: Query, pile: _Pile, model: Model) -> Iterator[Resume]:
    """The pile; what a restart cut off had scored already, the engine is told before it is asked."""
    known = session.known_scores
    scores = known.scores if known and known.key == scores_key(query, session.model) else {}
    for resume in pile.resumes():
        if score := scores.get(resume.id):
            model.engine.remember(query, resume.text, Score(0, score.logit, tokens=0, truncated=score.truncated))
        yield resume


def _learned(session: Session, store: Store, model: Model) -> Learned:
    """What feedback brings to this ranking; where it cannot be had the ranking is the model's own, and the session says so."""
    try:
        known = learned(store, model.engine.fingerprint)
    except sqlite3.Error as error:
        session.message = Message("message.not_learned", {"problem": type(error).__name__}, kind="warning")
        return Learned()
    if known.unreadable:
        session.message = Message("message.weights_unreadable", {"version": known.unreadable}, kind="warning")
    return known


def _without_erased(ranking: Ranking, resumes: Sequence[Resume]) -> Ranking:
    """Without those who were erased while the run was in work: an empty resume is in the place of each."""
    gone = sum(not resume.id for resume in resumes)
    if not gone:
        return ranking
    rows = renumbered([row for row in ranking.rows if resumes[row.previous_rank - 1].id])
    ids = {resume.id for resume in resumes}
    return replace(ranking, rows=rows, total=ranking.total - gone, unscored=tuple(one for one in ranking.unscored if one.id in ids))


def _keep(session: Session, order: Order, store: Store, started: float) -> None:
    """Without this the ranking stands all the same, but labels would have nothing to hang on."""
    assert session.ranking and session.query
    unranked = session.ranking.total - len(session.ranking.rows)
    settings = {"batch_size": order.batch_size, **asdict(order.cleaning), "company_terms": order.company_terms, "unranked": unranked}
    about = {"at": started, "weights_version": session.weights.version, "settings": settings, "user": session.user}
    kept = as_run(session.ranking, session.query, session.resumes, session.model, **about)
    try:
        session.run_id = store.add_run(kept)
        session.labels = store.labels_of_run(session.run_id)
    except sqlite3.Error as error:
        session.message = store_failed(error, "message.not_kept", "warning")


def _change(before: int, after: int, store: Store) -> Comparison | None:
    """Against the run that this session showed before; None when that is gone."""
    try:
        return compare_runs(store, before, after)
    except (LookupError, sqlite3.Error):
        return None


def progress_of(ranking: Ranking, others: int = 0) -> Progress:
    """How far a run is, beside so many others."""
    left = ranking.timing.get("left_s")
    explained = sum(row.match_points is not None for row in ranking.rows)
    if explained or len(ranking.rows) == ranking.total:
        return Progress(EXPLAINING, explained, len(ranking.rows), left if explained else None)
    return Progress(SCORING, len(ranking.rows), ranking.total, left, max(0, others))
