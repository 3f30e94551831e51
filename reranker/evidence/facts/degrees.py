"""Degrees: level, subject, mode, kind of school and year of graduation; what a job asks for, what a resume states, and whether it suffices.

The words are in degrees.toml, the schools in schools.toml. A degree under way, broken off or held by somebody else is none.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from reranker.evidence.facts.contract import Fact, FactAnswer, Verdict
from reranker.evidence.facts.education_entry import EducationEntry, school_names_removed, split_entries
from reranker.evidence.facts.mentions import clause_around, folded, is_waived, pattern, wanted_clauses
from reranker.evidence.facts.schools import classes_asked, classes_stated
from reranker.evidence.facts.subjects import families, families_asked, names_asked, near

_TABLE = tomllib.loads(Path(__file__).with_name("degrees.toml").read_text("utf-8"))
_DOCTOR = 6
MAX_DEGREES = 40
"""Nobody has more; whoever repeats the words takes no more time than that."""
_NOT_FULL_TIME = frozenset({"part_time", "self_taught", "adult", "upgraded"})

_SCHOOL_WORD = re.compile(
    r"大学|学院|学校|学历|学位|专业|毕业|文凭|\d{4}|\b(?:university|college|institute|school|polytechnic|degree|graduat[a-z]{0,6}|education|major|programme|program)\b",
    re.IGNORECASE,
)
_WEAK_FOLLOWS = re.compile(r"['’]?s?\s?(?:[/,(:)]|degree|in\b|of\b|with\b|[A-Z][a-z]|$|[\u4e00-\u9fff])", re.MULTILINE)
_WEAK_FOLLOWS_IN_JOB = re.compile(r"['’]?s?\s?(?:/|degree\b|in\b|or\b|$)", re.MULTILINE)
_HEADCOUNT = re.compile(r"\d\s?[名位个]\s?$")
_NOT_STATED_AFTER = re.compile(r"\s?(?:学历|学位)?\s?(?:[及或]?以上|\d+\s?[名位人]|优先)")
_RELATED = re.compile(r"相关|相近|类|related|similar|relevant|equivalent", re.IGNORECASE)
_FULL_TIME = re.compile(
    r"(?<!非)全日制(?!或非)|统招|普招|\bfull-?\s?time (?:bachelor|master|degree|education|study|undergraduate)", re.IGNORECASE
)
_STUDENTS = re.compile(
    r"在读|在校|应届|实习|大[三四]|研[一二三]|\b(?:currently (?:enrolled|studying|pursuing)|pursuing|students?|interns?)\b", re.IGNORECASE
)
_GRADUATING = re.compile(
    r"(?P<first>20\d\d)\s?(?:[-~至到/、和或及]\s?(?P<last>20\d\d)\s?)?(?:届|年(?:应届|毕业))"
    r"|\b(?:graduat[a-z]{1,6} (?:in|by)|class of) (?P<english>20\d\d)|\b(?P<before>20\d\d) graduates?\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?![\d级])")
_ENTERED = re.compile(r"(?<!\d)(20\d\d)级")
_LONGEST_STUDY = 3
"""Who entered in 2024 ("2024级") is taken for a student until the end of 2026."""
_END = re.compile(
    r"(?:19|20)\d\d(?:\s?[./年-]\s?\d{1,2}(?!\d))?\s?月?\s{0,2}(?:-{1,2}|~|至|到|to)\s{0,2}(?:[A-Za-z]{3,9}\.? )?"
    r"(?:(?P<year>(?:19|20)\d\d)(?:\s?[./年-]\s?(?P<month>\d{1,2})(?!\d))?|(?P<now>至?今|现在|目前|present|now|current))",
    re.IGNORECASE,
)
_CLASS_OF = re.compile(r"(20\d\d|19\d\d)\s?届|class of (20\d\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Degree:
    """A degree: `level` from 1 (初中) to 6 (博士); `standing` is "awarded", "studying", "not_awarded" or "equivalent" (同等学力).

    `subjects` are the families of the table that its entry names, `words` the entry without the school, in lower case. `mode` is one of
    the table's ("" not said), `classes` what its school belongs to, `year` the year of graduation.
    """

    level: int
    standing: str
    subjects: frozenset[str] = frozenset()
    words: str = ""
    mode: str = ""
    classes: frozenset[str] = frozenset()
    year: int | None = None


@dataclass(frozen=True)
class DegreeDemand:
    """What a job asks for; None and empty: nothing of that. `names` are subjects that the table does not know, `near` the families that
    count too where the job says "related". One of `classes` suffices. `students`: a degree under way counts."""

    level: int | None
    subjects: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    full_time: bool = False
    classes: frozenset[str] = frozenset()
    years: tuple[int, int] | None = None
    students: bool = False


def asked(requirement: str) -> DegreeDemand | None:
    """Return the least that a requirement accepts ("本科及以上，硕士优先": 本科); None where it asks for no degree, subject or school."""
    text = wanted_clauses(requirement)
    level = min((level for level, start, end in _mentions(text, in_job=True) if not is_waived(text, start, end)), default=None)
    names = names_asked(text)
    if level is None and not re.search(r"毕业|专业背景|相关专业|科系|degree|major|qualification", text):
        names = tuple(name for name in names if families_asked(name))
    subjects = frozenset(family for name in names for family in families_asked(name))
    classes = classes_asked(text)
    years = [int(year) for match in _GRADUATING.finditer(text) for year in match.groups() if year]
    if level is None and not (names or classes or years):
        return None
    return DegreeDemand(
        level=level,
        subjects=subjects,
        near=frozenset(other for family in subjects for other in near(family)) if _RELATED.search(text) else frozenset(),
        names=tuple(name for name in names if not families_asked(name)),
        full_time=_FULL_TIME.search(text) is not None,
        classes=classes,
        years=(min(years), max(years)) if years else None,
        students=bool(years) or _STUDENTS.search(text) is not None,
    )


def stated(text: str, today: date | None = None) -> tuple[Fact[Degree], ...]:
    """Return the degrees of a resume's owner, each with the words that name its level."""
    plain = folded(text)
    mentions = [mention for mention in _mentions(plain, in_job=False)[: 2 * MAX_DEGREES] if _is_own(plain, *mention[1:])][:MAX_DEGREES]
    return tuple(_fact(entry, plain, today or date.today()) for entry in split_entries(plain, mentions))


