"""Refuse a request with one sentence of the text tables: shown by the page, by a browser that came by itself, or read by a program."""

from collections.abc import Mapping

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Scope

from server.guard.allowed_routes import API, UPLOAD


def refusal(scope: Scope, status: int, sentence: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return the response. Gradio's client reads the reason from JSON, except after an upload, where it shows the text.

    Programs get JSON.
    """
    if API.fullmatch(scope["path"]):
        return JSONResponse(said(sentence), status, headers)
    if scope["method"] == "POST" and scope["path"] != UPLOAD:
        return JSONResponse({"detail": sentence}, status, headers)
    return PlainTextResponse(sentence, status, headers)


def said(sentence: str) -> dict[str, str]:
    """Return the body for programs: the sentence under the names that clients of Cohere and of FastAPI look for."""
    return {"message": sentence, "detail": sentence}
