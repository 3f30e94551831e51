"""Years of experience: what a requirement asks for, and what a resume states, with the place where it says so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from preprocess.lexicon.dates import DATE_RANGE, month, names_month
from preprocess.lexicon.headings import heading_kind
from reranker.evidence.facts.degrees import names_degree
from reranker.evidence.facts.mentions import folded

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
_RANGE = re.compile(DATE_RANGE, re.IGNORECASE)
_DATELESS = frozenset({"title", "personal", "contact", "objective", "summary", "skills", "languages", "hobbies"})
"""Sections that hold no periods: where no heading says what is work, jobs may stand below such a one."""


@dataclass(frozen=True)
class Stated:
    """The years that the resume states, and the line that says so."""

    value: float
    line: int


def years_asked(text: str) -> float | None:
    """The years of experience that a requirement asks for (the lower end of a range), None where it names none."""
    match = _ASKED.search(folded(text))
    return _number(match["count"]) if match else None


def years_held(lines: list[str]) -> Stated | None:
    """The years that a resume claims; without a claim, the union of the date ranges under its work heading (months counted once)."""
    lines = [folded(line) for line in lines]
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
    kinds = [heading_kind(line) for line in lines]
    has_heading = "work" in kinds
    at_work = not has_heading
    today = date.today()
    for place, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind is not None and (has_heading or kind not in _DATELESS):
            at_work = kind == "work"
        if not at_work:
            continue
        for match in _RANGE.finditer(line):
            if names_degree(line):
                break
            start = month(match, "from")
            end = today.year * 12 + today.month if match["now"] else month(match, "to")
            end += names_month(match, "to")
            if start < end <= start + 45 * 12:
                yield start, end, place


def _number(text: str) -> float:
    text = text.lower()
    return float(_DIGITS.get(text) or _WORDS.get(text) or text)
