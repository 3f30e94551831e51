"""Starts guarded processes for the server: forked by the nursery, or of their own. Both get an empty environment and no open files."""

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from preprocess.nursery import ENDED

_ROOT = Path(__file__).resolve().parent.parent
_LIBRARIES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
ENVIRONMENT = {name: os.environ[name] for name in _LIBRARIES if name in os.environ}
"""All that guarded processes get of it; without these some Pythons do not start."""

_WAIT_SECONDS = 10.0
"""A process that has closed its socket has ended, or is about to."""


class NotStarted(Exception):
    """There is no process, or it ended through no fault of the file: the process that it was forked from is gone."""


class Child:
    """A guarded process. `channel` is the socket that its job goes in and its answer comes out on."""

    def __init__(self, channel: socket.socket, control: socket.socket | None, process: subprocess.Popen[bytes] | None = None):
        self.channel, self._control, self._process = channel, control, process

    def kill(self) -> None:
        """End it now; from any thread, and also when it has ended already."""
        if self._process:
            with suppress(OSError):
                self._process.kill()
        elif self._control:
            with suppress(OSError):
                self._control.send(b"k")

    def wait(self) -> int:
        """Return its exit code, negative for a signal, and let go of it. Raises NotStarted."""
        try:
            if self._process:
                return self._process.wait(_WAIT_SECONDS)
            assert self._control
            self._control.settimeout(_WAIT_SECONDS)
            code = self._control.recv(ENDED.size)
        except (TimeoutError, subprocess.TimeoutExpired):
            self.kill()
            return -signal.SIGKILL
        except OSError:
            raise NotStarted from None
        finally:
            self.channel.close()
            if self._control:
                self._control.close()
        if len(code) != ENDED.size:
            raise NotStarted
        return ENDED.unpack(code)[0]


class Nursery:
    """The process of nursery.py, started with the first worker, and again when it was lost."""

    def __init__(self):
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None

    @property
    def pid(self) -> int:
        """Of the process; 0 when there is none."""
        return self._process.pid if self._process else 0

    def fork(self, file: BinaryIO | None) -> Child:
        """Fork a worker; `file` becomes its descriptor 0. Raises NotStarted."""
        channel, its_channel = socket.socketpair()
        control, its_control = socket.socketpair()
        with its_channel, its_control:
            try:
                with self._lock:
                    if not self._process or self._process.poll() is not None or not self._socket:
                        self._start()
                    assert self._socket
                    descriptors = [its_channel.fileno(), its_control.fileno(), *([file.fileno()] if file else [])]
                    socket.send_fds(self._socket, [b"j"], descriptors)
            except OSError:
                channel.close()
                control.close()
                raise NotStarted from None
        return Child(channel, control)

    def _start(self) -> None:
        if self._socket:
            self._socket.close()
        self._socket, its_end = socket.socketpair()
        with its_end:
            self._process = _spawn("preprocess.nursery", its_end.fileno(), subprocess.DEVNULL)

    def end(self) -> None:
        """Kill the nursery and every worker that it has forked."""
        with self._lock:
            if self._process and self._process.poll() is None:
                with suppress(OSError):
                    os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
            if self._socket:
                self._socket.close()
            self._process = self._socket = None


def spawn(file: BinaryIO | None) -> Child:
    """Start a worker as a process of its own. Raises NotStarted."""
    channel, its_channel = socket.socketpair()
    with its_channel:
        try:
            return Child(channel, None, _spawn("preprocess.worker", file.fileno() if file else subprocess.DEVNULL, its_channel.fileno()))
        except OSError:
            channel.close()
            raise NotStarted from None


def _spawn(module: str, stdin: int, stdout: int) -> subprocess.Popen[bytes]:
    """In a session of its own: a signal from the terminal is the server's to answer, and no worker is left out when all are killed."""
    command = [sys.executable, "-m", module]
    return subprocess.Popen(
        command, stdin=stdin, stdout=stdout, stderr=subprocess.DEVNULL, cwd=_ROOT, env=ENVIRONMENT, start_new_session=True
    )


NURSERY = Nursery()
