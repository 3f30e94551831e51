"""Take from a worker what reading a file does not need, once and for good, so that a file that takes the worker over gains nothing.

Its files are few and of no size everywhere; on Linux Landlock also leaves it only libraries and fonts to open (landlock.py), and seccomp
only calls that compute (seccomp.py). Memory and processor time are bounded by preprocess/guarded/client.py.
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
    """What the kernel can take from a worker beyond limits: other files (Landlock), and network, processes and writing (seccomp)."""

    landlock: bool
    seccomp: bool


def protection() -> Protection:
    """Ask the kernel what it has. Changes nothing."""
    return Protection(landlock.version() > 0, seccomp.is_there())


def confine() -> None:
    """Confine this process; it cannot be undone, and holds for threads that start later. Takes a millisecond.

    Call it before the input is read, and after all imports and changes of limits and priority, which fail afterwards.
    Input is descriptor 0, output 1, and every other one above 2 is closed. No second thread may run: Landlock binds only the caller.
    Raises OSError where the kernel has a layer and refuses it, RuntimeError where threads run.
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
    if seccomp.is_there():
        seccomp.restrict()


def _limit() -> None:
    """Bound what is written, opened and started. Where a limit is tighter already it stays."""
    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_NOFILE: _MAX_FILES}
    limits[resource.RLIMIT_FSIZE] = 0  # of files; the pipe for the answer has no size
    if sys.platform != "linux":  # there it counts the user's threads, which OCR needs, and seccomp refuses processes; on macOS processes
        limits[resource.RLIMIT_NPROC] = 0
    for name, most in limits.items():
        with contextlib.suppress(ValueError):
            resource.setrlimit(name, (most, most))
