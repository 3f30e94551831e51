"""Many users, one model: an Engine that threads share fairly, one batch at a time in turn."""

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from reranker.engine import Engine, Query, Score


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
        self._turns = _TurnLock()

    def score(self, query: Query, documents: Sequence[str], batch_size: int | None = None) -> Iterator[Score]:
        """As `Engine.score`; may be called by any number of threads at once."""
        size = batch_size or self.engine.batch_size
        for start in range(0, len(documents), size):
            with self._turns.turn():
                scores = list(self.engine.score(query, documents[start : start + size], size))
            for score in scores:
                yield Score(start + score.index, score.logit, score.tokens, score.truncated)

    @property
    def requests(self) -> int:
        """How many requests hold or wait for a turn right now."""
        return len(self._turns)


class _TurnLock:
    """A lock that is handed on in the order of asking; threading.Lock promises no order, so one request could starve another."""

    def __init__(self):
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()

    def __len__(self) -> int:
        return len(self._queue)

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
