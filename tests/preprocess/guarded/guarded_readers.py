"""Measure what the guarded processes of this process have used, for tests that must not depend on how busy the machine is."""

import psutil

from preprocess.guarded.children import FORK_SERVER


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
