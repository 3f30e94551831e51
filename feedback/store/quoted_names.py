"""Replace the name of an erased person in other texts: instructions, presets, file names, reasons of labels.

Names are known as keyed digests only, so every word that could be one is looked up. Found are names as a resume writes them, in any case,
and in Latin letters in either order. Not found are pinyin of a Chinese name, a nickname, a surname with a title (张先生).
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from preprocess.lexicon.characters import CJK, NAME_DOTS
from preprocess.person import comparable

IsName = Callable[[str], bool]
"""Returns whether a name, as `person.comparable` returns it, is of an erased person."""

MARK, LATIN_MARK = "该候选人", "[erased]"
"""Replacements of a name in Chinese and in Latin letters."""

_RUN = re.compile(rf"[{CJK}]+(?:[{NAME_DOTS}][{CJK}]+)*")
_WORD = re.compile(rf"[^\W\d_{CJK}]+(?:['’-][^\W\d_{CJK}]+)*")
_GAP = re.compile(r"[ \t]{1,2}|[ \t]?[._-][ \t]?|,[ \t]?")
_LONGEST, _LONGEST_DOTTED, _MOST_WORDS = 4, 20, 5

# A Chinese text has no blanks between words, so two characters that are a name may also lie in a longer word (王明 in 国王明白), which must
# stay as it is. A name of two counts where on either side there is no Chinese character, or one of these, which end or begin a word
# beside a name far more often than they belong to one. 小明王 stays; so does a name between two words that are not here.
_BEFORE = frozenset(
    "的把将给对让请叫是和与及或比像跟同向以荐注虑人择看选试要找除先如即为由生士事得了过点视意者理员师长位名取用约见到在有称"
)
_AFTER = frozenset(
    "的和与及或等是有在应要不先优排也都为比跟同以被这那其因从会能可请最更第曾做当负参主具熟擅精"
    "一二三之所来去前后再已还就则须需放提置加入将女老简"
)


def without_names(text: str, is_name: IsName) -> str:
    """Return the text with a neutral mark in place of each name of an erased person."""
    spans = [*_chinese(text, is_name), *_latin(text, is_name)]
    for start, end, mark in sorted(spans, reverse=True):
        text = text[:start] + mark + text[end:]
    return text


def all_without_names(value: Any, is_name: IsName) -> Any:
    """Return JSON with `without_names` applied to every text in it; keys of mappings stay."""
    if isinstance(value, str):
        return without_names(value, is_name)
    if isinstance(value, dict):
        return {key: all_without_names(inner, is_name) for key, inner in value.items()}
    if isinstance(value, list):
        return [all_without_names(inner, is_name) for inner in value]
    return value


def _chinese(text: str, is_name: IsName) -> Iterator[tuple[int, int, str]]:
    for run in _RUN.finditer(text):
        start, longest = run.start(), _LONGEST if len(run[0]) == len(comparable([run[0]])) else _LONGEST_DOTTED
        while start < run.end() - 1:
            lengths = range(min(longest, run.end() - start), 1, -1)
            end = next((start + length for length in lengths if _is_mention(text, start, start + length, is_name)), 0)
            if end:
                yield start, end, MARK
            start = end or start + 1


def _is_mention(text: str, start: int, end: int, is_name: IsName) -> bool:
    if not is_name(comparable([text[start:end]])):
        return False
    return end - start > 2 or (_ends_word(text[:start][-1:], _BEFORE) and _ends_word(text[end : end + 1], _AFTER))


def _ends_word(beside: str, particles: frozenset[str]) -> bool:
    return not _RUN.match(beside) or beside in particles


def _latin(text: str, is_name: IsName) -> Iterator[tuple[int, int, str]]:
    words = list(_WORD.finditer(text))
    start = 0
    while start < len(words):
        row = [words[start]]
        for word in words[start + 1 : start + _MOST_WORDS]:
            if not _GAP.fullmatch(text, row[-1].end(), word.start()):
                break
            row.append(word)
        length = next((length for length in range(len(row), 0, -1) if _is_latin_mention(row[:length], is_name)), 0)
        if length:
            yield row[0].start(), row[length - 1].end(), LATIN_MARK
        start += length or 1


def _is_latin_mention(row: list[re.Match[str]], is_name: IsName) -> bool:
    """Return whether the words are a mention; a name of one word ("Will") counts only with a capital."""
    return (len(row) > 1 or row[0][0][0].isupper()) and is_name(comparable([word[0] for word in row]))
