"""Many pages at once, and pages that are gone: nobody waits for those who follow a run, and nothing of a closed page stays."""

import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import gradio as gr
import pytest
from gradio.routes import file_upload_statuses

from benchmarks.visitors import User, job, resume
from i18n.texts import texts
from reranker.engine import IdAndText, Query, Score, ScoringError
from server.page_sessions import SILENT_SECONDS, PageSessions
from service.model import Model
from settings import Settings
from tests.encoder import JUDGE
from tests.server.guard.test_attacks import JOIN, event
from tests.server.serving import serving
from tests.service.desk import ready
from tests.ui.samples import CountingEngine
from tests.waiting import until

MANY = 45
"""More than the 40 that Gradio lets work at the same time if nothing else is said."""


class HeldEngine(CountingEngine):
    """Does nothing until it is let go, and then gives up."""

    def __init__(self):
        super().__init__()
        self.go = threading.Event()

    def score(self, query: Query, documents: Iterable[IdAndText], batch_size: int | None = None) -> Iterator[Score]:
        self.go.wait(60)
        raise ScoringError("not_a_number")


@pytest.mark.long
def test_nobody_waits_for_those_who_follow_a_run():
    engine, model = HeldEngine(), Model()
    model.ready(engine, JUDGE)
    with serving(Settings(), model) as client:
        body = event(client, "rr-run")
        body["data"][1:3] = job("0"), resume("0-0")
        try:
            for number in range(MANY):
                assert client.post(JOIN, json=body | {"session_hash": f"page{number}"}).status_code == 200
            assert until(lambda: model.engine.requests == MANY)
            with ThreadPoolExecutor(1) as pool:
                assert pool.submit(User(str(client.base_url)).open, "f" * 32).result(timeout=30) == "", "nothing is in work there"
        finally:
            engine.go.set()
        assert until(lambda: model.engine.requests == 0)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """Yield the sessions and the blocks of the servers that this test starts, and the seconds that its clock is ahead."""
    seen: dict[str, Any] = {"ahead": 0.0}

    def sessions(*arguments: Any) -> PageSessions:
        seen["blocks"] = arguments[0].args[0]
        seen["sessions"] = PageSessions(*arguments, clock=lambda: time.monotonic() + seen["ahead"])
        return seen["sessions"]

    monkeypatch.setattr("server.app.PageSessions", sessions)
    monkeypatch.setattr("server.app._TIDY_SECONDS", 0.05)
    yield seen


def names_in(blocks: gr.Blocks) -> set[str]:
    """Return every name of a session under which Gradio keeps anything."""
    holder, queue = blocks.state_holder, blocks._queue
    by_name = [holder.session_data, holder.time_last_used, queue.pending_messages_per_session, queue.pending_event_ids_session]
    by_name += [blocks.pending_streams, blocks.pending_diff_streams]
    events = {event.session_hash for event in queue.event_ids_to_events.values()}
    return (
        events
        | {name for names in by_name for name in names}
        | {str(analytics["session_hash"]) for analytics in queue.event_analytics.values()}
    )


def test_a_closed_page_leaves_nothing_in_gradio_and_one_that_is_open_stays(seen: dict[str, Any]):
    with serving(Settings(), ready()) as client:
        closed, opened = User(str(client.base_url)), User(str(client.base_url))
        for number in range(4):
            closed.open(f"{number:032x}")
        closed.close()
        opened.open("f" * 32)
        assert len(names_in(seen["blocks"])) == 5
        seen["ahead"] = SILENT_SECONDS + 1
        assert until(lambda: len(names_in(seen["blocks"])) == 1)
        assert len(seen["sessions"]) == 1
        assert opened.rank(job("0"), resume("0-0")), "its session is as it was"
        opened.close()


def test_a_page_that_was_let_go_is_asked_to_load_again(seen: dict[str, Any]):
    with serving(Settings(), Model()) as client:
        body = event(client, "rr-run")
        assert client.post(JOIN, json=body).status_code == 200
        assert until(lambda: not seen["blocks"]._queue.event_ids_to_events)
        seen["ahead"] = SILENT_SECONDS + 1
        assert until(lambda: not names_in(seen["blocks"]))
        gone = client.post(JOIN, json=body)
        assert (gone.status_code, gone.json()["detail"]) == (409, texts("zh")("refused.gone"))
        assert client.get(f"/gradio_api/heartbeat/{body['session_hash']}").status_code == 409
        assert client.get("/gradio_api/queue/data", params={"session_hash": body["session_hash"]}).status_code == 409
        assert client.post(JOIN, json=body | {"session_hash": "anothername"}).status_code == 200


