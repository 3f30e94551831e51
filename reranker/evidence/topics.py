"""Recognise topics of work: what a requirement is about, and which other words on a resume show it.

"GitHub Actions" shows CI/CD, "PCI DSS" shows 支付合规. The words are in topics.toml.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from preprocess.lexicon.characters import simplified
from reranker.evidence.facts.namesakes import without_namesakes
from reranker.evidence.negation import is_denied

LEADING = "团队管理"
"""The topic of having led people."""
_GAP = r"[^，。；;,.\n]{0,10}?"
_NO_WORK = re.compile(
    r"\W*(?:兴趣爱好|兴趣|爱好|业余|(?:hobbies|interests)\b)|(?:\w{2,8}\s?[:：]\s*)?\S+\.(?:com|org|net|io|cn)\b\S*$"
    r"|\w{2,8}\s?[:：]$",
    re.IGNORECASE,
)
"""A hobby, or nothing but an address."""


@dataclass(frozen=True)
class _Word:
    """`key` stands in every text, in lower case, in which `word` is found: most texts need no more than that look."""

    key: str
    word: str

    def find(self, text: str, lowered: str) -> Iterator[tuple[int, int]]:
        if self.key in lowered:
            for match in _compiled(self.word).finditer(text):
                yield match.span()


@dataclass(frozen=True, eq=False)
class Topic:
    """`asked` finds the topic in a requirement, `shown` in a resume."""

    name: str
    asked: tuple[_Word, ...]
    shown: tuple[_Word, ...]

    def is_asked(self, text: str) -> bool:
        """Return whether a text asks for the topic by one of its names."""
        return any(True for _ in _find(self.asked, text))


@lru_cache(maxsize=2000)
def topics_of(requirement: str) -> tuple[Topic, ...]:
    """Return the topics of a requirement in the order of the table; empty if none is named.

    A name inside a longer one does not count: electronic patient records are no patient records.
    """
    requirement = without_namesakes(simplified(requirement))
    topics = [(topic, list(_find(topic.asked, requirement))) for topic in _topics()]
    every = {span for _, spans in topics for span in spans}
    return tuple(topic for topic, spans in topics if any(not _is_within(span, every) for span in spans))


def named_topic(name: str, words: Sequence[str]) -> Topic:
    """Return a topic that these words ask for and show."""
    return Topic(name, _words(words), _words(words))


def lines_showing(topics: Sequence[Topic], text: str, spans: Sequence[tuple[int, int]]) -> dict[str, frozenset[int]]:
    """Return, by topic name, the indexes of the spans (start, end) of `text` that show the topic, unless negated or about a hobby."""
    text = without_namesakes(simplified(text))  # as long as it was: the spans stay true
    starts, lowered = [start for start, _ in spans], text.lower()
    lines_by_topic = {}
    for topic in topics:
        shown = [(start, end) for start, end in _find(topic.shown, text, lowered) if not is_denied(text, start, end)]
        places = {bisect_right(starts, start) - 1 for start, _ in shown if _is_on_a_line(start, starts, spans)}
        lines_by_topic[topic.name] = frozenset(index for index in places if not _NO_WORK.match(text, *spans[index]))
    return lines_by_topic


def _is_on_a_line(at: int, starts: Sequence[int], spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether the offset is inside a span; bullets, very short lines and lines beyond the last one read are in none."""
    index = bisect_right(starts, at) - 1
    return index >= 0 and at < spans[index][1]


def _find(words: Sequence[_Word], text: str, lowered: str | None = None) -> Iterator[tuple[int, int]]:
    lowered = text.lower() if lowered is None else lowered
    for word in words:
        yield from word.find(text, lowered)


def _is_within(span: tuple[int, int], others: set[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end and (start, end) != span for start, end in others)


@cache
def _topics() -> tuple[Topic, ...]:
    table = tomllib.loads(Path(__file__).with_name("topics.toml").read_text("utf-8"))
    return tuple(Topic(name, _words(words["asked"]), _words([*words["asked"], *words["shown"]])) for name, words in table.items())


def _words(words: Sequence[str]) -> tuple[_Word, ...]:
    return tuple(_Word(max(word.split("…"), key=len).lower(), word) for word in dict.fromkeys(words))


@cache
def _compiled(word: str) -> re.Pattern[str]:
    """Return the pattern of a word: of the table's thousands, a text has few."""
    return re.compile(_pattern(word))


def _pattern(word: str) -> str:
    pattern = _GAP.join(re.escape(part) for part in word.split("…"))
    if word[0].isascii() and word[0].isalnum():
        pattern = rf"(?<![A-Za-z]){pattern}"
    if not word.isupper():
        return f"(?i:{pattern})" + ("[A-Za-z]*" if word[-1].isascii() else "")  # to the end of the word
    return rf"{pattern}s?(?![A-Za-z])" if word[-1].isascii() else pattern
