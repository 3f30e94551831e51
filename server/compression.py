"""Compress what a browser receives: the page at each visit, and the files of Gradio's client, which never change, once and for all."""

import asyncio
import gzip

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.guard.allowed_routes import KEPT_BY_BROWSER
from server.whole_answer import whole_answer

_QUALITY = 5
"""Of 11. Twice the processor time of Gradio's 4 and 6 % less; 11 is 8 % less again for forty times the processor time."""

_SMALLEST = 400
_MOST_BYTES = 8_000_000
"""What the page needs is 0.3 MB; all files of Gradio's client are 21 MB."""

_TEXTS = ("text/", "application/javascript", "application/json")


def encoding_of(scope: Scope) -> str:
    """Return the best encoding that the browser accepts: "br", "gzip" or "" for none."""
    accepted = {part.split(";")[0].strip() for part in Headers(scope=scope).get("accept-encoding", "").split(",")}
    return next((encoding for encoding in ("br", "gzip") if encoding in accepted), "")


def compressed(body: bytes, headers: MutableHeaders, encoding: str) -> bytes:
    """Return the body in this encoding, if it is a text that is worth it, and write so into the headers of the answer."""
    if len(body) >= _SMALLEST and headers.get("content-type", "").startswith(_TEXTS):
        headers["Vary"] = "Accept-Encoding"
        if encoding == "br":
            body = brotli.compress(body, mode=brotli.MODE_TEXT, quality=_QUALITY)
        elif encoding == "gzip":
            body = gzip.compress(body, 6)
        if encoding:
            headers["Content-Encoding"] = encoding
    headers["Content-Length"] = str(len(body))
    return body


class KeptFiles:
    """ASGI middleware. Keeps the compressed files of the client in memory: a visit needs some eighty."""

    def __init__(self, app: ASGIApp):
        self._app = app
        self._kept: dict[tuple[str, str], tuple[list[tuple[bytes, bytes]], bytes]] = {}
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a kept file, or keep the file of this answer."""
        if scope["type"] != "http" or scope["method"] != "GET" or not KEPT_BY_BROWSER.fullmatch(scope["path"]):
            return await self._app(scope, receive, send)
        key = scope["path"], encoding_of(scope)
        if key not in self._kept:
            start, body = await self._whole(scope)
            headers = MutableHeaders(raw=list(start["headers"]))
            if start["status"] != 200:
                await send(start)
                return await send({"type": "http.response.body", "body": body})
            answer = headers.raw, compressed(body, headers, key[1])
            if self._bytes + len(answer[1]) > _MOST_BYTES:
                self._kept.clear()
                self._bytes = 0
            self._kept[key] = answer
            self._bytes += len(answer[1])
        raw, body = self._kept[key]
        await send({"type": "http.response.start", "status": 200, "headers": list(raw)})
        await send({"type": "http.response.body", "body": body})

    async def _whole(self, scope: Scope) -> tuple[Message, bytes]:
        """Return how the answer to the request starts, and its body, not compressed: whole, though the visitor may have left meanwhile.
        Of an answer that is cut off Gradio sends a part or nothing, which all others would get from then on.
        """
        asked = [header for header in scope["headers"] if header[0] not in (b"accept-encoding", b"if-none-match", b"range")]
        return await whole_answer(self._app, {**scope, "headers": asked}, _stays())


def _stays() -> Receive:
    """Return the side of a visitor who has sent a request without a body, and does not hang up."""
    messages: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if not messages:
            await asyncio.Event().wait()
        return messages.pop()

    return receive
