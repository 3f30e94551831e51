"""Score on the servers of a pool: an `engine.Engine` that keeps them busy and yields scores as answers come."""

import math
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from functools import partial
from itertools import islice

from reranker.engine import EngineInfo, IdAndText, Query, Score, ScoringError
from reranker.remote.connection import RequestRefused
from reranker.remote.pool import IN_FLIGHT, AllDown, ServerPool
from reranker.remote.recognise import KEY_REFUSED
from reranker.remote.server import PreparedDocument, PromptWriter, Server
from reranker.score_cache import query_key

MOST_DOCUMENTS = 32
"""In one request: servers have limits on its size, and proxies too."""


class RemoteEngine:
    """An `engine.Engine`. Not for several threads at once: share it through `scheduler.Scheduler`."""

    def __init__(self, info: EngineInfo, writer: PromptWriter, pool: ServerPool[Server], most_servers: int):
        self.info = info
        self._writer, self._pool = writer, pool
        self._threads = ThreadPoolExecutor(IN_FLIGHT * most_servers, "remote")

    def score(self, query: Query, documents: Iterable[IdAndText], batch_size: int | None = None) -> Iterator[Score]:
        """Yield one Score per document as the servers answer; see `engine.Engine.score`.

        If all servers fail, what was answered before is yielded first, then ScoringError is raised.
        """
        sent, prefix_ids = self._writer.query(query)
        numbered = enumerate(self._writer.document(text, len(prefix_ids)) for _, text in documents)
        while batch := list(islice(numbered, batch_size or self.info.batch_size)):
            self._pool.revive()
            yield from self._score_batch(sent, prefix_ids, batch)

    def forget(self, query: Query) -> None:
        """Do nothing: what servers cache of a query is theirs; see `engine.Engine.forget`."""

    def _score_batch(self, query: Query, prefix_ids: Sequence[int], batch: Sequence[tuple[int, PreparedDocument]]) -> Iterator[Score]:
        requests_at_once = IN_FLIGHT * max(1, self._pool.alive)
        size = min(MOST_DOCUMENTS, math.ceil(len(batch) / requests_at_once))
        job, problem = query_key(query), None
        asked: dict[Future[list[float]], Sequence[tuple[int, PreparedDocument]]] = {}
        for start in range(0, len(batch), size):
            part = batch[start : start + size]
            request = partial(Server.log_odds, query=query, prefix_ids=prefix_ids, documents=[document for _, document in part])
            asked[self._threads.submit(self._pool.ask, job, request)] = part
        try:
            for future in as_completed(asked):
                try:
                    scores = _answer(future, len(asked[future]))
                except ScoringError as error:
                    problem = problem or error
                    continue
                for (index, document), score in zip(asked[future], scores, strict=True):
                    yield Score(index, score, document.tokens, document.truncated)
        finally:
            for future in asked:
                future.cancel()
        if problem:
            raise problem


def _answer(future: Future[list[float]], documents: int) -> list[float]:
    """Return the log-odds of a request's documents, NaN for a single one that the server refuses. Raise ScoringError if it failed."""
    try:
        return future.result()
    except AllDown as error:
        raise ScoringError("remote_dead", problem=error.problem) from None
    except RequestRefused as error:
        if documents == 1 and error.status in (400, 413, 422):
            return [math.nan]
        if error.status in KEY_REFUSED:
            raise ScoringError("remote_key_now") from None
        raise ScoringError("remote_refused_now", status=error.status) from None
