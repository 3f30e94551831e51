"""The page waits for a server: it says what is wrong with it, asks again, and is ready once the server is right."""

from collections.abc import Callable

import pytest

import service.model
from i18n.texts import texts
from service.model import FAILED, READY, Model, open_in_background
from settings import Settings
from tests.encoder import JUDGE
from tests.reranker.remote.stub import StubServer, sensible
from tests.waiting import until


def test_a_server_that_is_put_right_is_used(serve: Callable[..., StubServer], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(service.model, "RETRY_SECONDS", 0.2)
    monkeypatch.setattr(service.model, "Judge", lambda: JUDGE)
    server = serve(log_odds=lambda ids: -sensible(ids))
    model, console, gave_up = Model(), list[str](), list[bool]()
    settings = Settings(model=server.url, language="en", offline=True)
    thread = open_in_background(model, settings, console.append, lambda: gave_up.append(True))
    assert until(lambda: model.state == FAILED and model.tries_again)
    assert model.problem and "deploy/vllm/serve.sh" in texts("en").notice(model.problem)
    server.log_odds = sensible
    thread.join(60)
    assert model.state == READY and model.engine.info.sends_to and not gave_up
    assert sum("ranks a text that does not fit" in line for line in console) == 1, "it is not told again and again"


def test_an_address_outside_ends_the_program(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(service.model, "Judge", lambda: JUDGE)
    model, console, gave_up = Model(), list[str](), list[bool]()
    open_in_background(model, Settings(model="http://203.0.113.7"), console.append, lambda: gave_up.append(True)).join(60)
    assert model.state == FAILED and gave_up and "--allow-remote" in console[0]
