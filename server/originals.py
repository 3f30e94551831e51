"""Serve original files: a page asks for the pages of a candidate's file, and for the file itself, with the key of its tab.

The key is a header, which no other site can send, and names the list that the file must be in; see service/original/show.py.
"""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import FastAPI, Header, Request
from fastapi.responses import Response

from preprocess.document import Unreadable
from server.guard.refusal import refusal
from server.guard.request_guard import USER
from server.language import WordsOf
from service.original.show import Busy, NoOriginal, Originals

_Tab = Annotated[str, Header(alias="x-reranker-tab")]


def add_originals(app: FastAPI, originals: Originals, words_of: WordsOf) -> None:
    """Add the routes to the app. They answer 404 for what the tab's list does not have, 422 for pages that cannot be drawn."""

    @app.exception_handler(NoOriginal)
    async def missing(request: Request, error: NoOriginal) -> Response:
        return refusal(request.scope, 404, words_of(request.scope)("original.gone"))

    @app.exception_handler(Busy)
    async def busy(request: Request, error: Busy) -> Response:
        return refusal(request.scope, 429, words_of(request.scope)("original.busy"))

    @app.exception_handler(Unreadable)
    async def unreadable(request: Request, error: Unreadable) -> Response:
        return refusal(request.scope, 422, words_of(request.scope)("original.failed"))

    @app.get("/original/{resume_id}/{digest}")
    def layout(resume_id: str, digest: str, request: Request, tab: _Tab = "") -> dict[str, Any]:
        return originals.layout(_user(request), tab, resume_id, digest)

    @app.get("/original/{resume_id}/{digest}/file")
    def download(resume_id: str, digest: str, request: Request, tab: _Tab = "") -> Response:
        name, data = originals.download(_user(request), tab, resume_id, digest)
        return Response(
            data,
            media_type="application/octet-stream",
            headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"},
        )

    @app.get("/original/{resume_id}/{digest}/{page}")
    def picture(resume_id: str, digest: str, page: int, request: Request, tab: _Tab = "") -> Response:
        return Response(originals.picture(_user(request), tab, resume_id, digest, page), media_type="image/jpeg")


def _user(request: Request) -> str:
    return request.scope.get(USER) or ""
