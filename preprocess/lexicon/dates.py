"""Find dates in a text as resumes write them, in any notation of date_forms.py.

`find_dates` returns the dates of a text, also those that are dates only beside another one ("03/19", "June" of "June - August 2019");
periods.py pairs them. Knows no periods and no words around a date.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from preprocess.lexicon.date_forms import DATE, FORMS, MONTHS, PARTS, RELATIVE, RELATIVE_MONTHS, date_pattern, fold_dates
from preprocess.lexicon.numerals import chinese_number


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


_WHOLE = re.compile(rf"(?:{date_pattern()})\s*")


def is_date(text: str) -> bool:
    """Return whether a text is one date and nothing else."""
    return _WHOLE.fullmatch(fold_dates(text)) is not None


def find_dates(text: str, today: date) -> list[Date]:
    """Return the dates of a text that `fold_dates` returned, in their order; those beside other digits (138-2019-0312) are none."""
    matches = [match for match in DATE.finditer(text) if not _is_amount(text, match)]
    taken = {index for match in matches for index in (match.start(), match.end() - 1)}
    return [read for match in matches if not _beside_digits(text, match, taken) and (read := _read(match, today)) is not None]


def _beside_digits(text: str, match: re.Match[str], taken: set[int]) -> bool:
    """Return whether a mark parts the date from digits that belong to no date: a phone number, a norm, an amount of money."""
    start, end = match.span()
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if len(before) == 2 and before[1] in "-./:)#,·" and (before[0].isdigit() and start - 2 not in taken):
        return not (match["ymd"] and _LIST_NUMBER.search(text, max(0, start - 8), start))
    if (before and before[-1] in "$€£¥#") or _PAGES.search(text, max(0, start - 12), start):
        return True
    return len(after) == 2 and after[0] in "-./:" and after[1].isdigit() and end + 1 not in taken and not _SHORT_END.match(text, end)


def _is_amount(text: str, match: re.Match[str]) -> bool:
    """Return whether four bare digits are one end of a change or of a range of amounts: QPS 从 2000 提升到 9000, from 2000 to 9000."""
    start, end = match.span()
    if end - start != 4 or not match[0].isdigit():
        return False
    return bool(
        _CHANGED.match(text, end)
        or _CHANGED_TO.search(text, max(0, start - 8), start)
        or _TO_NO_YEAR.match(text, end)
        or _UNIT.match(text, end)
    )


_CHANGES = "提升|提高|增长|增加|上升|升|涨|扩大|扩充|扩容|下降|降低|降|减少|缩短|缩减|压缩"
_CHANGED = re.compile(rf"\s?(?:{_CHANGES})(?:到|至|为|了)")
_CHANGED_TO = re.compile(rf"(?:{_CHANGES})(?:到|至|为)\s?$")
_TO_NO_YEAR = re.compile(r"\s?(?:到|至|to\b|[-–—~～→])\s?(?:1[0-8]\d\d|2[1-9]\d\d|[3-9]\d{3}|\d{5})(?![\d年.])")
_LIST_NUMBER = re.compile(r"(?:^|[\n\u4e00-\u9fff(])\s{0,2}[1-9]\d?[:.)]$")
_UNIT = re.compile(
    r"\s(?:kgs?|km|cm|mm|ml|kW|MW|kWh|tons?|tonnes?|lbs?|sqm|hours|hrs|units|pcs|pieces|pallets|parcels|words|calls|tickets|euros?|dollars|USD|EUR"
    r"|GBP|CHF|INR|SGD)\b",
    re.IGNORECASE,
)
_PAGES = re.compile(r"(?:\d\s?\(\d{1,3}\)\s?[:,]|\bpp\.?|\bpages)\s?$", re.IGNORECASE)
"""Pages of a paper stand behind: 35(18): 2018-2025."""
_SHORT_END = re.compile(r"[-/]\d{1,2}(?![\d./-])")


def _read(match: re.Match[str], today: date) -> Date | None:
    form = next(name for name in FORMS if match[name] is not None)
    if form != "relative":
        return _READERS[form](match)
    if match["near"]:
        year, month = divmod(today.year * 12 + today.month - 1 + RELATIVE_MONTHS[_plain(match["near"])], 12)
        return _at(match, year, month + 1)
    return _at(match, today.year + RELATIVE[_plain(match["rel"])], _month(match["rel_m"] or match["rel_p"]))


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
    return _at(match, chinese_number(match["h_y"]), _month(match["h_m"]))


def _of_the_republic(match: re.Match[str]) -> Date:
    written = match["r_y"] or match["r_y2"]
    is_sure = match["r_y"] is not None or (match["r_m"] is not None and "月" in match[0])
    return _at(match, 1911 + (1 if written == "元" else chinese_number(written)), _month(match["r_m"]), "full" if is_sure else "republic")


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
    name = _plain(written.rstrip(".")).removesuffix(" of") if written.lower() not in PARTS else _plain(written)
    return MONTHS.get(name) or PARTS.get(name) or chinese_number(name)


def _century(digits: str) -> int:
    return int(digits) + (2000 if int(digits) < 50 else 1900)
