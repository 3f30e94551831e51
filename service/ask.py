"""Asking the model about one candidate, requirement by requirement: answers come into the session one by one."""

from collections.abc import Iterator

from reranker.engine import ScoringError
from reranker.evidence.asking import ask, choose_passages
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
        text = session.resumes[number - 1].text
        for answer in ask(split_job(query.job), text, row.match_points, model.engine, model.encoder):
            if session.number != run or number not in session.answers:  # ranked again, or erased meanwhile
                return
            session.answers[number] += (answer,)
            yield
    except ScoringError as error:
        session.message = Message("message.scoring_failed", {"problem": str(error)})
    finally:
        session.asking = 0
    yield


def remembered_texts(session: Session, number: int, model: Model) -> list[str]:
    """The texts of candidate `number` whose scores the model remembers: the resume, and the passages that it was asked about."""
    text, row = session.resumes[number - 1].text, candidate(session.ranking, number)
    if number not in session.answers or not row or not session.query:
        return [text]
    passages = choose_passages(split_job(session.query.job), text, row.match_points or (), model.encoder)
    return [text] + [text[one.start : one.end] for of_requirement in passages for one in of_requirement]
