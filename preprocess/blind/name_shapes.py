"""Tell what can be a person's name: Chinese names by their surname, Latin ones by their shape; no title, section, firm or technology."""

import re
from dataclasses import dataclass
from functools import cache

from preprocess.blind.lists import one_of, words
from preprocess.lexicon.characters import CJK, NAME_DOTS, is_cjk, simplified
from preprocess.lexicon.headings import heading_words
from preprocess.tech_stack.names import names_in

_LETTER = rf"[^\W\d_{CJK}]"
_CAPITAL = "[A-ZÀ-ÖØ-ÞŁŚŠŽĆČ]"

WORD = rf"(?:(?:[ae]l|a[dnrstz]|a[dst]h|ul|[dl])['’-])?{_CAPITAL}(?:{_LETTER}|['’-](?={_LETTER})){{1,24}}"
LATIN = rf"{WORD}(?: (?:{_CAPITAL}\.|{one_of(words('english', 'particles'))}|{WORD})){{1,5}}"
"""Patterns of a capitalised word (WORD), an article in front of it (al-Rashid, d'Arcy), and of two to six that may be a name."""

HAN_NAME = re.compile(rf"[{CJK}]{{2,4}}|[{CJK}]{{1,8}}(?:[{NAME_DOTS}][{CJK}]{{1,8}}){{1,3}}")
_PINYIN = re.compile(
    r"(?:(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:ia[no]|iang?|iong|uang|uai|uan|ang|eng|ing|ong|a[ino]|e[inr]|i[aenu]|o[u]|u[aeino]|[aeiouv])){1,2}"
)
_LATIN_NAME = re.compile(LATIN)


@dataclass(frozen=True)
class PersonName:
    """A name as its words: ("张三",) or ("Jane", "van", "Doe"). If it `is_sure`, first and last name count alone as well."""

    words: tuple[str, ...]
    is_sure: bool = True

    @property
    def is_chinese(self) -> bool:
        """True if the name is written in Chinese characters."""
        return is_cjk(self.words[0][0])


@cache
def _surname() -> re.Pattern[str]:
    return re.compile(f"{one_of(words('names', 'compound'))}|[{_surnames()}]")


@cache
def _surnames() -> str:
    return "".join(sorted(set("".join(words("names", "surnames")))))


def surname_of(name: str) -> str:
    """Return the surname of a Chinese name: two characters of a known compound one, else the first character."""
    return name[:2] if simplified(name[:2]) in words("names", "compound") and len(name) > 2 else name[:1]


def may_be_chinese(name: str) -> bool:
    """Return whether this may be a Chinese name: 2 or 3 characters after a surname, 4 after a compound one; no word of the trade."""
    name = simplified(name)
    if len(name) not in (2, 3, 4) or not _surname().match(name) or not is_free_of_trade(name):
        return False
    return len(name) < 4 or surname_of(name) != name[:1] or name[1] in _surnames()


def is_free_of_trade(name: str) -> bool:
    """Return whether this Chinese word contains no word of the trade and no technology, and names no people (蒙古族)."""
    return not name.endswith("族") and not any(bit in name for bit in words("names", "not_chinese")) and not names_in(name)


def is_latin(name: str) -> bool:
    """Return whether this may be a Latin name: two to six words, none of the first two of the trade, and not all a technology."""
    parts = name.split()
    if not 2 <= len(parts) <= 6 or not _LATIN_NAME.fullmatch(name):
        return False
    if any(is_of_trade(word) for word in parts[:2]) and not _is_in_pinyin(parts):
        return False
    return not any(match.name.canonical and match.end - match.start == len(name) for match in names_in(name))


def may_be_syllable(word: str) -> bool:
    """Return whether a word of the trade may as well be part of a Chinese name: Ma, San."""
    return word.lower() in words("names", "syllables_of_trade")


def _is_in_pinyin(parts: list[str]) -> bool:
    """Return whether words, some of the trade, are a Chinese name: Zhang San and Jun Ma, but not San Diego nor MA Nankai."""
    doubtful = [word for word in parts if may_be_syllable(word)]
    others = [word for word in parts if word not in doubtful]
    if not others or len(parts) > 3 or any(word.isupper() for word in doubtful) != all(word.isupper() for word in parts):
        return False
    if any(word.lower() == "san" for word in doubtful):  # no family name
        return any(word.lower() in words("names", "surnames_in_pinyin") for word in others)
    return all(_PINYIN.fullmatch(word.lower()) and not is_of_trade(word) for word in others)


def is_of_trade(word: str) -> bool:
    """Return whether an English word is a title, a section, part of a firm's name or the like."""
    return word.lower().strip(".") in _words_of_trade()


@cache
def _words_of_trade() -> frozenset[str]:
    return (words("english", "not_names") | heading_words()) - words("english", "common_words")
