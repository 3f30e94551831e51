"""Refuse requests that name another user's uploads or page sessions. Gradio itself accepts any path and any session."""

import errno
import json
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

import gradio as gr
from gradio.block_function import BlockFunction
from python_multipart.exceptions import FormParserError
from starlette.datastructures import Headers, QueryParams
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.auth.lockout import network
from server.gradio_patches.gone_pages import bytes_in_work, forget_upload, outlives_breaks
from server.gradio_patches.open_stream import OpenStream
from server.guard.allowed_routes import CANCEL, GRADIO, HEARTBEAT, JOIN, PROGRESS, STREAM, UPLOAD
from server.guard.event_body import NotPassed, json_body, known_parts, paths_in, replay
from server.guard.limits import MB
from server.guard.refusal import refusal
from server.guard.request_guard import USER, without
from server.language import WordsOf
from server.page_sessions import FOREIGN, FULL, GONE, NAME, OWN, PageSessions
from server.uploads import KEPT_SECONDS, UploadRoom, upload_problem

_MOST_FILES = 10_000
_MOST_UPLOADS_SHOWN = 1000

_MOST_BYTES_IN_WORK = 64 * MB
_EVENT_ID = re.compile(r"[0-9a-f]{32}")
_BYTES = "reranker.bytes"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_REFUSED = {FOREIGN: (403, "page"), GONE: (409, "gone"), FULL: (429, "pages")}