def test_a_run_goes_on_when_nobody_listens_and_its_page_is_kept(seen: dict[str, Any]):
    engine, model = HeldEngine(), Model()
    model.ready(engine, JUDGE)
    with serving(Settings(), model) as client:
        body = event(client, "rr-run")
        body["data"][1:3] = job("0"), resume("0-0")
        try:
            assert client.post(JOIN, json=body).status_code == 200
            assert until(lambda: model.engine.requests == 1)
            assert client.post(JOIN, json=event(client, "rr-stop") | {"session_hash": "idle"}).status_code == 200
            seen["ahead"] = SILENT_SECONDS + 1
            assert until(lambda: "idle" not in seen["sessions"])
            assert body["session_hash"] in seen["sessions"]
        finally:
            engine.go.set()
        assert until(lambda: body["session_hash"] not in seen["sessions"])


def test_only_names_as_a_browser_makes_them_up_are_taken(seen: dict[str, Any]):
    with serving(Settings(), Model()) as client:
        body = event(client, "rr-run")
        for name in ("", "abc", "x" * 21, "Abcdefghij", "abc-defghij", "абвгдежз", "12345\n", None, 7, ["abcdefgh"]):
            assert client.post(JOIN, json=body | {"session_hash": name}).status_code == 400, name
        for name in ("abc", "x" * 21, "Abcdefghij", "x" * 30_000):
            assert client.get(f"/gradio_api/heartbeat/{name}").status_code == 400
            assert client.get("/gradio_api/queue/data", params={"session_hash": name}).status_code == 400
        assert client.post(JOIN, json=body | {"session_hash": "x" * 8_000_000}).status_code == 413
        assert not names_in(seen["blocks"]) and len(seen["sessions"]) == 0


@pytest.mark.long
def test_made_up_pages_take_a_bounded_room_and_push_out_nobody_who_is_there(seen: dict[str, Any], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("server.page_sessions.MOST_PER_USER", 20)
    with serving(Settings(), ready()) as client:
        honest = User(str(client.base_url))
        honest.open("f" * 32)
        body = event(client, "rr-stop")
        for number in range(30):
            answer = client.post(JOIN, json=body | {"session_hash": f"madeup{number:05d}"})
            assert answer.status_code == 200
            assert len(seen["sessions"]) <= 20
        assert len(names_in(seen["blocks"])) <= 20
        assert honest.rank(job("0"), resume("0-0"))
        honest.close()


def test_messages_that_nobody_reads_do_not_pile_up(seen: dict[str, Any], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("server.gradio_patches.gone_pages._MOST_UNTOLD", 3)
    with serving(Settings(), Model()) as client:
        body = event(client, "rr-stop")
        for _ in range(10):
            assert client.post(JOIN, json=body).status_code == 200
        queue = seen["blocks"]._queue
        assert until(
            lambda: not queue.event_ids_to_events and all(messages.qsize() <= 3 for messages in queue.pending_messages_per_session.values())
        )
        assert body["session_hash"] in seen["sessions"], "the page itself stays"


def test_events_that_are_too_large_together_are_refused(seen: dict[str, Any], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("server.guard.ownership._MOST_BYTES_IN_WORK", 100_000)
    engine, model = HeldEngine(), Model()
    model.ready(engine, JUDGE)
    with serving(Settings(), model) as client:
        body = event(client, "rr-run")
        body["data"][1:3] = job("0"), resume("0-0") + " " * 60_000
        try:
            answers = [client.post(JOIN, json=body | {"session_hash": f"large{number}"}) for number in range(2)]
            assert [answer.status_code for answer in answers] == [200, 429]
            assert answers[1].json()["detail"] == texts("zh")("refused.busy")
        finally:
            engine.go.set()


def test_a_body_of_brackets_is_refused(seen: dict[str, Any]):
    with serving(Settings(), Model()) as client:
        body = event(client, "rr-run")
        assert client.post(JOIN, json=body | {"event_data": [[]] * 30_000}).status_code == 400


def test_ids_of_uploads_are_kept_of_the_newest_only(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("server.guard.ownership._MOST_UPLOADS_SHOWN", 5)
    before = set(file_upload_statuses._statuses) | set(file_upload_statuses._signals)
    with serving(Settings(), Model()) as client:
        for number in range(20):
            answer = client.post("/gradio_api/upload", params={"upload_id": f"upload{number:05d}"}, files={"files": ("cv.txt", b"Python")})
            assert answer.status_code == 200
        assert client.post("/gradio_api/upload", params={"upload_id": "x" * 50}, files={"files": ("cv.txt", b"")}).status_code == 400
        assert client.get("/gradio_api/upload_progress", params={"upload_id": "../" * 50}).status_code == 400
        assert len((set(file_upload_statuses._statuses) | set(file_upload_statuses._signals)) - before) <= 5
