"""Fold texts, match words of tables, cut clauses, and tell what a job does not ask for: what all kinds of fact share.

Knows no kind of fact. Everything here works on `folded` text, whose characters stand where they stand in the text itself.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path

from preprocess.lexicon.characters import CJK, SENTENCE_END, simplified

_FOLD = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "，：；（）！？"}
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("’‘", "'")
    | dict.fromkeys("（【［", "(")
    | dict.fromkeys("）】］", ")")
    | dict.fromkeys("\u00a0\u3000\t", " ")
    | dict(zip("ⅠⅡⅢⅣ", "1234", strict=True))
    | {ord("咭"): "卡"}
)
_CHINESE_COMMA = re.compile(rf"(?<=[{CJK}]),|(?<=[{CJK}]\)),|,(?=[{CJK}])")
_WINDOW = 30
_FILLING = r"[\s:：()四4级、/和与及国家大学语通过已考试水平测等能力达到证书的为是,\-~&]{0,10}?"
_CLAUSE_END = re.compile(rf"[，{SENTENCE_END}\n|•●]|, |,(?=[{CJK}])|(?<=[{CJK}]),|\. |\s{{3,}}")
_TABLE = tomllib.loads(Path(__file__).with_name("mentions.toml").read_text("utf-8"))


class Standing(StrEnum):
    """The standing of something that a resume mentions: had, denied, in preparation and the like."""

    HAS = "has"
    EXPIRED = "expired"
    REVOKED = "revoked"
    PREPARING = "preparing"
    PLANNED = "planned"
    DENIED = "denied"
    OTHERS = "others"


def folded(text: str) -> str:
    """Return the text with simplified and half-width characters, but full-width commas between Chinese words, each where it stood.

    Case stays.
    """
    return _CHINESE_COMMA.sub("，", simplified(text).translate(_FOLD))


def pattern(words: Iterable[str]) -> str:
    """Return a pattern for words of a table, the longest first: Chinese anywhere, Latin as whole words, those in capitals only just so
    unless Chinese ones beside them leave no doubt (CPA证, C1本).

    A space or hyphen in a word stands for any of these or none, "*" at its end for more letters,
    "~" for up to ten characters that say nothing ("英语：已通过国家六级").
    """
    ordered = sorted(set(words), key=len, reverse=True)
    chinese = [
        f"(?i:{letters})" if re.search("[A-Za-z]", word) else letters
        for word in ordered
        if not word[0].isascii() and (letters := re.escape(word).replace("\\ ", r"\s?").replace("\\~", _FILLING).replace("\\-", "-?"))
    ]
    latin = [_latin(word) for word in ordered if word[0].isascii()]
    whole_words = rf"(?<![A-Za-z0-9])(?<![A-Za-z]\.)(?=[A-Za-z0-9])(?:{'|'.join(latin)})"
    return "|".join([*chinese, whole_words] if latin else chinese)


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the clauses of a text: between commas, semicolons, bars and line ends."""
    start = 0
    for mark in _CLAUSE_END.finditer(text):
        yield start, mark.start()
        start = mark.end()
    yield start, len(text)


