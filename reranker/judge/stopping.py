"""Let scoring end early once somebody has asked for it: when its turn comes, and between two layers of the judge's network."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_IS_STOPPED: ContextVar[Callable[[], bool]] = ContextVar("is_stopped", default=lambda: False)


class Stopped(Exception):
    """Raised out of what was ended; nothing of it is remembered."""


@contextmanager
def ending_when(is_stopped: Callable[[], bool]) -> Iterator[None]:
    """Let what is scored or read inside raise Stopped as soon as `is_stopped` returns True. A generator must not yield inside."""
    token = _IS_STOPPED.set(is_stopped)
    try:
        yield
    finally:
        _IS_STOPPED.reset(token)


def end_if_asked() -> None:
    """Raise Stopped if what is in work is to end."""
    if _IS_STOPPED.get()():
        raise Stopped
