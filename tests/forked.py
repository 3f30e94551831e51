"""Run the tests in several processes, forked when all tests are collected: importing and collecting takes 20 to 35 s, which xdist
spends in each process.

pytest --processes 2. A process asks for the next file of tests before the last test of its own, so that fixtures of a package and of the
session live on. Its reports go to the first process, which shows and counts them.
"""

import atexit
import gc
import os
import socket
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import pytest


class Worker:
    """Runs tests in a forked process and sends what becomes of them through a pipe."""

    def __init__(self, session: pytest.Session, groups: list[list[pytest.Item]], pipe: Connection):
        self._session, self._groups, self._pipe = session, groups, pipe

    def run(self) -> None:
        """Run groups of tests until there are no more."""
        plugins = self._session.config.pluginmanager
        plugins.unregister(name="terminalreporter")
        capture: Any = plugins.getplugin("capturemanager")
        capture.stop_global_capturing()  # its file is shared with the process that this one was forked from
        capture.start_global_capturing()
        plugins.register(self)
        following = self._tests()
        item = next(following, None)
        while item:
            next_item = next(following, None)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=next_item)
            item = next_item
        self._pipe.send(("end", None))

    def _tests(self) -> Iterator[pytest.Item]:
        while True:
            self._pipe.send(("next", None))
            number = self._pipe.recv()
            if number is None:
                return
            yield from self._groups[number]

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Name the test, in case the process does not outlive it."""
        self._pipe.send(("start", nodeid))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Send a report."""
        self._pipe.send(("report", self._session.config.hook.pytest_report_to_serializable(config=self._session.config, report=report)))


def run_forked(session: pytest.Session, count: int, whole: Path) -> None:
    """Run the tests of a session in `count` processes, and report them here. The tests of the folder `whole` stay in one of them."""
    groups = [list(items) for _, items in groupby(session.items, lambda item: whole if item.path.is_relative_to(whole) else item.path)]
    gc.freeze()  # a million objects of libraries, which no worker needs to look through, nor to copy
    left = iter(range(len(groups)))
    running: dict[Connection, str] = {}
    for _ in range(min(count, len(groups))):
        running[_fork(session, groups, list(running))] = ""
    hook = session.config.hook
    while running:
        for pipe in wait(list(running)):
            assert isinstance(pipe, Connection)
            try:
                kind, content = pipe.recv()
            except (EOFError, OSError):
                kind, content = "lost", running[pipe]
            if kind == "next":
                with suppress(OSError):  # it is lost, which the next look at it tells
                    pipe.send(None if session.shouldfail or session.shouldstop else next(left, None))
            elif kind == "start":
                running[pipe] = content
            elif kind == "report":
                hook.pytest_runtest_logreport(report=hook.pytest_report_from_serializable(config=session.config, data=content))
            else:
                del running[pipe]
                if kind == "lost":
                    hook.pytest_runtest_logreport(report=_crash(content))


def _crash(nodeid: str) -> pytest.TestReport:
    """Return the report of a test whose process ended with it."""
    location = (nodeid.partition("::")[0], None, nodeid)
    return pytest.TestReport(nodeid, location, {}, "failed", "the process of this test, and of those after it, has ended", "call")


def _fork(session: pytest.Session, groups: list[list[pytest.Item]], others: list[Connection]) -> Connection:
    """Start a worker, in which the pipes to the `others` are closed; return the pipe to it."""
    ours, theirs = (Connection(end.detach()) for end in socket.socketpair())
    sys.stdout.flush()
    sys.stderr.flush()
    if os.fork():
        theirs.close()
        return ours
    code = 1
    try:
        atexit._clear()  # what the first process does at its end
        for pipe in (ours, *others):  # so that the first process's end is seen
            pipe.close()
        Worker(session, groups, theirs).run()
        threading._shutdown()  # pyright: ignore[reportAttributeAccessIssue]
        atexit._run_exitfuncs()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)
