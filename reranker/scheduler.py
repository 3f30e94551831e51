"""Many users, one model: an Engine that threads share fairly, one batch at a time in turn, and that scores nothing twice."""

import math
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from reranker.engine import Engine, Query, Score
from reranker.score_cache import ScoreCache


class Scheduler:
    """Wraps an engine so that requests from several threads alternate batch by batch: a request of 200 resumes
    delays one of 3 by at most one batch per turn. Looks like an engine itself; closing the iterator of `score`
    leaves the queue after the batch in work. An error in a batch reaches only the request it belongs to.
    """

    def __init__(self, engine: Engine):
        self.engine = engine
        self.name, self.device, self.dtype = engine.name, engine.device, engine.dtype
        self.max_tokens, self.batch_size = engine.max_tokens, engine.batch_size
        self.fingerprint, self.has_probability = engine.fingerprint, engine.has_probability
        self.requests = 0
        """How many requests are being scored, taking turns, right now."""

        self._lock = threading.Lock()
        self._turns = _TurnLock()
        self._cache = ScoreCache(engine.fingerprint, engine.dtype)

    def score(self, query: Query, documents: Iterable[str], batch_size: int | None = None) -> Iterator[Score]:
        """As `Engine.score`; may be called by any number of threads at once. A known score is yielded as soon as its document comes."""
        size = batch_size or self.engine.batch_size
        waiting: dict[str, list[int]] = {}  # the places of each document; one that comes twice is scored once
        with self._counted():
            for index, document in enumerate(documents):
                if known := self._cache.get(query, document):
                    yield replace(known, index=index, known=True)
                    continue
                waiting.setdefault(document, []).append(index)
                if len(waiting) == size:
                    yield from self._score_batch(query, waiting, size)
                    waiting = {}
            if waiting:
                yield from self._score_batch(query, waiting, size)

    def _score_batch(self, query: Query, waiting: dict[str, list[int]], size: int) -> Iterator[Score]:
        batch = list(waiting)
        with self._turns.turn():
            scores = list(self.engine.score(query, batch, size))
        for score in scores:
            document = batch[score.index]
            if math.isfinite(score.logit):  # else the next request tries again
                self._cache.put(query, document, score)
            yield from (replace(score, index=index) for index in waiting[document])

    def remember(self, query: Query, document: str, score: Score) -> None:
        """Take over a score that this engine gave in an earlier process, so that it is not computed again."""
        self._cache.put(query, document, score)

    def forget(self, query: Query | None, documents: Sequence[str] = ()) -> None:
        """Let go of what is kept for the query, and of the scores of these documents, whatever they were asked."""
        if query:
            self.engine.forget(query)
        self._cache.forget(documents)

    @contextmanager
    def _counted(self):
        with self._lock:
            self.requests += 1
        try:
            yield
        finally:
            with self._lock:
                self.requests -= 1


class _TurnLock:
    """A lock that is handed on in the order of asking; threading.Lock promises no order, so one request could starve another."""

    def __init__(self):
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def turn(self):
        ticket = object()
        with self._changed:
            self._queue.append(ticket)
        try:
            with self._changed:
                self._changed.wait_for(lambda: self._queue[0] is ticket)
            yield
        finally:
            with self._changed:
                self._queue.remove(ticket)
                self._changed.notify_all()
