"""Serve the app under a sub-path of a reverse proxy, whether the proxy passes the path on as it is or takes the sub-path away."""

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class RootPath:
    """Outermost ASGI middleware: everything inside sees paths without the sub-path. Links in answers are relative or begin with it."""

    def __init__(self, app: ASGIApp, root: str):
        self._app, self._root = app, root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on without the sub-path. The sub-path alone is sent to its slash: without it the page's links lead astray."""
        if self._root and scope["type"] == "http":
            path = scope["path"]
            if path == self._root:
                return await RedirectResponse(f"{self._root}/", 308)(scope, receive, send)
            if path.startswith(f"{self._root}/"):
                path = path.removeprefix(self._root)
                scope = {**scope, "path": path, "raw_path": path.encode("utf-8", "replace")}
        await self._app(scope, receive, send)
