"""Check whether the processes that read files are confined here: one of them tries to get out, and may not."""

import json
import socket
import tempfile
from collections.abc import Collection

from preprocess.document import Unreadable
from preprocess.guarded.client import call_reader
from preprocess.guarded.sandbox import Protection, protection
from preprocess.guarded.sandbox.probe import CONNECT, READ, RUN, WRITE
from service.doctor.result import CheckResult, failed, ok
from service.message import Message


def check_sandbox() -> CheckResult:
    """Let a guarded process try to read and write a file, to connect to a socket, and to run a program."""
    with tempfile.NamedTemporaryFile() as secret, socket.create_server(("127.0.0.1", 0)) as server:
        try:
            worked = json.loads(call_reader("probe", b"", secret.name, str(server.getsockname()[1])))
        except Unreadable as error:
            return failed("sandbox", "sandbox_not_started", "sandbox_not_started_remedy", problem=f"{error.reason} {error.detail}".strip())
    return sandbox_result(worked, protection())


def sandbox_result(worked: Collection[str], kernel: Protection) -> CheckResult:
    """Return the result of what worked on a kernel with these layers."""
    if not worked:
        return ok("sandbox", "sandbox")
    values = {"worked": ", ".join(sorted(worked))}
    if set(worked) - _WITHOUT[kernel]:
        return failed("sandbox", "sandbox_open", "sandbox_open_remedy", **values)
    lacks = "start.no_landlock" if kernel.seccomp else "start.no_seccomp" if kernel.landlock else "start.no_sandbox"
    return CheckResult("sandbox", "warn", Message("doctor.sandbox_part", values), Message(lacks))


_WITHOUT = {
    Protection(landlock=True, seccomp=True): set(),
    Protection(landlock=False, seccomp=True): {READ},
    Protection(landlock=True, seccomp=False): {CONNECT},
    Protection(landlock=False, seccomp=False): {READ, WRITE, CONNECT, RUN},
}
"""Attempts that cannot be refused, by the layers that the kernel has."""
