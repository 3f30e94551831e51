"""Whether a certificate is still valid: a date up to which it is, or words for having run out and for renewal."""

import re
from datetime import date

from reranker.evidence.facts.claim_words import before, behind

_VALID = (
    r"有效期?限?至|有效期到|有效至|效期至|复审至|复审日期|延续至"
    r"|valid (?:until|till|through|thru|to)|expir(?:es|y|ing|ation)(?: on| in| date)?"
    r"|exp\b\.?|good (?:until|through)"
)
_VALID_UNTIL = re.compile(
    rf"(?:{_VALID})[^\d\n]{{0,14}}(?P<date>\d{{1,2}}\s?[/.]\s?(?:20)\d\d|(?:19|20)\d\d(?:\s?[./年-]\s?\d{{1,2}})?)", re.IGNORECASE
)
_UNTIL_VALID = re.compile(r"(?P<date>(?:19|20)\d\d(?:\s?[./年-]\s?\d{1,2})?)\s?[月年]?底?\s?(?:复审|到期|届满|有效)", re.IGNORECASE)
_PERIOD = re.compile(r"\(\s?(?:19|20)\d\d(?:[./年]\d{1,2}月?)?\s?[-~至]\s?(?P<date>(?:19|20)\d\d(?:[./年]\d{1,2})?)月?[,，)]")
_RAN_OUT = re.compile(r"(?<![才\d底])(?<!\d月)到期(?![日前时])")
_LAPSED = re.compile(r"\b(?:expired|lapsed|ran out)\b|过期|失效", re.IGNORECASE)


def is_expired(ahead: str, rest: str, today: date) -> bool:
    """Return whether a certificate ran out, by the words in front of its mention in its clause and those behind (`rest`)."""
    until = _VALID_UNTIL.search(rest) or _UNTIL_VALID.search(rest) or _PERIOD.search(rest)
    if until and not _LAPSED.search(rest):
        return _is_past(until["date"], today)
    if _RAN_OUT.search(rest):
        return True
    if before("expired").search(ahead):
        return True
    lapses = list(behind("expired").finditer(rest))
    renewed = behind("renewed").search(rest)
    return bool(lapses) and not (renewed and renewed.start() >= lapses[-1].end())


def _is_past(words: str, today: date) -> bool:
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    year = next(number for number in numbers if number > 1000)
    month = next((number for number in numbers if number <= 12), 12)
    return (year, month) < (today.year, today.month)
