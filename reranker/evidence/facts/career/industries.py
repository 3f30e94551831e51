"""Find the industries that a job asks years in, and tell whether an entry of work shows one: auditors have no years of manufacturing."""

import re
import tomllib
from functools import cache
from pathlib import Path

from reranker.evidence.facts.mentions import folded, pattern

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


def only_industries(requirement: str) -> frozenset[str]:
    """Return the industries that a requirement asks for experience in, where it asks for nothing else: 有电商行业经验优先."""
    text = folded(requirement)
    industries = industries_asked(text)
    if not industries or not _EXPERIENCE.search(text):
        return frozenset()
    for industry in industries:
        text = _words(industry, "asked").sub(" ", text)
    return frozenset() if _LETTER.search(_SAYS_NO_MORE.sub(" ", text)) else industries


@cache
def without_industries(words: tuple[str, ...], industries: frozenset[str]) -> tuple[str, ...]:
    """Return those of a subject's words that are no part of the names of these industries, nor of what shows them."""
    return tuple(
        word for word in words if not any(word in name for industry in industries for side in _TABLE[industry].values() for name in side)
    )


def place_in(text: str, industries: frozenset[str]) -> int | None:
    """Return where a folded text first names one of these industries or shows it, None if it does not."""
    mentions = (_words(industry, side).search(text) for industry in industries for side in ("asked", "shown"))
    return min((match.start() for match in mentions if match), default=None)


_EXPERIENCE = re.compile(r"经[验历]|背景|\b(?:experience|background)\b", re.IGNORECASE)
_SAYS_NO_MORE = re.compile(
    r"具有|具备|拥有|有|相关|行业|领域|渠道|背景|工作|从业|经[验历]|优先考虑|优先|加分|为佳|更佳|者|或|及|和|与|企业|公司|类|的|等|产品"
    r"|\b(?:experience|background|in|the|of|an?|or|and|with|industry|sector|environment|preferred|preferably|desirable|essential|required"
    r"|advantage|advantageous|is|plus|previous|prior|relevant|working|work|some|would|be)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")


@cache
def _words(industry: str, side: str) -> re.Pattern[str]:
    return re.compile(pattern(_TABLE[industry][side]), re.IGNORECASE)
