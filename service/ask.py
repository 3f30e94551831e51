"""Ask the model about one candidate, requirement by requirement, and add its answers to the run's state one by one."""

from collections.abc import Generator

from reranker.engine import ScoringError
from reranker.evidence.asking import ask
from reranker.evidence.emphasis import EMPHASIS
from reranker.evidence.requirements import Requirement
from service.message import Message
from service.model import Model
from service.run_state import RunState, candidate


def ask_model(state: RunState, number: int, model: Model) -> Generator[Message | None]:
    """Ask about candidate `number` (`input_position`) of the ranking; yield after each answer, with a message if scoring failed.

    End early if another run begins or the candidate is erased. Do nothing if there are no match points yet.
    """
    row, run = candidate(state.ranking, number), state.number
    if not row or not row.match_points:
        return
    state.asking, state.answers[number] = number, ()
    yield
    try:
        resume = state.resumes[number - 1]
        points = [point for point in row.match_points if point.kind != EMPHASIS]
        requirements = [Requirement(point.requirement, point.kind, ()) for point in points]
        for answer in ask(requirements, resume, points, model.engine, model.encoder):
            if state.number != run or number not in state.answers:  # ranked again, or erased meanwhile
                return
            state.answers[number] += (answer,)
            yield
    except ScoringError as error:
        yield Message("message.scoring_failed", {"problem": error.notice})
    finally:
        state.asking = 0
    yield
