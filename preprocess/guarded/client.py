"""One file read in a process of its own: bounded memory, time and output (docs/adr/0003). The server's side; worker.py is the other."""

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
from preprocess.guarded.children import NURSERY, Child, NotStarted, spawn
from preprocess.guarded.document_json import unpacked
from preprocess.guarded.readers import READERS
from preprocess.guarded.worker import DONE, REFUSED

MAX_CHARACTERS = 300_000
_CHUNK = 1 << 18
_ATTEMPTS = 2
_LOOK_SECONDS = 1.0


class Cancelled(Exception):
    """Nobody wants the answer any more."""


class Cancellation:
    """Ends the guarded processes of one upload, now or as soon as they start."""

    def __init__(self):
        self._lock = threading.Lock()
        self._children: set[Child] = set()
        self.is_cancelled = False

    def cancel(self) -> None:
        """Kill what runs; what starts later is killed at once."""
        with self._lock:
            self.is_cancelled = True
            for child in self._children:
                child.kill()

    @contextmanager
    def watching(self, child: Child) -> Iterator[None]:
        """Kill the child when this is cancelled. Raises Cancelled, when it was, at the end."""
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
    """Raise Cancelled if nobody wants any more what this thread works for."""
    if (cancellation := getattr(_work, "cancellation", None)) and cancellation.is_cancelled:
        raise Cancelled


@contextmanager
def working_for(cancellation: Cancellation) -> Iterator[None]:
    """Let this cancel whatever the thread asks a guarded process for inside the block."""
    _work.cancellation = cancellation
    try:
        yield
    finally:
        del _work.cancellation


def read_guarded(reader: str, data: bytes, name: str, max_characters: int = MAX_CHARACTERS) -> Document:
    """Read a file by that reader of `readers.READERS`. Raises what `ask` raises, and Unreadable `too_long`."""
    most = 2_000_000 + 24 * max_characters  # a character is up to 4 bytes, the box of a line 100
    return unpacked(ask(reader, data, name, max_characters=max_characters, max_answer=most), name)


def ask(
    reader: str,
    source: bytes | BinaryIO,
    *arguments: str,
    max_characters: int = MAX_CHARACTERS,
    max_answer: int = 10_000_000,
    into: BinaryIO | None = None,
    seconds: int = 0,
) -> bytes:
    """Return what a reader says of a file (bytes, or an open one that the process is given), or write it `into` another file.

    `seconds` of processor time: where the file needs less than the reader has. Blocks; call it from several threads.

    Raises Cancelled, and Unreadable: `too_complex` (out of memory or time, or an answer of more than `max_answer` bytes),
    `reader_failed`, or what the reader raised. It is asked again only if the process ended for a reason that has nothing to do with
    the file.
    """
    limits = replace(READERS[reader], seconds=seconds or READERS[reader].seconds)
    job = {"reader": asdict(limits), "arguments": arguments, "max_characters": max_characters}
    request = json.dumps(job).encode() + b"\n"
    for _ in range(_ATTEMPTS):
        check_cancelled()
        try:
            return _ask_once(reader, request, source, max_answer, into)
        except NotStarted:
            continue
    raise Unreadable("reader_failed", "start")


def _ask_once(reader: str, request: bytes, source: bytes | BinaryIO, max_answer: int, into: BinaryIO | None) -> bytes:
    data, file = (source, None) if isinstance(source, bytes) else (b"", source)
    limits = READERS[reader]
    answer = _Answer(max_answer, into)
    child = NURSERY.fork(file) if limits.forks else spawn(file)
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


class _Answer:
    """What comes out of a guarded process, as it comes. Raises Unreadable `too_complex` when it is too much."""

    def __init__(self, most: int, into: BinaryIO | None):
        self._left, self._refusal = most, io.BytesIO()
        self._into = into or io.BytesIO()
        self._into.seek(0)
        self._into.truncate()
        self._kind = b""

    def add(self, chunk: bytes) -> None:
        """Take the next bytes."""
        if not self._kind:
            self._kind, chunk = chunk[:1], chunk[1:]
        self._left -= len(chunk)
        if self._left < 0:
            raise Unreadable("too_complex")
        (self._into if self._kind == DONE else self._refusal).write(chunk)

    def returned(self, code: int) -> bytes:
        """Return what the reader returned (b"" where it went into a file), or raise what it raised. `code` is that of the process."""
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
    """Send the parts and take what comes back until the other side ends. Raises Unreadable `too_complex` after the deadline."""
    channel = child.channel
    channel.setblocking(False)
    waiting = [memoryview(part) for part in parts if part]
    with selectors.DefaultSelector() as selector:
        selector.register(channel, selectors.EVENT_READ | selectors.EVENT_WRITE)
        while True:
            if time.monotonic() > deadline:
                raise Unreadable("too_complex")
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
    """Send some of it and return the rest. A process that ends before it has read everything has its reasons."""
    try:
        rest = waiting[0][channel.send(waiting[0][:_CHUNK]) :]
        waiting = [rest, *waiting[1:]] if rest else waiting[1:]
        if not waiting:
            channel.shutdown(socket.SHUT_WR)
        return waiting
    except (BrokenPipeError, ConnectionResetError):
        return []


def _received(channel: socket.socket) -> bytes | None:
    """Return the next bytes, b"" at the end, None when there are none yet."""
    try:
        return channel.recv(_CHUNK)
    except BlockingIOError:
        return None
    except ConnectionResetError:  # it ended with something left to read
        return b""
