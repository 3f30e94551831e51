"""One date as resumes write it: 2019.03, 2019年3月1日, 二〇一九年三月, 民國108年3月, Mar '19, 03/2019, 5 May 2019, Spring 2019, 201903.

`find_dates` returns the dates of a text, also those that are dates only beside another one ("03/19", "June" of "June - August 2019");
periods.py pairs them. Knows no periods and no words around a date.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from preprocess.lexicon.characters import simplified

WORDS: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(Path(__file__).with_name("dates.toml").read_text("utf-8"))
YEAR = r"(?:19|20)\d\d"

_NUMERALS = {numeral: str(digit) for digit, numeral in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
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


@dataclass(frozen=True)
class Date:
    """text[start:end] names a year, perhaps its month; a part of a year (Spring, Q1) is its first month.

    `shape` is "full", "month" (the year stands elsewhere: `year` is 0), or a notation that is a date only beside another of its
    kind: "short" (03/19, '19, Mar 19), "compact" (201903), "republic" (108.03). `other` is the other reading of 03/04/2019 or 07/08,
    `is_reversed` says that only that one makes sense: 12/25/2019, 19.03.
    """

    year: int
    month: int | None
    start: int
    end: int
    shape: str = "full"
    other: tuple[int, int] | None = None
    is_reversed: bool = False


def fold_dates(text: str) -> str:
    """Return the text with half-width digits, simplified characters, and one kind of dash and bracket, each where it stood."""
    return _LETTER_FOR_ZERO.sub(_as_number, simplified(text.translate(_FOLD)))


def _as_number(match: re.Match[str]) -> str:
    """2O17 → 2017, 2017。5 → 2017.5."""
    return match[0].translate({ord("O"): "0", ord("o"): "0", ord("。"): "."})


def any_word(words: list[str]) -> str:
    """Return a pattern of words of the table, longest first: Chinese ones anywhere, Latin ones whole; for any case."""
    ordered = sorted(words, key=len, reverse=True)
    latin = [re.escape(word).replace(r"\ ", r"\s{1,2}") for word in ordered if word[0] < "\u2e80"]
    chinese = [re.escape(word) for word in ordered if word[0] >= "\u2e80"]
    return "|".join([*chinese, *([rf"(?<![^\W\d_])(?:{'|'.join(latin)})(?![^\W\d_])"] if latin else [])])


def _month_numbers(table: str) -> dict[str, int]:
    return {word: int(number) for number, words in WORDS[table].items() for word in words}


MONTHS = _month_numbers("months")
"""Name → month."""
_PARTS = _month_numbers("parts")
_RELATIVE = _month_numbers("relative")
_RELATIVE_MONTHS = _month_numbers("relative_months")

_MONTH = r"1[0-2]|0?[1-9]"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_LETTERS_BEFORE = r"(?<![^\W\d_])"


def _latin(names: Mapping[str, int]) -> str:
    return "|".join(sorted((re.escape(name) for name in names if name[0] < "\u2e80"), key=len, reverse=True))


def _chinese(names: Mapping[str, int]) -> str:
    return "|".join(sorted((name for name in names if name[0] >= "\u2e80"), key=len, reverse=True))


_NAME = rf"(?:{_latin(MONTHS)})(?![^\W\d_])\.?"
_PART = rf"(?:{_latin(_PARTS)})(?![^\W\d_])(?: of)?"
_CAPITAL_NAME = rf"(?-i:(?:{_latin({form: 0 for name in MONTHS for form in (name.capitalize(), name.upper())})})(?![^\W\d_])\.?)"
_OF_DAY = rf"(?:\s?{_DAY}\s?[日号])?"
_OF_MONTH = rf"(?:份|\s?(?:初|中旬|下旬|上旬|底|末))?{_OF_DAY}"
_YMD = "|".join(
    rf"\s?{mark}\s?(?P<m{index}>{_MONTH})(?!\d)(?!(?:(?<=\s\d)|(?<=\s\d\d))[./-]{YEAR})(?:\s?{mark}\s?{_DAY}(?!\s?月))?"
    for index, mark in enumerate((r"\.", "/", "-", "、", "'"))
)
_NUMERAL = "[〇零○一二三四五六七八九]"
_MONTH_NUMERAL = "[一二三四五六七八九十]{1,2}"

_WHOLE_DATES = {
    # 2019年3月1日, 2016年3-10月, 2019年春季, 2019 Mar, 2019.03.01, 2019
    "ymd": rf"(?<![A-Za-z\d])(?:FY ?)?(?P<ymd_y>{YEAR})"
    rf"(?:\s?年\s?(?P<yh>{_MONTH_NUMERAL})月|\s?年\s?(?P<ym>{_MONTH})(?!\d)(?:\s?月{_OF_MONTH}|\s?(?=-\s?\d{{1,2}}\s?月))"
    rf"|\s?年?\s?(?P<yp>{_chinese(_PARTS)})|[\s,./年-]{{0,2}}(?P<yn>{_NAME}|{_PART})(?![\s,.']{{0,2}}\d)|{_YMD}|\s?年(?![度级龄资]))?"
    r"(?![\d@]|[A-Za-z](?!o\s)|\s?[款版级届元万名台件家项种吨米])",
    # 5 May 2019, May 5, 2019, Mar '19, Mar-19, Spring 2019, Q1 2019
    "named": rf"(?:(?<![\d.:]){_ORDINAL}(?:\s?of)?[ ./-]{{0,2}})?{_LETTERS_BEFORE}(?P<n>{_NAME}|{_PART})"
    rf"(?:[\s,./-]{{0,2}}{_ORDINAL}(?:,\s?|\s))?[\s,./-]{{0,2}}(?P<n_y>{YEAR})(?!\d)"
    rf"|{_LETTERS_BEFORE}(?P<s>{_NAME}|{_PART})[\s,./-]{{0,2}}(?P<s_y>'\d\d|(?<=[\s./-])\d\d)(?![\d%:]|[.,]\d|st|nd|rd|th)",
    # 01/03/2019, 03/2019
    "mdy": rf"(?<![\w./])(?:(?P<a>\d{{1,2}})[./-])?(?P<b>\d{{1,2}})\s?[./-]\s?(?P<b_y>{YEAR})(?![\d@])",
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
    "compact": rf"(?<![\w.])(?P<c_y>{YEAR})(?P<c_m>0[1-9]|1[0-2])(?:[0-3]\d)?(?![\d.@]|[A-Za-z])",
    # 16年3月, '16
    "short": rf"(?<![\d'])'?(?P<t_y>\d\d)\s?年(?:\s?(?P<t_m>{_MONTH})\s?月份?{_OF_DAY})?|(?<![\w'])'(?P<q_y>\d\d)(?![\w'])",
    # 01/03/19
    "days": r"(?<![\w./])(?P<d_a>\d\d?)/(?P<d_b>\d\d?)/(?P<d_y>\d\d)(?![\w/])",
    # 03/19 and 16.03
    "numbers": r"(?<![\w./,:$€£¥%])(?P<p_a>\d\d(?=[./])|\d(?=/))[./](?P<p_b>\d\d?)(?![\w%:]|[./,]\d|\s?[万千元个度岁倍])",
    # 去年3月
    "relative": rf"(?P<rel>{any_word(list(_RELATIVE))})"
    rf"(?:\s?(?P<rel_m>{_MONTH}|{_MONTH_NUMERAL})\s?月份?|(?P<rel_p>{_chinese(_PARTS)}))?|(?P<near>{any_word(list(_RELATIVE_MONTHS))})",
    # June, 15 June, 3月, 次年3月
    "month": rf"(?:(?<![\d.:]){_ORDINAL}\s)?{_LETTERS_BEFORE}(?P<mn>{_CAPITAL_NAME})(?:\s{_ORDINAL}(?!\d))?"
    rf"|(?:(?P<next>次年|翌年|第二年)|同年|当年|(?<![\d年./]))(?P<mm>{_MONTH})\s?月{_OF_DAY}",
}
"""Notations that are one beside another date only, or beside a word of time."""
_FORMS = _WHOLE_DATES | _BESIDE_OTHERS
_DATE = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _FORMS.items()), re.IGNORECASE)


def date_pattern(year: str = YEAR) -> str:
    """Return the pattern of one date of at least a year, without groups, for any case."""
    forms = "|".join(_WHOLE_DATES.values()).replace(YEAR, year)
    return f"(?i:{re.sub(r'[?]P<[a-z0-9_]+>', '?:', forms)})"


_WHOLE = re.compile(rf"(?:{date_pattern()})\s*")


def is_date(text: str) -> bool:
    """Return whether a text is one date and nothing else."""
    return _WHOLE.fullmatch(fold_dates(text)) is not None


def find_dates(text: str, today: date) -> list[Date]:
    """Return the dates of a text that `fold_dates` returned, in their order; those beside other digits (138-2019-0312) are none."""
    matches = list(_DATE.finditer(text))
    taken = {index for match in matches for index in (match.start(), match.end() - 1)}
    return [read for match in matches if not _beside_digits(text, match, taken) and (read := _read(match, today)) is not None]


def _beside_digits(text: str, match: re.Match[str], taken: set[int]) -> bool:
    """Whether a mark parts the date from digits that belong to no date: a phone number, a norm, an amount of money."""
    start, end = match.span()
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if len(before) == 2 and before[1] in "-./:)#,·" and (before[0].isdigit() and start - 2 not in taken):
        return True
    if before and before[-1] in "$€£¥#":
        return True
    return len(after) == 2 and after[0] in "-./:" and after[1].isdigit() and end + 1 not in taken and not _SHORT_END.match(text, end)


_SHORT_END = re.compile(r"[-/]\d{1,2}(?![\d./-])")


def _read(match: re.Match[str], today: date) -> Date | None:
    form = next(name for name in _FORMS if match[name] is not None)
    if form != "relative":
        return _READERS[form](match)
    if match["near"]:
        year, month = divmod(today.year * 12 + today.month - 1 + _RELATIVE_MONTHS[_plain(match["near"])], 12)
        return _at(match, year, month + 1)
    return _at(match, today.year + _RELATIVE[_plain(match["rel"])], _month(match["rel_m"] or match["rel_p"]))


def _plain(word: str) -> str:
    return " ".join(word.lower().split())


def _at(match: re.Match[str], year: int, month: int | None, shape: str = "full") -> Date:
    return Date(year, month, *match.span(), shape)


def _of_readings(match: re.Match[str], usual: tuple[str, str], reversed_: tuple[str, str], shape: str = "full") -> Date | None:
    """The date of the readings (year, month) that make sense."""
    readings = [(_century(year) if len(year) < 4 else int(year), int(month)) for year, month in (usual, reversed_)]
    digits = [len(year) for year, _ in (usual, reversed_)]
    possible = [reading for reading, count in zip(readings, digits, strict=True) if 1 <= reading[1] <= 12 and count > 1]
    if not possible:
        return None
    other = possible[1] if len(possible) > 1 and possible[1] != possible[0] else None
    return Date(*possible[0], *match.span(), shape, other, is_reversed=possible[0] != readings[0])


def _year_first(match: re.Match[str]) -> Date:
    written = ("yh", "ym", "yp", "yn", "m0", "m1", "m2", "m3", "m4")
    return _at(match, int(match["ymd_y"]), _month(next((match[name] for name in written if match[name]), None)))


def _month_name_first(match: re.Match[str]) -> Date:
    if match["n"]:
        return _at(match, int(match["n_y"]), _month(match["n"]))
    return _at(match, _century(match["s_y"].strip("'")), _month(match["s"]), "full" if match["s_y"][0] == "'" else "short")


def _month_number_first(match: re.Match[str]) -> Date | None:
    """03/2019; 01/03/2019 is in March, or, read otherwise, in January; 12/25/2019 has its day in the middle."""
    return _of_readings(match, (match["b_y"], match["b"]), (match["b_y"], match["a"] or match["b"]))


def _in_numerals(match: re.Match[str]) -> Date:
    return _at(match, _number(match["h_y"]), _month(match["h_m"]))


def _of_the_republic(match: re.Match[str]) -> Date:
    written = match["r_y"] or match["r_y2"]
    is_sure = match["r_y"] is not None or (match["r_m"] is not None and "月" in match[0])
    return _at(match, 1911 + (1 if written == "元" else _number(written)), _month(match["r_m"]), "full" if is_sure else "republic")


def _compact(match: re.Match[str]) -> Date:
    return _at(match, int(match["c_y"]), int(match["c_m"]), "compact")


def _two_digits(match: re.Match[str]) -> Date:
    return _at(match, _century(match["t_y"] or match["q_y"]), _month(match["t_m"]), "full" if match["t_m"] else "short")


def _two_numbers(match: re.Match[str]) -> Date | None:
    """07/19 is July 2019; 19.07 is so, too."""
    return _of_readings(match, (match["p_b"], match["p_a"]), (match["p_a"], match["p_b"]), "short")


def _with_a_day(match: re.Match[str]) -> Date | None:
    return _of_readings(match, (match["d_y"], match["d_b"]), (match["d_y"], match["d_a"]), "short")


def _without_year(match: re.Match[str]) -> Date:
    return _at(match, NEXT_YEAR if match["next"] else 0, _month(match["mn"] or match["mm"]), "month")


NEXT_YEAR = 1
"""Instead of a year, of a month in the year after the other date's: 次年3月."""
_READERS: Mapping[str, Callable[[re.Match[str]], Date | None]] = {
    "ymd": _year_first,
    "named": _month_name_first,
    "mdy": _month_number_first,
    "numerals": _in_numerals,
    "republic": _of_the_republic,
    "compact": _compact,
    "short": _two_digits,
    "days": _with_a_day,
    "numbers": _two_numbers,
    "month": _without_year,
}


def _month(written: str | None) -> int | None:
    if not written:
        return None
    name = _plain(written.rstrip(".")).removesuffix(" of") if written.lower() not in _PARTS else _plain(written)
    return MONTHS.get(name) or _PARTS.get(name) or _number(name)


def _century(digits: str) -> int:
    return int(digits) + (2000 if int(digits) < 50 else 1900)


def _number(text: str) -> int:
    """107 → 107, 十二 → 12, 一○七 → 107, 一百零七 → 107, 九十八 → 98."""
    if not set(text) & set("十百"):
        return int("".join(_NUMERALS.get(digit, digit) for digit in text))
    total, digit = 0, 0
    for numeral in text:
        if numeral in "十百":
            total += (digit or 1) * (10 if numeral == "十" else 100)
            digit = 0
        else:
            digit = int(_NUMERALS[numeral])
    return total + digit