class Ownership:
    """ASGI middleware inside the request guard, around the `page`. `largest_file` is Gradio's limit in bytes.

    Without sign-in all are one user, yet files that were not uploaded cannot be named. A page served by an earlier process (`process`
    differs) or an expired one is refused with 409 and has to be loaded again.
    """

    def __init__(
        self,
        app: ASGIApp,
        page: gr.Blocks,
        sessions: PageSessions,
        room: UploadRoom,
        process: str,
        largest_file: int,
        words_of: WordsOf,
        clock: Callable[[], float] = time.monotonic,
    ):
        self._app, self._page, self._sessions, self._room, self._process = app, page, sessions, room, process
        self._open_stream = OpenStream(app)
        self._largest, self._words_of, self._clock = largest_file, words_of, clock
        self._files: dict[str | None, OrderedDict[str, float]] = {}  # by user, when a path was uploaded: two may upload the same
        self._uploads_shown: OrderedDict[str, None] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if all that it names is the user's own and its form is one that the page sends."""
        path = scope.get("path", "")
        if not path.startswith(GRADIO):
            return await self._app(scope, receive, send)
        try:
            if Headers(scope=scope).get("x-reranker-process", self._process) != self._process:
                raise NotPassed(409, "restarted")
            await self._pass(path, scope, receive, send)
        except ClientDisconnect:
            return
        except NotPassed as refused:
            status, key = refused.args
            await refusal(scope, status, self._words_of(scope)(f"refused.{key}"))(scope, receive, send)

    async def _pass(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        query = QueryParams(scope["query_string"])
        if path == UPLOAD:
            self._show_upload(query.get("upload_id"), is_needed=False)
            await self._upload(scope, receive, send)
        elif path == JOIN:
            await self._join(scope, receive, send)
        elif path == STREAM or HEARTBEAT.fullmatch(path):
            await self._listen(path, query, scope, receive, send)
        elif path == CANCEL:
            event = known_parts(await json_body(scope, receive), session_hash=NAME, event_id=_EVENT_ID, fn_index=self._page.fns)
            self._check(self._sessions.look(event["session_hash"], scope.get(USER)))
            await self._app(*self._with_body(event, scope, receive, send))
        else:
            if path == PROGRESS:
                self._show_upload(query.get("upload_id"), is_needed=True)
            await self._app(scope, receive, self._in_words(scope, receive, send))

    async def _join(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle an event of a page: remove or refuse what Gradio would trust in its body."""
        user, body = scope.get(USER), await json_body(scope, receive)
        event = known_parts(body, session_hash=NAME, fn_index=self._page.fns)
        number, name = event["fn_index"], event["session_hash"]
        function: BlockFunction = self._page.fns[number]
        event |= {key: body.get(key) for key in ("data", "event_data", "trigger_id")}
        owned = self._files.get(user, ())
        if any(not isinstance(file, str) or file not in owned for file in paths_in(event)):
            raise NotPassed(403, "file")
        if not isinstance(event["data"], list) or len(event["data"]) != len(function.inputs):
            raise NotPassed(400, "body")
        if event["trigger_id"] is not None and type(event["trigger_id"]) is not int:
            raise NotPassed(400, "body")
        self._check(await self._sessions.enter(name, user, _payer(scope)))
        scope, receive, send = self._with_body(event, scope, receive, send)
        if bytes_in_work(self._page, _BYTES) + scope[_BYTES] > _MOST_BYTES_IN_WORK:
            raise NotPassed(429, "busy")
        await self._open_stream.join(name, scope, receive, send)
        outlives_breaks(self._page, name)

    async def _listen(self, path: str, query: QueryParams, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a stream of results of a page that has joined, or the heartbeat of any page."""
        heartbeat, user = HEARTBEAT.fullmatch(path), scope.get(USER)
        name = heartbeat[1] if heartbeat else query.get("session_hash", "")
        if not NAME.fullmatch(name):
            raise NotPassed(400, "body")
        self._check(await self._sessions.enter(name, user, _payer(scope)) if heartbeat else self._sessions.look(name, user))
        with self._sessions.connected(name) as is_allowed:
            if not is_allowed:
                raise NotPassed(429, "busy")
            if heartbeat:
                await self._app(scope, receive, send)
            else:
                await self._open_stream.listen(name, scope, receive, send)

    def _check(self, whose: str) -> None:
        if whose != OWN:
            raise NotPassed(*_REFUSED[whose])

    def _with_body(self, body: Mapping[str, Any], scope: Scope, receive: Receive, send: Send) -> tuple[Scope, Receive, Send]:
        """Return the same request with this body instead."""
        # Half a character (a lone surrogate) cannot be stored or sent: it becomes a question mark here, once for all.
        try:
            content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        except RecursionError:
            raise NotPassed(400, "body") from None
        return {**without(scope, b"content-length"), _BYTES: len(content)}, replay(content, receive), self._in_words(scope, receive, send)

    def _in_words(self, scope: Scope, receive: Receive, send: Send) -> Send:
        """Replace Gradio's refusals, which are in English and quote what was sent, by ours.

        Its client has its own message for 503, so a full queue is answered with 429.
        """
        is_refused = False

        async def told(message: Message) -> None:
            nonlocal is_refused
            if message["type"] == "http.response.start" and (message["status"] == 503 or 400 <= message["status"] < 500):
                is_refused = True
                status, key = (429, "busy") if message["status"] == 503 else (message["status"], "body")
                await refusal(scope, status, self._words_of(scope)(f"refused.{key}"))(scope, receive, send)
            elif not is_refused:
                await send(message)

        return told

    def _show_upload(self, upload_id: str | None, is_needed: bool) -> None:
        """Remember the newest upload ids: Gradio keeps progress under an id of the browser's choice."""
        if upload_id is None and not is_needed:
            return
        if upload_id is None or not NAME.fullmatch(upload_id):
            raise NotPassed(400, "body")
        _keep(self._uploads_shown, upload_id, None)
        while len(self._uploads_shown) > _MOST_UPLOADS_SHOWN:
            forget_upload(self._uploads_shown.popitem(last=False)[0])

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        size = int(Headers(scope=scope).get("content-length") or self._largest)  # limits.py has seen that it is a number
        if not await self._room.take(size):
            raise NotPassed(507, "full")
        answer: list[Message] = []  # it is short: the paths of what was stored

        async def hold(message: Message) -> None:
            answer.append(message)

        try:
            await self._app(without(scope, b"accept-encoding"), receive, hold)
        except (TypeError, FormParserError):  # what Gradio leaves unanswered: a part without a file name, an endless boundary
            raise NotPassed(400, "body") from None
        except OSError as error:
            if error.errno not in _NO_ROOM:
                raise
            raise NotPassed(507, "full") from None
        finally:
            status = answer[0]["status"] if answer else 0
            self._room.settle(size, status == 200)
        body = b"".join(message.get("body", b"") for message in answer)
        if 400 <= status < 500:
            key = upload_problem(body.decode("utf-8", "replace"))
            if status == 413 and key is None:
                told = self._words_of(scope)("refused.file_large", megabytes=self._largest // MB)
                return await refusal(scope, 413, told)(scope, receive, send)
            raise NotPassed(400 if key else status, key or "body")
        if status == 200:
            self._own(json.loads(body), scope.get(USER))
        for message in answer:
            await send(message)

    def _own(self, files: list[str], user: str | None) -> None:
        """Remember the owner of these paths for as long as the files can exist."""
        now, owned = self._clock(), self._files.setdefault(user, OrderedDict())
        for file in files:
            _keep(owned, file, now)
        while len(owned) > _MOST_FILES or (owned and now - next(iter(owned.values())) > 2 * KEPT_SECONDS):
            owned.popitem(last=False)


def _payer(scope: Scope) -> str:
    """Return whom a page session counts for: the user or, without sign-in, the address."""
    user = scope.get(USER)
    return f"user {user}" if user is not None else f"address {network((scope.get('client') or [''])[0])}"


def _keep(known: OrderedDict[Any, Any], key: Any, value: Any) -> None:
    """Insert the key as the newest."""
    known[key] = value
    known.move_to_end(key)
