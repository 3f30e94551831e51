"""Dates and periods as resumes write them: 2019.03-至今, 2019年3月1日, Mar 2019 – Present, 03/2019 to 05/2021, 5 May 2019."""

import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_YEAR = r"(?:19|20)\d\d"
_MONTH_NAME = rf"(?:{'|'.join(MONTHS)})[a-z]{{0,6}}\.?"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)"
_ENGLISH_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_NOW = r"[至迄]?今|现在|現在|目前|present|now|current|today|ongoing"
_TO = r"\s{0,3}(?:[-–—~～至到]{1,3}|to\b|until\b|till\b)\s{0,3}"


def date(side: str = "", year: str = _YEAR) -> str:
    """Return the pattern of a date of at least a year, for any case; a month before or after the year, a day with a month.

    With a `side` its parts are the groups that `month` reads: `{side}_year`, `{side}_name`, `{side}_first`, `{side}_month`.
    """

    def part(name: str, pattern: str) -> str:
        return f"(?P<{side}_{name}>{pattern})" if side else f"(?:{pattern})"

    named = rf"(?:{_ENGLISH_DAY}[ ./-])?{part('name', _MONTH_NAME)}[\s,./-]{{0,2}}(?:{_ENGLISH_DAY},?\s)?"
    numbered = rf"(?<![\w./])(?:\d{{1,2}}[./-])?{part('first', '[0-9]{1,2}')}[./-]"
    after = rf"\s?[./年-]\s?{part('month', r'1[0-2]|0?[1-9]')}(?!\d)(?:\s?[./月-]\s?{_DAY}\s?[日号號]?|\s?月)?"
    return rf"(?:{named}|{numbered})?(?<!\d){part('year', year)}(?!\d)(?:{after}|\s?年)?"


DATE = date()
DATE_RANGE = rf"{date('from')}{_TO}(?:{date('to')}|(?P<now>{_NOW}))"
"""From a date to a date or to now (the group `now`); compile it with re.IGNORECASE."""


def month(match: re.Match[str], side: str) -> int:
    """Return the month of one side of a DATE_RANGE, counted from year 0; January where it names only a year."""
    name = match[f"{side}_name"]
    number = MONTHS.index(name[:3].lower()) + 1 if name else int(match[f"{side}_first"] or match[f"{side}_month"] or 1)
    return int(match[f"{side}_year"]) * 12 + (number if 1 <= number <= 12 else 1)  # 12/25/2019 has its day there


def names_month(match: re.Match[str], side: str) -> bool:
    """Return whether one side of a DATE_RANGE names a month."""
    return bool(match[f"{side}_name"] or match[f"{side}_first"] or match[f"{side}_month"])
