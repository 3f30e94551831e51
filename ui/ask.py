"""Asking the model about one candidate, requirement by requirement: answers come into the session one by one."""

from collections.abc import Iterator

from reranker.engine import ScoringError
from reranker.evidence.asking import ask
from reranker.evidence.requirements import split_job
from service.model import Model
from ui.session import Message, Session, candidate


def ask_model(session: Session, number: int, model: Model) -> Iterator[None]:
    """Ask about candidate `number` of the session's ranking; ends early when another run begins. Yields after each answer."""
    row, query, run = candidate(session.ranking, number), session.query, session.number
    if not row or not query or not row.match_points:
        return
    session.asking, session.answers[number] = number, ()
    yield
    try:
        resume = session.resumes[number - 1]
        for answer in ask(split_job(query.job), resume, row.match_points, model.engine, model.encoder):
            if session.number != run or number not in session.answers:  # ranked again, or erased meanwhile
                return
            session.answers[number] += (answer,)
            yield
    except ScoringError as error:
        session.message = Message("message.scoring_failed", {"problem": error.notice})
    finally:
        session.asking = 0
    yield
