"""What the commands have in common: news and problems go to stderr, results to stdout."""

import sys


def say(message: str) -> None:
    """One line for the person, on stderr at once."""
    print(message, file=sys.stderr, flush=True)


def fail(message: str, code: int) -> int:
    """Say it, and return the exit code."""
    say(message)
    return code
