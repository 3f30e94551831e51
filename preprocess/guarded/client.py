"""Read one file in a process of its own, with bounded memory, time and output (docs/adr/0003). The server's side of worker.py."""

import io
import json
import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from typing import BinaryIO

from preprocess.document import Document, Unreadable
from preprocess.guarded.children import FORK_SERVER, Child, NotStarted, spawn
from preprocess.guarded.document_json import decode_document
from preprocess.guarded.readers import READERS
from preprocess.guarded.worker import DONE, REFUSED

MAX_CHARACTERS = 300_000
_CHUNK = 1 << 18
_ATTEMPTS = 2
_LOOK_SECONDS = 1.0


class Cancelled(Exception):
    """Raised when nobody wants the result any more."""


class _TooSlow(Exception):
    """Raised when a process has not ended by the clock, though it had processor time left: the machine is busy."""


class Cancellation:
    """End the guarded processes of one upload, now or as soon as they start."""

    def __init__(self):
        self._lock = threading.Lock()
        self._children: set[Child] = set()
        self.is_cancelled = False

    def cancel(self) -> None:
        """Kill the running processes; those that start later are killed at once."""
        with self._lock:
            self.is_cancelled = True
            for child in self._children:
                child.kill()

    @contextmanager
    def watching(self, child: Child) -> Iterator[None]:
        """Kill `child` when this is cancelled. Raises Cancelled at the end of the block if it was."""
        with self._lock:
            self._children.add(child)
            if self.is_cancelled:
                child.kill()
        try:
            yield
        finally:
            with self._lock:
                self._children.discard(child)
            if self.is_cancelled:
                raise Cancelled


_work = threading.local()


def check_cancelled() -> None:
    """Raise Cancelled if the upload that this thread works for was cancelled."""
    if (cancellation := getattr(_work, "cancellation", None)) and cancellation.is_cancelled:
        raise Cancelled


@contextmanager
def working_for(cancellation: Cancellation) -> Iterator[None]:
    """Let `cancellation` end the guarded processes that this thread starts inside the block."""
    _work.cancellation = cancellation
    try:
        yield
    finally:
        del _work.cancellation


def read_guarded(reader: str, data: bytes, name: str, max_characters: int = MAX_CHARACTERS) -> Document:
    """Read a file with a reader of `readers.READERS`; return the Document. Raises what `call_reader` raises, and Unreadable `too_long`."""
    max_answer = 2_000_000 + 24 * max_characters  # a character is up to 4 bytes, the box of a line 100
    return decode_document(call_reader(reader, data, name, max_characters=max_characters, max_answer=max_answer), name)


def call_reader(
    reader: str,
    source: bytes | BinaryIO,
    *arguments: str,
    max_characters: int = MAX_CHARACTERS,
    max_answer: int = 10_000_000,
    into: BinaryIO | None = None,
    seconds: int = 0,
) -> bytes:
    """Run a reader on a file (bytes, or an open file) in a guarded process; return its reply, or write it `into` a file.

    `seconds` is the limit of processor time, if lower than the reader's. Blocking, thread-safe.

    Raises Cancelled, and Unreadable: `too_complex` (out of memory or processor time, or a reply of more than `max_answer` bytes), `busy`
    (out of time by the clock), `reader_failed`, or what the reader raised. Retried only if the process ended for a reason that has nothing
    to do with the file.
    """
    limits = replace(READERS[reader], seconds=seconds or READERS[reader].seconds)
    job = {"reader": asdict(limits), "arguments": arguments, "max_characters": max_characters}
    request = json.dumps(job).encode() + b"\n"
    problem = Unreadable("reader_failed", "start")
    for _ in range(_ATTEMPTS):
        check_cancelled()
        if not isinstance(source, bytes):
            source.seek(0)
        try:
            return _call_once(reader, request, source, max_answer, into)
        except NotStarted:
            continue
        except _TooSlow:
            problem = Unreadable("busy")
    raise problem