def names_degree(line: str) -> bool:
    """Return whether a line names a degree: its dates are those of a school."""
    return bool(_mentions(folded(line), in_job=False))


def answer(demand: DegreeDemand, facts: Sequence[Fact[Degree]]) -> FactAnswer[Degree]:
    """Return how far the best of the degrees meets the demand: one degree has to meet all of it."""
    if not facts:
        return FactAnswer(Verdict.NOT_SAID)
    order = [Verdict.NOT_MET, Verdict.PARTLY, Verdict.MET]
    verdicts = [(order.index(_verdict(demand, fact.value)), fact.value.level, -place) for place, fact in enumerate(facts)]
    best, _, place = max(verdicts)
    return FactAnswer(order[best], facts[-place])


def _verdict(demand: DegreeDemand, degree: Degree) -> Verdict:
    is_whole = True
    if demand.level is not None and _held_level(degree) < demand.level:
        if degree.level < demand.level:
            return Verdict.NOT_MET
        is_whole = degree.standing == "studying" and demand.students
    misses = [
        bool(demand.subjects or demand.names) and not _is_in_subject(demand, degree),
        bool(demand.classes) and not demand.classes & degree.classes,
        demand.years is not None and not (degree.year is not None and demand.years[0] <= degree.year <= demand.years[1]),
    ]
    if any(misses) and demand.level is None:
        return Verdict.NOT_MET
    if any(misses) or (demand.full_time and degree.mode in _NOT_FULL_TIME):
        is_whole = False
    return Verdict.MET if is_whole else Verdict.PARTLY


def _held_level(degree: Degree) -> int:
    """The level that is held for certain: who studies for a degree holds the one below (for a doctorate: a Bachelor's)."""
    if degree.standing == "awarded":
        return degree.level
    return degree.level - 2 if degree.level == _DOCTOR else degree.level - 1


def _is_in_subject(demand: DegreeDemand, degree: Degree) -> bool:
    return bool((demand.subjects | demand.near) & degree.subjects) or any(name in degree.words for name in demand.names)


