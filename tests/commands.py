"""Call commands in this process, as a process of their own would call them, without the seconds of its imports.

They ask the judge that all tests share: what it has read for one test, it need not read for the next.
"""

import contextlib
import io
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.encoder import JUDGE

RANKING = ("cli", "feedback_tune", "service.bulk.command")
"""Modules that make a judge."""


def run_here(main: Callable[[Sequence[str]], int], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Return the exit code of a command's `main` and all that it printed."""
    command = list(map(str, arguments))
    with (
        contextlib.redirect_stdout(io.StringIO()) as stdout,
        contextlib.redirect_stderr(io.StringIO()) as stderr,
        pytest.MonkeyPatch.context() as patch,
    ):
        share_judge(patch)
        try:
            code = main(command)
        except SystemExit as end:  # of the parser of arguments
            code = int(end.code or 0)
    return subprocess.CompletedProcess(command, code, stdout.getvalue(), stderr.getvalue())


def share_judge(patch: pytest.MonkeyPatch) -> None:
    """Let the commands that are imported ask the judge of all tests."""
    for module in filter(None, map(sys.modules.get, RANKING)):
        patch.setattr(module, "Judge", lambda: JUDGE)
