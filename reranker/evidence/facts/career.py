"""Years of experience: what a requirement asks for, and what a resume states, with the place where it says so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from preprocess.section_headings import is_section_heading
from reranker.evidence.facts.degrees import names_degree

_DIGITS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "fifteen": 15,
}
_COUNT = rf"(?P<count>(?<![\d.])\d{{1,2}}(?:\.\d)?|[一两二三四五六七八九十]|\b(?:{'|'.join(_WORDS)}))"
_ASKED = re.compile(
    rf"{_COUNT}\s?(?:(?:[-–—~至到]|to)\s?\d{{1,2}}\s?(?:年|years?)|\s?\+?\s?年(?:及)?以上|\s?年(?:以上)?[^，。；,;\d]{{0,20}}经[验历]"
    r"|\s?(?:\+|or more|plus)?\s?(?:years?|yrs?)\b)",
    re.IGNORECASE,
)
_STATED = re.compile(
    rf"(?:工作年限|工作经验|从业年限|years of experience)\s?[:：]?\s?{_COUNT.replace('count', 'first')}\s?\+?\s?(?:年|years|$)"
    rf"|{_COUNT}\s?(?:\+|多|余)?\s?年(?:以上|多)?[^，。；、,;（(\d\n]{{0,12}}(?:经验|从业|研发|开发|工作)"
    rf"|{_COUNT.replace('count', 'english')}\s?(?:\+|plus|or more)?\s?(?:years?|yrs)\b[^.,;(\n]{{0,40}}\bexperience"
    rf"|^\W{{0,3}}{_COUNT.replace('count', 'opening')}\s?\+?\s?years (?:of|in|as|building|designing|developing)\b"
    rf"|\bfor {_COUNT.replace('count', 'lasting')}\s?(?:years?|yrs)\b",
    re.IGNORECASE,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH_NAME = rf"(?:{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_POINT = (
    r"(?:(?P<{0}name>{1})\s?,?\s?)?(?<!\d)(?P<{0}year>(?:19|20)\d\d)(?!\d)(?:\s?[./年-]\s?(?P<{0}month>1[0-2]|0?[1-9])(?!\d)\s?月?|\s?年)?"
)
_RANGE = re.compile(
    _POINT.format("from", _MONTH_NAME)
    + r"\s{0,3}(?:[-–—~～至到]{1,2}|to\b|until\b)\s{0,3}(?:"
    + _POINT.format("to", _MONTH_NAME)
    + r"|(?P<now>至?今|现在|目前|present|now|current|today))",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"^\W*(?:工作经[历验]|职业经历|工作履历|任职经历|(?:work(?:ing)?|professional|employment) (?:experience|history)"
    r"|experience|employment|career(?: history)?)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Stated:
    """The years that the resume states, and the line that says so."""

    value: float
    line: int


def years_asked(text: str) -> float | None:
    """The years of experience that a requirement asks for (the lower end of a range), None where it names none."""
    match = _ASKED.search(text)
    return _number(match["count"]) if match else None


def years_held(lines: list[str]) -> Stated | None:
    """The years that a resume claims; without a claim, the union of the date ranges under its work heading (months counted once)."""
    claims = [
        Stated(_number(next(filter(None, match.groups()))), place) for place, line in enumerate(lines) for match in _STATED.finditer(line)
    ]
    if claims:
        return max(claims, key=lambda claim: claim.value)
    ranges = sorted(_work_ranges(lines))
    months, reached = 0, 0
    for start, end, _ in ranges:
        months += max(0, end - max(start, reached))
        reached = max(reached, end)
    return Stated(months / 12, ranges[0][2]) if months else None


def _work_ranges(lines: list[str]) -> Iterator[tuple[int, int, int]]:
    """(first month, month after the last, line) of each job; months count from year 0."""
    has_heading = any(_WORK.match(line) for line in lines)
    at_work = not has_heading
    today = date.today()
    for place, line in enumerate(lines):
        if _WORK.match(line):
            at_work = True
        elif is_section_heading(line):
            at_work = False
        if not at_work:
            continue
        for match in _RANGE.finditer(line):
            if names_degree(line):
                break
            start = _month(match, "from")
            end = today.year * 12 + today.month if match["now"] else _month(match, "to")
            end += bool(match["tomonth"] or match["toname"])
            if start < end <= start + 45 * 12:
                yield start, end, place


def _month(match: re.Match[str], side: str) -> int:
    name = match[side + "name"]
    month = _MONTHS.index(name[:3].lower()) + 1 if name else int(match[side + "month"] or 1)
    return int(match[side + "year"]) * 12 + month


def _number(text: str) -> float:
    text = text.lower()
    return float(_DIGITS.get(text) or _WORDS.get(text) or text)
