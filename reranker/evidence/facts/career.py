"""Years of experience and degrees: what a requirement asks for, and what a resume states, with the place where it says so."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from preprocess.lexicon.dates import DATE_RANGE, month, names_month
from preprocess.lexicon.headings import heading_kind

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
_MASTER = (
    r"硕士|(?<!指导)(?<!带)研究生|\b(?:MBA|M\.?Sc|MS (?:in|degree)|M\.?Eng)\b|\bM\.S\."
    r"|\b[Mm]aster(?:['’]s|s)?(?: degree| of | in |\b(?=\W*$))"
)
_BACHELOR = (
    r"本科|学士|\b(?:B\.?Sc|BS (?:in|degree)|B\.?Eng|B\.?Tech|BA (?:in|degree)|[Bb]achelor(?:['’]s|s)?)\b|\bB\.S\."
    r"|\bB[AS],? [A-Z][a-z]+[^\n]{0,60}(?:University|College|Institute|School)"
)
_DEGREES = (
    (4, re.compile(r"博士|\bph\.?\s?d\b|\bdoctorate\b|\bdoctoral degree\b", re.IGNORECASE)),
    (3, re.compile(_MASTER)),
    (2, re.compile(_BACHELOR)),
    (1, re.compile(r"大专|专科|高职|\b[Aa]ssociate(?:['’]s)? (?:degree|of)\b")),
)
_ANY_MASTER = re.compile(r"\bmaster(?:['’]s|s)?\b(?= or\b|,| degree|/)", re.IGNORECASE)
_SCHOOL = re.compile(r"大学|学院|学校|学历|学位|专业|毕业|university|college|institute|school|degree|\d{4}", re.IGNORECASE)
_OTHERS_DEGREE = re.compile(
    r"\d\s?[名位个]?\s?(?:博士|硕士|本科|研究生)|(?:博士|硕士|本科|研究生)\s?\d+\s?[名位人]|指导|导师|招聘|scrum master", re.IGNORECASE
)

_FIELDS = re.compile(
    r"(?P<fields>[^，,。；;:：]{2,40}?)(?:等|类|及){0,3}(?:相关|相近)?专业(?!知识|技能|能力|素养|[四八]级)"
    r"|\bdegrees? in (?P<english>[^.;()]{3,60}?)(?=,? or (?:a )?(?:related|equivalent|similar)|[.;()]|$)",
    re.IGNORECASE,
)
_FIELD_GAP = re.compile(r"[、/／或和与]|,| or | and ")
_NO_FIELD = re.compile(r"^.*(?:以上|学历|学位)|^(?:统招|全日制)|本科|大专|硕士|博士|理工科?|相关|(?:等|类)$|^(?:an?|the) ", re.IGNORECASE)
_COMPUTING_ASKED = re.compile(r"计算机|软件|computer|software", re.IGNORECASE)
_COMPUTING = re.compile(
    r"计算机|软件|信息|网络|电子|通信|自动化|人工智能|智能|数据|物联网|数字|数学|统计"
    r"|comput|software|informati|electr|network|data|math|statistic|artificial intelligence|\bCS\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Stated:
    """A number that the resume states: years, or the rank of a degree (1 大专/associate … 4 博士/PhD), and the line that says so."""

    value: float
    line: int


def years_asked(text: str) -> float | None:
    """The years of experience that a requirement asks for (the lower end of a range), None where it names none."""
    match = _ASKED.search(text)
    return _number(match["count"]) if match else None


def degree_asked(text: str) -> int | None:
    """The lowest degree that satisfies a requirement: "本科及以上，硕士优先" asks for 2."""
    ranks = [rank for rank, pattern in _DEGREES if pattern.search(text)]
    if 3 not in ranks and _ANY_MASTER.search(text):
        ranks.append(3)
    return min(ranks, default=None)


def fields_asked(text: str) -> tuple[str, ...]:
    """The fields of study that a requirement names ("会计、财务管理相关专业"), in lower case; empty where it names none."""
    names = [name for match in _FIELDS.finditer(text) for name in _FIELD_GAP.split(match["fields"] or match["english"])]
    cleaned = [_NO_FIELD.sub("", name).strip().lower() for name in names]
    return tuple(dict.fromkeys(name for name in cleaned if len(name) >= 2))


def studied_one_of(fields: Sequence[str], lines: list[str], degree: Stated) -> bool:
    """Whether a degree, by its line and those beside it, is in one of the fields. Computing takes in what is near it."""
    near = " ".join(lines[max(0, degree.line - 1) : degree.line + 2]).lower()
    if any(map(_COMPUTING_ASKED.search, fields)) and _COMPUTING.search(near):
        return True
    return any(field in near for field in fields)


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


def degree_held(lines: list[str]) -> Stated | None:
    """The highest degree of a resume, from lines that speak of a school or are short; a team's degrees do not count."""
    found = [
        Stated(rank, place)
        for place, line in enumerate(lines)
        if (len(line) <= 40 or _SCHOOL.search(line)) and not _OTHERS_DEGREE.search(line)
        for rank, pattern in _DEGREES
        if pattern.search(line)
    ]
    return max(found, key=lambda degree: degree.value, default=None)


def _work_ranges(lines: list[str]) -> Iterator[tuple[int, int, int]]:
    """(first month, month after the last, line) of each job; months count from year 0."""
    kinds = [heading_kind(line) for line in lines]
    has_heading = "work" in kinds
    at_work = not has_heading
    today = date.today()
    for place, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind is not None and (has_heading or kind not in _DATELESS):
            at_work = kind == "work"
        if not at_work or any(pattern.search(line) for _, pattern in _DEGREES):
            continue
        for match in _RANGE.finditer(line):
            start = month(match, "from")
            end = today.year * 12 + today.month if match["now"] else month(match, "to")
            end += names_month(match, "to")
            if start < end <= start + 45 * 12:
                yield start, end, place


def _number(text: str) -> float:
    text = text.lower()
    return float(_DIGITS.get(text) or _WORDS.get(text) or text)
