"""Commands called in this process, as a process of their own would call them, without the seconds of its imports."""

import contextlib
import io
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path


def run_here(main: Callable[[Sequence[str]], int], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Return the exit code of a command's `main` and all that it printed."""
    command = list(map(str, arguments))
    with contextlib.redirect_stdout(io.StringIO()) as stdout, contextlib.redirect_stderr(io.StringIO()) as stderr:
        try:
            code = main(command)
        except SystemExit as end:  # of the parser of arguments
            code = int(end.code or 0)
    return subprocess.CompletedProcess(command, code, stdout.getvalue(), stderr.getvalue())
