"""Keep clicks from getting lost as the stream of answers ends: mend a fault of Gradio (6.31), see docs/gradio-lost-click.md.

Gradio's page has one stream of answers (GET queue/data). The server ends it with the message "close_stream" when the last event of the
session is done; the page then hangs up, and opens another stream with its next event. An event that joins (POST queue/join) after the
server has decided to end the stream is answered on another connection, so the page may hear that its event has joined before it hears
of the end. It then believes its stream to be open, opens none, and the answer is never fetched.

Only the page can say when it has heard of the end: it says so by hanging up. So the server leaves an ended stream unfinished until then,
and tells no event of the session that it has joined before that. Nothing stays open for longer than the way to the page and back.
"""

import asyncio

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CLOSE_STREAM = b'data: {"msg":"close_stream"'

_HANG_UP_S = 2.0
"""Seconds to wait for a page to hang up. Some proxies do not pass that on; a click right after an answer then takes this much longer."""


class OpenStream:
    """Requests of the sessions of Gradio's `app`: its streams with `listen`, its events with `join`."""

    def __init__(self, app: ASGIApp):
        self._app = app
        self._hung_up: dict[str, asyncio.Event] = {}  # by session, of streams that have ended and whose page may not know it yet

    async def listen(self, session: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the session's stream, and finish it when the page has hung up."""
        hung_up = asyncio.Event()

        async def finish_late(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                headers["Cache-Control"] = "no-store"  # Chromium asks twice for what its cache holds the torn beginning of
                message = {**message, "headers": headers.raw}
            elif message.get("body", b"").startswith(_CLOSE_STREAM):
                self._hung_up[session] = hung_up  # no await since Gradio saw that no event is left: a later one meets this
            elif self._hung_up.get(session) is hung_up and not message.get("more_body"):
                await _hang_up(receive)
            await send(message)

        try:
            await self._app(scope, receive, finish_late)
        finally:
            if self._hung_up.get(session) is hung_up:
                del self._hung_up[session]
            hung_up.set()

    async def join(self, session: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Queue an event of the session, and answer when no page can take a stream that has ended for an open one."""

        async def answer_late(message: Message) -> None:
            if message["type"] == "http.response.start" and (hung_up := self._hung_up.get(session)):
                await hung_up.wait()
            await send(message)

        await self._app(scope, receive, answer_late)


async def _hang_up(receive: Receive) -> None:
    """Wait until the page has hung up, or long enough."""
    try:
        async with asyncio.timeout(_HANG_UP_S):
            while (await receive())["type"] != "http.disconnect":
                pass
    except TimeoutError:
        pass
