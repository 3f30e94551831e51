"""Many users, one model: an Engine that threads share fairly, one batch at a time in turn, and that scores nothing twice."""

import threading
from collections import deque
from collections.abc import Iterator, Sequence
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

    def score(self, query: Query, documents: Sequence[str], batch_size: int | None = None) -> Iterator[Score]:
        """As `Engine.score`; may be called by any number of threads at once. Scores that are known come first."""
        places: dict[str, list[int]] = {}  # each document's; one that comes twice is scored once
        for index, document in enumerate(documents):
            places.setdefault(document, []).append(index)
        for document in list(places):
            if known := self._cache.get(query, document):
                yield from (replace(known, index=index) for index in places.pop(document))

        with self._counted():
            yield from self._score_new(query, places, batch_size)

    def _score_new(self, query: Query, places: dict[str, list[int]], batch_size: int | None) -> Iterator[Score]:
        waiting = list(places)
        size = batch_size or self.engine.batch_size
        if self.device != "cpu":
            waiting.sort(key=len, reverse=True)  # like lengths go together: little padding
        for start in range(0, len(waiting), size):
            batch = waiting[start : start + size]
            with self._turns.turn():
                scores = list(self.engine.score(query, batch, size))
            for score in scores:
                document = batch[score.index]
                self._cache.put(query, document, score)
                yield from (replace(score, index=index) for index in places[document])

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
