"""Shut the server down: close open responses instead of cutting them off with a traceback each, and leave no child process behind."""

import asyncio
import os
import socket
import sys
from contextlib import suppress
from typing import NoReturn

import psutil
import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from preprocess.guarded.pool import stop_readers
from server.guard.allowed_routes import HEARTBEAT, STREAM

_GRACE_S = 1.5
"""For responses that end by themselves; streams to open pages do not."""


class StoppableServer(uvicorn.Server):
    """A server that sets `stopping` as soon as it is asked to end, before it waits for connections."""

    def __init__(self, config: uvicorn.Config, stopping: asyncio.Event):
        super().__init__(config)
        self._stopping = stopping

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Shut down; open responses are told first, and readers are stopped."""
        self._stopping.set()
        stop_readers()
        await super().shutdown(sockets)


class EndsAnswers:
    """Outermost ASGI middleware: once the server is `stopping`, ends streams at once and other responses after a short grace."""

    def __init__(self, app: ASGIApp, stopping: asyncio.Event):
        self._app, self._stopping = app, stopping

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle the request unless the server stops before that."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        is_open = is_ended = False

        async def noted(message: Message) -> None:
            nonlocal is_open
            if is_ended:
                return  # what the application makes of being cancelled is nothing for the visitor
            is_open = message["type"] == "http.response.start" or bool(message.get("more_body"))
            await send(message)

        answer = asyncio.ensure_future(self._app(scope, receive, noted))
        stop = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({answer, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not answer.done() and not _is_stream(scope["path"]):
                await asyncio.wait({answer}, timeout=_GRACE_S)
            if answer.done():
                return answer.result()
        finally:
            stop.cancel()
            is_ended = True
            if not answer.done():
                answer.cancel()
                await asyncio.wait({answer}, timeout=_GRACE_S)
        if is_open:
            with suppress(Exception):  # the visitor has gone, or was promised more bytes than will come
                await send({"type": "http.response.body", "body": b"", "more_body": False})


def _is_stream(path: str) -> bool:
    return path == STREAM or HEARTBEAT.fullmatch(path) is not None


def end_process(code: int) -> NoReturn:
    """Exit this process and its children now, whatever its threads are doing: what must survive is on disk already."""
    stop_readers()
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            child.kill()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
