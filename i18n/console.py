"""What the commands have in common: news and problems go to stderr, results to stdout."""

import sys
from collections.abc import Callable

from i18n.texts import NoticeLike, Texts


def say(message: str) -> None:
    """One line for the person, on stderr at once."""
    print(message, file=sys.stderr, flush=True)


def say_in(words: Texts) -> Callable[[NoticeLike], None]:
    """Return a function that says what an engine tells, in the language of `words`."""
    return lambda notice: say(words.notice(notice))


def fail(message: str, code: int) -> int:
    """Say it, and return the exit code."""
    say(message)
    return code
