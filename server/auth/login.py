"""Sign users in and out: a plain page with a form (no script), and the session cookie."""

import logging
import math
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment

from feedback.store.sign_ins import FAILED, GOOD, LOCKED, add_sign_in
from feedback.store.store import Store
from i18n.texts import LANGUAGES, texts
from server.auth.accounts import NAME, Accounts
from server.auth.lockout import FIRST_WAIT_SECONDS, TRIES_PER_ADDRESS, Lockout, network
from server.auth.sessions import LONGEST_SECONDS, Sessions
from server.language import language_of
from settings import Settings

_PAGE = Environment(autoescape=True).from_string((Path(__file__).parent / "login_page.html").read_text("utf-8"))


log = logging.getLogger(__name__)

TRIES_HERE, TRIES_PER_USER = 5, 50
"""Failures of one name from one address, and of one name from anywhere, before they have to wait."""


class Login:
    """Check passwords, with a wait for guessers, and open sessions.

    Failures count for the name at the address that they come from, so that nobody keeps a colleague out by guessing in their name; for the
    address, which tries many names; and, with a higher bound, for the name, which many addresses try. `tell` is called with the outcome of
    each try that was checked, the name of the account ("" if there is none) and the address.
    """

    def __init__(self, accounts: Accounts, sessions: Sessions, tell: Callable[[str, str, str], None] = lambda outcome, user, address: None):
        self._accounts, self._sessions, self._tell = accounts, sessions, tell
        self._here = Lockout(TRIES_HERE, FIRST_WAIT_SECONDS)
        self._users, self._addresses = Lockout(TRIES_PER_USER), Lockout(TRIES_PER_ADDRESS)
        # One try at a time: a hundred at the same moment are counted as a hundred, and do not take 64 MiB each for a hash.
        self._lock = threading.Lock()

    def user(self, token: str, is_use: bool = True) -> str | None:
        """Return the signed-in user of a cookie's token, None for nobody: also once the user was removed or has another password."""
        return self._sessions.user(token, is_use, self._accounts.credential)

    def leave(self, token: str) -> None:
        """Sign out; no error for an unknown token."""
        self._sessions.close(token)

    def enter(self, user: str, password: str, address: str) -> tuple[str | None, float]:
        """Return the token of a new session, else None; and how many seconds to wait before another try is checked (even a right one)."""
        client, name = network(address), user if NAME.fullmatch(user) else ""
        counted = ((self._here, f"{client} {name}"), (self._users, name), (self._addresses, client))
        with self._lock:
            if wait := max(lockout.seconds_left(key) for lockout, key in counted):
                return None, wait
            credential = self._accounts.credential(user)  # before it is compared: if it changes right now, the session is over
            token = None
            if self._accounts.match(user, password):
                self._here.forget(f"{client} {name}")
                token, wait = self._sessions.open(user, credential or ""), 0.0
            else:
                for lockout, key in counted:
                    lockout.failed(key)
                wait = max(lockout.seconds_left(key) for lockout, key in counted)
        self._tell(GOOD if token else LOCKED if wait else FAILED, user if credential is not None else "", client)
        return token, wait


def open_login(accounts: Accounts, store: Store) -> Login:
    """Return a login with nobody signed in, which keeps in the store who tries. A store that fails keeps nobody out."""

    def keep(outcome: str, user: str, address: str) -> None:
        try:
            add_sign_in(store, outcome, user, address)
        except sqlite3.Error as error:
            log.warning("a sign-in was not kept: %s", type(error).__name__)

    return Login(accounts, Sessions(), keep)


def add_login(app: FastAPI, login: Login, cookie: str, settings: Settings) -> None:
    """Add /login and /logout to the app. `cookie` is the name of the session's."""
    root = settings.root_path

    def page(chosen: str, user: str = "", problem: str = "", minutes: int = 0, status: int = 200, *, was_in: bool = False) -> HTMLResponse:
        headers = {"Retry-After": str(60 * minutes)} if minutes else {}
        return HTMLResponse(login_html(chosen, user, problem, minutes, root, was_in=was_in), status, headers)

    def spoken(asked: str, request: Request) -> str:
        return asked if asked in LANGUAGES else language_of(request.scope, settings)

    def cookie_of(request: Request) -> dict[str, Any]:
        return {"path": root or "/", "httponly": True, "samesite": "strict", "secure": request.url.scheme == "https"}

    @app.get("/login")
    def ask(request: Request, lang: str = ""):
        if login.user(request.cookies.get(cookie, "")):
            return RedirectResponse(f"{root}/", 303)
        return page(spoken(lang, request), was_in=cookie in request.cookies)

    @app.post("/login")
    def answer(
        request: Request, username: Annotated[str, Form()] = "", password: Annotated[str, Form()] = "", lang: Annotated[str, Form()] = ""
    ):
        address = request.client.host if request.client else ""
        token, wait = login.enter(username.strip(), password, address)
        if token is None:
            minutes = math.ceil(wait / 60)
            return page(spoken(lang, request), username, "login.wait" if minutes else "login.wrong", minutes, 429 if minutes else 401)
        login.leave(request.cookies.get(cookie, ""))
        response = RedirectResponse(f"{root}/", 303)
        response.set_cookie(cookie, token, max_age=LONGEST_SECONDS, **cookie_of(request))
        return response

    @app.get("/logout")
    def leave(request: Request):
        if cookie not in request.cookies or request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return RedirectResponse(f"{root}/", 303)  # a link or picture of another site, which signs nobody out
        login.leave(request.cookies[cookie])
        response = RedirectResponse(f"{root}/login", 303)
        response.delete_cookie(cookie, **cookie_of(request))
        return response


def login_html(language: str, user: str = "", problem: str = "", minutes: int = 0, root: str = "", *, was_in: bool = False) -> str:
    """Return the page; `problem` is the key of a message, `root` the sub-path, `was_in`: the browser has a session that ended."""
    words, other = texts(language), {"zh": "en", "en": "zh"}[language]
    return _PAGE.render(
        html_language={"zh": "zh-CN", "en": "en"}[language],
        language=language,
        root=root,
        other=other,
        other_name=texts(other)("login.this_language"),
        problem=words(problem, minutes=minutes) if problem else "",
        user=user[:64],
        title=words("login.title"),
        hint=words("login.ended" if was_in else "login.hint"),
        user_label=words("login.user"),
        password_label=words("login.password"),
        button=words("login.button"),
    )
