"""Find criteria that the law forbids to choose people by: age, gender, marriage and children, origin, religion, health, looks.

The words stand in forbidden.toml; here is only how they are read. Which law forbids a ground is said in i18n, by the ground.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from preprocess.lexicon.characters import simplified

GROUNDS = ("age", "gender", "family", "origin", "religion", "health", "looks")

_CLAUSE = re.compile(r"[^,，;；。！!?？\n()（）]+")
_LIST = re.compile(r"[^、/]+")


@dataclass(frozen=True)
class Forbidden:
    """A part of a criterion that must not be asked: `ground` is one of GROUNDS, `part` the clause as it is written."""

    ground: str
    part: str


@lru_cache(maxsize=4000)
def forbidden(text: str) -> Forbidden | None:
    """Return the first clause that asks for something forbidden, None if all of the text may be asked."""
    return next((criterion for clause in clauses(text) if (criterion := _forbidden_clause(clause))), None)


def clauses(text: str) -> list[str]:
    """Return the clauses of a criterion: what stands between commas, semicolons and brackets."""
    return [clause for match in _CLAUSE.finditer(text) if (clause := match[0].strip(" \t.。、"))]


def without_forbidden(text: str) -> str:
    """Return the clauses that may be asked, joined again; "" if none may or if a single character is left."""
    allowed = _joined(text, [clause for clause in clauses(text) if not _forbidden_clause(clause)])
    return allowed if len(allowed) >= 2 else ""


def forbidden_clauses(text: str) -> list[str]:
    """Return the clauses that may not be asked, each with a ground of its own."""
    return [clause for clause in clauses(text) if _forbidden_clause(clause)]


def _joined(text: str, kept: list[str]) -> str:
    return (", " if text.isascii() else "，").join(kept)


def _forbidden_clause(clause: str) -> Forbidden | None:
    """Return what is forbidden in a clause, or in a part of a list ("男、35岁以下")."""
    table = _table()
    for part in dict.fromkeys([clause, *(match[0].strip() for match in _LIST.finditer(clause))]):
        read = simplified(part).lower().replace("’", "'").strip()
        for innocent in table.innocent:
            read = innocent.sub(" ", read)
        ground = next((ground for ground, patterns in table.grounds if any(_asks(pattern, read, table) for pattern in patterns)), None)
        if ground:
            return Forbidden(ground, clause)
    return None


@dataclass(frozen=True)
class _Table:
    innocent: tuple[re.Pattern[str], ...]
    grounds: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]
    topic_after: tuple[re.Pattern[str], ...]
    topic_before: re.Pattern[str]


def _asks(pattern: re.Pattern[str], read: str, table: _Table) -> bool:
    """Return whether the pattern is found where it is not the topic of the work: "女装设计", "pregnant patients"."""
    return any(
        not any(topic.match(read, match.end()) for topic in table.topic_after) and not table.topic_before.search(read, 0, match.start())
        for match in pattern.finditer(read)
    )


@cache
def _table() -> _Table:
    table = tomllib.loads(Path(__file__).with_name("forbidden.toml").read_text("utf-8"))

    def patterns(name: str) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for language in ("zh", "en") for pattern in table[name][language])

    topic = table["topic"]
    after = (re.compile(topic["zh"]), re.compile(topic["en"]))
    return _Table(patterns("innocent"), tuple((ground, patterns(ground)) for ground in GROUNDS), after, re.compile(topic["before"]))
