"""Build the web application: Gradio's page and the API behind the request guard. Each layer's module says what it stops."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path

import gradio as gr
import uvicorn
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from gradio.themes import Base
from gradio.utils import get_upload_folder
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from feedback.store.store import Store
from server.api.app import create_api
from server.auth.accounts import Accounts
from server.auth.keys import Keys
from server.auth.login import add_login, open_login
from server.compression import KeptFiles
from server.gradio_patches.ended_spinner import EndedSpinner
from server.gradio_patches.failed_events import fail_in_words
from server.gradio_patches.failed_uploads import delete_failed_uploads
from server.gradio_patches.gone_pages import forget_deleted_files, forget_page, forget_strays, is_at_work, keep_little
from server.gradio_patches.light_sessions import lighten_sessions
from server.guard.allowed_routes import ALIVE
from server.guard.headers import AnswerHeaders
from server.guard.hosts import Hosts
from server.guard.limits import Limits, largest_file
from server.guard.ownership import Ownership
from server.guard.refusal import refusal
from server.guard.request_guard import USER, RequestGuard
from server.language import words_of
from server.originals import add_originals
from server.page_html import PageHtml, Properties
from server.page_sessions import PageSessions
from server.root_path import RootPath
from server.shutdown import EndsAnswers, StoppableServer
from server.uploads import UploadRoom
from service.model import Model
from service.original.show import Originals
from settings import Settings

_TIDY_SECONDS, _RECOUNT_SECONDS = 5, 60
_CONNECTION = (Path(__file__).parent / "connection.js").read_text("utf-8")


def create_app(
    page: gr.Blocks,
    model: Model,
    settings: Settings,
    accounts: Accounts,
    keys: Keys,
    store: Store,
    *,
    theme: Base,
    css: str,
    news: Callable[[str, str], int],
    originals: Originals,
    translations: Mapping[str, Callable[[], gr.Blocks]],
    current: Callable[[str], Mapping[str, Properties]],
) -> ASGIApp:
    """Return the whole web application; nothing in it talks to any other machine. `keys` are those of the API.

    `news` counts what others did to the session of a user and a tab, `originals` are the files that they may look at; `translations` build
    the page in the other languages, and `current` returns for a language what has changed on the page since it was built.
    """
    sessions = PageSessions(partial(forget_page, page), partial(is_at_work, page))
    folder = Path(get_upload_folder())
    room = UploadRoom(folder)
    app = FastAPI(title="Resume reranker", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_kept_tidy(page, sessions, room))
    of_request = partial(words_of, settings=settings)
    # Cookies do not tell ports apart: two apps on one machine are two logins. Under a sub-path browsers also send what a parent path set.
    cookie = f"reranker-{settings.port}{settings.root_path.replace('/', '-')}"
    login = open_login(accounts, store) if accounts else None
    process = secrets.token_hex(8)  # a page that another process served has another one: Gradio's app_id is too long a number for browsers

    @app.get(ALIVE)
    def alive(request: Request) -> dict[str, str | int]:
        return {"app": process, "news": news(request.scope.get(USER) or "", request.headers.get("x-reranker-tab", ""))}

    @app.exception_handler(RequestValidationError)
    @app.exception_handler(HTTPException)  # a form that cannot be parsed
    async def malformed(request: Request, error: RequestValidationError | HTTPException):
        status = error.status_code if isinstance(error, HTTPException) else 400
        return refusal(request.scope, status, of_request(request.scope)("refused.body"))

    sheet = f"/assets/page-{sha256(css.encode()).hexdigest()[:16]}.css"

    @app.get(sheet)
    def style_sheet() -> Response:
        return Response(css, media_type="text/css")

    if login:
        add_login(app, login, cookie, settings)
    add_originals(app, originals, of_request)
    _mount(app, page, settings, theme, _CONNECTION.replace("{process}", process), is_closed=bool(login))
    keep_little(page)
    lighten_sessions(page)
    fail_in_words(page, of_request)
    delete_failed_uploads()
    inside = Ownership(app, page, sessions, room, process, largest_file(settings.max_file_mb), of_request)
    finished = PageHtml(KeptFiles(EndedSpinner(inside)), page, translations, current, sheet, settings)
    limited = Limits(finished, settings.max_file_mb, of_request)
    user_of = login.user if login else None
    api = create_api(model, store, settings, keys, room, folder, has_users=bool(login))
    guard = RequestGuard(limited, api, Hosts(settings.host_names), user_of, cookie, f"{settings.root_path}/login", of_request)
    return RootPath(AnswerHeaders(guard), settings.root_path)


def _kept_tidy(page: gr.Blocks, sessions: PageSessions, room: UploadRoom):
    """What lets go of pages that have gone and of files that nobody has read, for as long as the app runs."""

    async def tidy_pages() -> None:
        while True:
            await asyncio.sleep(_TIDY_SECONDS)
            await sessions.sweep()
            await forget_strays(page, sessions)

    async def tidy_files() -> None:
        while True:
            await room.recount()
            await asyncio.to_thread(forget_deleted_files, page)
            await asyncio.sleep(_RECOUNT_SECONDS)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(tidy_pages()), asyncio.create_task(tidy_files())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()

    return lifespan


def _mount(app: FastAPI, page: gr.Blocks, settings: Settings, theme: Base, js: str, is_closed: bool) -> None:
    def user_of(request: Request) -> str | None:
        return request.scope.get(USER)

    gr.mount_gradio_app(
        app,
        page,
        path="/",
        server_name=settings.host,
        server_port=settings.port,
        root_path=settings.root_path or None,
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
        js=js,
    )
    page.app = app.routes[-1].app  # pyright: ignore[reportAttributeAccessIssue]  the page's own, which Gradio leaves out here, is not served
    page.config["max_file_size"] = None  # its client would refuse a large file itself, in English: the server does, in our words


def web_server(app: ASGIApp, settings: Settings) -> uvicorn.Server:
    """Return a server of the app, not started. X-Forwarded-For and -Proto are believed from the proxies of the settings only."""
    stopping = asyncio.Event()
    return StoppableServer(
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
