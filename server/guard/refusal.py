"""Refuse a request with one sentence of the text tables, shown by the page, or by a browser that came by itself."""

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Scope

from server.guard.allowed_routes import UPLOAD


def refusal(scope: Scope, status: int, sentence: str) -> Response:
    """Return the response. Gradio's client reads the reason from JSON, except after an upload, where it shows the text."""
    if scope["method"] == "POST" and scope["path"] != UPLOAD:
        return JSONResponse({"detail": sentence}, status)
    return PlainTextResponse(sentence, status)
