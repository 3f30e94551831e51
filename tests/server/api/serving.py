"""Serve the API behind the request guard on a free port, without the page, which takes a second to build; and engines for it."""

import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from starlette.responses import PlainTextResponse

from feedback.store.store import Store
from reranker.engine import IdAndText, Query, Score
from server.api.app import create_api
from server.auth.keys import open_keys
from server.guard.hosts import Hosts
from server.guard.request_guard import RequestGuard
from server.language import words_of
from server.uploads import UploadRoom
from service.model import Model
from settings import Settings
from tests.engines import engine_info
from tests.server.serving import running


class WordEngine:
    """Gives a document as many logits as it has words of the query, less one; a document may be cut, and the queries are remembered."""

    info = engine_info(name="words", batch_size=1)

    def __init__(self, **changes: Any):
        self.info = engine_info(name="words", batch_size=1, **changes)
        self.queries: list[Query] = []
        self.documents: list[str] = []

    def forget(self, query: Query) -> None:
        pass

    def score(self, query: Query, documents: Iterable[IdAndText], batch_size: int | None = None) -> Iterator[Score]:
        for index, (_, text) in enumerate(documents):
            self.queries.append(query)
            self.documents.append(text)
            words = set(text.split())
            yield Score(index, float(len(words & set(query.job.split())) - 1), len(text), truncated=7 if "ENDLESS" in words else 0)


class GatedEngine(WordEngine):
    """Scores a document each time that the gate is opened for one."""

    def __init__(self):
        super().__init__()
        self.gate = threading.Semaphore(0)

    def score(self, query: Query, documents: Iterable[IdAndText], batch_size: int | None = None) -> Iterator[Score]:
        for score in super().score(query, documents, batch_size):
            assert self.gate.acquire(timeout=60)
            yield score


@contextmanager
def api(
    model: Model, folder: Path | None = None, store: Store | None = None, has_users: bool = False, **settings: Any
) -> Iterator[httpx.Client]:
    """Yield a client of the API; `folder` is where feedback and keys lie, and `uploads` in it those of the requests that are at work."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = folder or Path(scratch)
        uploads = folder / "uploads"
        uploads.mkdir()
        chosen = Settings(feedback=str(folder), **{"language": "en", **settings})
        store = store or Store(folder / "feedback.sqlite3")
        inside = create_api(model, store, chosen, open_keys(chosen), UploadRoom(uploads), uploads, has_users=has_users)
        page = PlainTextResponse("the page")
        guard = RequestGuard(page, inside, Hosts(chosen.host_names), None, "", "/login", partial(words_of, settings=chosen))
        server = uvicorn.Server(uvicorn.Config(guard, log_level="warning", lifespan="off", ws="none", timeout_graceful_shutdown=3))
        with socket.create_server(("127.0.0.1", 0)) as door, running(server, door) as client:
            client.timeout = httpx.Timeout(110)
            yield client


def wait_until_idle(client: httpx.Client, step: Callable[[], None] = lambda: None) -> None:
    """Return when no request is at work; `step` is called again and again until then."""
    deadline = time.monotonic() + 60
    while "reranker_api_requests_at_work 0.0" not in client.get("/metrics").text:
        assert time.monotonic() < deadline
        step()
        time.sleep(0.02)
