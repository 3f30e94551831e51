"""What one user has made, uploads and sessions of the page, no other user may name. Gradio itself takes any path and any session."""

import errno
import json
from collections import OrderedDict
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from gradio.utils import get_upload_folder
from python_multipart.exceptions import FormParserError
from starlette.datastructures import Headers, QueryParams
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.door import USER, without
from server.limits import MB
from server.refusal import Words, refusal
from server.routes import CANCEL, HEARTBEAT, JOIN, STREAM, UPLOAD
from server.uploads import make_room

_MOST = 100_000
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Belongings:
    """ASGI middleware inside the door. `events` has the numbers of the page's events; `largest_file` in bytes is what Gradio takes.

    Where nobody signs in, all are one user, yet files that were not uploaded cannot be named. A page that an earlier process served
    (`process` is another one) is refused with 409: this process knows nothing of it, and the page has to be loaded again.
    """

    def __init__(self, app: ASGIApp, events: Container[int], process: str, largest_file: int, words: Words):
        self._app, self._events, self._process, self._largest, self._words = app, events, process, largest_file, words
        self._files: OrderedDict[tuple[str, str | None], None] = OrderedDict()  # (path, user): two may upload the same
        self._pages: OrderedDict[str, str | None] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if all that it names is the user's own."""
        path, user = scope.get("path", ""), scope.get(USER)
        if path and Headers(scope=scope).get("x-reranker-process", self._process) != self._process:
            return await refusal(scope, 409, self._words("refused.restarted"))(scope, receive, send)
        if path == UPLOAD:
            return await self._upload(scope, receive, send)
        if path in (JOIN, CANCEL):
            try:
                body = json.loads(await Request(scope, receive).body())
                page, files, is_event = body["session_hash"], list(_paths(body)), body["fn_index"] in self._events
            except ClientDisconnect:
                return None
            except (ValueError, KeyError, TypeError, RecursionError):
                return await refusal(scope, 400, self._words("refused.body"))(scope, receive, send)
            if not is_event:
                return await refusal(scope, 400, self._words("refused.body"))(scope, receive, send)
            if any(not isinstance(file, str) or (file, user) not in self._files for file in files):
                return await refusal(scope, 403, self._words("refused.file"))(scope, receive, send)
            # Half a character (a lone surrogate) cannot be stored or sent: it becomes a question mark here, once for all.
            receive = _replay(json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"), receive)
            scope, send = without(scope, b"content-length"), self._unless_full(scope, receive, send)
        elif path == STREAM:
            page = QueryParams(scope["query_string"]).get("session_hash")
        elif match := HEARTBEAT.fullmatch(path):
            page = match[1]
        else:
            return await self._app(scope, receive, send)
        if not isinstance(page, str) or not self._is_own(page, user):
            return await refusal(scope, 403, self._words("refused.page"))(scope, receive, send)
        return await self._app(scope, receive, send)

    def _is_own(self, page: str, user: str | None) -> bool:
        """A session of the page, a random word that the browser makes up, belongs to the user who named it first."""
        owner = self._pages.get(page, user)
        _keep(self._pages, page, owner)
        return owner == user

    def _unless_full(self, scope: Scope, receive: Receive, send: Send) -> Send:
        """Gradio's client has English words of its own for 503, whatever the answer says: a full queue is told with 429 and ours."""
        is_full = False

        async def told(message: Message) -> None:
            nonlocal is_full
            if message["type"] == "http.response.start" and message["status"] == 503:
                is_full = True
                await refusal(scope, 429, self._words("refused.busy"))(scope, receive, send)
            elif not is_full:
                await send(message)

        return told

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not make_room(Path(get_upload_folder())):
            return await refusal(scope, 507, self._words("refused.full"))(scope, receive, send)
        answer: list[Message] = []  # it is short: the paths of what was stored

        async def hold(message: Message) -> None:
            answer.append(message)

        try:
            await self._app(without(scope, b"accept-encoding"), receive, hold)
        except (TypeError, FormParserError):  # what Gradio leaves unanswered: a part without a file name, an endless boundary
            return await refusal(scope, 400, self._words("refused.body"))(scope, receive, send)
        except OSError as error:
            if error.errno not in _NO_ROOM:
                raise
            return await refusal(scope, 507, self._words("refused.full"))(scope, receive, send)
        if answer and answer[0]["status"] == 200:
            for file in json.loads(b"".join(message.get("body", b"") for message in answer)):
                _keep(self._files, (file, scope.get(USER)), None)
        if answer and answer[0]["status"] == 413:
            return await refusal(scope, 413, self._words("refused.file_large", megabytes=self._largest // MB))(scope, receive, send)
        for message in answer:
            await send(message)


def _paths(body: Any) -> Iterator[Any]:
    """Everything in a body that Gradio may take for the path of a file."""
    waiting = [body]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if "path" in one:
                yield one["path"]
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def _keep(held: OrderedDict[Any, Any], key: Any, value: Any) -> None:
    """Remember it as the newest; the oldest go when there are too many."""
    held[key] = value
    held.move_to_end(key)
    while len(held) > _MOST:
        held.popitem(last=False)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A body that was read, for whoever reads it again; then what else the client sends."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again
