"""Require of fuzz tests that they accept some of what they are given: one in which everything is refused shows nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

_accepted: list[bool] = []
_reached: set[str] = set()


@contextmanager
def read_or_refused(*refusals: type[Exception]) -> Iterator[None]:
    """Suppress these exceptions, and count whether one was raised."""
    try:
        yield
        _accepted.append(True)
    except refusals:
        _accepted.append(False)


def accepts(share: float) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorate a test of `hypothesis`, above `given`: at least this share of its uses of `read_or_refused` must have been read."""

    def decorate(test: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(test)
        def counted(*arguments: Any, **named: Any) -> None:
            _accepted.clear()
            test(*arguments, **named)
            assert sum(_accepted) >= max(1, share * len(_accepted)), f"{sum(_accepted)} of {len(_accepted)} were read"

        return counted

    return decorate


def reached(what: str) -> None:
    """Note that a fuzz test has come to a check that not every example comes to."""
    _reached.add(what)


def reaches(*checks: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorate a test of `hypothesis`, above `given`: some example must have `reached` each of these checks."""

    def decorate(test: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(test)
        def counted(*arguments: Any, **named: Any) -> None:
            _reached.clear()
            test(*arguments, **named)
            assert set(checks) <= _reached, f"never reached: {set(checks) - _reached}"

        return counted

    return decorate