def _call_once(reader: str, request: bytes, source: bytes | BinaryIO, max_answer: int, into: BinaryIO | None) -> bytes:
    data, file = (source, None) if isinstance(source, bytes) else (b"", source)
    limits = READERS[reader]
    answer = _Reply(max_answer, into)
    child = FORK_SERVER.fork(file) if limits.forks else spawn(file)
    cancellation = getattr(_work, "cancellation", None) or Cancellation()
    with cancellation.watching(child):
        try:
            _exchange(child, (request, data), answer.add, time.monotonic() + limits.clock_seconds)
        except BaseException:
            child.kill()
            raise
        finally:
            code = child.wait()
    if code < 0:  # ended by a signal: out of memory or of time, or a crash in the parser
        raise Unreadable("too_complex")
    return answer.returned(code)


class _Reply:
    """Collects the output of a guarded process. Raises Unreadable `too_complex` beyond `max_bytes`."""

    def __init__(self, max_bytes: int, into: BinaryIO | None):
        self._left, self._refusal = max_bytes, io.BytesIO()
        self._into = into or io.BytesIO()
        self._into.seek(0)
        self._into.truncate()
        self._kind = b""

    def add(self, chunk: bytes) -> None:
        """Append the next bytes; the first byte of all tells a result from a refusal."""
        if not self._kind:
            self._kind, chunk = chunk[:1], chunk[1:]
        self._left -= len(chunk)
        if self._left < 0:
            raise Unreadable("too_complex")
        (self._into if self._kind == DONE else self._refusal).write(chunk)

    def returned(self, code: int) -> bytes:
        """Return what the reader returned (b"" if it went into a file), or raise what it raised. `code` is the exit code of the process."""
        if self._kind == DONE and code == 0:
            return self._into.getvalue() if isinstance(self._into, io.BytesIO) else b""
        try:
            reason, detail = json.loads(self._refusal.getvalue())
            if self._kind != REFUSED or not isinstance(reason, str) or not isinstance(detail, str):
                raise ValueError
        except (ValueError, TypeError):
            raise Unreadable("reader_failed", str(code)) from None
        raise Unreadable(reason, detail)


def _exchange(child: Child, parts: tuple[bytes, bytes], take: Callable[[bytes], None], deadline: float) -> None:
    """Send `parts` and pass what comes back to `take` until the other side closes. Raises _TooSlow after `deadline`."""
    channel = child.channel
    channel.setblocking(False)
    waiting = [memoryview(part) for part in parts if part]
    with selectors.DefaultSelector() as selector:
        selector.register(channel, selectors.EVENT_READ | selectors.EVENT_WRITE)
        while True:
            if time.monotonic() > deadline:
                raise _TooSlow
            events = selector.select(_LOOK_SECONDS)
            if not events:
                if child.is_lost():
                    return
                continue
            ((_, ready),) = events
            with suppress(BlockingIOError):
                if ready & selectors.EVENT_WRITE:
                    waiting = _sent(channel, waiting)
                    if not waiting:
                        selector.modify(channel, selectors.EVENT_READ)
            if ready & selectors.EVENT_READ:
                chunk = _received(channel)
                if chunk == b"":
                    return
                if chunk:
                    take(chunk)


def _sent(channel: socket.socket, waiting: list[memoryview]) -> list[memoryview]:
    """Send some of `waiting` and return the rest. A process may end before it has read everything: its reply says why."""
    try:
        rest = waiting[0][channel.send(waiting[0][:_CHUNK]) :]
        waiting = [rest, *waiting[1:]] if rest else waiting[1:]
        if not waiting:
            channel.shutdown(socket.SHUT_WR)
        return waiting
    except (BrokenPipeError, ConnectionResetError):
        return []


def _received(channel: socket.socket) -> bytes | None:
    """Return the next bytes, b"" at the end, None if there are none yet."""
    try:
        return channel.recv(_CHUNK)
    except BlockingIOError:
        return None
    except ConnectionResetError:  # it ended with something left to read
        return b""
