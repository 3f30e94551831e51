"""Read one job inside a guarded process, run its reader within limits, write one reply. client.py is the server's side.

Descriptor 1 is a socket: one line of JSON comes in on it, then the file's bytes unless descriptor 0 is the file itself; the reply goes
out. python -m preprocess.guarded.worker does one such job; forked processes (fork_server.py) call `work`.
"""

import contextlib
import json
import os
import resource
import sys
from typing import Any

from preprocess.document import Document, Unreadable
from preprocess.guarded.document_json import encode_document
from preprocess.guarded.readers import Reader
from preprocess.guarded.sandbox import confine

DONE, REFUSED = b"D", b"R"
"""First byte of a reply: DONE before what the reader returned, REFUSED before JSON of [reason, detail]."""


def work() -> None:
    """Do the job that waits on descriptor 1."""
    with open(1, "rb", closefd=False) as incoming, open(1, "wb", closefd=False) as outgoing:
        job = json.loads(incoming.readline())
        reader = Reader(**job["reader"])
        read = reader.function()
        _restrict(reader)
        with open(0, "rb", closefd=False) as file:
            try:
                source: Any = file if reader.seeks else incoming.read()
                answer = DONE + _as_bytes(read(source, *job["arguments"]), job["max_characters"])
            except Unreadable as error:
                answer = REFUSED + json.dumps([error.reason, error.detail]).encode()
            except (MemoryError, RecursionError):
                answer = REFUSED + b'["too_complex", ""]'
        outgoing.write(answer)


def _restrict(reader: Reader) -> None:
    """Give up everything that reading a file does not need: after all imports, before any byte of the file is looked at."""
    limit_resources(reader)
    os.nice(5)  # rankings go first
    confine()


def limit_resources(reader: Reader) -> None:
    """Bound memory and processor time where the system can (macOS does not bound memory); `confine` bounds the rest."""
    for name, most in (("CPU", reader.seconds), ("AS", reader.memory)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


def _as_bytes(result: Any, max_characters: int) -> bytes:
    if isinstance(result, bytes):
        return result
    if not isinstance(result, Document):
        return json.dumps(result, ensure_ascii=False).encode("utf-8", "surrogatepass")
    lines = [line.text for page in result.pages for line in page.lines]
    if sum(map(len, lines)) > max_characters or len(lines) > max_characters:  # a line costs the server more than its characters
        raise Unreadable("too_long", f"{max_characters:,}")
    return encode_document(result)


if __name__ == "__main__":
    work()
    sys.stdout = None  # descriptor 1 is no console
