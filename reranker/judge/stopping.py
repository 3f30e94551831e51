"""Let the reading of a resume end early once somebody has asked for it: between two layers of the network, not after the whole resume."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_IS_STOPPED: ContextVar[Callable[[], bool]] = ContextVar("is_stopped", default=lambda: False)


class Stopped(Exception):
    """Raised out of a reading that was ended; nothing of it is remembered."""


@contextmanager
def ending_when(is_stopped: Callable[[], bool]) -> Iterator[None]:
    """Let what is read inside raise Stopped as soon as `is_stopped` returns True. A generator must not yield inside."""
    token = _IS_STOPPED.set(is_stopped)
    try:
        yield
    finally:
        _IS_STOPPED.reset(token)


def end_if_asked() -> None:
    """Raise Stopped if the reading in work is to end."""
    if _IS_STOPPED.get()():
        raise Stopped
