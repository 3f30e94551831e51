"""Choose which resume a slow engine scores next: of those that have come, the one that a cheap guess expects most of."""

from collections.abc import Callable, Iterable, Iterator
from heapq import heappop, heappush

from preprocess.document import Resume
from reranker.engine import EngineInfo

AHEAD = 16
"""Resumes that are guessed at before each one that the engine scores: all have been by the time that a tenth of a pile is scored."""
LARGE = 30
"""Resumes from which on an order is worth it."""


def is_worth_it(info: EngineInfo, expected: int) -> bool:
    """Return whether to choose an order for so many resumes: with a model on the CPU, which takes seconds for each."""
    return info.device == "cpu" and not info.is_fallback and expected >= LARGE


def most_promising_first(resumes: Iterable[Resume], guess: Callable[[Resume], float]) -> Iterator[tuple[int, Resume]]:
    """Yield each resume with its place in the order given; before each, AHEAD more are looked at, and the best of all so far is next."""
    waiting: list[tuple[float, int, Resume]] = []
    for index, resume in enumerate(resumes):
        heappush(waiting, (-guess(resume), index, resume))
        if index % AHEAD == AHEAD - 1:
            _, best, chosen = heappop(waiting)
            yield best, chosen
    while waiting:
        _, best, chosen = heappop(waiting)
        yield best, chosen
