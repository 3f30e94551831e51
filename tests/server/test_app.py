"""The web application over real HTTP: health, login, and that nothing of Gradio is open that we do not use."""

import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn

from feedback.store import Store
from reranker.encoder import Encoder
from server.app import create_app, password_check
from server.model import Model
from settings import Settings
from tests.ui.samples import CountingEngine
from ui.page import build_page
from ui.theme import CSS, theme


@contextmanager
def serving(settings: Settings, model: Model) -> Iterator[httpx.Client]:
    store = Store(Path(tempfile.mkdtemp()) / "feedback.sqlite3")
    app = create_app(build_page(model, store, settings), model, settings, theme=theme(), css=CSS, login_message="")
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()


def test_health_follows_the_model():
    model = Model()
    with serving(Settings(), model) as client:
        assert client.get("/healthz").json() == {"status": "loading", "model": None}
        model.ready(CountingEngine(), Encoder())
        assert client.get("/healthz").json() == {"status": "ready", "model": "counting"}
    broken = Model()
    broken.failed("why")
    with serving(Settings(), broken) as client:
        assert client.get("/healthz").json() == {"status": "failed", "model": None}


def test_no_documented_endpoints_and_no_run_history():
    with serving(Settings(), Model()) as client:
        assert client.get("/gradio_api/info").json()["named_endpoints"] == {}
        assert client.get("/openapi.json").status_code == 404
        config = client.get("/config").json()
        assert not config.get("run_history")
        assert not config.get("footer_links")
        assert not config.get("analytics_enabled")


def test_with_users_nothing_but_health_is_open():
    with serving(Settings(auth="hr:secret"), Model()) as client:
        assert client.get("/healthz").status_code == 200
        assert client.get("/config").status_code == 401
        assert client.post("/gradio_api/upload", files={"files": b"x"}).status_code == 401
        assert client.post("/login", data={"username": "hr", "password": "wrong"}).status_code == 400
        assert client.post("/login", data={"username": "hr", "password": "secret"}).status_code == 200


@pytest.mark.parametrize(
    ("user", "password", "allowed"),
    [("hr", "秘密", True), ("hr", "", False), ("hr", "秘", False), ("nobody", "", False), ("", "", False)],
)
def test_passwords(user, password, allowed):
    assert password_check({"hr": "秘密"})(user, password) is allowed
