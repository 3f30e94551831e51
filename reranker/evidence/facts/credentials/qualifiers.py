"""Find what limits a certificate: the state or country that it holds in, its trade, its subject at school."""

import re
import tomllib
from functools import cache
from pathlib import Path

from reranker.evidence.facts.mentions import folded
from reranker.evidence.facts.word_index import WordIndex

_TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_EVERYWHERE = re.compile(r"compact|multi-?state|mutual recognition registered|nationwide", re.IGNORECASE)


def qualifiers(text: str, everywhere: bool = True) -> frozenset[tuple[str, str]]:
    """Return (group, value) of each limit that a `folded` text names; no state where it holds in every one, if `everywhere`."""
    places = everywhere and _EVERYWHERE.search(text) is not None
    keys = (key for _, _, key in _words().find(text))
    return frozenset((group, value) for group, value in keys if not (places and group == "us_state"))


def differ(asked: frozenset[tuple[str, str]], stated: frozenset[tuple[str, str]]) -> bool:
    """Return whether both say one of a group, and not the same."""
    for group in {group for group, _ in asked}:
        wanted, given = ({value for name, value in limits if name == group} for limits in (asked, stated))
        if given and not wanted & given:
            return True
    return False


@cache
def _words() -> WordIndex[tuple[str, str]]:
    return WordIndex({(group, value): list(map(folded, words)) for group, values in _TABLE.items() for value, words in values.items()})
