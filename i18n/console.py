"""Print what all commands share: news and problems go to stderr, results to stdout."""

import sys
from collections.abc import Callable

from i18n.texts import NoticeLike, Texts


def say(message: str) -> None:
    """Print one line to stderr, flushed."""
    print(message, file=sys.stderr, flush=True)


def say_in(words: Texts) -> Callable[[NoticeLike], None]:
    """Return a function that prints an engine's notice in the language of `words`."""
    return lambda notice: say(words.notice(notice))


def fail(message: str, code: int) -> int:
    """Print the message to stderr and return the exit code `code`."""
    say(message)
    return code
