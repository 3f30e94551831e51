"""Choose which resume a slow engine scores next: of those that have come, the one that the judge expects most of."""

from collections.abc import Callable, Iterable, Iterator
from heapq import heappop, heappush

from preprocess.document import Resume
from reranker.engine import EngineInfo, Query
from reranker.evidence.requirements import split_job
from reranker.judge.combine import combined
from reranker.judge.judge import Judge

AHEAD = 4
"""Resumes that the judge looks at before each one that the engine scores: a small part of the time that the engine takes, and what it
says is remembered for the match points."""
LARGE = 30
"""Resumes from which on an order is worth it."""


def is_worth_it(info: EngineInfo, expected: int) -> bool:
    """Return whether to choose an order for so many resumes: with a model on the CPU, which takes seconds for each."""
    return info.device == "cpu" and not info.is_fallback and expected >= LARGE


def guess_of(query: Query, judge: Judge) -> Callable[[Resume], float]:
    """Return what tells how well the judge finds that a resume proves the requirements of a job."""
    requirements = split_job(query.job)
    texts, kinds = [requirement.text for requirement in requirements], [requirement.kind for requirement in requirements]
    return lambda resume: combined([verdict.strength for verdict in judge.verdicts(texts, resume.text)], kinds)


def most_promising_first(resumes: Iterable[Resume], guess: Callable[[Resume], float]) -> Iterator[tuple[int, Resume]]:
    """Yield each resume with its place in the order given; before each, AHEAD more are looked at, and the best of all so far is next."""
    waiting: list[tuple[float, int, Resume]] = []
    for place, resume in enumerate(resumes):
        heappush(waiting, (-guess(resume), place, resume))
        if place % AHEAD == AHEAD - 1:
            _, best, chosen = heappop(waiting)
            yield best, chosen
    while waiting:
        _, best, chosen = heappop(waiting)
        yield best, chosen
