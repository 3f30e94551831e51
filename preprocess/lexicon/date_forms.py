"""Define the notations of one date as patterns: 2019.03, 2019年3月1日, 二〇一九年三月, 民國108年3月, Mar '19, 5 May 2019, Spring 2019.

dates.py reads what they match. Words of months, seasons and of what stands beside dates are those of dates.toml.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from preprocess.lexicon.characters import simplified

WORDS: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(Path(__file__).with_name("dates.toml").read_text("utf-8"))
YEAR = r"(?:19|20)\d\d"

_FOLD = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys("‐‑‒–—―−─ー－﹣", "-")
    | dict.fromkeys("~～〜∼", "~")
    | dict.fromkeys("→⇒➔➜", "→")
    | dict.fromkeys("’‘´`", "'")
    | dict.fromkeys("【［〔〈", "(")
    | dict.fromkeys("】］〕〉", ")")
    | dict.fromkeys("\u00a0\u3000", " ")
    | dict.fromkeys("←⇐", "←")
)
_LETTER_FOR_ZERO = re.compile(r"(?<!\w)[12][Oo0\d]{3}(?!\w)|(?<=\d)。(?=[\d-])")


def fold_dates(text: str) -> str:
    """Return the text with half-width digits, simplified characters, and one kind of dash and bracket, each where it stood."""
    return _LETTER_FOR_ZERO.sub(_as_number, simplified(text.translate(_FOLD)))


def _as_number(match: re.Match[str]) -> str:
    """2O17 → 2017, 2017。5 → 2017.5."""
    return match[0].translate({ord("O"): "0", ord("o"): "0", ord("。"): "."})


def any_word(words: list[str]) -> str:
    """Return a pattern of words of the table, longest first: Chinese ones anywhere, Latin ones whole; for any case."""
    ordered = sorted(words, key=len, reverse=True)
    latin = [re.escape(word).replace(r"\ ", r"\s{1,2}") for word in ordered if word[0] < _CHINESE]
    chinese = [re.escape(word) for word in ordered if word[0] >= _CHINESE]
    return "|".join([*chinese, *([rf"(?<![^\W\d_])(?:{'|'.join(latin)})(?![^\W\d_])"] if latin else [])])


def _month_numbers(table: str) -> dict[str, int]:
    return {word: int(number) for number, words in WORDS[table].items() for word in words}


MONTHS = _month_numbers("months")
"""Name → month."""
PARTS = _month_numbers("parts")
RELATIVE = _month_numbers("relative")
RELATIVE_MONTHS = _month_numbers("relative_months")

_CHINESE = "\u2e80"
"""The first of the characters that no space parts from others; Latin letters come before it."""
MONTH_NAME = any_word([*MONTHS])
"""Pattern of the name of a month, without a group or the dot behind it; for any case."""
NOW = any_word(WORDS["ends"]["now"])
"""Pattern of the words for now, at the end of a period: 至今, present; for any case."""
UNTIL_NOW = any_word(WORDS["ends"]["until_now"])
"""Pattern of those that by themselves say that something goes on: 至今, to date; for any case."""
_MONTH = r"1[0-2]|0?[1-9]"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_LETTERS_BEFORE = r"(?<![^\W\d_])"


def _latin(names: Mapping[str, int]) -> str:
    return "|".join(sorted((re.escape(name) for name in names if name[0] < _CHINESE), key=len, reverse=True))


def _chinese(names: Mapping[str, int]) -> str:
    return "|".join(sorted((name for name in names if name[0] >= _CHINESE), key=len, reverse=True))


_NAME = rf"(?:{_latin(MONTHS)})(?![^\W\d_])\.?"
_PART = rf"(?:{_latin(PARTS)})(?![A-Za-z])(?: of)?"
_CAPITAL_NAME = rf"(?-i:(?:{_latin({form: 0 for name in MONTHS for form in (name.capitalize(), name.upper())})})(?![^\W\d_])\.?)"
_OF_DAY = rf"(?:\s?{_DAY}\s?[日号])?"
_OF_MONTH = rf"(?:份|\s?(?:初|中旬|下旬|上旬|底|末))?{_OF_DAY}"
_YMD = "|".join(
    rf"\s?{mark}\s?(?P<m{index}>{_MONTH})(?!\d)(?!(?:(?<=\s\d)|(?<=\s\d\d))[./-]{YEAR})(?:\s?{mark}\s?{_DAY}(?!\s?月)|\s?月份?)?"
    for index, mark in enumerate((r"\.", "/", "-", "、", "'"))
)
_NUMERAL = "[〇零○一二三四五六七八九]"
_MONTH_NUMERAL = "[一二三四五六七八九十]{1,2}"

_WHOLE_DATES = {
    # 2019年3月1日, 2016年3-10月, 2019年春季, 2019 Mar, 2019.03.01, 2019
    "ymd": rf"(?<![A-Za-z\d])(?:FY ?)?(?P<ymd_y>{YEAR})"
    rf"(?:\s?年\s?(?P<yh>{_MONTH_NUMERAL})月|\s?年\s?(?P<ym>{_MONTH})(?!\d)(?:\s?月{_OF_MONTH}|\s?(?=-\s?\d{{1,2}}\s?月))"
    rf"|\s?年?\s?(?P<yp>{_chinese(PARTS)})|[\s,./年-]{{0,2}}(?P<yn>{_NAME}|{_PART})(?![\s,.']{{0,2}}\d)|{_YMD}|\s?年(?![度级龄资]))?"
    r"(?![\d@]|[A-Za-z](?!o\s)|(?:(?<=\d{4})\s?|(?<=年))[款版级届元万名台件家项种吨米])",
    # 5 May 2019, May 5, 2019, Mar '19, Mar-19, Spring 2019, Q1 2019
    "named": rf"(?:(?<![\d.:]){_ORDINAL}(?:\s?of)?[ ./-]{{0,2}})?{_LETTERS_BEFORE}(?P<n>{_NAME}|{_PART})"
    rf"(?:[\s,./-]{{0,2}}{_ORDINAL}(?:,\s?|\s))?[\s,./-]{{0,2}}(?P<n_y>{YEAR})(?!\d)"
    rf"|{_LETTERS_BEFORE}(?P<s>{_NAME}|{_PART})[\s,./-]{{0,2}}(?P<s_y>'\d\d|(?<=[\s./-])\d\d)(?![\d%]|[.,:]\d|st|nd|rd|th)",
    # 01/03/2019, 03/2019
    "mdy": rf"(?<![\w./])(?:(?P<a>\d{{1,2}})[./-])?(?P<b>\d{{1,2}})\s?[./-]\s?(?P<b_y>{YEAR})(?![\d@年]|[./]\d)",
    # 二〇一九年三月
    "numerals": rf"(?<![〇零○一二三四五六七八九十])(?P<h_y>[一二][〇零○九]{_NUMERAL}{{2}})年(?:(?P<h_m>{_MONTH_NUMERAL})月)?",
    # 民國108年3月, 民國一○八年三月, and without 民國, where the month stands there too
    "republic": r"(?:民国\s?(?P<r_y>\d{2,3}|[〇零○一二三四五六七八九十百]{1,5}|元)\s?[年./-]"
    rf"|(?<![\d.年])(?P<r_y2>1[01]\d|一[〇零○一]{_NUMERAL}|一百(?:[〇零○]?{_NUMERAL}|一?十{_NUMERAL}?)?)\s?[年./])"
    rf"(?:\s?(?P<r_m>(?:{_MONTH})(?!\d)|{_MONTH_NUMERAL}(?=月))(?:\s?月{_OF_DAY}|[./]{_DAY})?)?(?!\d)",
}
"""Notations that are a date wherever they stand."""
_BESIDE_OTHERS = {
    # 201903, 20190301
    "compact": rf"(?<![A-Za-z\d_.])(?<![A-Z]-)(?P<c_y>{YEAR})(?P<c_m>0[1-9]|1[0-2])(?:[0-3]\d)?(?![\d.@]|[A-Za-z])",
    # 16年3月, '16
    "short": rf"(?<![\d'])'?(?P<t_y>\d\d)\s?年(?:\s?(?P<t_m>{_MONTH})\s?月份?{_OF_DAY})?|(?<![\w'])'(?P<q_y>\d\d)(?![\w']|[./]\d)",
    # 01/03/19
    "days": r"(?<![\w./])(?P<d_a>\d\d?)/(?P<d_b>\d\d?)/(?P<d_y>\d\d)(?![\w/])",
    # 03/19 and 16.03
    "numbers": r"(?<![\w./,:$€£¥%])'?(?P<p_a>\d\d(?=[./])|\d(?=/))[./](?P<p_b>\d\d?)(?![\w%:]|[./,]\d|\s?[万千元个度岁倍])",
    # 去年3月
    "relative": rf"(?P<rel>{any_word(list(RELATIVE))})"
    rf"(?:\s?(?P<rel_m>{_MONTH}|{_MONTH_NUMERAL})\s?月份?|(?P<rel_p>{_chinese(PARTS)}))?|(?P<near>{any_word(list(RELATIVE_MONTHS))})",
    # June, 15 June, 3月, 次年3月
    "month": rf"(?:(?<![\d.:]){_ORDINAL}\s)?{_LETTERS_BEFORE}(?P<mn>{_CAPITAL_NAME})(?:\s{_ORDINAL}(?!\d))?"
    rf"|(?:(?P<next>次年|翌年|第二年)|同年|当年|(?<![\d年./]))(?P<mm>{_MONTH})\s?月{_OF_DAY}",
}
"""Notations that are one beside another date only, or beside a word of time."""
FORMS = _WHOLE_DATES | _BESIDE_OTHERS
_STARTS = {word[0].lower() for word in [*MONTHS, *PARTS, *RELATIVE, *RELATIVE_MONTHS, *"民一二次翌第同当", "FY"]}
_START = (
    rf"(?=[\d'{''.join(sorted(start for start in _STARTS if start >= _CHINESE))}]"
    rf"|{_LETTERS_BEFORE}[{''.join(sorted(start for start in _STARTS if start < _CHINESE))}])"
)
"""What every notation begins with: tried first, it leaves out three quarters of the places of a text."""
DATE = re.compile(f"{_START}(?:{'|'.join(f'(?P<{name}>{form})' for name, form in FORMS.items())})", re.IGNORECASE)


def date_pattern(year: str = YEAR) -> str:
    """Return the pattern of one date of at least a year, without groups, for any case."""
    forms = "|".join(_WHOLE_DATES.values()).replace(YEAR, year)
    return f"(?i:{re.sub(r'[?]P<[a-z0-9_]+>', '?:', forms)})"
