"""One press of the button: resumes are cleaned and scored as they are read, then explained, with news after every step. Knows no Gradio."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from weakref import WeakKeyDictionary

from feedback.comparison import Comparison, compare_runs
from feedback.learned import Learned, learned, with_company_terms
from feedback.recording import as_run
from feedback.store import Store
from preprocess.document import Document, Rejected, Resume, Unreadable
from preprocess.intake import File
from preprocess.pipeline import Cleaning, prepare, read_resume
from reranker.encoder import Encoder
from reranker.engine import Query, ScoringError, facts
from reranker.instructions import DEFAULT_INSTRUCTION
from reranker.ranking import Ranking, rank_stream
from server.model import FAILED, READY, Model
from settings import Settings
from ui.ask import remembered_texts
from ui.reading import MAX_PASTE_BYTES, read_pasted
from ui.session import EXPLAINING, SCORING, WAITING, Message, Progress, Session, model_failed, store_failed

MAX_INSTRUCTION = 4_000


@dataclass(frozen=True)
class Order:
    """What the person filled in. None of it can be trusted: the page's own limits hold in the browser only."""

    job: str
    pasted: str
    pasted_name: str
    instruction: str
    batch_size: int
    """0: the engine decides."""

    cleaning: Cleaning
    company_terms: bool = False
    """Whether a sentence about the accepted company terms goes into the instruction."""


def run(session: Session, order: Order, model: Model, settings: Settings, store: Store) -> Iterator[None]:
    """Rank; yields after each change to the session. Ends early when the session's `number` moves on: a stop, or a newer run."""
    session.number += 1
    number = session.number
    session.stopped = False
    session.message = _refusal(session, order)
    if session.message:
        session.progress = None
        yield
        return
    session.progress = Progress(SCORING)
    before = session.run_id
    session.ranking, session.resumes, session.run_id, session.labels = None, [], 0, {}
    session.selected, session.beside, session.answers, session.change = 0, 0, {}, None
    session.is_blind = order.cleaning.blind
    yield
    try:
        pasted, unread = read_pasted(order.pasted, order.pasted_name)
        query = _query(session, order, settings)
        if query:
            yield from _wait(session, number, model)
            if session.number == number and not session.message:
                pile = _Pile(session, number, query.job, pasted, unread, order.cleaning, settings, model.encoder)
                yield from _score(session, number, query, pile, model, order, store)
                if before and session.run_id and session.number == number:
                    session.change = _change(before, session.run_id, store)
    except ScoringError as error:
        session.message = Message("message.scoring_failed", {"problem": str(error)})
    finally:
        if session.number == number:
            session.progress = None
    yield


def forget(session: Session, model: Model, gone: Document | None = None) -> None:
    """Let go of what the model remembers of this document of the session, or of the whole session, which has ended or was cleared."""
    if model.state == READY:
        numbers = [number for number, one in enumerate(session.resumes, start=1) if gone is None or one.name == gone.name]
        texts = [text for number in numbers for text in remembered_texts(session, number, model)]
        model.engine.forget(session.query if gone is None else None, texts)


def stop(session: Session) -> None:
    """Let the run in work end after the batch that it is in; what is ranked so far stays."""
    session.number += 1
    session.progress, session.stopped = None, True


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
        job = read_resume(File("JD.txt", order.job.encode("utf-8", errors="replace")), order.cleaning, settings.max_characters)
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
        encoder: Encoder,
    ):
        self._session, self._number, self._job, self._pasted = session, number, job, pasted
        self._cleaning, self._settings, self._encoder = cleaning, settings, encoder
        known = session.cleaned if session.cleaned[0] == (cleaning, job) else ((cleaning, job), WeakKeyDictionary())
        session.cleaned, self._cleaned = known, known[1]  # of this pile: another run of the session may be ending yet
        self._rejected, self._unscored = list(unread), []
        self._report()

    def expected(self) -> int:
        """How many there will be, as far as is known now."""
        reading = self._session.reading
        coming = reading.total - reading.done if reading else 0
        return min(self._settings.max_files, len(self._session.documents) + coming + len(self._pasted))

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
                self._report()
            else:
                self._session.resumes.append(resume)
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
        while self._session.number == self._number:
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
        query = replace(query, instruction=with_company_terms(query.instruction, query.job, known.glossary))
        session.query = query
    options = known.options | {"expected": pile.expected, "batch_size": order.batch_size or None}
    for ranking in rank_stream(query, pile.resumes(), model.engine, model.encoder, **options):
        if session.number != number:
            return
        session.ranking = ranking
        pile.list_unscored(ranking.unscored)
        session.progress = progress_of(ranking, model.engine.requests - 1)
        yield
    if session.number != number:
        return
    session.weights = known.weights
    if session.resumes:
        _keep(session, query, order, store, started)
    else:
        session.ranking, session.message = None, Message("message.nothing_readable")


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


def _keep(session: Session, query: Query, order: Order, store: Store, started: float) -> None:
    """Without this the ranking stands all the same, but labels would have nothing to hang on."""
    assert session.ranking
    settings = {"batch_size": order.batch_size, **asdict(order.cleaning), "company_terms": order.company_terms}
    about = {"at": started, "weights_version": session.weights.version, "settings": settings, "user": session.user}
    kept = as_run(session.ranking, query, session.resumes, session.model, **about)
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
        return Progress(EXPLAINING, explained, ranking.total, left if explained else None)
    return Progress(SCORING, len(ranking.rows), ranking.total, left, max(0, others))
