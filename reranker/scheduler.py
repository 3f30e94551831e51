"""Share one engine between threads: batches of several requests alternate, and no document is scored twice."""

import math
import threading
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from reranker.engine import Engine, IdAndText, Query, Score, ScoringError
from reranker.judge.stopping import Stopped, end_if_asked
from reranker.score_cache import QueryKey, ScoreCache, query_key


class Scheduler:
    """Wrap an engine so that requests from several threads alternate batch by batch: a request of 200 resumes
    delays one of 3 by at most one batch per turn. Looks like an engine itself; closing the iterator of `score`
    leaves the queue after the batch in work. An error in a batch reaches only the request it belongs to.
    """

    def __init__(self, engine: Engine):
        self.engine = engine
        self.info = engine.info
        self.requests = 0
        """The number of requests that are being scored, taking turns, right now."""

        self._lock = threading.Lock()
        self._turns = _TurnLock()
        self._cache = ScoreCache()

    def score(self, query: Query, documents: Iterable[IdAndText], batch_size: int | None = None) -> Iterator[Score]:
        """Yield scores as `Engine.score` does; thread-safe. A cached score is yielded as soon as its document comes."""
        size = batch_size or self.info.batch_size
        key = query_key(query)
        batch: dict[str, str] = {}  # by id, so that one that comes twice is scored once
        indices: dict[str, list[int]] = defaultdict(list)
        with self._counted():
            for index, (document_id, text) in enumerate(documents):
                if known := self._cache.get(key, document_id):
                    yield replace(known, index=index, known=True)
                    continue
                batch[document_id] = text
                indices[document_id].append(index)
                if len(batch) == size:
                    yield from self._score_batch(query, key, batch, indices, size)
                    batch = {}
                    indices.clear()
            if batch:
                yield from self._score_batch(query, key, batch, indices, size)

    def _score_batch(
        self, query: Query, key: QueryKey, batch: Mapping[str, str], indices: Mapping[str, Sequence[int]], size: int
    ) -> Iterator[Score]:
        scores: list[Score] = []
        problem = None
        with self._turns.turn():
            try:
                end_if_asked()  # a turn may be long in coming
                for score in self.engine.score(query, list(batch.items()), size):
                    scores.append(score)
            except (ScoringError, Stopped) as error:  # after what was scored before it
                problem = error
        ids = list(batch)
        for score in scores:
            document_id = ids[score.index]
            if math.isfinite(score.logit):  # else the next request tries again
                self._cache.put(key, document_id, score)
            yield from (replace(score, index=index) for index in indices[document_id])
        if problem:
            raise problem

    def remember(self, query: Query, resume_id: str, score: Score) -> None:
        """Cache a score that this engine computed in an earlier process."""
        self._cache.put(query_key(query), resume_id, score)

    def forget(self, query: Query | None, resume_ids: Collection[str] = ()) -> None:
        """Free what is cached for the query, if given, and drop all scores of these resumes and of their parts."""
        if query:
            self.engine.forget(query)
        self._cache.forget(frozenset(resume_ids))

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
