"""Many words of a table found in one pass: which of them stand in a text, and the row that each belongs to.

Words are those of `mentions.pattern`. One pattern for all, its words grouped by their first character, is some ten times as fast as a
pattern for each row.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

from reranker.evidence.facts.mentions import pattern

Key = TypeVar("Key")


class WordIndex(Generic[Key]):
    """The words of several keys; where two of them fit, the longer one counts, and of one word the first key."""

    def __init__(self, words: Mapping[Key, Iterable[str]]):
        rows = {key: list(of_key) for key, of_key in words.items()}
        self._pattern = re.compile(_by_first_character({word for of_key in rows.values() for word in of_key}))
        self._plain: dict[str, Key] = {}
        self._open: dict[str, list[tuple[Key, list[str]]]] = defaultdict(list)
        for key, of_key in rows.items():
            for word in of_key:
                if not _OPEN.search(word):
                    self._plain.setdefault(_squeezed(word), key)
            for first in {word[0].lower() for word in of_key if _OPEN.search(word)}:
                self._open[first].append((key, [word for word in of_key if word[0].lower() == first and _OPEN.search(word)]))
        self.key_of = lru_cache(4096)(self._key_of)
        """Return the key of a word as it stands in a text, None for other words."""

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, Key]]:
        """Yield (start, end, key) of the words in a text."""
        for match in self._pattern.finditer(text, start, len(text) if end is None else end):
            if (key := self.key_of(match[0])) is not None:
                yield match.start(), match.end(), key

    def _key_of(self, word: str) -> Key | None:
        if (plain := self._plain.get(_squeezed(word))) is not None:
            return plain
        return next((key for key, alike in self._open[word[0].lower()] if re.fullmatch(pattern(alike), word)), None)


_OPEN = re.compile(r"[*~]|\.$")
"""Words that stand for several, which no dictionary can hold."""


def _squeezed(word: str) -> str:
    return re.sub(r"[\s_-]+", "", word).lower()


def _by_first_character(words: set[str]) -> str:
    groups: dict[str, list[str]] = defaultdict(list)
    for word in words:
        groups[word[0].lower()].append(word)
    chinese = [f"(?:{pattern(group)})" for first, group in sorted(groups.items()) if not first.isascii()]
    latin = [f"(?=(?i:{re.escape(first)}))(?:{pattern(group)})" for first, group in sorted(groups.items()) if first.isascii()]
    firsts = "".join(re.escape(first) for first in sorted(groups) if not first.isascii())
    either = [*chinese, *([rf"(?<![A-Za-z0-9])(?=[A-Za-z0-9])(?:{'|'.join(latin)})"] if latin else [])]
    return f"(?=[{firsts}A-Za-z0-9])(?:{'|'.join(either)})"
