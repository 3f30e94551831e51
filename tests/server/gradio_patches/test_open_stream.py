"""Visitors who do not hang up when their stream of answers has ended: nobody waits for them for long, nor does the end of the server."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpx
import pytest

from server.gradio_patches.open_stream import OpenStream
from service.model import Model
from settings import Settings
from tests.server.guard.test_attacks import JOIN, event
from tests.server.serving import client_of, serving


@contextmanager
def ended_stream(client: httpx.Client, body: dict) -> Iterator[Iterator[str]]:
    """Send an event and yield what comes on its stream after its end, until which it was read; it is still connected."""
    client.post(JOIN, json=body).raise_for_status()
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": body["session_hash"]}) as stream:
        lines = stream.raise_for_status().iter_lines()
        next(line for line in lines if line.startswith("data:") and json.loads(line.removeprefix("data:"))["msg"] == "close_stream")
        yield lines


@pytest.fixture
def streams(monkeypatch: pytest.MonkeyPatch) -> list[OpenStream]:
    """Return the streams of the servers that this test starts."""
    noted = []

    class Noted(OpenStream):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            noted.append(self)

    monkeypatch.setattr("server.guard.ownership.OpenStream", Noted)
    return noted


def test_who_does_not_hang_up_is_answered_after_a_while(streams: list[OpenStream], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("server.gradio_patches.open_stream._HANG_UP_S", 0.05)
    with serving(Settings(), Model()) as client:
        body = event(client, "rr-stop")
        with ended_stream(client, body) as rest:
            assert client.post(JOIN, json=body).status_code == 200
            assert not any(rest), "and its stream is finished"
        assert not streams[0]._hung_up


def test_who_hangs_up_leaves_nothing_behind(streams: list[OpenStream], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("server.gradio_patches.open_stream._HANG_UP_S", 60)
    with serving(Settings(), Model()) as client:
        body = event(client, "rr-stop")
        with ended_stream(client, body):
            assert list(streams[0]._hung_up) == [body["session_hash"]]
        assert client.post(JOIN, json=body).status_code == 200
        assert not streams[0]._hung_up


def test_the_server_ends_while_an_ended_stream_is_connected(streams: list[OpenStream], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("server.gradio_patches.open_stream._HANG_UP_S", 3600)
    with ExitStack() as visit:
        with serving(Settings(), Model()) as client:
            visitor = visit.enter_context(client_of(str(client.base_url)))
            visit.enter_context(ended_stream(visitor, event(client, "rr-stop")))
        assert not streams[0]._hung_up
