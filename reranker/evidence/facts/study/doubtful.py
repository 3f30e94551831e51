"""Tell whether a word that may be another one ("MA", "diploma", "12th") names a level of education where it stands."""

import re

from preprocess.lexicon.characters import CJK
from reranker.evidence.facts.mentions import line_around
from reranker.evidence.facts.study.subjects import families

CLEAR = frozenset(
    {
        "MBA",
        "BBA",
        "LLB",
        "BSN",
        "MSN",
        "BSW",
        "MSW",
        "HND",
        "PHD",
        "BSC",
        "MSC",
        "BED",
        "MED",
        "HNC",
        "DVM",
        "DNP",
        "DDS",
        "DPT",
        "BDS",
        "BFA",
        "MPH",
    }
)
"""Capitals of three letters that are hardly ever anything else; DBA, MFA, MIS and their like need a school or a degree beside them."""

STUDY_WORDS = (
    "大学|学院|学校|学历|学位|专业|毕业|文凭",
    "univ|uni|university|college|institute|school|polytechnic|academy|degree|graduat[a-z]{0,6}|education|major|programme|program|hons",
)
"""Patterns of the Chinese and the English words that stand beside a degree."""
_STUDY_WORD = re.compile(rf"{STUDY_WORDS[0]}|\d{{4}}|\b(?:{STUDY_WORDS[1]})\b", re.IGNORECASE)
_SCHOOL_OR_DEGREE = re.compile(
    r"大学|学院|学校|学历|学位|毕业|硕士|学士|博士|[双单]证|在读|攻读"
    r"|\b(?:univ|uni|university|college|institute|school|polytechnic|degree|graduat[a-z]{0,6}|education|diploma"
    r"|pursu[a-z]{2,3}|final ye?a?r|studied|studying"
    r"|completed|hold|holder|candidate|class of|hons|honou?rs|minor in|distinction|first class|c?gpa|batch|coursework|residency)\b|\d\s?%"
    r"|\bMBBS\b|\bMBChB\b|\b[BM]\.?(?:A|S|Sc|Com|Tech|E|Eng|B\.?A|Ed)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"['’]?s?\s?(?:[/,，、；():;&|]|\d years?\b|(?:\w{4,6}|\d\w\w)[- ](?:year|sem)|degree|candidate|student|holder"
    r"|graduate|program|drop-?out\b"
    r"|(?:19|20)?\d\d(?!\d)|in\b|from\b|at\b|of\b|with\b|only\b|[A-Z][a-z]|[A-Z]{2,4}\b"
    rf"|-\s|$|[{CJK}])",
    re.MULTILINE,
)
_AFTER_IN_JOB = re.compile(
    r"['’]?s?\s?(?:/\s?(?=[BM]\.?[A-Z]|Ph|LL|JD|PG|D[A-Z]|Ed|[a-z])|degree\b|in\b|or\b|and (?=[A-Z]{2})"
    r"|from\b|with\b|\(|[.,;]|only\b|required|preferred|[A-Z][a-z]+ing\b|$)",
    re.MULTILINE,
)
_AFTER_ABBREVIATION = re.compile(r"(?:['’]s)? (?:in [A-Z]|\(?[Hh]ons|degree\b)")
_SHORT_JOB_LINE = 40
_YEAR_BEHIND = re.compile(r"\s?[-,|:(]?\s?(?:19|20)\d\d(?!\d)")
_SUBJECT_BEHIND = re.compile(
    r"\s?(?:\((?:[a-z\d. ]{1,12}|Cantab|Oxon|Hons|Pass)\))?(?: in| of)?\s?[,\-|:(]?\s?"
    r"(?P<name>(?!(?:and|for|with|the|from|not)\b)[A-Za-z][\w&]{2,20}(?: (?:[A-Z&]|and )[\w&]{0,20}){0,3})(?=$|[\s,;.:|()/-])"
)
_SUBJECT_BEFORE = re.compile(r"(?P<name>[A-Z][\w&]{2,20}(?: [A-Z&][\w&]{0,20}){0,2}) $")
_EMPLOYER = re.compile(
    r"\b(?:Group|Hospital|Clinic|Bank|Services?|Solutions|Systems|Agency|Associates|Partners|Holdings|Ltd|Limited|Inc|LLC|Corp|Co)\b"
)
_OPENS = re.compile(r"(?:^|[,;.(|&/\n:+-]|\band|\bthen|\bmy|\b[Oo]nly|\b[Jj]ust|\b[Ff]inished|\b[Cc]ompleted)\s?$")
_CLOSES = re.compile(r"\s?(?:$|[,;.|\n+]|only\b|pass)", re.MULTILINE)
_EXPANSION = re.compile(r" ?\((?:i\.e\.,? )?([A-Z][^()\n]{4,50})\)")
_DEGREE_WORD = re.compile(r"Master|Bachelor|Doctor|Associate|Juris", re.IGNORECASE)
_SCHOOL_LEVEL = 2
"""Up to the end of school, a word that has a clause to itself is a level: "HSC only", "High school."."""


def names_level(text: str, start: int, end: int, level: int, context: str | None) -> bool:
    """Return whether text[start:end] of a resume names `level`; `context`: words without which it never does."""
    line_start, line_end = line_around(text, start, end)
    if context and not re.search(context, text[line_start:line_end], re.IGNORECASE):
        return False
    if _AFTER_ABBREVIATION.match(text, end):
        return True
    opens = not text[start:end].isupper() or _OPENS.search(text[line_start:start]) is not None
    if not text[start:end].isupper() and (before := _SUBJECT_BEFORE.search(text[line_start:start])) and families(before["name"]):
        return True
    if opens and (
        _names_subject(text[end:line_end])
        or (level <= _SCHOOL_LEVEL and _OPENS.search(text[line_start:start]) and _CLOSES.match(text, end))
    ):
        return True
    is_beside_school = _SCHOOL_OR_DEGREE.search(text[line_start:start] + "\n" + text[end:line_end]) is not None
    if _is_three_capitals(text[start:end]) and not is_beside_school:
        return False
    left, right = max(text.rfind("\n", 0, start) + 1, start - 120), text.find("\n", end, end + 120)
    is_beside = _STUDY_WORD.search(text[left:start]) or _STUDY_WORD.search(text[end : right if right >= 0 else end + 120])
    return _AFTER.match(text, end) is not None and (is_beside_school or is_beside is not None)


def names_level_in_job(text: str, start: int, end: int, level: int, context: str | None) -> bool:
    """Return whether text[start:end] of a requirement names `level`."""
    line_start, line_end = line_around(text, start, end)
    word = text[start:end]
    if context and text.strip(" .") != word and not re.search(context, text[line_start:line_end], re.IGNORECASE):
        return False
    is_beside_school = _SCHOOL_OR_DEGREE.search(text[line_start:start] + "\n" + text[end:line_end]) is not None
    if _is_three_capitals(word) and not is_beside_school and len(text) > _SHORT_JOB_LINE:
        return False
    return _AFTER_IN_JOB.match(text, end) is not None or _names_subject(text[end:line_end])


def is_spelled_out(text: str, start: int, end: int) -> bool:
    """Return whether a bracket behind capitals says what they stand for, and it is no degree: "MBA (Mortgage Bankers Assoc.)"."""
    words = _EXPANSION.match(text, end)
    return words is not None and not _DEGREE_WORD.match(words[1]) and "".join(re.findall(r"\b[A-Z]", words[1])) == text[start:end]


def _is_three_capitals(word: str) -> bool:
    return word.isupper() and len(word) == 3


def _names_subject(behind: str) -> bool:
    """Return whether what stands right behind a word is a year or a subject: " - 2019", ", Diesel Technology", " (pass) Sociology"."""
    if _YEAR_BEHIND.match(behind):
        return True
    subject = _SUBJECT_BEHIND.match(behind)
    return subject is not None and not _EMPLOYER.search(subject["name"]) and bool(families(subject["name"]))
