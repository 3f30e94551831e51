"""Start guarded processes for the server: forked by the fork server, or on their own, with an empty environment and no open files."""

import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from preprocess.guarded.fork_server import ENDED, NOT_FORKED

_ROOT = Path(__file__).resolve().parents[2]
_LIBRARIES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
ENVIRONMENT = {name: os.environ[name] for name in _LIBRARIES if name in os.environ} | {"OPENBLAS_NUM_THREADS": "1"}
"""All that a guarded process gets: without these paths some Pythons do not start, and one with threads cannot be confined."""

WAIT_SECONDS = 10.0
"""Seconds to wait for the exit of a process that has closed its socket."""


class NotStarted(Exception):
    """Raised when there is no process, or it ended through no fault of the file: the process that it was forked from is gone."""


class Child:
    """A guarded process. `channel` is the socket that its job goes in on and its reply comes out on.

    `process` is the one that was started: the child itself or, where there is a `control` socket, the fork server that forked it.
    """

    def __init__(self, channel: socket.socket, process: subprocess.Popen[bytes], control: socket.socket | None = None):
        self.channel, self._process, self._control = channel, process, control

    def kill(self) -> None:
        """Kill the process. Thread-safe; no error if it has ended already."""
        with suppress(OSError):
            if self._control:
                self._control.send(b"k")
            else:
                self._process.kill()

    def is_lost(self) -> bool:
        """Return whether the fork server that would report its end is gone."""
        try:
            return self._control is not None and self._control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    def wait(self) -> int:
        """Return the exit code, negative for a signal, and close the sockets. Raises NotStarted."""
        try:
            if not self._control:
                return self._process.wait(WAIT_SECONDS)
            self._control.settimeout(WAIT_SECONDS)
            (code,) = ENDED.unpack(self._control.recv(ENDED.size))
        except (TimeoutError, subprocess.TimeoutExpired):
            self.kill()
            return -signal.SIGKILL
        except (OSError, struct.error):  # the fork server is gone, perhaps at the hands of this very worker, which is of its group
            with suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
            _await_end(self._process)
            raise NotStarted from None
        finally:
            self.channel.close()
            if self._control:
                self._control.close()
        if code == NOT_FORKED:
            raise NotStarted
        return code


class ForkServer:
    """The process of fork_server.py: started with the first worker, and again when it was lost."""

    def __init__(self):
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None

    @property
    def pid(self) -> int:
        """Process id; 0 when there is none."""
        return self._process.pid if self._process else 0

    def fork(self, file: BinaryIO | None) -> Child:
        """Fork a worker; `file` becomes its descriptor 0. Raises NotStarted."""
        channel, worker_channel = socket.socketpair()
        control, worker_control = socket.socketpair()
        with worker_channel, worker_control:
            try:
                with self._lock:
                    if not self._process or self._process.poll() is not None or not self._socket:
                        self._start()
                    assert self._socket and self._process
                    process = self._process
                    descriptors = [worker_channel.fileno(), worker_control.fileno(), *([file.fileno()] if file else [])]
                    socket.send_fds(self._socket, [b"j"], descriptors)
            except OSError:
                channel.close()
                control.close()
                if self._process:
                    _await_end(self._process)
                raise NotStarted from None
        return Child(channel, process, control)

    def _start(self) -> None:
        if self._socket:
            self._socket.close()
        self._socket, worker_end = socket.socketpair()
        with worker_end:
            self._process = _spawn("preprocess.guarded.fork_server", worker_end.fileno(), subprocess.DEVNULL)

    def end(self) -> None:
        """Kill the fork server and every worker that it has forked."""
        with self._lock:
            if self._process and self._process.poll() is None:
                with suppress(OSError):
                    os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
            if self._socket:
                self._socket.close()
            self._process = self._socket = None


def _await_end(fork_server: subprocess.Popen[bytes]) -> None:
    """Wait until a lost fork server is gone, so that the next worker gets a new one."""
    with suppress(subprocess.TimeoutExpired):
        fork_server.wait(WAIT_SECONDS)


def spawn(file: BinaryIO | None) -> Child:
    """Start a worker as a process of its own. Raises NotStarted."""
    channel, worker_channel = socket.socketpair()
    with worker_channel:
        try:
            return Child(
                channel, _spawn("preprocess.guarded.worker", file.fileno() if file else subprocess.DEVNULL, worker_channel.fileno())
            )
        except OSError:
            channel.close()
            raise NotStarted from None


def _spawn(module: str, stdin: int, stdout: int) -> subprocess.Popen[bytes]:
    """Start a module in its own session: signals of the terminal are the server's to handle, and killing the group leaves no worker out."""
    command = [sys.executable, "-m", module]
    return subprocess.Popen(
        command, stdin=stdin, stdout=stdout, stderr=subprocess.DEVNULL, cwd=_ROOT, env=ENVIRONMENT, start_new_session=True
    )


FORK_SERVER = ForkServer()
