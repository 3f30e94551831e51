"""One job in a process of its own: bytes on stdin, JSON on stdout, bounded memory and time (docs/adr/0003). Both sides of the pipe."""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from preprocess.document import Unreadable

_ROOT = Path(__file__).resolve().parent.parent
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1"}  # numpy starts no threads when it is imported: a process with threads cannot be confined


def ask(module: str, data: bytes, max_seconds: float, *arguments: str) -> dict[str, Any]:
    """What the worker `module` answers. Blocks; call it from several threads.

    Raises Unreadable: `too_complex` (out of memory or of time), `reader_failed`, or the "reason" that the worker answers.
    """
    command = [sys.executable, "-m", module, *arguments]
    try:
        done = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env=os.environ | _ENVIRONMENT,
            timeout=max_seconds,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("too_complex") from None
    except OSError as error:
        raise Unreadable("reader_failed", type(error).__name__) from None
    if done.returncode < 0:  # ended by a signal: out of memory or of time, or a crash in the parser
        raise Unreadable("too_complex")
    try:
        reply = json.loads(done.stdout)
    except ValueError:
        raise Unreadable("reader_failed", str(done.returncode)) from None
    if "reason" in reply:
        raise Unreadable(reply["reason"], reply["detail"])
    return reply


def limit_resources(max_bytes: int, max_seconds: int) -> None:
    """For the worker: bound its address space and processor time where the system can; the asker's clock holds everywhere."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (max_seconds, max_seconds))
        resource.setrlimit(resource.RLIMIT_AS, (max_bytes, max_bytes))
