"""Measure what the guarded processes of this process have used, for tests that must not depend on how busy the machine is."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from preprocess.guarded.children import FORK_SERVER, Child

CUT_OFF = -signal.SIGKILL
"""The exit code of a reader that was ended at its limit of processor or clock time."""


def workers() -> list[psutil.Process]:
    """Return the processes that the fork server has forked and that still run."""
    return psutil.Process(FORK_SERVER.pid).children() if FORK_SERVER.pid else []


def processor_seconds_of_readers() -> float:
    """Return the processor seconds of all readers that the fork server has forked and that have ended. A fork server that was ended takes
    its count with it.
    """
    assert FORK_SERVER.pid, "no file was read yet"
    times = psutil.Process(FORK_SERVER.pid).cpu_times()
    return times.children_user + times.children_system


@contextmanager
def exit_codes() -> Iterator[list[int]]:
    """Collect the exit codes of the readers that end inside the block."""
    codes: list[int] = []
    wait = Child.wait

    def waited(child: Child) -> int:
        codes.append(wait(child))
        return codes[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Child, "wait", waited)
        yield codes
