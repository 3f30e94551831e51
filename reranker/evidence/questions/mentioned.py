"""Tell whether a technology stands in a resume at all, by any of its names, so that no question denies it."""

import re
from collections.abc import Iterable
from functools import cache

from preprocess.tech_stack.normalise import categories

_SHORT = 2
"""Letters up to which a name counts only as it is written: "go" is a word, "Go" may be the language."""


def stands_in(text: str, names: Iterable[str]) -> bool:
    """Return whether any of the technologies, by canonical name, stands in the text: denied, planned or in a list as well."""
    return any(_name(name).search(text) for name in names)


@cache
def _name(canonical: str) -> re.Pattern[str]:
    return re.compile("|".join(_letters(name) for name in (canonical, *_aliases().get(canonical, ()))))


def _letters(name: str) -> str:
    letters = re.escape(name) if len(name) <= _SHORT else f"(?i:{re.escape(name)})"
    before = r"(?<![A-Za-z0-9])" if name[0].isascii() and name[0].isalnum() else ""
    return before + letters + (r"(?![A-Za-z])" if name[-1].isascii() and name[-1].isalnum() else "")


@cache
def _aliases() -> dict[str, list[str]]:
    return {canonical: aliases for names in categories().values() for canonical, aliases in names.items()}
