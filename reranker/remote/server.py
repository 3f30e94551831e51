"""Score documents on one server: build the prompts for its route, cut what is too long, ask, and read log-odds."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from reranker.engine import Query
from reranker.qwen3.prompt import PromptTokenizer
from reranker.remote.connection import Connection, RequestRefused
from reranker.remote.defuse import Defuser
from reranker.remote.recognise import About
from reranker.remote.routes import Prompts, Route, Scale, log_odds
from reranker.score_cache import query_key

ROOM_FOR_ITS_TEMPLATE = 32
"""Tokens that a server's own template may be longer than ours."""

JOB_HEADER = "X-Job-Hash"
"""A digest of job and instruction, by which a proxy can send a job's requests to one server, where the job's prefix is cached."""


@dataclass(frozen=True)
class PreparedDocument:
    """A document as it is sent: its token ids with the suffix, its text; `tokens` of it are read, `truncated` were cut off its end."""

    ids: Sequence[int]
    text: str
    tokens: int
    truncated: int


class PromptWriter:
    """Prepare queries and documents for a server. The tokenizer's `max_tokens` are those of its longest prompt."""

    def __init__(self, tokenizer: PromptTokenizer, defuser: Defuser, takes_ids: bool):
        self._tokenizer, self._defuser, self._takes_ids = tokenizer, defuser, takes_ids

    def query(self, query: Query) -> tuple[Query, Sequence[int]]:
        """Return the query as it is sent, and its prefix. Raise ScoringError if it leaves no room for a document."""
        if not self._takes_ids:
            query = Query(self._defuser.defused(query.job), self._defuser.defused(query.instruction))
        return query, self._tokenizer.prefix(query)

    def document(self, text: str, prefix_tokens: int) -> PreparedDocument:
        """Return the document as it is sent. Its end is cut off where the whole prompt would be too long."""
        if self._takes_ids:
            prompt = self._tokenizer.document(text, prefix_tokens)
            return PreparedDocument(prompt.ids, "", prompt.tokens, prompt.truncated)
        cut = self._tokenizer.cut(self._defuser.defused(text), prefix_tokens + ROOM_FOR_ITS_TEMPLATE)
        return PreparedDocument((), cut.text, cut.tokens, cut.truncated)


@dataclass(frozen=True)
class Server:
    """A server that was recognised: what it says of itself, the route that works, and what the numbers of that route are."""

    connection: Connection
    about: About
    route: Route
    scale: Scale

    @property
    def name(self) -> str:
        """Host and port, as people are told them."""
        return self.connection.target.name

    def log_odds(self, query: Query, prefix_ids: Sequence[int], documents: Sequence[PreparedDocument]) -> list[float]:
        """Return one number per document, NaN where the server has none: also for a document that it refuses on its own.

        Raise ServerDown, RequestRefused (also if all of several documents are refused), BadAnswer.
        """
        try:
            return [log_odds(value, self.scale) for value in self.values(query, prefix_ids, documents)]
        except RequestRefused as error:
            if error.status not in (400, 413, 422) or len(documents) == 1:
                raise
        return self._one_by_one(query, prefix_ids, documents)

    def values(self, query: Query, prefix_ids: Sequence[int], documents: Sequence[PreparedDocument]) -> list[float]:
        """Return the route's own numbers, for whom the scale is to be found out."""
        prompts = Prompts(query, [each.text for each in documents], prefix_ids, [each.ids for each in documents])
        headers = {JOB_HEADER: query_key(query).hex()}
        return self.route.read(self.connection.post(self.route.path, self.route.body(self.about.model, prompts), headers), len(documents))

    def _one_by_one(self, query: Query, prefix_ids: Sequence[int], documents: Sequence[PreparedDocument]) -> list[float]:
        """Score documents one at a time, after they were refused together because of one of them."""
        scores, refusal = [], None
        for document in documents:
            try:
                scores += self.log_odds(query, prefix_ids, [document])
            except RequestRefused as error:
                refusal = error
                scores.append(float("nan"))
        if refusal and all(score != score for score in scores):
            raise refusal
        return scores


class Asker:
    """Score plain texts on one server, for checks; `seconds` is how long the last answer took."""

    def __init__(self, server: Server, writer: PromptWriter):
        self.server, self._writer = server, writer
        self.seconds = 0.0

    def values(self, query: Query, texts: Sequence[str]) -> list[float]:
        """Return the numbers that the route gives, whatever their scale."""
        sent, prefix_ids = self._writer.query(query)
        documents = [self._writer.document(text, len(prefix_ids)) for text in texts]
        started = time.perf_counter()
        values = self.server.values(sent, prefix_ids, documents)
        self.seconds = time.perf_counter() - started
        return values
