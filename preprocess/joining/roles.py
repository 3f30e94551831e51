"""Tell what a file's text is: a resume, a letter (cover letter, a mail's body, a recruiter's note), or something else, a certificate say.

A resume has sections or dated entries; a letter greets, takes leave, or speaks of what is attached or forwarded.
"""

import re
from enum import Enum

from preprocess.lexicon.characters import CJK, SENTENCE_END
from preprocess.lexicon.headings import heading_kind
from preprocess.lexicon.periods import ranges

_LOOKED_AT = 20_000  # characters
_NO_SECTIONS = frozenset({None, "title", "personal", "contact", "objective"})  # a letter may have these, too
_SECTIONS, _PERIODS = 2, 3
_WORTH_SCORING = 30
"""Words (a Chinese character is one) from which a letter says more than that something is attached."""

_TITLE = re.compile(
    r"\W*(?:求职信|自荐信|求职自荐信|应聘信|cover letter|motivation letter|letter of (?:application|motivation))\W*", re.IGNORECASE
)
_ADDRESSED = "经理|老师|女士|先生|主管|领导|HR"
_GREETING = re.compile(
    rf"\s*(?:尊敬的|敬爱的|亲爱的|[你您]们?好|各位|贵公司|[\w ]{{0,12}}(?:{_ADDRESSED})[，,：:！!。 ]{{0,3}}(?:[你您]好|$)"
    r"|(?:dear|hi|hello|hey)\b|to whom it may|good (?:morning|afternoon|day)\b)",
    re.IGNORECASE,
)
_LEAVE = re.compile(
    r"\s*(?:此致|敬礼|顺[颂祝]|祝好|祝[您贵]|谢谢|期待[您贵与]|静候"
    r"|sincerely|yours|(?:best|kind|warm|with)[\w ]{0,12} regards|best wishes|regards)",
    re.IGNORECASE,
)
_ATTACHED = re.compile(r"附件|随信附上|请查收|请查阅|请过目|\battach(?:ed|ment)|\bplease find\b|\benclosed\b", re.IGNORECASE)
_FORWARDED = re.compile(
    r"^\s*(?:转发|fwd?|forwarded)\s*[:：]|^\s*-{2,}\s*(?:原始邮件|转发邮件|转发的邮件|original message|forwarded message)"
    r"|转发[^。\n]{0,12}(?:简历|候选人|人选)|[推举]荐[^。\n]{0,6}(?:候选人|人选)|(?:这位|该|此)候选人|候选人情况"
    r"|\bforward(?:ing|ed)?\b[^.\n]{0,30}\b(?:resume|cv|candidate|profile)|\b(?:this|our) candidate\b",
    re.IGNORECASE | re.MULTILINE,
)
_SENTENCE = re.compile(rf"[{SENTENCE_END}.…][\s\"”’)）]{{0,5}}$")
_LONG = 15  # words of a line that is none of a signature, with or without a full stop
_DISCLAIMER = re.compile(r"本邮件|此邮件|保密|\bconfidential|\bthis e-?mail\b|\bintended (?:recipient|only)|\bdisclaimer", re.IGNORECASE)
_WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")


class Role(Enum):
    """The role of a file's text among a person's files."""

    RESUME = "resume"
    LETTER = "letter"
    OTHER = "other"


def role_of(text: str) -> Role:
    """Return what a text is."""
    text = text[:_LOOKED_AT]
    if _is_resume(text):
        return Role.RESUME
    return Role.LETTER if _speaks_to_somebody(text) else Role.OTHER


def is_letter(text: str) -> bool:
    """Return whether a text is a letter; as `role_of`, quicker for most resumes."""
    text = text[:_LOOKED_AT]
    return _speaks_to_somebody(text) and not _is_resume(text)


def is_forwarded(text: str) -> bool:
    """Return whether a letter is somebody else's about a candidate: a recruiter's note, a forwarded mail."""
    return _FORWARDED.search(text[:_LOOKED_AT]) is not None


def says_much(text: str) -> bool:
    """Return whether a letter says more than that the resume is attached, not counting signatures and disclaimers."""
    return sum(word_count(line) for line in text.split("\n") if _is_said(line)) >= _WORTH_SCORING


def is_passing_on(text: str) -> bool:
    """Return whether a text says in few words that something is attached or forwarded, and no more: FYI, see attached."""
    text = text[:_LOOKED_AT]
    return (_ATTACHED.search(text) is not None or is_forwarded(text)) and not says_much(text) and not _is_resume(text)


def _is_said(line: str) -> bool:
    return not _DISCLAIMER.search(line) and (_SENTENCE.search(line) is not None or word_count(line) >= _LONG)


def word_count(text: str) -> int:
    """Return the number of words in a text; a Chinese character is one."""
    return sum(1 for _ in _WORD.finditer(text))


def newest_date(text: str) -> tuple[int, int]:
    """Return the latest year and month in which a period of a resume begins or ends, (0, 0) without periods."""
    dates = [day for period in ranges(text[:_LOOKED_AT]) for day in (period.first, period.last) if day]
    return max(((day.year, day.month or 0) for day in dates), default=(0, 0))


def _is_resume(text: str) -> bool:
    sections = {heading_kind(line) for line in text.split("\n") if line.strip()} - _NO_SECTIONS
    periods = len(ranges(text)) if len(sections) < _SECTIONS else 0
    return len(sections) >= _SECTIONS or periods >= _PERIODS or bool(sections and periods)


def _speaks_to_somebody(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    if any(map(_TITLE.fullmatch, lines[:3])) or any(map(_GREETING.match, lines[:4])) or any(map(_LEAVE.match, lines[-6:])):
        return True
    return (_ATTACHED.search(text) is not None and word_count(text) < 4 * _WORTH_SCORING) or is_forwarded(text)
