"""Find qualifications in levels by a level and a subject in one clause, in any order: "NVQ 3 Childcare", "CIPD (level 7)".

The subjects, and the row of the table for each level, are in ladders.toml.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from reranker.evidence.facts.mentions import clause_around, pattern
from reranker.evidence.facts.word_index import WordIndex

_LADDERS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_MOST = 200
_REACH = 48
"""Characters of the clause on either side of a level in which its subject stands."""
_NUMERALS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_NUMBER = rf"(?P<level>[1-8]|{'|'.join(sorted(_NUMERALS, key=len, reverse=True))})(?![\w%]|\.\d)"
FRAMES = "NVQ|SVQ|QQI|FETAC|HETAC|NFQ|RQF|QCF|SCQF|BTEC|CACHE|VTCT|NCFE|NZQA|NQF|City & Guilds|C&G"
"""The bodies and frameworks whose qualifications have levels."""
_LEVEL = re.compile(rf"\b(?:(?:{FRAMES}|level|lvl)[\s:(-]{{0,2}}(?:level\s?|lvl\s?|L)?|L){_NUMBER}", re.IGNORECASE)
_BARE = re.compile(rf"\s?\(?{_NUMBER}", re.IGNORECASE)


def levelled(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, name of the row) of the qualifications that a `folded` text names by level and subject."""
    for match in islice(_LEVEL.finditer(text), _MOST):
        left, right = clause_around(text, match.start(), match.end(), _REACH)
        yield from _of_level(text, match, left, right)
    for start, end, ladder in islice(_subjects().find(text), _MOST):
        number = _BARE.match(text, end) if _LADDERS[ladder].get("bare") else None
        if number and (name := _row(ladder, number)):
            yield start, number.end(), name


def _of_level(text: str, level: re.Match[str], left: int, right: int) -> Iterator[tuple[int, int, str]]:
    """The qualification of the subject that stands nearest to a level in text[left:right]."""
    nearest: tuple[int, int, int, str] | None = None
    for start, end, ladder in _subjects().find(text, left, right):
        distance = start - level.end() if start >= level.end() else level.start() - end
        if (name := _row(_of_frame(ladder, text[left:right]), level)) and (nearest is None or distance < nearest[0]):
            nearest = distance, min(start, level.start()), max(end, level.end()), name
    if nearest:
        yield nearest[1:]


def _of_frame(ladder: str, clause: str) -> str:
    """Return the ladder that the framework named in a clause makes of one for the same subject."""
    frames = {name: row["frames"] for name, row in _LADDERS.items() if "frames" in row}
    mine = set(_LADDERS[ladder]["subjects"])
    return next(
        (name for name, words in frames.items() if mine & set(_LADDERS[name]["subjects"]) and re.search(pattern(words), clause)),
        "" if ladder in frames else ladder,
    )


def _row(ladder: str, level: re.Match[str]) -> str | None:
    number = _NUMERALS.get(level["level"].lower()) or level["level"]
    return _LADDERS[ladder]["levels"].get(str(number)) if ladder else None


@cache
def _subjects() -> WordIndex[str]:
    """The subjects; where two ladders share one, the one without a framework is the key."""
    ordered = sorted(_LADDERS, key=lambda name: "frames" in _LADDERS[name])
    return WordIndex({name: _LADDERS[name]["subjects"] for name in ordered})
