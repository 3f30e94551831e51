"""Tell by the words at a line end whether the next line may continue the sentence, and how the two are joined."""

import re
from typing import NamedTuple

from preprocess.cleaning.compounds import is_parted_name, keeps_hyphen
from preprocess.lexicon.characters import BULLETS, CHINESE_NUMERALS, CJK, SENTENCE_END, is_cjk
from preprocess.lexicon.dates import is_date
from preprocess.lexicon.headings import is_heading
from preprocess.lexicon.periods import ranges

_LONE_BULLET = re.compile(rf"[{BULLETS}·*o-]")
_ITEM = re.compile(
    rf"[{BULLETS}]|[·*–—+-] |-(?=[{CJK}])|·(?=\S)|[(（\[【]?(?:\d{{1,2}}|[{CHINESE_NUMERALS}]{{1,3}}|[a-zA-Z])[)）\]】、]"
    rf"|\d{{1,2}}\.(?!\d)|[①-⓿❶-➓]|第[{CHINESE_NUMERALS}\d]{{1,3}}[、，章节部项]"
)
_LABEL = re.compile(rf"[【\[]?[{CJK}A-Za-z][{CJK}A-Za-z &/()（）·-]{{0,24}}[】\]]?\s?[:：](?!//)|【[^】]{{1,16}}】")
_LONGEST_PERIOD = 60
_LONGEST_ADDRESS = 200
_NUMBER_LINE = re.compile(r"[+(]?\d[\d ()+-]{6,}")  # a phone number
_MAIL_LINE = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_FINISHED = SENTENCE_END + "：:…"
_YEAR_END = re.compile(r", (?:19|20)\d\d$")
_ROW = re.compile(r"\s{2,}|\s[|｜]\s")
_RULE_END = re.compile(r"^[-=_~*·—－─━═.]{3}|[-=_~*·—－─━═]{3}$")
_WORD_END = re.compile(r"(?<![A-Za-z\d])(?<![A-Za-z\d]-)(?:[A-Za-z\d]++-)++$")
_WORD_START = re.compile(r"[a-z]+(?:-[A-Za-z]+)*")
_CAPITAL_START = re.compile(r"[A-Z][A-Za-z]*(?![\w-])")
_ADDRESS = re.compile(r"https?://|www\.|\.[a-z]{2,6}/|@")
_PARTED_MAIL = "-_."
_OPEN_END = tuple("/-_=&?.#")
_UNSPACED = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff“”‘’…—·]")
_CLOSING = "，。、；：！？）》」』】”’,.;:!?)]}%…"


def is_row(text: str) -> bool:
    """Return whether a line is made of cells: a row of a table, or a contact line."""
    return _ROW.search(text) is not None


def starts_item(text: str) -> bool:
    """Return whether a line begins with a bullet or a number of a list."""
    return _ITEM.match(text) is not None


def is_lone_bullet(text: str) -> bool:
    """Return whether a line is only a bullet whose text stands on the next line."""
    return _LONE_BULLET.fullmatch(text) is not None


def may_go_on(upper: str, lower: str) -> bool:
    """Return whether, by their words, a sentence may continue from one line to the next: neither ends, begins or stands alone."""
    if not upper or not lower or _is_finished(upper, lower) or is_row(lower) or starts_item(lower) or _LABEL.match(lower):
        return False
    if _period_end(lower) or is_date(lower) or _RULE_END.search(upper) or _RULE_END.search(lower):
        return False
    if _NUMBER_LINE.fullmatch(lower) or (is_mail_address(lower) and upper[-1] not in _PARTED_MAIL):
        return False
    if _NUMBER_LINE.fullmatch(upper) or is_mail_address(upper):
        return False
    period_end = _period_end(upper)
    if period_end and upper[period_end : period_end + 1] in " )）|":
        return False
    if not lower[0].islower() and _ends_with_period(upper):
        return False
    return not (_stands_alone(lower) or _stands_alone(upper))


def is_mail_address(text: str) -> bool:
    """Return whether a line is nothing but a mail address."""
    return _MAIL_LINE.fullmatch(text) is not None


