"""Describe the API: openapi.json for programs, and a page without scripts, for FastAPI's own loads them from elsewhere."""

from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import Environment

from server.language import words_of
from settings import Settings

_PAGE = Environment(autoescape=True).from_string((Path(__file__).parent / "docs_page.html").read_text("utf-8"))


def add_docs(app: FastAPI, settings: Settings) -> None:
    """Add the routes to the app. They describe the other routes, not themselves."""

    @app.get("/v1/openapi.json", include_in_schema=False)
    async def schema() -> JSONResponse:
        return JSONResponse(app.openapi())

    @app.get("/v1/docs", include_in_schema=False)
    async def page(request: Request) -> HTMLResponse:
        words = words_of(request.scope, settings)
        told = {key: words(f"api_docs.{key}") for key in ("title", "hint", "field", "type", "meaning", "form")}
        routes = [_route(path, *pair) for path, methods in app.openapi()["paths"].items() for pair in methods.items()]
        language = {"zh": "zh-CN", "en": "en"}[words.language]
        return HTMLResponse(_PAGE.render(routes=routes, language=language, root=settings.root_path, **told))


def _route(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    """Return what the page shows of a route: its fields by the content type of the body."""
    content = operation.get("requestBody", {}).get("content", {})
    bodies = {kind: _fields(body["schema"]) for kind, body in content.items()}
    return {"method": method.upper(), "path": path, "summary": operation.get("summary", ""), "bodies": bodies}


def _fields(schema: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return name, type and meaning of each field of a body."""
    return [(name, _type(field), field.get("description", "")) for name, field in schema.get("properties", {}).items()]


def _type(field: dict[str, Any]) -> str:
    kinds = [_type(kind) for kind in field.get("anyOf", ()) if kind.get("type") != "null"]
    if kinds:
        return " | ".join(kinds)
    if "enum" in field:
        return " | ".join(map(str, field["enum"]))
    if field.get("type") == "array":
        return f"[{_type(field.get('items', {}))}]"
    return "file" if field.get("format") == "binary" else field.get("type", "")
