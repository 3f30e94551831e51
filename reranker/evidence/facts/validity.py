"""Tell whether a certificate is still valid: by a date up to which it is, or words for having run out and for renewal."""

import re
from datetime import date

from preprocess.lexicon.date_forms import MONTH_NAME, MONTHS
from reranker.evidence.facts.claim_words import before, behind

_DATE = (
    r"(?:(?P<y1>(?:19|20)\d\d)\s?[./年-]\s?(?P<m1>\d{1,2})"
    r"|(?:\d{1,2}/)?(?P<m2>\d{1,2})\s?[/.]\s?(?P<y2>20\d\d|\d\d(?![\d/]))"
    rf"|(?P<m3>{MONTH_NAME})\.?\s?(?:\d{{1,2}},?\s)?(?P<y3>20\d\d)"
    r"|(?P<y4>(?:19|20)\d\d))"
)
_UNTIL = (
    r"有效期?限?至|有效期到|有效至|效期至|复审至|复审日期|延续至"
    r"|valid (?:until|till|through|thru|to)|expir(?:es|y|ing|ation|ed)(?: on| in| date)?|lapsed(?: in)?"
    r"|exp\b\.?|good (?:until|through)"
)
_DATES = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        rf"(?:{_UNTIL})[^\d\n]{{0,14}}?{_DATE}",
        rf"{_DATE}\s?[月年]?底?\s?(?:到期|届满|有效|expir)",
        rf"\(\s?(?:19|20)\d\d(?:[./年]\d{{1,2}}月?)?\s?[-~至]\s?{_DATE}月?[,，)]",
    )
)
_RAN_OUT = re.compile(r"(?<![才\d底])(?<!\d月)到期(?![日前时])")


def is_expired(ahead: str, rest: str, today: date) -> bool:
    """Return whether a certificate ran out, by the words in front of its mention in its clause and those behind (`rest`)."""
    lapses = list(behind("expired").finditer(rest))
    if renewed := [
        mark for mark in behind("renewed").finditer(rest) if not rest[: mark.start()].rstrip().lower().endswith(("not", "没", "未"))
    ]:
        return bool(lapses) and renewed[-1].start() < lapses[-1].end()
    until = next((match for pattern in _DATES if (match := pattern.search(rest))), None)
    if until is not None and not lapses:
        return _is_past(until, today)
    return bool(lapses or _RAN_OUT.search(rest) or before("expired").search(ahead))


def _is_past(until: re.Match[str], today: date) -> bool:
    year = next(int(until[name]) for name in ("y1", "y2", "y3", "y4") if until[name])
    month = until["m1"] or until["m2"] or (until["m3"] and MONTHS[until["m3"].lower()]) or 12
    return (year if year > 99 else 2000 + year, min(int(month), 12)) < (today.year, today.month)
