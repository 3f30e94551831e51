"""Print what all commands share: news and problems go to stderr, results to stdout."""

import errno
import sys
from collections.abc import Callable

from i18n.texts import NoticeLike, Texts


def say(message: str) -> None:
    """Print one line to stderr, flushed."""
    print(message, file=sys.stderr, flush=True)


def say_in(words: Texts) -> Callable[[NoticeLike], None]:
    """Return a function that prints an engine's notice in the language of `words`."""
    return lambda notice: say(words.notice(notice))


_PROBLEMS = {
    errno.ENOENT: "missing",
    errno.EACCES: "refused",
    errno.EPERM: "refused",
    errno.ENOTDIR: "no_folder",
    errno.EISDIR: "no_file",
    errno.EROFS: "read_only",
    errno.ENOSPC: "full",
}


def os_problem(error: OSError, words: Texts) -> str:
    """Return in words what the system says; what is not in the table of `os_problem` stays as the system says it."""
    key = _PROBLEMS.get(error.errno or 0)
    return words(f"os_problem.{key}") if key else error.strerror or type(error).__name__


def fail(message: str, code: int) -> int:
    """Print the message to stderr and return the exit code `code`."""
    say(message)
    return code
