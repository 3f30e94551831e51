"""Read from a resume what a person is introduced with: latest title and employer, years of experience, highest degree.

What cannot be read surely is left out. Only the lines that can tell of it are looked at, so that this takes milliseconds.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from preprocess.lexicon.characters import LIST_MARKS, simplified
from preprocess.lexicon.date_forms import UNTIL_NOW, YEAR
from preprocess.lexicon.headings import heading_kind
from preprocess.lexicon.periods import find_periods
from reranker.evidence.facts import dates, degrees, years
from reranker.evidence.facts.career.experience import Experience
from reranker.evidence.facts.contract import Fact
from reranker.evidence.facts.degrees import Degree
from reranker.evidence.facts.study.levels import ASSOCIATE
from reranker.evidence.facts.study.standing import DegreeStanding
from reranker.evidence.profile.latest_job import Job, job_at, title_in
from reranker.evidence.resume_text.line_kinds import is_keyword_list

_HEAD_LINES = 6
"""Lines at the top among which a title of its own may stand."""
_LONGEST_TOLD = 90
"""Characters of a line that may tell of years or a degree; longer ones are descriptions."""
_LONGEST_HEADING = 40
_LONGEST_HEAD = 80
_DATES_FIRST = 25
"""Of a line beside dates that may name title or employer."""
_MOST_LINES = 80
_GOES_ON = re.compile(r"[^:：;；–—。.\n]{0,40}?(?P<told>[:：;；。.]|\s[–—-]\s)")
_ITEM = re.compile(rf"[{LIST_MARKS}]|\d{{1,2}}[.、)）]")
_DATED = re.compile(rf"{YEAR}|['’]\d\d\b|{UNTIL_NOW}|\b(?:present|now|current)\b", re.IGNORECASE)
"""Narrower than all words for now: 今, still and the like stand on lines that tell of no time."""
_YEARS = re.compile(r"(?:\d|[一二三四五六七八九十两])\s?\+?\s?[余多]?年|\byears?\b|\byrs?\b", re.IGNORECASE)
_STUDY = re.compile(
    r"学历|学位|博士|硕士|研究生|本科|学士|大专|专科|高中|中专|大学|学院|MBA|EMBA|\b(?:Ph\.?D|Doctor|Master|Bachelor|Diploma|Degree|Associate|University|College"
    r"|[BM]\.?(?:Sc|A|Eng|S|Ed|Com|Tech|BA|E)\b|HND)",
    re.IGNORECASE,
)
_INTERN = re.compile(r"实习|實習|\b(?:intern|trainee)\b", re.IGNORECASE)
_HELD = frozenset({DegreeStanding.AWARDED, DegreeStanding.EQUIVALENT})
_UNDER_WAY = frozenset({DegreeStanding.STUDYING, DegreeStanding.BEGUN})


@dataclass(frozen=True)
class Profile:
    """Title and employer of the latest job ("" where unknown), whole years of work, and the highest degree, by its level 0 to 6.

    `years` is None where the resume does not tell, 0 below one year. `is_studying`: the degree is under way.
    """

    title: str = ""
    employer: str = ""
    years: int | None = None
    degree: int | None = None
    is_studying: bool = False


def read_profile(text: str, today: date | None = None) -> Profile:
    """Return the profile of a cleaned resume."""
    today = today or date.today()
    lines, headings = _lines(text)
    told = _telling(lines, headings)
    experience = years.stated(told, today)
    job = _latest_job(told, experience)
    if not job.title and not job.employer:
        titles = [title for index, line in enumerate(lines[:_HEAD_LINES]) if index not in headings and (title := title_in(line))]
        job = Job(titles[0]) if len(titles) == 1 else job
    career_years = years.held(experience)
    degree, is_studying = _highest(degrees.stated(_of_study(lines, headings), today))
    return Profile(job.title, job.employer, None if career_years is None else int(career_years + 0.01), degree, is_studying)


def working_since(text: str, today: date | None = None) -> int | None:
    """Return since which month, counted from year 0, there has been work, were the dated work without gaps; None unless some goes on."""
    today = today or date.today()
    told = _telling(*_lines(text))
    next_month = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    months, later = (_months_of_work(told, day) for day in (today, next_month))
    return today.year * 12 + today.month - months if later > months else None


def _months_of_work(told: str, today: date) -> int:
    return dates.total(fact.value.span for fact in years.stated(told, today) if fact.value.kind == "work" and fact.value.span)


def _lines(text: str) -> tuple[list[str], set[int]]:
    """Return the lines, and the places of the headings among them."""
    lines = [line.strip() for line in text.split("\n")]
    return lines, {index for index, line in enumerate(lines) if _may_head(line) and heading_kind(line) is not None}


def _may_head(line: str) -> bool:
    return len(line) <= _LONGEST_HEADING and line[-1:] not in "。；;，,."  # "" is in it, too


def _telling(lines: Sequence[str], headings: Collection[int]) -> str:
    """Return the lines that tell of jobs and years: headings, dates with the short lines around them, and claims.

    An empty line stands for what is left out, so that lines apart stay apart.
    """
    chosen = set(headings)
    lines = list(lines)
    for index, line in enumerate(lines):
        if len(chosen) > _MOST_LINES:
            break
        is_head = _DATED.search(line[:_DATES_FIRST]) is not None  # dates, firm and position on one line
        if len(line) > (2 * _LONGEST_TOLD if is_head else _LONGEST_TOLD):
            lines[index] = line = _head(line)
        if _DATED.search(line):
            chosen.add(index)
            around = [other for other in (index - 2, index - 1, index + 1, index + 2) if 0 <= other < len(lines)]
            chosen |= {other for other in around if len(lines[other]) <= _LONGEST_HEAD and not _ITEM.match(lines[other])}
        elif _YEARS.search(line):
            chosen.add(index)
    told: list[str] = []
    last = -1
    for index in sorted(chosen):
        told += [""] * (index > last + 1) + [lines[index]]
        last = index
    return "\n".join(told)


def _head(line: str) -> str:
    """Return a long line up to where it tells of the job, behind its dates: "Head Chef, The Goose, 2015 – now: led …"; else ""."""
    if not _DATED.search(line[:_LONGEST_TOLD]):
        return ""
    ends = [period.end for period in find_periods(line[:_LONGEST_TOLD])]
    told = _GOES_ON.match(line, ends[0]) if ends else None
    return line[: told.start("told")] if told else ""


def _of_study(lines: Sequence[str], headings: Collection[int]) -> str:
    """Return the lines that may name a degree, with the headings."""
    told = [
        line
        for index, line in enumerate(lines)
        if index in headings or (len(line) <= 2 * _LONGEST_TOLD and _STUDY.search(simplified(line)) and not is_keyword_list(line))
    ]
    return "\n".join(told[:_MOST_LINES])


def _latest_job(text: str, facts: Sequence[Fact[Experience]]) -> Job:
    """Return the job that ends last, of several the one told of first; an internship only where there is no other job."""
    dated = [fact for fact in facts if fact.value.span and fact.value.kind in ("work", "internship")]
    work = [fact for fact in dated if fact.value.kind == "work"] or dated
    if not work:
        return _internship(text)
    latest = max(work, key=lambda fact: ((fact.value.span or (0, 0))[1], -fact.start))
    return job_at(text, latest.start, latest.end)


def _internship(text: str) -> Job:
    """Return the first job below a heading of internships, if its title says that it was one."""
    start, is_below = 0, False
    for line in text.split("\n"):
        kind = heading_kind(line)
        is_below = kind == "internship" if kind else is_below
        if is_below and _DATED.search(line):
            job = job_at(text, start, start + len(line))
            return job if _INTERN.search(job.title) else Job()
        start += len(line) + 1
    return Job()


def _highest(facts: Sequence[Fact[Degree]]) -> tuple[int | None, bool]:
    """Return the level of the highest degree that is held or under way from 大专 up, and whether it is under way."""
    level = max((fact.value.level for fact in facts if fact.value.standing in _HELD), default=None)
    begun = [fact.value.level for fact in facts if fact.value.standing in _UNDER_WAY and fact.value.level >= ASSOCIATE]
    is_studying = max(begun, default=-1) > (level or 0)
    return (max(begun), True) if is_studying else (level, False)
