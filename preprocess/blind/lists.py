"""Load the lists of blind.toml, once, as sets and as parts of regular expressions."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from preprocess.lexicon.field_labels import field_labels, personal_kinds

_TABLE = Path(__file__).with_name("blind.toml")


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
    """Return label, as `label_key` writes it, → kind of personal fact."""
    return {label: kind for label, kind in field_labels().items() if kind in personal_kinds()}
