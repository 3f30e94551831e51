"""Disturb the machine while people work: kill a reader, fill the disk, kill the server and start it again."""

import os
import random
import resource
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from benchmarks.soak.users import Clock, Seen
from benchmarks.visitors import started, until_ready
from tests.server.process import free_port

PAUSE = 10.0
"""Seconds between two accidents, in which all must be right again."""

_SETTLING = 2.0
"""Seconds for which what had begun before may still fail after an accident."""

_FULL_SECONDS = 4.0
_E2E = {"GRADIO_IS_E2E_TEST": "1"}
"""Gradio keeps what closed pages had for a second instead of an hour."""


class Machine:
    """The server, which may be killed and started again at the same address, and when accidents happened."""

    def __init__(self, model: str, log: Path):
        self.log, self._model, self._port = log, model, free_port()
        self.address = f"http://127.0.0.1:{self._port}"
        self._accidents: list[tuple[float, float]] = []

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)

    @property
    def pid(self) -> int:
        """Return the id of the server's process, another one after each accident."""
        return self._process.pid

    def is_disturbed_since(self, moment: float) -> bool:
        """Return whether an accident happened, or was not over yet, since this moment (`time.monotonic`)."""
        return any(end > moment for _, end in self._accidents)

    @contextmanager
    def accident(self) -> Iterator[None]:
        """Mark an accident for as long as this lasts, and shortly after: what is in work then may be lost."""
        self._accidents.append((time.monotonic(), float("inf")))
        try:
            yield
        finally:
            time.sleep(_SETTLING)
            self._accidents[-1] = (self._accidents[-1][0], time.monotonic())

    def kill_server(self) -> None:
        """Kill it and all that it has started, and start it again."""
        children = psutil.Process(self.pid).children(recursive=True)
        self._process.kill()
        self._process.wait()
        psutil.wait_procs(children, timeout=10)  # they end by themselves
        self._start()

    def kill_reader(self) -> None:
        """Kill one of the processes that the server has started."""
        with suppress(psutil.NoSuchProcess, ValueError, IndexError):
            os.kill(random.choice(psutil.Process(self.pid).children(recursive=True)).pid, signal.SIGKILL)

    def fill_disk(self) -> None:
        """Let no file of the server grow for some seconds: the system says so as it does for a full disk."""
        before = resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        time.sleep(_FULL_SECONDS)
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, before)

    def _start(self) -> None:
        self._process: subprocess.Popen[bytes] = started(self._model, self.log, self._port, _E2E)
        until_ready(self._process, self._port)


def accidents(machine: Machine, clock: Clock, seen: Seen) -> None:
    """Cause one accident after another until the time is up."""
    clock.wait()
    turn = 0
    while clock.is_running:
        time.sleep(PAUSE)
        happens = (machine.kill_reader, machine.fill_disk, machine.kill_server)[turn % 3]
        with machine.accident():
            happens()
        seen.accidents[happens.__name__] += 1
        turn += 1
