"""Tell requirements that no resume can prove, communication, responsibility, a team player, from those about work: see soft.toml."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from preprocess.lexicon.characters import simplified
from preprocess.tech_stack.normalise import find_skills

SOFT = "soft"
"""The kind of such a requirement: to be asked about in the interview, and no part of a score."""

_MARKS = re.compile(r"[\W\d_]+")


@lru_cache(maxsize=4000)
def is_soft(text: str) -> bool:
    """Return whether a requirement asks for traits of character and for nothing else; 强化学习 is a technology."""
    if find_skills(text):
        return False
    read = simplified(text).lower().replace("’", "'")
    rest, traits = _pattern("traits").subn(" ", read)
    if not traits:
        return False
    return len(_MARKS.sub("", _pattern("filler").sub(" ", rest))) == 0


@cache
def _pattern(section: str) -> re.Pattern[str]:
    table = tomllib.loads(Path(__file__).with_name("soft.toml").read_text("utf-8"))[section]
    return re.compile(f"{'|'.join(_longest_first(table['zh']))}|\\b(?:{'|'.join(map(_latin, _longest_first(table['en'])))})\\b")


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(set(words), key=len, reverse=True)


def _latin(word: str) -> str:
    """Return the pattern of an English word: "*" stands for more letters, "?" for one letter more or less, hyphens for blanks, too."""
    escaped = re.escape(word).replace(r"\?", "[a-z]?").replace(r"\-", "[- ]")
    return re.sub(r"\\\*$", "[a-z]*", escaped)
