"""Tell kinds of work apart that exclude one another within a trade: 初中数学 is no 高中英语. The groups are in rivals.toml."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from reranker.evidence.facts.mentions import pattern
from reranker.evidence.facts.namesakes import without_namesakes

RIVALS: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(Path(__file__).with_name("rivals.toml").read_text("utf-8"))

Kinds = frozenset[tuple[str, str]]
"""The (group, kind) that a text names."""


@cache
def _patterns() -> list[tuple[str, re.Pattern[str], dict[str, re.Pattern[str]]]]:
    """Each group with a pattern of all of its words, and one of those of each kind."""
    return [
        (
            group,
            re.compile(pattern(chain.from_iterable(kinds.values()))),
            {kind: re.compile(pattern(words)) for kind, words in kinds.items()},
        )
        for group, kinds in RIVALS.items()
    ]


@lru_cache(maxsize=64)  # every demand for years asks each entry anew; no more entries than a resume has stay in memory
def kinds_of(text: str) -> Kinds:
    """Return the kinds of work that a folded text names."""
    text = without_namesakes(text)
    return frozenset(
        (group, kind)
        for group, any_word, kinds in _patterns()
        if any_word.search(text)
        for kind, words in kinds.items()
        if words.search(text)
    )


def shared(had: Kinds, asked: Kinds) -> Kinds:
    """Return the kinds of work that are had and asked for. A position is none: it says what somebody did not do, not of which subject."""
    return frozenset((group, kind) for group, kind in had & asked if not group.endswith("_post"))


def is_other_position(had: Kinds, asked: Kinds) -> bool:
    """Return whether a position is one that does other work than is asked for: a tester develops nothing, an assistant sells nothing."""
    posts_asked = frozenset((group, kind) for group, kind in asked if group.endswith("_post"))
    return excludes(had, posts_asked)


def excludes(had: Kinds, asked: Kinds) -> bool:
    """Return whether, of a group asked for, only others are had."""
    return bool(excluded(had, asked))


def excluded(had: Kinds, asked: Kinds) -> frozenset[str]:
    """Return the groups asked for of which only other kinds are had."""
    groups = {group for group, _ in asked} & {group for group, _ in had}
    return frozenset(groups - {group for group, _ in had & asked})


_DONE_BY = {"ward": frozenset({"nursing", "medicine"}), "law": frozenset({"law"}), "cuisine": frozenset({"cooking", "baking"})}
"""The trades whose work a group parts: who wired or sold something for an intensive care unit has not worked in intensive care."""


def is_done_by_others(asked: Kinds, trades: frozenset[str], had: Kinds, head_trades: frozenset[str]) -> bool:
    """Return whether work that is headed as these trades or positions is none of a kind that is asked for, since other trades do that.

    `trades` are those that are asked for: 肿瘤药品推广 is asked of those who sell.
    """
    doers = frozenset[str]().union(*(_DONE_BY.get(group, frozenset()) for group, _ in asked))
    if not doers or trades - doers:
        return False
    is_headed = bool(head_trades) or any(group.endswith("_post") for group, _ in had)
    return is_headed and not head_trades & doers