def _mentions(text: str, in_job: bool) -> list[tuple[int, int, int]]:
    """(level, start, end) of each word for a degree; several words for one level in a row are one."""
    found = []
    for rank, sure, weak, never in _level_patterns(in_job):
        blocked = [match.span() for match in never.finditer(text)] if never else []
        matches = [match.span() for match in sure.finditer(text)]
        if weak:
            matches += [match.span() for match in weak.finditer(text) if _names_degree(text, *match.span(), in_job)]
        found += [(start, end, rank) for start, end in matches if not any(left < end and start < right for left, right in blocked)]
    found.sort(key=lambda mention: (mention[0], -mention[1]))
    merged: list[tuple[int, int, int]] = []
    for start, end, rank in found:
        if merged and merged[-1][2] == rank and start - merged[-1][1] <= 40 and not re.search(r"[\d\n；;]", text[merged[-1][1] : start]):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]), rank)
        else:
            merged.append((start, end, rank))
    return [(rank, start, end) for start, end, rank in merged]


def _names_degree(text: str, start: int, end: int, in_job: bool) -> bool:
    """Whether a word that may be another ("MA", "diploma") is a degree here: by what follows, in a resume beside a school or the like."""
    if in_job:
        return _WEAK_FOLLOWS_IN_JOB.match(text, end) is not None
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    return _WEAK_FOLLOWS.match(text, end) is not None and _SCHOOL_WORD.search(line) is not None


def _is_own(text: str, start: int, end: int) -> bool:
    """Whether a mention is of a degree of the resume's owner: no job's demand, no team's, no pupil's, not denied."""
    left, right = clause_around(text, start, end, 40)
    before, line_start, line_end = text[left:start], text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line_end = line_end if line_end >= 0 else len(text)
    if _HEADCOUNT.search(before) or _NOT_STATED_AFTER.match(text, end, right):
        return False
    if _state("others").search(before[-16:]) or _denied().search(before[-8:]):
        return False
    return line_end - line_start <= 40 or _SCHOOL_WORD.search(text, max(line_start, start - 100), min(line_end, end + 100)) is not None


def _fact(entry: EducationEntry, text: str, today: date) -> Fact[Degree]:
    segment, near = entry.segment, entry.near
    whole = f"{segment}\n{near}"
    ends = list(_END.finditer(segment)) or list(_END.finditer(near))
    standing, year = "awarded", None
    for end in ends:
        month = int(end["month"] or 1)
        if end["now"] or (int(end["year"]), month) > (today.year, today.month):
            standing = "studying"
        year = int(end["year"]) if end["year"] else None
    if class_of := _CLASS_OF.search(segment) or _CLASS_OF.search(near):
        year = int(class_of[1] or class_of[2])
        standing = "studying" if year > today.year else standing
    if year is None and not ends and (years := _YEAR.findall(segment) or _YEAR.findall(near)):
        year = int(years[-1])
        standing = "studying" if year > today.year else standing
    entered = _ENTERED.search(segment)
    if entered and not ends and today.year - int(entered[1]) < _LONGEST_STUDY:
        standing = "studying"
    for name in ("studying", "equivalent", "not_awarded"):
        if _state(name).search(segment):
            standing = name
    words = school_names_removed(segment).lower()
    subjects = families(words)
    if not subjects:
        words = school_names_removed(whole).lower()
        subjects = families(words)
    named = text[entry.start : entry.end].lower()
    value = Degree(entry.level, standing, subjects | families(named), words, _mode(segment) or _mode(near), classes_stated(whole), year)
    return Fact(value, entry.start, entry.end)


def _mode(text: str) -> str:
    return next((mode for mode in _TABLE["mode"] if _mode_pattern(mode).search(text)), "")


@cache
def _level_patterns(in_job: bool) -> list[tuple[int, re.Pattern[str], re.Pattern[str] | None, re.Pattern[str] | None]]:
    def compiled(words: list[str]) -> re.Pattern[str] | None:
        return re.compile(pattern(words)) if words else None

    return [
        (
            level["rank"],
            re.compile(pattern(level["words"] + (level.get("asked", []) if in_job else []))),
            compiled(level.get("beside_school", [])),
            compiled(level.get("never", [])),
        )
        for level in _TABLE["levels"].values()
    ]


@cache
def _state(name: str) -> re.Pattern[str]:
    return re.compile(pattern(_TABLE["state"][name]))


@cache
def _denied() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern(_TABLE['state']['denied'])})\s?(?:an? )?$", re.IGNORECASE)


@cache
def _mode_pattern(mode: str) -> re.Pattern[str]:
    return re.compile(pattern(_TABLE["mode"][mode]))
