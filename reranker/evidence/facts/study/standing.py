"""Tell how a degree stands by its entry's words and dates: awarded, under way, unfinished, given up, planned; and its last year."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import cache

from preprocess.lexicon.periods import ranges
from reranker.evidence.facts.mentions import clause_around, folded, pattern
from reranker.evidence.facts.study.entries import EducationEntry
from reranker.evidence.facts.study.levels import BACHELOR, DOCTOR, table


class DegreeStanding(StrEnum):
    """The standing of a degree. EQUIVALENT: 同等学力. BEGUN: in the first year. PLANNED, ABANDONED and DENIED are no degree."""

    AWARDED = "awarded"
    STUDYING = "studying"
    BEGUN = "begun"
    UNFINISHED = "unfinished"
    EQUIVALENT = "equivalent"
    PLANNED = "planned"
    ABANDONED = "abandoned"
    DENIED = "denied"


NOT_HELD = frozenset({DegreeStanding.PLANNED, DegreeStanding.ABANDONED, DegreeStanding.DENIED})

_UNFINISHED = ("unfinished", "ended")
_YEARS_OF_STUDY = {DOCTOR: 4, BACHELOR: 4}
"""Who entered for a Bachelor's degree in 2023 ("2023级") ends it in 2027; other degrees take three years."""
_TERM_BEGINS = 8
"""The month from which on a year of study ends in the next year."""
_OPEN_END = re.compile(r"(?:19|20)\d\d\s?(?:[./年]\s?\d{1,2}\s?月?)?\s?(?:-|–|起)\s?(?=$|[,;)\n])", re.MULTILINE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?![\d级])")
_ENTERED = re.compile(r"(?<!\d)(20\d\d)级")
_CLASS_OF = re.compile(
    r"(20\d\d|19\d\d)\s?(?:届|batch\b|pass-?outs?\b)|(?:class|batch) of (20\d\d)|year of passing\s?:? ?(20\d\d)", re.IGNORECASE
)
_FINAL_WORK = re.compile(r"final[- ]year (?:project|thesis|dissertation|design)", re.IGNORECASE)
_EARLY = re.compile(
    r"\b(?:after|in) (?:the |my |only )?(?:first|one|1st|a|1|second|2nd) (?:semester|year|month|term)s?\b"
    r"|[上读念][过了](?:半年|一年|一学期)|一年后|一学期后|大一",
    re.IGNORECASE,
)
_GRADUATE = re.compile(r"(?:学历)?毕业(?![生证班论设前季])")
_DATED_OR_TO_COME = re.compile(r"\d{4}|预计|将|待|拟|未|没|应届|准备|争取")
"""With these in its clause, 毕业 behind a level says nothing yet."""
_STUDENT = re.compile(r"[^,;|\n]{0,40}\bstudent(?=$|[,;.()|\n]| (?:at|in|with)\b)", re.IGNORECASE)
"""Behind the degree: "Master of Laws student, …"."""
_SOME_EXAMS = re.compile(
    r"(?:[明后]年|还有).{0,8}(?:毕业|答辩|拿|取得|完成|结束|入学|开学)|[读念修]\w{2,8}中(?=$|[，,。；;\s])|在学(?=中|$|[\s，,。；;)])|(?:目前|现在?|今年)(?:为|是|读)?[研大博硕][一二三四五]|(?:过了?|[有差剩])\s?(?:\d{1,2}|[一二两三四五六七八九十]{1,2})\s?[门科]"
    r"|\b(?:\d(?:st|nd|rd|th)|first|second|third|fourth|fifth) of (?:\d|two|three|four|five|six|eight) (?:semesters|terms|years)"
    r"|\bstudying (?!abroad)|\b\d{1,3} (?:of|out of) \d{1,3} (?:credits|ECTS|modules|units|courses|papers)",
    re.IGNORECASE,
)
_YEAR_OF_STUDY = re.compile(r"(?<!延)(?P<kind>[大研硕])(?P<year>[一二三四五])")
_LEFT_BEFORE = re.compile(
    r"\b(?:left|quit|broke off|gave up|abandoned|dropped)(?: out of)? (?:(?:my|an?|the|his|her) )?"
    r"(?:(?!(?:to|for|and|with|in|at)\b)[A-Za-z&-]+ ){0,4}$"
    r"|(?:放弃|中断|退出)[^，,。；;\n]{0,8}$",
    re.IGNORECASE,
)
"""Before the degree: "left a Physics BSc at Leiden"."""
_DENIED_BEFORE = re.compile(r"(?:\bnot?|\bnever|\bto be|\bbe|n't|\bwill have|\bto have|[未没不]|尚未)(?: yet)?\s?$", re.IGNORECASE)