def _is_finished(upper: str, lower: str) -> bool:
    """Return whether a line ends a sentence; a semicolon, a full stop or a year need not where the next one begins with a small letter."""
    if upper.isascii() and upper.isupper() and lower[0].isupper() and not lower.isupper() and upper[-1].isalpha() and " " in upper:
        return True  # a title in capitals
    if lower[0].isascii() and lower[0].islower():
        return upper[-1] in _FINISHED and upper[-1] not in ";."
    return upper[-1] in _FINISHED or upper[-1] == "." or (lower[0].isupper() and _YEAR_END.search(upper[-8:]) is not None)


def _period_end(text: str) -> int:
    """Where the period ends that a line begins with, a bracket before it or none; 0 where it begins with none."""
    return next((period.end for period in ranges(text[:_LONGEST_PERIOD])[:1] if not text[: period.start].strip("(（")), 0)


def _ends_with_period(text: str) -> bool:
    """Return whether a period ends the line, as one ends the title of a job."""
    end = text[-_LONGEST_PERIOD:].rstrip(")） ")
    return end[-1:].isalnum() and any(period.end == len(end) for period in ranges(end)[-1:])


def _stands_alone(text: str) -> bool:
    """Return whether a line is a heading; one of two Chinese characters (技能), or in small letters, may be the end of a sentence."""
    return len(text) > 2 and not text[0].islower() and is_heading(text)


def first_unit(text: str) -> str:
    """Return what cannot be parted from the start of a line: a word, or a Chinese character with the punctuation after it."""
    if not _UNSPACED.match(text):
        match = re.match(r"[!-~\u00a1-\u2e7f]+", text)
        return match[0] if match else text[:1]
    end = 1
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return text[:end]


def is_unspaced(character: str) -> bool:
    """Return whether no space goes between this character and its neighbour."""
    return _UNSPACED.match(character) is not None


class Habits(NamedTuple):
    """A document's words in lower case (hyphenated ones whole), and whether it puts spaces between Chinese and Latin."""

    words: frozenset[str]
    is_spaced: bool


def joint(upper: str, lower: str, habits: Habits) -> tuple[str, str, str]:
    """Return how two lines are joined: the upper one, the text between, and the word that lost its hyphen, if one did.

    The upper line loses a hyphen that only the line end put there.
    """
    words = habits.words
    if is_lone_bullet(upper):
        return upper, " ", ""
    if upper.endswith(_OPEN_END) and _is_address(upper, lower):
        return upper, "", ""
    head, tail = _WORD_END.search(upper[-60:]), _WORD_START.match(lower)
    if head and tail:
        whole, parted = head[0][:-1] + tail[0], head[0] + tail[0]
        return (upper, "", "") if parted.lower() in words or keeps_hyphen(head[0][:-1], tail[0], words) else (upper[:-1], "", whole)
    capital = _CAPITAL_START.match(lower)
    if head and capital and is_parted_name(head[0][:-1], capital[0]):
        return upper[:-1], "", head[0][:-1] + capital[0]
    if upper[-1] == "-" and (upper[-2:-1].isalnum() or upper[-2:-1] in "+#") and lower[0].isalnum():
        return upper, "", ""
    is_mixed = is_cjk(upper[-1]) and lower[0].isalnum() and lower[0].isascii()
    is_mixed |= is_cjk(lower[0]) and upper[-1].isalnum() and upper[-1].isascii()
    is_space = habits.is_spaced if is_mixed else not (is_unspaced(upper[-1]) or is_unspaced(lower[0]))
    return upper, " " if is_space else "", ""


def _is_address(upper: str, lower: str) -> bool:
    """Return whether the line end parts a link or, at a hyphen or a dot, a mail address."""
    address = _ADDRESS.search(upper.rsplit(None, 1)[-1][-_LONGEST_ADDRESS:])
    if address:
        return True
    return upper[-1] in _PARTED_MAIL and upper[-2:-1].isalnum() and "@" in lower.split(None, 1)[0]


def habits_of(text: str) -> Habits:
    """Return the writing habits that the lines of a document show."""
    words = frozenset(word.lower() for word in re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)*(?!-$)", text, re.MULTILINE))
    return Habits(words, len(re.findall(f"[{CJK}] [A-Za-z0-9]", text)) > len(re.findall(f"[{CJK}][A-Za-z0-9]", text)))
