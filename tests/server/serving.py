"""Serve the whole web application on a free port, in this process: what the tests of the server talk to."""

import re
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

import gradio as gr
import httpx
import uvicorn
from argon2 import PasswordHasher

from feedback.store.store import Store
from i18n.texts import LANGUAGES
from server.app import create_app, web_server
from server.auth import accounts
from server.auth.keys import open_keys
from server.gradio_patches.one_app import without_own_app
from service.access.access import Access
from service.model import Model
from service.original.show import Originals
from settings import Settings
from ui.keeping import restored
from ui.page import build_page, current_properties
from ui.session_registry import SessionRegistry
from ui.steps import forget
from ui.theme import CSS, theme

PASSWORD = "correct horse"
QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Makes hashes of the same kind as the app's, which take 64 MiB and a tenth of a second each; tests/server/auth holds that they do."""


@contextmanager
def serving(settings: Settings, model: Model, store: Store | None = None, port: int = 0) -> Iterator[httpx.Client]:
    """Yield a client of the running application; it keeps cookies and follows no redirects. Store and port are new ones unless they are
    given.
    """
    store = store or Store(Path(tempfile.mkdtemp()) / "feedback.sqlite3")
    with patch.object(accounts, "_HASHER", QUICK_HASHER):
        users = accounts.open_accounts(settings)
    access = Access(users.admins, settings.private_runs)
    registry = SessionRegistry(lambda session: forget(session.pile, session.run, model), partial(restored, store, access=access), access)

    def page_in(language: str) -> gr.Blocks:
        with without_own_app():
            return build_page(model, store, replace(settings, language=language), registry, access)

    translations = {language: partial(page_in, language) for language in LANGUAGES if language != settings.language}
    looks = {"theme": theme(), "css": CSS}
    parts = {"news": registry.news, "originals": Originals(registry.run_of, store), "translations": translations}
    parts |= {"current": partial(current_properties, model, store)}
    with socket.create_server(("127.0.0.1", port)) as door, patch.object(accounts, "_HASHER", QUICK_HASHER):
        web_app = create_app(page_in(settings.language), model, settings, users, open_keys(settings), store, **looks, **parts)
        with running(web_server(web_app, settings), door) as client:
            yield client


@contextmanager
def running(server: uvicorn.Server, door: socket.socket) -> Iterator[httpx.Client]:
    """Run a server on a socket in a thread; a client of it."""
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as service.port.listen does
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        with client_of(f"http://127.0.0.1:{door.getsockname()[1]}") as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()


def client_of(address: str) -> httpx.Client:
    """Return a visitor who has not signed in."""
    return httpx.Client(base_url=address, trust_env=False, timeout=30)


def sign_in(client: httpx.Client, user: str, password: str = PASSWORD, **headers: str) -> httpx.Response:
    """Send the form of the login page."""
    return client.post("/login", data={"username": user, "password": password}, headers=headers)


def sentence(answer: httpx.Response) -> str:
    """Return what a person reads on the login page after a failure."""
    match = re.search(r'role="alert">([^<]*)<', answer.text)
    return match[1] if match else ""
