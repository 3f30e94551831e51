"""Count how many of the kinds that a requirement lists a resume names: 熟悉KA、流通、餐饮等渠道至少两种."""

import re
from dataclasses import dataclass
from functools import lru_cache

from reranker.evidence.facts.mentions import folded

_COUNTS = {"一": 1, "1": 1, "one": 1, "两": 2, "二": 2, "2": 2, "two": 2, "三": 3, "3": 3, "three": 3}
_LIST = re.compile(
    r"(?P<zh>[^，。；;()]{3,60}?)(?:等[^，。；;、]{0,10}?)?(?:中|里)?的?(?:至少|任意|任选|其中|任)(?:熟悉|掌握|精通|做过|会)?"
    r"(?P<count>[一二两三123])\s?(?:种|项|个|类|门|款|方面)"
    r"|\bat least (?P<number>one|two|three) of:? (?P<en>[^.;()]{3,80})",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"[、/]|[，,]\s?|和|与|及|或|\s(?:and|or)\s")
_LEAD = re.compile(
    r"^\s*(?:[^、/]{0,12}?(?:熟悉|掌握|精通|了解|熟练使用|熟练|擅长|具备|具有|做过|从事过|有|会))?(?:过|至少|以下)?|^\s*(?:and|or)\s",
    re.IGNORECASE,
)
_LONGEST = 16


@dataclass(frozen=True)
class EnoughOf:
    """At least `count` of `kinds` are asked for."""

    kinds: tuple[str, ...]
    count: int


@lru_cache(maxsize=2000)
def enough_of(requirement: str) -> EnoughOf | None:
    """Return the kinds of which a requirement asks for some; None where it lists none."""
    match = _LIST.search(folded(requirement))
    if match is None:
        return None
    parts = [part.strip() for part in _SPLIT.split(match["zh"] or match["en"])]
    kinds = tuple(kind.lower() for part in parts if (kind := _LEAD.sub("", part).strip()) and len(kind) <= _LONGEST)
    count = _COUNTS[(match["count"] or match["number"]).lower()]
    return EnoughOf(kinds, count) if len(kinds) > count else None


def kinds_named(asked: EnoughOf, text: str) -> int:
    """Return how many of the kinds a text names."""
    plain = folded(text).lower()
    return sum(kind in plain for kind in asked.kinds)
