"""Tell by common English words a compound at a line end (container-/based) from a word that the line end cut (engi-/neers).

The table holds the words that the English training texts of the judge use twice or more in small letters, and words of the trade that are
written as one.
"""

from functools import cache
from pathlib import Path

# Beginnings that are no words of their own where more letters follow without a space: over-/came.
_PREFIXES = frozenset(
    "ad an are com con counter dis for fore in inter mid mini mis off out over par per pre pro sub super the trans under up with".split()
)
HYPHENATING = frozenset("self non co cross multi semi ex anti all".split())
"""Beginnings after which a hyphen is the rule."""
_SHORT_HEADS = {
    "in": "house depth memory person app game flight store",
    "on": "call site time demand premise premises the",
    "up": "to front",
    "off": "site peak shelf grid the",
    "over": "the",
    "out": "of",
    "mid": "size sized level term market career range",
    "pre": "sales sale seed launch trained",
    "for": "profit",
}
_SHORTEST = 3  # letters


def is_compound(head: str, tail: str) -> bool:
    """Return whether two parts, in small letters, are words that a hyphen joins, and no word that is mostly written as one."""
    if tail in _SHORT_HEADS.get(head, "").split():
        return True
    if head + tail in english_words():
        return False
    if min(len(tail), len(head) if head not in HYPHENATING else _SHORTEST) < _SHORTEST or head in _PREFIXES:
        return False
    return tail in english_words() and (head in english_words() or head in HYPHENATING)


@cache
def english_words() -> frozenset[str]:
    """Return the words of the table."""
    return frozenset(Path(__file__).with_name("english_words.txt").read_text("utf-8").split())
