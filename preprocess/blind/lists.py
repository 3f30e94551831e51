"""The lists of blind.toml, read once, as sets and as pieces of regular expressions."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

_TABLE = Path(__file__).with_name("blind.toml")


@cache
def table() -> dict[str, Any]:
    """blind.toml as it stands."""
    return tomllib.loads(_TABLE.read_text("utf-8"))


@cache
def words(section: str, name: str) -> frozenset[str]:
    """A list of blind.toml whose words are separated by spaces."""
    return frozenset(table()[section][name].split())


def one_of(alternatives: Iterable[str]) -> str:
    """A pattern that matches any of the words, longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(alternatives, key=lambda word: (-len(word), word)))) + ")"


@cache
def labels() -> dict[str, str]:
    """Label as written, lower case and without spaces, → kind of fact."""
    found: dict[str, str] = {}
    for kind, (chinese, english) in table()["labels"].items():
        for label in [*chinese.split(), *english.split("|")]:
            found["".join(label.lower().split())] = kind
    return found
