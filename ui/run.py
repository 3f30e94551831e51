"""One press of the button: the session's resumes are cleaned, scored and explained, with news after every step. Knows no Gradio."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from preprocess.document import Document, Rejected, Resume, Unreadable
from preprocess.intake import File
from preprocess.pipeline import Cleaning, prepare, read_resume
from reranker.engine import Query, ScoringError, facts
from reranker.instructions import DEFAULT_INSTRUCTION
from reranker.ranking import Ranking, rank_stream
from server.model import FAILED, READY, Model
from settings import Settings
from ui.reading import MAX_PASTE_BYTES, read_pasted
from ui.session import CLEANING, EXPLAINING, SCORING, WAITING, Message, Progress, Session

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


def run(session: Session, order: Order, model: Model, settings: Settings) -> Iterator[None]:
    """Rank; yields after each change to the session. Ends early when the session's `number` moves on: a stop, or a newer run."""
    session.number += 1
    number = session.number
    session.message, session.stopped = None, False
    while session.reading and session.number == number:  # the button was pressed before all files were read
        session.progress = session.reading
        yield
        time.sleep(0.1)
    if session.number != number:
        return
    session.message = _refusal(session, order)
    if session.message:
        session.progress = None
        yield
        return
    session.progress = Progress(CLEANING)
    session.ranking, session.resumes, session.rejected = None, [], list(session.unread)
    yield
    started = time.perf_counter()
    try:
        documents, unread = read_pasted(order.pasted, order.pasted_name)
        documents, session.rejected = session.documents + documents, session.rejected + unread
        over = documents[settings.max_files :]
        session.rejected += [Rejected(document.name, "too_many", str(settings.max_files)) for document in over]
        query = _query(session, order, settings)
        if query:
            yield from _clean(session, number, documents[: settings.max_files], order.cleaning, settings)
            session.read_s = time.perf_counter() - started
            if not session.resumes and session.number == number:
                session.message = Message("message.nothing_readable")
            else:
                yield from _wait(session, number, model)
                if session.number == number and not session.message:
                    yield from _score(session, number, query, model, order.batch_size)
    except ScoringError as error:
        session.message = Message("message.scoring_failed", {"problem": str(error)})
    finally:
        if session.number == number:
            session.progress = None
    yield


def forget(session: Session, model: Model, gone: Document | None = None) -> None:
    """Let go of what the model remembers of this document of the session, or of the whole session, which has ended or was cleared."""
    if model.state == READY:
        texts = [resume.text for resume in session.resumes if gone is None or resume.name == gone.name]
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
    if not session.documents and not order.pasted.strip():
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


def _clean(session: Session, number: int, documents: list[Document], cleaning: Cleaning, settings: Settings) -> Iterator[None]:
    for done, document in enumerate(documents):
        if session.number != number:
            return
        session.progress = Progress(CLEANING, done, len(documents))
        yield
        try:
            session.resumes.append(prepare(document, cleaning, settings.max_characters))
        except Unreadable as error:
            session.rejected.append(Rejected(document.name, error.reason, error.detail))


def _wait(session: Session, number: int, model: Model) -> Iterator[None]:
    """Until the model is loaded; if it cannot be, the session says so."""
    while not model.wait(0.3):
        if session.number != number:
            return
        session.progress = Progress(WAITING, 0, len(session.resumes))
        yield
    if model.state == FAILED:
        session.message = Message("message.model_failed", {"problem": model.problem})


def _score(session: Session, number: int, query: Query, model: Model, batch_size: int) -> Iterator[None]:
    resumes: list[Resume] = session.resumes
    session.model = facts(model.engine)
    session.progress = Progress(SCORING, 0, len(resumes), others=model.engine.requests)
    yield
    started = time.perf_counter()
    for ranking in rank_stream(query, resumes, model.engine, model.encoder, batch_size=batch_size or None):
        if session.number != number:
            return
        session.ranking = ranking
        session.progress = progress_of(ranking, time.perf_counter() - started, model.engine.requests - 1)
        yield


def progress_of(ranking: Ranking, elapsed: float, others: int = 0) -> Progress:
    """How far a run is, beside so many others; the time left assumes that the rest goes at the pace so far."""
    scored, total = len(ranking.rows), ranking.total
    if scored < total:
        return Progress(SCORING, scored, total, elapsed / scored * (total - scored), max(0, others))
    explained = sum(row.match_points is not None for row in ranking.rows)
    left = ranking.timing["explain_s"] / explained * (total - explained) if explained else None
    return Progress(EXPLAINING, explained, total, left)
