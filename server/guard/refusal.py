"""A request that is refused gets one sentence of the text tables: the page shows it, and so does a browser that came by itself."""

from collections.abc import Callable

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Scope

from server.guard.routes import UPLOAD

Words = Callable[..., str]
"""Texts of one language: words(key, **values)."""


def refusal(scope: Scope, status: int, sentence: str) -> Response:
    """The answer. Gradio's client reads the reason from JSON, except after an upload, where it shows the text as it is."""
    if scope["method"] == "POST" and scope["path"] != UPLOAD:
        return JSONResponse({"detail": sentence}, status)
    return PlainTextResponse(sentence, status)
