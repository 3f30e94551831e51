"""Refuse every request to Gradio or the API unless its host, origin and path are right, and for Gradio its user."""

from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from server.guard.allowed_routes import ALIVE, API, OPEN, is_served
from server.guard.hosts import Hosts, is_same_origin
from server.guard.refusal import refusal
from server.language import WordsOf

USER = "reranker.user"
"""Key of the signed-in user's name in the ASGI scope."""

_BELIEVED_BY_GRADIO = (b"x-forwarded-host", b"x-forwarded-proto", b"x-gradio-server")  # from anyone; the server checked them already


class RequestGuard:
    """ASGI middleware. `user_of` returns the user of a cookie (None: nobody), and takes whether that counts as a use of it.

    Without `user_of` nobody has to sign in; `login` is where the page sends them. Requests of programs go on to `api`, which knows no
    users.
    """

    def __init__(
        self,
        app: ASGIApp,
        api: ASGIApp,
        hosts: Hosts,
        user_of: Callable[[str, bool], str | None] | None,
        cookie: str,
        login: str,
        words_of: WordsOf,
    ):
        self._app, self._api, self._hosts, self._user_of = app, api, hosts, user_of
        self._cookie, self._login, self._words_of = cookie, login, words_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a good request on, refuse any other."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        headers, path = Headers(scope=scope), scope["path"]
        host, origin = headers.get("host", ""), headers.get("origin")
        if len(headers.getlist("host")) != 1 or not self._hosts.knows(host):
            return await refusal(scope, 403, self._words_of(scope)("refused.host"))(scope, receive, send)
        if (origin is not None and not is_same_origin(origin, host)) or _comes_from_elsewhere(scope, headers):
            return await refusal(scope, 403, self._words_of(scope)("refused.origin"))(scope, receive, send)
        if not is_served(scope["method"], path):
            return await refusal(scope, 404, self._words_of(scope)("refused.path"))(scope, receive, send)
        if API.fullmatch(path):
            return await self._api(scope, receive, send)
        user = self._user_of(_cookie(headers, self._cookie), path != ALIVE) if self._user_of else None
        if self._user_of and user is None and not OPEN.fullmatch(path):
            response = RedirectResponse(self._login, 303) if path == "/" else refusal(scope, 401, self._words_of(scope)("refused.login"))
            return await response(scope, receive, send)
        return await self._app({**without(scope, *_BELIEVED_BY_GRADIO), USER: user}, receive, send)


def without(scope: Scope, *names: bytes) -> Scope:
    """Return the same request without these headers."""
    return {**scope, "headers": [header for header in scope["headers"] if header[0] not in names]}


def _comes_from_elsewhere(scope: Scope, headers: Headers) -> bool:
    """Return whether another site sent the request, if the browser says so; a link to the page (GET) is fine, anything that acts is not."""
    return scope["method"] not in ("GET", "HEAD") and headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")


def _cookie(headers: Headers, name: str) -> str:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return morsel.value if morsel else ""
