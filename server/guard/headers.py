"""Set the headers of every response: what a browser may do with the page, and that it caches nothing with data in it."""

import re
from base64 import b64encode
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.compression import compressed, encoding_of
from server.guard.allowed_routes import KEPT_BY_BROWSER
from server.guard.request_guard import without

_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)

# Gradio compiles the page's own scripts from text ('unsafe-eval') and styles elements in place. Scripts that stand in the markup run only
# if they stood in the page as the server sent it: whatever a resume smuggles into the page later is not among these.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'{inline}; script-src-attr 'none'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'none'; frame-src 'none'; media-src 'none'; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FOR_DOCUMENTS = {
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
    "Referrer-Policy": "same-origin",  # with no-referrer a browser sends the login form with "Origin: null"
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), display-capture=()",
    "X-Robots-Tag": "noindex",
}
"""The files of Gradio's client go without these and with a short policy: there are eighty, and these would be 15 % of what is received."""
_POLICY_OF_FILES = "default-src 'none'; frame-ancestors 'none'"


class AnswerHeaders:
    """Outermost ASGI middleware, so that refusals have the headers too."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers. The page itself is buffered until the hashes of its scripts are known."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        path = scope["path"]
        start: Message = {}
        page = bytearray()

        async def with_headers(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                headers.update(_HEADERS)
                kept = KEPT_BY_BROWSER.fullmatch(path) and message["status"] == 200
                headers.update({} if kept else _FOR_DOCUMENTS)
                headers["Cache-Control"] = "private, max-age=31536000, immutable" if kept else "no-store"
                headers["Content-Security-Policy"] = _POLICY_OF_FILES if kept else _POLICY.format(inline="")
                message = start = {**message, "headers": headers.raw}
                if _is_html(headers):
                    return
            elif _is_html(MutableHeaders(raw=start["headers"])):
                page.extend(message.get("body", b""))
                if message.get("more_body"):
                    return
                headers = MutableHeaders(raw=start["headers"])
                headers["Content-Security-Policy"] = _POLICY.format(inline="".join(f" '{digest}'" for digest in script_hashes(bytes(page))))
                body = compressed(bytes(page), headers, encoding_of(scope))
                await send({**start, "headers": headers.raw})
                message = {"type": "http.response.body", "body": body}
            await send(message)

        await self._app(without(scope, b"accept-encoding") if path == "/" else scope, receive, with_headers)


def script_hashes(page: bytes) -> list[str]:
    """Return the hash of each inline script in the markup as the policy names it (https://www.w3.org/TR/CSP3/#grammardef-hash-source)."""
    return [f"sha256-{b64encode(sha256(script).digest()).decode()}" for script in _INLINE_SCRIPT.findall(page)]


def _is_html(headers: MutableHeaders) -> bool:
    return headers.get("content-type", "").startswith("text/html")
