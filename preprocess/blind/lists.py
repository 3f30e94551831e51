"""The lists of blind.toml, read once, as sets and as parts of regular expressions."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

_TABLE = Path(__file__).with_name("blind.toml")

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
"""Chinese characters, for use inside a character class."""


@cache
def table() -> dict[str, Any]:
    """Return blind.toml as it is."""
    return tomllib.loads(_TABLE.read_text("utf-8"))


@cache
def words(section: str, name: str) -> frozenset[str]:
    """Return a list of blind.toml whose words are separated by spaces."""
    return frozenset(table()[section][name].split())


def one_of(alternatives: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(alternatives, key=lambda word: (-len(word), word)))) + ")"


@cache
def labels() -> dict[str, str]:
    """Return label (lower case, without spaces) → kind of fact."""
    found: dict[str, str] = {}
    for kind, (chinese, english) in table()["labels"].items():
        for label in [*chinese.split(), *english.split("|")]:
            found["".join(label.lower().split())] = kind
    return found
