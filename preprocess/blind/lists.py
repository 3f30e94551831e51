"""The lists of blind.toml, read once, as sets and as pieces of regular expressions."""

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
    """Label, as `label_key` writes it, → kind of personal fact."""
    return {label: kind for label, kind in field_labels().items() if kind in personal_kinds()}
