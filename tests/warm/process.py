"""Start a program by forking the template: what a test has in its hands instead of a subprocess.Popen."""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from select import select
from typing import IO

from tests.warm.template import MAX_JOB, NUMBER

ROOT = Path(__file__).parents[2]


class WarmProcess:
    """A program that runs. As subprocess.Popen has it: `pid`, `returncode`, `stdout`, poll, wait, send_signal, terminate and kill."""

    def __init__(self, arguments: Sequence[str], control: socket.socket, stdout: IO[str] | None):
        """Take `control`, which brings the process's number, and when it has ended its exit code."""
        self.args, self.stdout, self._control = arguments, stdout, control
        self.pid = self._number()
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit code, negative for the signal that ended it; None while it runs."""
        if self.returncode is None and select([self._control], [], [], 0)[0]:
            self.returncode = self._number()
            self._control.close()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code as soon as there is one. Raise subprocess.TimeoutExpired after `timeout` seconds."""
        if self.returncode is None and not select([self._control], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        code = self.poll()
        assert code is not None
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Send SIGTERM, unless it has ended."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Send SIGKILL, unless it has ended."""
        self.send_signal(signal.SIGKILL)

    def _number(self) -> int:
        message = self._control.recv(NUMBER.size)
        assert message, "the process that programs are forked from has ended"
        return NUMBER.unpack(message)[0]


def start_warm(program: str, *arguments: str, environment: Mapping[str, str] = os.environ, output: IO[bytes] | None = None) -> WarmProcess:
    """Start a program of the project's folder, which is also its working folder.

    `output` takes what it says and its errors; without one they are to be read from the process's `stdout`.
    """
    if output:
        return _started(program, arguments, environment, output.fileno(), output.fileno())
    read, write = os.pipe()
    try:
        process = _started(program, arguments, environment, write, write)
    finally:
        os.close(write)
    process.stdout = os.fdopen(read, encoding="utf-8")
    return process


def run_warm(
    program: str, *arguments: str | Path, environment: Mapping[str, str] = os.environ, timeout: float = 110
) -> subprocess.CompletedProcess[str]:
    """Run a program of the project's folder to its end; return its exit code, what it said, and its errors."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output, tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        process = _started(program, list(map(str, arguments)), environment, output.fileno(), errors.fileno())
        try:
            code = process.wait(timeout)
        finally:
            process.kill()
        output.seek(0)
        errors.seek(0)
        return subprocess.CompletedProcess(process.args, code, output.read(), errors.read())


def _started(program: str, arguments: Sequence[str], environment: Mapping[str, str], output: int, errors: int) -> WarmProcess:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    job = {"program": program, "arguments": list(arguments), "environment": dict(environment), "folder": str(ROOT)}
    message = json.dumps(job).encode()
    assert len(message) < MAX_JOB
    with theirs:
        socket.send_fds(_template(), [message], [theirs.fileno(), output, errors])
    return WarmProcess([program, *arguments], ours, None)


@cache
def _template() -> socket.socket:
    """Return a socket that takes jobs. The first test process of a run that needs it starts the process that programs are forked from."""
    address = f"\0warm-{os.environ.get('PYTEST_XDIST_TESTRUNUID') or os.getpid()}"  # without a file
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as server:
        try:
            server.bind(address)
        except OSError:  # another process of this run has started it
            pass
        else:
            server.listen()
            environment = os.environ | {"OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false", "HF_HUB_OFFLINE": "1"}
            process = subprocess.Popen([sys.executable, "-m", "tests.warm.template"], cwd=ROOT, stdin=server.fileno(), env=environment)
            atexit.register(process.wait)
    jobs = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    while jobs.connect_ex(address):  # it is bound, and listens in a moment
        time.sleep(0.01)
    atexit.register(jobs.close)
    return jobs
