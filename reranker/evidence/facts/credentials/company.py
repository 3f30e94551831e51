"""Tell whether a short word stands for a certificate where it stands: by the words of its line, and longer words that contain it."""

import re
from functools import cache

from reranker.evidence.facts.credentials.qualifiers import qualifiers
from reranker.evidence.facts.credentials.table import TABLE
from reranker.evidence.facts.mentions import folded, line_around, pattern

_ALONE = 4
"""So few other characters on a line leave no doubt: "只有C2", "RN"."""
COMPANY = re.compile(
    r"证(?![券明据实监])|执照|牌照|资格|职称|技[术]士|[初中高正副]级|[一二三四五]级|[甲乙丙]级|持|考取|取得|领有|注册|认定|评定|评审|合格|高工|正高|副高"
    r"|licen[cs]|certif|\bticket|\bcard\b|qualif|regist(?:ration|ered|ry\b)|endorsement|accredit|\bmember|\bbelt\b|sigma|\bPCV|\bvalid|\bhours\b",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"^\W{0,3}(?:licen[cs]es?|certificat|tickets|quals|证|证书|证照|资格)(?:[a-z]{0,4}\b|[^\n]{0,6}[:：|\n])", re.IGNORECASE | re.MULTILINE
)
_STATES, _CITY = frozenset({"CA", "PA", "MD"}), re.compile(r"[A-Z][a-z]+, $")
_YES = re.compile(r"\s?[:：]\s?(?:yes\b|有|是|√|✓|☑)", re.IGNORECASE)


def has_company(text: str, start: int, end: int, name: str) -> bool:
    """Return whether a short word of a row stands alone, or beside words that leave no doubt: "RN", "PE license"."""
    left, right = line_around(text, start, end)
    if right - left <= end - start + _ALONE and text[start].isascii():
        return True
    if _YES.match(text, end) or _company(name).search(text[left:start] + "\n" + text[end:right]) is not None:
        return True
    states = qualifiers(text[left:right]) if text[start:end].isupper() and text[start:end] not in _STATES else ()
    return any(group == "us_state" for group, _ in states) or (
        "near" not in TABLE[name] and _HEADING.search(text, max(0, left - 200), left) is not None
    )


def is_other_word(text: str, start: int, end: int, name: str) -> bool:
    """Return whether it is another word: by one that contains it (注册会计师协会), a city before it (Fresno, CA) or "CPA per click"."""
    never = _pattern_of(name, "never")
    others = never.finditer(text, max(0, start - 20), min(len(text), end + 20)) if never else ()
    if any(other.start() < end and start < other.end() for other in others):
        return True
    if text[start:end] in _STATES and _CITY.search(text, max(0, start - 20), start) and text[end : end + 2] != " (":
        return True
    unless = _pattern_of(name, "unless")
    return unless is not None and text[start:end].isupper() and unless.search(text, *line_around(text, start, end)) is not None


@cache
def _company(name: str) -> re.Pattern[str]:
    near = TABLE[name].get("near")
    return re.compile(pattern(near), re.IGNORECASE) if near else COMPANY


@cache
def _pattern_of(name: str, key: str) -> re.Pattern[str] | None:
    words = TABLE[name].get(key)
    return re.compile(pattern(map(folded, words))) if words else None
