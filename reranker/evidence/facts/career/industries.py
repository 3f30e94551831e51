"""Find the industries that a job asks years in, and tell whether an entry of work shows one: auditors have no years of manufacturing."""

import re
import tomllib
from functools import cache
from pathlib import Path

from reranker.evidence.facts.mentions import pattern

_SERVING = frozenset({"audit_firms"})
"""Industries whose entries tell of their clients' industries."""
_TABLE = tomllib.loads(Path(__file__).with_name("industries.toml").read_text("utf-8"))


def industries_asked(text: str) -> frozenset[str]:
    """Return the industries that a folded requirement names."""
    return frozenset(industry for industry in _TABLE if _words(industry, "asked").search(text))


def is_of_industry(text: str, industries: frozenset[str]) -> bool:
    """Return whether the folded words of an entry show one of these industries; of a firm that serves others, only beside its name."""
    if industries.isdisjoint(_SERVING) and any(_words(industry, "shown").search(text.split("\n", 1)[0]) for industry in _SERVING):
        text = text.split("\n", 1)[0]
    return any(_words(industry, "asked").search(text) or _words(industry, "shown").search(text) for industry in industries)


@cache
def _words(industry: str, side: str) -> re.Pattern[str]:
    return re.compile(pattern(_TABLE[industry][side]), re.IGNORECASE)
