"""Limit the size of requests: counted as they arrive, whatever they declare, and refused before they are held in memory."""

from contextlib import suppress

from starlette.datastructures import Headers
from starlette.formparsers import MultiPartException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.guard.allowed_routes import API_FILES, UPLOAD
from server.guard.refusal import refusal
from server.language import WordsOf

MB = 1_000_000
MAX_BODY = 8 * MB
_UPLOAD_FACTOR = 5  # all files of one upload together, in largest files


def largest_file(max_file_mb: int) -> int:
    """Return the most bytes of one uploaded file. A ZIP may hold many files; each of them has its own limit, the setting."""
    return max(200, max_file_mb) * MB


def brings_files(scope: Scope) -> bool:
    """Return whether a request is one that may bring files, and more than others."""
    if API_FILES.fullmatch(scope["path"]):
        return Headers(scope=scope).get("content-type", "").lower().startswith("multipart/form-data")
    return scope["path"] == UPLOAD


class _TooLarge(MultiPartException):
    """A MultiPartException, since only for that does Gradio delete what it has stored of an upload."""


class Limits:
    """ASGI middleware: 413 for a body above 8 MB, and for an upload above five largest files."""

    def __init__(self, app: ASGIApp, max_file_mb: int, words_of: WordsOf):
        self._app, self._upload, self._words_of = app, _UPLOAD_FACTOR * largest_file(max_file_mb), words_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with its body cut off at the limit."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        is_upload = brings_files(scope)
        allowed = self._upload if is_upload else MAX_BODY
        said = Headers(scope=scope).get("content-length", "0")
        if not said.isdecimal() or int(said) > allowed:
            return await self._refuse(allowed, scope, receive, send)
        received, answered = 0, False

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > allowed:
                raise _TooLarge("The body is too large.")
            if is_upload and message["type"] == "http.disconnect":
                raise _TooLarge("The sender has gone.")  # or what came of the file would stay on disk
            return message

        async def unless_too_large(message: Message) -> None:
            nonlocal answered
            if received > allowed and not answered:
                return  # whatever the app makes of a body that ends too early: ours is said below
            answered = True
            await send(message)

        with suppress(_TooLarge):
            await self._app(scope, counted, unless_too_large)
        if received > allowed and not answered:
            await self._refuse(allowed, scope, receive, send)

    async def _refuse(self, allowed: int, scope: Scope, receive: Receive, send: Send) -> None:
        too_large = self._words_of(scope)("refused.large", megabytes=allowed // MB)
        await refusal(scope, 413, too_large)(scope, receive, send)
