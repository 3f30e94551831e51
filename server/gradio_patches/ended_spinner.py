"""Let the spinner of Gradio's client end. The one that shows while the page is built asks for the next frame for ever: a tenth of a core.

Its clock runs on where a component is taken off the page while its state is "pending", since only another state stops it. The script
belongs to the version of Gradio in requirements.txt; one that reads otherwise is sent as it is.
"""

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from server.whole_answer import send_changed, whole_answer

_SCRIPT = re.compile(r"/assets/statustracker-[\w-]+\.js")
_CLOCK = re.compile(rb"(performance\.now\(\)-\w+\(\w+\)\)/1e3\),)(\w+)&&(\w+)\(\)")
"""… the seconds so far, then `running && next()`."""
_ELEMENT = re.compile(rb"\(\$,\w+=>(\w+)=\w+,\(\)=>\1\)")
"""Where the component keeps its element, which is null once it has left the page."""


def mended(script: bytes) -> bytes:
    """Return the script of the component with a clock that stops once the component has left the page."""
    element = _ELEMENT.search(script)
    return _CLOCK.sub(rb"\1\2&&" + element[1] + rb"&&\3()", script, count=1) if element else script


class EndedSpinner:
    """ASGI middleware. Sends the script of Gradio's spinner mended."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass other requests on."""
        if scope["type"] != "http" or not _SCRIPT.fullmatch(scope["path"]):
            return await self._app(scope, receive, send)
        start, script = await whole_answer(self._app, scope, receive)
        await send_changed(start, mended(script) if start["status"] == 200 else script, send)