_ALL_BUT = re.compile(
    r"\b(?:thesis|dissertation|(?:degree )?certificate|diploma|transcript|viva|defen[cs]e|backlogs?|arrears?|papers?|exams?|modules?"
    r"|project)\b[^.;\n]{0,24}?\b(?:outstanding|pending|awaited|awaiting|not (?:yet )?(?:issued|received|submitted|defended|handed)"
    r"|to be|still|to clear|to go|due|missing|in progress|being written|under review|to (?:submit|hand in|defend|finish))\b"
    r"|\b(?:awaiting|pending)\b[^.;\n]{0,16}\b(?:results?|viva|defen[cs]e|certificate|conferral|convocation)\b"
    r"|待(?:答辩|授予|发证|毕业|领证)|(?:论文|答辩)[^，。；\n]{0,4}(?:送审|外审|撰写|写作|在写|修改|准备|未|尚|待)|(?:已|均|都)送(?:外审|审)"
    r"|学分(?:已|均|都)?修[完毕满]|(?:毕业证|学位证|证书)[^，。；\n]{0,4}(?:未|尚|待|办理中|没)",
    re.IGNORECASE,
)
"""What is left to do or to get where the rest is done."""


def standing_and_year(entry: EducationEntry, today: date) -> tuple[DegreeStanding, int | None]:
    """Return how the degree of an entry stands, and the year in which it ended or will end; None: not said."""
    by_dates, year, is_past = _by_dates(entry, today)
    return _by_words(entry, is_past) or by_dates, year


def _by_words(entry: EducationEntry, is_past: bool) -> DegreeStanding | None:
    segment = _FINAL_WORK.sub(" ", entry.segment)
    end = entry.at + entry.end - entry.start
    clause = entry.segment[slice(*clause_around(entry.segment, entry.at, end))]
    if _has("planned", clause):
        return DegreeStanding.PLANNED
    if _ALL_BUT.search(segment) and not _has("abandoned", segment):
        return DegreeStanding.UNFINISHED if _has("unfinished", segment) else DegreeStanding.STUDYING
    is_graduate = (_GRADUATE.match(entry.segment, end) or entry.segment[:end].endswith("毕业")) and not _DATED_OR_TO_COME.search(clause)
    if (is_graduate or _is_completed(clause)) and not _has_any(("abandoned", *_UNFINISHED), clause):
        return DegreeStanding.AWARDED
    if _LEFT_BEFORE.search(entry.segment[max(0, entry.at - 60) : entry.at]):
        return DegreeStanding.ABANDONED
    if _has("not_yet", segment):
        return DegreeStanding.STUDYING
    if _has("abandoned", segment):
        return DegreeStanding.ABANDONED
    if _has_any(_UNFINISHED, segment):
        return DegreeStanding.ABANDONED if _EARLY.search(segment) else DegreeStanding.UNFINISHED
    if _has("equivalent", segment):
        return DegreeStanding.EQUIVALENT
    if _is_completed(segment):
        return DegreeStanding.AWARDED
    if _has("begun", segment) and not is_past:
        return DegreeStanding.BEGUN
    if (
        _has("studying", segment)
        or _has("studying_for", clause)
        or _STUDENT.match(segment[entry.at :])
        or _SOME_EXAMS.search(segment)
        or (_has("weak", segment) and not is_past)
    ):
        return DegreeStanding.STUDYING
    return None


def was_broken_off(line: str) -> bool:
    """Return whether a line on unfinished studies says that they were given up or ended: nobody expects to finish these."""
    return _has_any(("abandoned", "ended", "not_returning"), folded(line))


def _is_completed(text: str) -> bool:
    return any(not _DENIED_BEFORE.search(text[: match.start()]) for match in _state("completed").finditer(text))


def _by_dates(entry: EducationEntry, today: date) -> tuple[DegreeStanding, int | None, bool]:
    """The standing by the dates, the last year, and whether that is over."""
    segment, near = entry.segment, entry.near
    this_month = today.year * 12 + today.month
    periods = ranges(segment) or ranges(near)
    is_future, is_over, year = False, False, None
    for period in periods:
        last = period.last
        is_future |= last is None or last.year * 12 + (last.month or 1) > this_month
        is_over = not is_future
        year = last and last.year
    if class_of := _CLASS_OF.search(segment) or _CLASS_OF.search(near):
        year = int(next(filter(None, class_of.groups())))
        is_future |= year > today.year
    if not periods and (_OPEN_END.search(segment) or _OPEN_END.search(near)):
        return DegreeStanding.STUDYING, None, False
    if year is None and not periods and (years := _YEAR.findall(segment) or _YEAR.findall(near)):
        year = int(years[-1])
        is_future = year > today.year
    if year is None and (grade := _YEAR_OF_STUDY.search(segment)):
        length = _YEARS_OF_STUDY[BACHELOR] if grade["kind"] == "大" else 3
        year = today.year + (today.month >= _TERM_BEGINS) + max(0, length - "一二三四五".index(grade["year"]) - 1)
        return DegreeStanding.STUDYING, year, False
    if not periods and year is None and (entered := _ENTERED.search(segment)):
        year = int(entered[1]) + _YEARS_OF_STUDY.get(entry.level, 3)
        is_future = year > today.year
    return DegreeStanding.STUDYING if is_future else DegreeStanding.AWARDED, year, is_over or (year is not None and year < today.year)


def _has(kind: str, text: str) -> bool:
    return _state(kind).search(text) is not None


def _has_any(kinds: Iterable[str], text: str) -> bool:
    return any(_has(kind, text) for kind in kinds)


@cache
def _state(kind: str) -> re.Pattern[str]:
    return re.compile(pattern(table()["state"][kind]))
