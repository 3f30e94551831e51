"""The web application over real HTTP: health, and that nothing of Gradio is open that the page does not use."""

import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import gradio as gr
from gradio.routes import App

from reranker.judge.judge import Judge
from reranker.notice import Notice
from server.guard.allowed_routes import OPEN
from service.model import Model
from settings import Settings
from tests.server.serving import PASSWORD, serving, sign_in
from tests.ui.samples import CountingEngine


def test_health_follows_the_model():
    model = Model()
    with serving(Settings(), model) as client:
        assert client.get("/healthz").json() == {"status": "loading", "model": None}
        model.ready(CountingEngine(), Judge())
        assert client.get("/healthz").json() == {"status": "ready", "model": "counting"}
    broken = Model()
    broken.failed(Notice("not_loaded", problem="why"))
    with serving(Settings(), broken) as client:
        assert client.get("/healthz").json() == {"status": "failed", "model": None}


def test_gradio_writes_no_stubs_while_it_is_imported():
    told = """
import ast, inspect
def written(*arguments): raise AssertionError("a stub is written")
ast.get_source_segment = written
from server.gradio_patches.fast_import import import_gradio
import_gradio()
import gradio
print(inspect.getfile(gradio.Button))
"""
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip().endswith("button.py"), done.stderr


def test_no_run_history_no_analytics_no_error_texts():
    with serving(Settings(), Model()) as client:
        config = client.get("/config").json()
        assert config["run_history"] is False
        assert config["analytics_enabled"] is False
        assert config["show_error"] is False
        assert not config.get("footer_links")
        assert all(event["api_visibility"] == "private" for event in config["dependencies"])


def test_routes_that_the_page_does_not_need_do_not_exist():
    unused = "gradio_api/info gradio_api/openapi.json openapi.json docs redoc monitoring gradio_api/runs gradio_api/deep_link".split()
    unused += ["gradio_api/file=/etc/passwd", "gradio_api/proxy=http://x.hf.space", "gradio_api/token", "gradio_api/dev/reload"]
    with serving(Settings(), Model()) as client:
        assert client.get("/").status_code == 200
        assert {path: client.get(f"/{path}").status_code for path in unused} == dict.fromkeys(unused, 404)
        for path in ("call/x", "run/predict", "api/predict", "component_server", "vibe-edit", "process_recording"):
            assert client.post(f"/gradio_api/{path}", json={}).status_code == 404


def gradio_routes(page: gr.Blocks) -> Iterator[tuple[str, str]]:
    """Yield method and path of all that Gradio brings; each parameter is "x"."""
    routes: list[Any] = App.create_app(page).routes
    for route in routes:
        inside = getattr(route, "original_router", None)  # its routes have the prefix already
        for endpoint in inside.routes if inside else [route]:
            for method in endpoint.methods:
                yield method, re.sub(r"\{[^}]*\}", "x", endpoint.path)


def test_with_users_no_route_is_open_to_a_stranger_but_health_and_the_way_in():
    with gr.Blocks() as page:
        gr.Textbox()
    routes = list(gradio_routes(page))
    assert len(routes) > 60
    with serving(Settings(auth=f"hr:{PASSWORD}"), Model()) as client:
        assert client.get("/").headers["location"] == "/login"
        for method, path in routes:
            if path != "/" and not OPEN.fullmatch(path):
                assert client.request(method, path).status_code in (401, 404), (method, path)
        assert client.get("/healthz").status_code == 200
        assert sign_in(client, "hr").status_code == 303
        assert client.get("/config").json()["username"] == "hr"
