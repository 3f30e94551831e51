"""Take from a worker, irreversibly, what reading a file does not need, so that a file that takes it over gains nothing.

Everywhere the number and size of its files are limited; on Linux Landlock leaves it only libraries and fonts to open (landlock.py), and
seccomp only system calls that compute (seccomp.py). worker.py bounds memory and processor time.
"""

import contextlib
import os
import resource
import sys
from pathlib import Path
from typing import NamedTuple

from preprocess.guarded.sandbox import kernel, landlock, seccomp

_MAX_FILES = 64  # open at once; pdfium opens one font at a time
_NO_NEW_PRIVILEGES = 38  # PR_SET_NO_NEW_PRIVS


class Protection(NamedTuple):
    """The kernel layers that there are: Landlock (other files) and seccomp (network, processes, writing)."""

    landlock: bool
    seccomp: bool


def protection() -> Protection:
    """Return which layers this kernel has. Changes nothing."""
    return Protection(landlock.version() > 0, seccomp.is_supported())


def confine() -> None:
    """Confine this process; it cannot be undone, and holds for threads that start later. Takes a millisecond.

    Call it after all imports and changes of limits and priority, which fail afterwards, and before the input is read. Input is descriptor
    0, output 1; all above 2 are closed. Raises OSError where the kernel has a layer and refuses it, RuntimeError where a second thread
    runs: Landlock binds only the caller.
    """
    _limit()
    if sys.platform != "linux":
        return
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        raise RuntimeError("confine() comes before threads: set OPENBLAS_NUM_THREADS=1 in the environment of the worker")
    for name in list(Path("/proc/self/fd").iterdir()):
        if int(name.name) > 2:
            with contextlib.suppress(OSError):  # the one that listed them is closed already
                os.close(int(name.name))
    kernel.prctl(_NO_NEW_PRIVILEGES, 1)
    if landlock.version():
        landlock.restrict()
    if seccomp.is_supported():
        seccomp.restrict()


def _limit() -> None:
    """Limit writing, open files and processes. A limit that is tighter already stays."""
    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_NOFILE: _MAX_FILES}
    limits[resource.RLIMIT_FSIZE] = 0  # of files; the pipe for the answer has no size
    if sys.platform != "linux":  # there it counts the user's threads, which OCR needs, and seccomp refuses processes; on macOS processes
        limits[resource.RLIMIT_NPROC] = 0
    for name, limit in limits.items():
        with contextlib.suppress(ValueError):
            resource.setrlimit(name, (limit, limit))
