"""Many pages at once, and pages that are gone: nobody waits for those who follow a run, and nothing of a closed page stays."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import gradio as gr
import pytest

from benchmarks.visitors import User, job, resume
from reranker.encoder import Encoder
from reranker.engine import Query, Score, ScoringError
from server.gone_pages import forget_gone_pages
from server.model import Model
from settings import Settings
from tests.server.serving import serving
from tests.server.test_attacks import JOIN, event
from tests.ui.samples import CountingEngine

MANY = 45
"""More than the 40 that Gradio lets work at the same time if nothing else is said."""


class HeldEngine(CountingEngine):
    """Does nothing until it is let go, and then gives up."""

    def __init__(self):
        super().__init__()
        self.go = threading.Event()

    def score(self, query: Query, documents: Iterable[str], batch_size: int | None = None) -> Iterator[Score]:
        self.go.wait(60)
        raise ScoringError("let go")


def test_nobody_waits_for_those_who_follow_a_run():
    engine, model = HeldEngine(), Model()
    model.ready(engine, Encoder())
    with serving(Settings(), model) as client:
        body = event(client, "rr-run")
        body["data"][1:3] = job("0"), resume("0-0")
        try:
            for number in range(MANY):
                assert client.post(JOIN, json=body | {"session_hash": f"page {number}"}).status_code == 200
            until(lambda: model.engine.requests == MANY)
            with ThreadPoolExecutor(1) as pool:
                assert pool.submit(User(str(client.base_url)).open, "f" * 32).result(timeout=30) == "", "nothing is in work there"
        finally:
            engine.go.set()
        until(lambda: model.engine.requests == 0)


def until(true: Callable[[], bool], seconds: float = 30) -> None:
    """Fails unless it becomes true within that time."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_closed_page_leaves_nothing_in_gradio(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GRADIO_IS_E2E_TEST", "1")  # a closed page is kept for a second, not for an hour
    monkeypatch.setattr("server.gone_pages._SETTLED", timedelta())
    kept: list[tuple[int, int]] = []

    def forget(blocks: gr.Blocks) -> None:
        forget_gone_pages(blocks)
        kept.append((len(blocks.state_holder.session_data), len(blocks._queue.pending_messages_per_session)))

    monkeypatch.setattr("ui.page.forget_gone_pages", forget)
    with serving(Settings(), Model()) as client:
        user = User(str(client.base_url))
        for number in range(4):
            user.open(f"{number:032x}")
        user.close()
        until(lambda: len(kept) == 4)
    assert kept[3] == (1, 1), "of four pages only the one that goes at this moment"
