"""Find many words of a table in one pass: which of them stand in a text, and the row that each belongs to.

Words are those of `mentions.pattern`. There is one pattern for all that begin with the same character, compiled when that character stands
in a text: all of them at once would take a second of each start.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Generic, TypeVar

from reranker.evidence.facts.mentions import pattern

Key = TypeVar("Key")


class WordIndex(Generic[Key]):
    """The words of several keys; where two of them fit, the longer one counts, and of one word the first key."""

    def __init__(self, words: Mapping[Key, Iterable[str]]):
        rows = {key: list(of_key) for key, of_key in words.items()}
        self._by_first: dict[str, set[str]] = defaultdict(set)
        self._plain: dict[str, Key] = {}
        self._open: dict[str, list[tuple[Key, list[str]]]] = defaultdict(list)
        for key, of_key in rows.items():
            for word in of_key:
                self._by_first[word[0].lower()].add(word)
                if not _OPEN.search(word):
                    self._plain.setdefault(_squeezed(word), key)
            for first in {word[0].lower() for word in of_key if _OPEN.search(word)}:
                self._open[first].append((key, [word for word in of_key if word[0].lower() == first and _OPEN.search(word)]))
        chinese = "".join(re.escape(first) for first in sorted(self._by_first) if not first.isascii())
        self._starts = re.compile(rf"(?<![A-Za-z0-9])[A-Za-z0-9]{f'|[{chinese}]' if chinese else ''}")
        self.key_of = lru_cache(4096)(self._key_of)
        """Return the key of a word as it stands in a text, None for other words."""
        self._beginning_with = cache(self._compiled)

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, Key]]:
        """Yield (start, end, key) of the words in a text."""
        end = len(text) if end is None else end
        for begin in self._starts.finditer(text, start, end):
            if begin.start() < start or (first := begin[0].lower()) not in self._by_first:
                continue
            if match := self._beginning_with(first).match(text, begin.start(), end):
                start = match.end()
                if (key := self.key_of(match[0])) is not None:
                    yield match.start(), match.end(), key

    def _compiled(self, first: str) -> re.Pattern[str]:
        return re.compile(pattern(self._by_first[first]))

    def _key_of(self, word: str) -> Key | None:
        if (plain := self._plain.get(_squeezed(word))) is not None:
            return plain
        return next((key for key, alike in self._open[word[0].lower()] if re.fullmatch(pattern(alike), word)), None)


_OPEN = re.compile(r"[*~]|\.$")
"""Words that stand for several, which no dictionary can hold."""


def _squeezed(word: str) -> str:
    return re.sub(r"[\s_-]+", "", word).lower()
