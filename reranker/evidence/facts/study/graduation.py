"""Find the years of graduation that a job asks for: 2026届, "2025 or 2026 batch", 应届 (this year's or the next)."""

import re
from datetime import date

_YEAR = r"20\d\d"
_GAP = r"\s?(?:[-~至到/、,，和或及与&]|or|and|to)\s?"
_YEARS = re.compile(
    rf"(?P<chinese>{_YEAR}(?:年|届)?(?:{_GAP}{_YEAR}(?:年|届)?){{0,3}})\s?(?:届|年?(?:应届|毕业|秋招|校招)|年\d{{1,2}}月.{{0,12}}毕业)"
    rf"|\bgrad(?:uate)?s?\s?\((?P<bracket>{_YEAR}(?:{_GAP}{_YEAR}){{0,3}})\)"
    rf"|(?P<graduate>{_YEAR}(?:{_GAP}{_YEAR}){{0,3}})\s?(?:batch|pass-?\s?outs?|passing|passed|graduat|grads?\b|cohort|class\b|intake)"
    rf"|\b(?:graduat[a-z]{{1,6}}|batch|class|pass(?:ed|ing)?(?:-?\s?out)?|completed|degree)\s?(?:year\s?)?(?:of|in|by|from|between|:)?\s?"
    rf"(?:the\s)?(?:years?\s)?(?:of\s)?(?:[A-Z][a-z]{{2,8}} )?"
    rf"(?P<behind>{_YEAR}(?:{_GAP}(?:[A-Z][a-z]{{2,8}} )?{_YEAR}){{0,3}})"
    rf"|毕业(?:时间|年份|年度|日期)?\s?(?:为|在|[:：])?\s?(?P<time>{_YEAR}(?:[.年/-]\d{{1,2}}月?)?"
    rf"(?:{_GAP}{_YEAR}(?:[.年/-]\d{{1,2}}月?)?)?)",
    re.IGNORECASE,
)
_SINCE = re.compile(
    rf"({_YEAR})年?(?:\d{{1,2}}月)?(?:及|或)?[以之]?后(?:应届)?毕业"
    rf"|\b(?:graduated|graduating|passed out) (?:in or )?(?:after|since|from) ({_YEAR})\b"
    rf"|\bgraduat[a-z]{{1,6}} (?:in |of )?({_YEAR}) (?:or later|onwards?)",
    re.IGNORECASE,
)
_ONE = re.compile(_YEAR)
_FRESH = re.compile(
    r"应届(?!.{0,4}(?:不限|均可|亦可|也可|优先))"
    r"|\b(?:fresh|recent|new) grad(?:uate)?s?\b(?! (?:are )?(?:welcome|may|can|considered|encouraged))",
    re.IGNORECASE,
)
_NUMBERS = ["一", "两", "三", "四", "五", "one", "two", "three", "four", "five"]
_RECENT = re.compile(
    rf"毕业(?:未满|不超过|时间不超过|不满)?\s?(\d|[一两三四五])\s?年(?:以内|之内|内)"
    rf"|graduated (?:with)?in the (?:last|past) (\d|{'|'.join(_NUMBERS[5:])}) years?"
    rf"|graduated within (?:the )?(?:last |past )?(\d|{'|'.join(_NUMBERS[5:])}) years?",
    re.IGNORECASE,
)
_OPEN = re.compile(r"往届|社招|均可|\bor\b")


def years_asked(text: str, today: date) -> tuple[int, int] | None:
    """Return the first and the last year of graduation that a requirement accepts; None where it names none."""
    if since := _SINCE.search(text):
        return int(next(filter(None, since.groups()))), today.year + 1
    years = [int(year) for match in _YEARS.finditer(text) for year in _ONE.findall(match[0])]
    if years:
        return min(years), max(years)
    if recent := _RECENT.search(text):
        count = next(filter(None, recent.groups()))
        return today.year - (int(count) if count.isdigit() else _NUMBERS.index(count.lower()) % 5 + 1), today.year
    if _FRESH.search(text) and not _OPEN.search(text):
        return today.year, today.year + 1
    return None
