"""Tell how a degree was or has to be studied: full-time, part-time, self-taught, by correspondence, on top of a shorter one (专升本)."""

import re
from dataclasses import dataclass
from functools import cache

from reranker.evidence.facts.mentions import is_waived, pattern
from reranker.evidence.facts.study.levels import table

_FULL_TIME_ASKED = re.compile(
    r"(?<!非)全日制(?!或非|/非|、非|和非|及非|与非)|(?<!非)统招(?!非|和非|与非|及非|、非|/非|或非)|普招|日间部"
    r"|\b(?:full-?\s?time|regular)\)?(?: mode)? \(?(?:[\w./'&-]{1,20} ){0,3}?"
    r"(?:only|bachelor|master|degree|education|study|undergraduate|course|programme|program|[BM]\.?\s?(?:A|S|Sc|E|Ed|Eng|Tech|Com|B\.?A)\b|PhD|graduat)"
    r"|distance (?:degrees?|learning|education|mode)[^.;]{0,20} not ",
    re.IGNORECASE,
)
_ACCEPTS = re.compile(
    r"(?:均|也|亦|皆|都)?可(?:以|接受)?\s?(?=$|[)，,。；;\s])|不限|\baccept(?:ed|able)\b|\bwelcome\b|\balso considered\b|\bfine\b",
    re.IGNORECASE,
)
_NOT_ACCEPTED = re.compile(r"\bnot\b|不", re.IGNORECASE)
FIRST_DEGREE = re.compile(r"第一学历|首次学历|起点学历|原始学历")
_CLAUSE = re.compile(r"[^，,。；;()\n]+")


@dataclass(frozen=True)
class ModeDemand:
    """`full_time`: only full-time study counts, and the modes `accepted`. `first`: a degree on top of a shorter one does not."""

    full_time: bool = False
    first: bool = False
    accepted: frozenset[str] = frozenset()

    def refuses(self, modes: frozenset[str]) -> bool:
        """Return whether a degree studied in these modes is not of the kind asked for."""
        if self.first and "upgraded" in modes:
            return True
        return self.full_time and "full_time" not in modes and bool(modes - self.accepted - {"upgraded"})

    def is_unsure(self, modes: frozenset[str]) -> bool:
        """Return whether a degree on top of a shorter one may be of another kind than asked for: not all are full-time."""
        return self.full_time and modes - self.accepted == {"upgraded"}


def modes_asked(text: str) -> ModeDemand:
    """Return what a requirement says of the mode of study."""
    accepted = {
        mode
        for clause in _CLAUSE.findall(text)
        if _ACCEPTS.search(clause) and not _NOT_ACCEPTED.search(clause)
        for mode in modes_stated(clause)
    }
    full_time = [match for match in _FULL_TIME_ASKED.finditer(text) if not is_waived(text, *match.span())]
    is_aside = all(text[match.end() :].startswith("专升本") for match in full_time)
    return ModeDemand(bool(full_time) and not is_aside, FIRST_DEGREE.search(text) is not None, frozenset(accepted))


def modes_stated(text: str) -> frozenset[str]:
    """Return the modes, keys of [mode] in levels.toml, that the words of an entry name."""
    modes = {mode for mode in table()["mode"] if _mode(mode).search(text)}
    if "part_time" in modes and not _mode("full_time").search(text.replace("非全日制", "")):
        modes.discard("full_time")
    return frozenset(modes)


@cache
def _mode(mode: str) -> re.Pattern[str]:
    return re.compile(pattern(table()["mode"][mode]))
