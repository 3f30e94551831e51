"""Compile the patterns of our modules when they are first used, not when the page's modules are imported.

They are more than 1,200, a second of work, and a page on which nobody has ranked yet needs some twenty. A module that is imported in any
other way, as by every test of it, compiles its patterns at once: none that cannot be compiled waits for a user to find it.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_ROOMS = frozenset({"i18n", "preprocess", "reranker", "feedback", "service", "ui", "server"})
_OF_THE_PATTERN = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "flags", "groups", "groupindex")
_compile = re.compile
_late: list["LatePattern"] = []


class LatePattern:
    """Stands in for a compiled pattern. From its first use on it has that pattern's own methods, which cost nothing more to call."""

    def __init__(self, pattern: str | bytes, flags: int | re.RegexFlag):
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """Return what is not here yet, as the pattern is not compiled."""
        if name not in _OF_THE_PATTERN:
            raise AttributeError(name)
        self.compile()
        return vars(self)[name]

    def compile(self) -> None:
        """Take the methods of the compiled pattern, unless they are here. Threads that do so at the same time take equal ones."""
        if "match" not in vars(self):
            compiled = _compile(self.pattern, self._flags)
            vars(self).update({name: getattr(compiled, name) for name in _OF_THE_PATTERN})


@contextmanager
def compiled_when_used() -> Iterator[None]:
    """Have modules of ours that are imported meanwhile compile their patterns late."""
    re.compile = _compiled_late
    try:
        yield
    finally:
        re.compile = _compile


def compile_late_patterns() -> None:
    """Compile those that nobody has used so far, in the order of their modules' imports: how files are read, then what is found in them."""
    for pattern in _late:
        pattern.compile()


def _compiled_late(pattern: Any, flags: int | re.RegexFlag = 0) -> Any:
    is_ours = sys._getframe(1).f_globals.get("__name__", "").partition(".")[0] in _ROOMS
    if not is_ours or not isinstance(pattern, str | bytes):
        return _compile(pattern, flags)
    _late.append(LatePattern(pattern, flags))
    return _late[-1]
