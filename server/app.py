"""FastAPI around the page: what machines ask for. The page itself is mounted at /."""

import hmac
from collections.abc import Callable

import gradio as gr
from fastapi import FastAPI
from gradio.themes import Base

from server.model import READY, Model
from settings import Settings


def create_app(page: gr.Blocks, model: Model, settings: Settings, *, theme: Base, css: str, login_message: str) -> FastAPI:
    """The whole web application; nothing in it talks to any other machine."""
    app = FastAPI(title="Resume reranker", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    def healthz() -> dict[str, str | None]:
        return {"status": model.state, "model": model.engine.name if model.state == READY else None}

    return gr.mount_gradio_app(
        app,
        page,
        path="/",
        server_name=settings.host,
        server_port=settings.port,
        footer_links=[],
        run_history=False,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        auth=password_check(settings.users) if settings.users else None,
        auth_message=login_message,
        show_error=False,
        max_file_size=f"{max(200, settings.max_file_mb)}mb",  # a ZIP may hold many files; each of them has its own limit
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        theme=theme,
        css=css,
    )


def password_check(users: dict[str, str]) -> Callable[[str, str], bool]:
    """Whether a user may come in, in a time that does not depend on how much of the password is right."""

    def check(user: str, password: str) -> bool:
        expected = users.get(user)
        same = hmac.compare_digest((expected or "").encode(), str(password).encode())
        return same and expected is not None

    return check
