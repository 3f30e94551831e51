"""Admit to the API whoever has a key; without any key, programs on this machine that come straight from it."""

import ipaddress
import math

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from server.auth.keys import Keys
from server.auth.lockout import TRIES_PER_ADDRESS, Lockout, network
from server.guard.allowed_routes import PROBES
from server.guard.hosts import host_name
from server.guard.refusal import refusal
from server.language import WordsOf
from settings import Settings

CALLER = "reranker.caller"
"""Key of the name of the request's key in the ASGI scope; "" for a program on this machine where there are no keys."""

_OF_PROXIES = ("forwarded", "via", "x-real-ip")
_SCHEME = "bearer "


class ApiAccess:
    """ASGI middleware around the API, inside the request guard: of what comes here host and origin are right.

    Users of the page mean nothing here, and keys nothing there. Twenty wrong keys lock an address for 15 minutes, for the right key too.
    """

    def __init__(self, app: ASGIApp, keys: Keys, settings: Settings, words_of: WordsOf):
        self._app, self._keys, self._words_of = app, keys, words_of
        self._is_for_proxies = bool(settings.trusted_proxy or settings.root_path)
        self._wrong = Lockout(TRIES_PER_ADDRESS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with the name of its key, or refuse it."""
        if scope["type"] != "http" or PROBES.fullmatch(scope["path"]):
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):  # a page of another site, or a link on it
            return await refusal(scope, 403, self._words_of(scope)("refused.origin"))(scope, receive, send)
        if not self._keys:
            if not self._is_from_this_machine(scope, headers):
                return await refusal(scope, 403, self._words_of(scope)("api.no_keys"))(scope, receive, send)
            return await self._app({**scope, CALLER: ""}, receive, send)
        address = network((scope.get("client") or [""])[0])
        if wait := self._wrong.seconds_left(address):
            told = self._words_of(scope)("api.locked", minutes=math.ceil(wait / 60))
            return await refusal(scope, 429, told, {"Retry-After": str(math.ceil(wait))})(scope, receive, send)
        key = _key(headers)
        name = self._keys.name_of(key) if key else None
        if name is None:
            if key:
                self._wrong.failed(address)
            told = self._words_of(scope)("api.wrong_key" if key else "api.no_key")
            return await refusal(scope, 401, told, {"WWW-Authenticate": "Bearer"})(scope, receive, send)
        await self._app({**scope, CALLER: name}, receive, send)

    def _is_from_this_machine(self, scope: Scope, headers: Headers) -> bool:
        """Return whether no proxy passed the request on, as far as one can be told: by its headers, and by the host that was asked for."""
        is_passed_on = self._is_for_proxies or any(name in _OF_PROXIES or name.startswith("x-forwarded") for name in headers)
        host = host_name(headers.get("host", ""))
        return not is_passed_on and _is_loopback((scope.get("client") or [""])[0]) and (host == "localhost" or _is_loopback(host))


def _key(headers: Headers) -> str:
    given = headers.get("authorization", "")
    return given[len(_SCHEME) :].strip() if given[: len(_SCHEME)].lower() == _SCHEME else ""


def _is_loopback(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return parsed.is_loopback or bool(parsed.version == 6 and parsed.ipv4_mapped and parsed.ipv4_mapped.is_loopback)
