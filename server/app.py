"""The web application: Gradio's page and what machines ask for, behind the door. What each layer stops is in its own module."""

import asyncio
import secrets
from collections.abc import Callable
from pathlib import Path

import gradio as gr
import uvicorn
from fastapi import FastAPI, Request
from gradio.themes import Base
from starlette.types import ASGIApp

from server.accounts import Accounts
from server.belongings import Belongings
from server.door import USER, Door
from server.headers import AnswerHeaders
from server.hosts import Hosts
from server.limits import Limits, largest_file
from server.login import add_login, open_login
from server.model import READY, Model
from server.refusal import Words
from server.routes import ALIVE
from server.shutdown import EndsAnswers, Server
from settings import Settings

_CONNECTION = (Path(__file__).parent / "connection.js").read_text("utf-8")


def create_app(
    page: gr.Blocks,
    model: Model,
    settings: Settings,
    accounts: Accounts,
    *,
    theme: Base,
    css: str,
    texts: Callable[[str], Words],
    news: Callable[[str, str], int],
) -> ASGIApp:
    """The whole web application; nothing in it talks to any other machine. `texts` gives the words of "zh" or "en", `news` counts what
    others did to the session of a user and a tab.
    """
    app = FastAPI(title="Resume reranker", docs_url=None, redoc_url=None, openapi_url=None)
    words = texts(settings.language)
    cookie = f"reranker-{settings.port}"  # cookies do not tell ports apart; two apps on one machine are two logins
    login = open_login(accounts) if accounts else None
    process = secrets.token_hex(8)  # a page that another process served has another one: Gradio's app_id is too long a number for browsers

    @app.get("/healthz")
    def healthz() -> dict[str, str | None]:
        return {"status": model.state, "model": model.engine.name if model.state == READY else None}

    @app.get(ALIVE)
    def alive(request: Request) -> dict[str, str | int]:
        return {"app": process, "news": news(request.scope.get(USER) or "", request.headers.get("x-reranker-tab", ""))}

    if login:
        add_login(app, login, cookie, texts, settings.language)
    _mount(app, page, settings, theme, css, _CONNECTION.replace("{process}", process), is_closed=bool(login))
    inside = Limits(Belongings(app, page.fns, process, largest_file(settings.max_file_mb), words), settings.max_file_mb, words)
    door = Door(inside, Hosts(settings.host_names), login.sessions.user if login else None, cookie, words)
    return AnswerHeaders(door)


def _mount(app: FastAPI, page: gr.Blocks, settings: Settings, theme: Base, css: str, js: str, is_closed: bool) -> None:
    def user_of(request: Request) -> str | None:
        return request.scope.get(USER)

    gr.mount_gradio_app(
        app,
        page,
        path="/",
        server_name=settings.host,
        server_port=settings.port,
        footer_links=[],
        run_history=False,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        auth_dependency=user_of if is_closed else None,
        show_error=False,
        max_file_size=largest_file(settings.max_file_mb),
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        theme=theme,
        css=css,
        js=js,
    )
    page.config["max_file_size"] = None  # its client would refuse a large file itself, in English: the server does, in our words


def web_server(app: ASGIApp, settings: Settings) -> uvicorn.Server:
    """Serves the app. X-Forwarded-For and -Proto are believed from the proxies of the settings only."""
    stopping = asyncio.Event()
    return Server(
        uvicorn.Config(
            EndsAnswers(app, stopping),
            log_level="warning",
            lifespan="on",  # "auto" passes over an error at the start in silence
            server_header=False,
            ws="none",
            proxy_headers=bool(settings.trusted_proxy),
            forwarded_allow_ips=settings.trusted_proxy or None,
            timeout_graceful_shutdown=3,
        ),
        stopping,
    )