def line_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return (left, right) of the line that holds text[start:end], at most 200 characters to each side."""
    right = text.find("\n", end, end + 200)
    return max(text.rfind("\n", 0, start) + 1, start - 200), right if right >= 0 else min(len(text), end + 200)


def clause_around(text: str, start: int, end: int, reach: int = 80) -> tuple[int, int]:
    """Return (left, right) of the clause that holds text[start:end], at most `reach` characters to each side."""
    left = max(0, start - reach)
    for mark in _CLAUSE_END.finditer(text, left, start + 1):  # a comma ends a clause by the character behind it
        left = mark.end() if mark.end() <= start else left
    mark = _CLAUSE_END.search(text, end, min(len(text), end + reach))
    return left, mark.start() if mark else min(len(text), end + reach)


def is_waived(text: str, start: int, end: int) -> bool:
    """Return whether a job says that it does not ask for text[start:end]: "不要求", "not required"."""
    waived = _after_words("waived").match(_after(text, end))
    return bool(_before_words("waived").search(_before(text, start)) or (waived and not _KIND_ONLY.search(waived[0])))


def wanted_clauses(requirement: str) -> str:
    """Return a requirement, as `folded`, with its optional clauses blanked ("985 优先") where something else is demanded."""
    text = folded(requirement)
    spans = [(start, end) for start, end in clauses(text) if text[start:end].strip(" .")]
    optional = [span for span in spans if _OPTIONAL.search(text, *span)]
    waived = [span for span in spans if span not in optional and _NO_LIMIT.search(text, *span)]
    if len(optional) + len(waived) < len(spans):
        for start, end in optional:
            text = text[:start] + " " * (end - start) + text[end:]
    return text


_KIND_ONLY = re.compile(r"(?:专业|科目|学科|学段|等级|级别|车型|类别|类型|种类|方向|品牌|版本|地区|省份|年份|年限|语种)均?不限$")
"""What leaves only the kind open, and asks for the thing: 一级建造师（专业不限）."""
_NO_LIMIT = re.compile(
    r"不限|不要求|无要求|不作要求|\bno (?:\w+ ){1,3}(?:required|needed)|\bnot (?:required|needed|necessary)\b", re.IGNORECASE
)
_OPTIONAL = re.compile(
    r"优先|加分|更佳|尤佳|为佳|者佳|最好|\bprefer"
    r"|\bplus\b(?!\s(?:one|two|three|four|five|a|an|any|at|years?|yrs?|\d+\+?)\b)|\bnice to have\b"
    r"|\bbonus\b|\bideally\b"
    r"|\bdesirable\b|\badvantage",
    re.IGNORECASE,
)
_BEFORE_ENDS = re.compile(rf"[，{SENTENCE_END}\n|、)•]|, |,(?=[{CJK}])|(?<=[{CJK}]),|\. ")
_AFTER_ENDS = re.compile(rf"[{SENTENCE_END}\n|、•]|\. ")


def _before(text: str, start: int) -> str:
    window = text[max(0, start - _WINDOW) : start]
    return window[max((mark.end() for mark in _BEFORE_ENDS.finditer(window)), default=0) :]


def _after(text: str, end: int) -> str:
    """The rest of the clause; a comma or bracket may stand before a word that says how it is: "CPA, in progress"."""
    window = text[end : end + _WINDOW]
    mark = _AFTER_ENDS.search(window)
    return window[: mark.start()] if mark else window


@cache
def _before_words(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern(_TABLE[kind]['before'])})(?! only)[^()（）]{{0,16}}$", re.IGNORECASE)


@cache
def _after_words(kind: str) -> re.Pattern[str]:
    """Up to twelve characters further in the clause, or right behind a comma or bracket.

    A Chinese verb closes its clause, or it belongs to what follows: "初级会计师，备考中级", "CET-4 未通过 CET-6".
    """
    verbs = pattern(word for word in _TABLE[kind]["after"] if not word.isascii() and not word.endswith("中"))
    others = pattern(word for word in _TABLE[kind]["after"] if word.isascii() or word.endswith("中"))
    ends = rf"(?!\s?[A-Za-z级]|\s?(?!考试|证|成绩|合格|毕业)[{CJK}])"
    return re.compile(
        rf"(?:[^，,()]{{0,12}}?|\s?[，,(-]\s?[^，,()]{{0,4}}?)(?:(?:{others})(?!级)|(?:{verbs}){ends})",
        re.IGNORECASE,
    )


def _latin(word: str) -> str:
    letters = _spaced(re.sub(r"(?:\\[ -])+", r"[\\s_-]{0,3}", re.escape(word.rstrip("*")))).replace("\\~", _FILLING)
    if word.endswith("."):
        letters += "?"
    cased = letters if word == word.upper() and word.isascii() else f"(?i:{letters})"
    return cased if word.endswith("*") or not word[-1].isascii() else rf"{cased}(?![A-Za-z0-9])"


def _spaced(letters: str) -> str:
    """A space may stand between Latin and Chinese letters: CFA 一级."""
    return re.sub(rf"(?<=[A-Za-z0-9])(?=[{CJK}])|(?<=[{CJK}])(?=[A-Za-z0-9])", r"\\s?", letters)
