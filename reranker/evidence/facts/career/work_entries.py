"""Find the dated work of a resume: entries under headings of work, never study, breaks, and projects of somebody else's."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from preprocess.lexicon.characters import LIST_MARKS
from preprocess.lexicon.periods import Period
from reranker.evidence.facts.career.durations import find_durations
from reranker.evidence.facts.career.experience import INTERNSHIP, JOB_TITLE, SCHOOL, TO_NOW, Experience, ResumeLine, has_school, words_of
from reranker.evidence.facts.career.rank import without_superiors
from reranker.evidence.facts.career.rivals import kinds_of
from reranker.evidence.facts.career.trades import technologies, trades_of
from reranker.evidence.facts.contract import Fact
from reranker.evidence.facts.dates import Months, months
from reranker.evidence.facts.degrees import names_degree

_DATELESS = frozenset({"title", "personal", "contact", "objective", "summary", "skills", "languages", "hobbies"})
"""Sections that hold no periods: where no heading says what is work, jobs may stand below such a one."""
_OF_WORK = ("work", "internship")
_LONGEST_ENTRY = 600
_MOST_ENTRIES = 60
_LONGEST_TITLE = 50
_SINCE = re.compile(r"\d\s?[年月]?(?:起|以来|开始)|\bsince\b", re.IGNORECASE)
_MONTHS_OF_A_RANK = 3
"""What begins later than that before the end of a job is the next job, and no rank within it."""
_SOME_TECHNOLOGIES = 2
_BULLET = re.compile(rf"\s*[{LIST_MARKS}]")

_PLACED = re.compile(
    r"\b(?:placed|placing|recruit(?:ed|ing|s)?|hired|hiring|sourced|sourcing|headhunted|interviewed|interviewing|staffed|supplied) "
    r"(?:[^.;\n]{0,80}\b(?:nurses|engineers|developers|accountants|doctors|teachers|drivers|specialists|staff|candidates|managers|applicants)\b)"
    r"|(?:招聘|猎聘|猎寻|输送|招募|面试)(?!经理|主管|专员|总监|负责人|顾问)(?:过|了)?[^，。；;\n]{0,30}?(?:护士|工程师|开发|会计|医生|教师|司机|人员|经理|程序员)(?:[、和及与][^，。；;、\n]{1,10}){0,4}",
    re.IGNORECASE,
)
"""People that a recruiter found: that is no work as one of them. 招聘 itself stays: it says what was done."""
_ONLY_EMPLOYER = re.compile(r"\s*[A-Z][\w&.']{0,20}(?: [A-Z&][\w&.']{0,20}){0,3},?\s*")
_ANY_SCHOOL = re.compile(rf"{SCHOOL.pattern}|学校|中学|[技卫职]校|职高", re.IGNORECASE)
_SUBJECT = re.compile(
    r"会计(?!师|主管|经理|助理|员)|秘书学?|兽医学?|护士|审计(?!员|师|经理)|\b(?:teacher|nurse|leader) (?:education|training)\b"
    r"|\b(?:in|of) (?:teach|coach|nurs|driv|writ)ing\b",
    re.IGNORECASE,
)
"""Subjects that are positions by their names as well: 2015-2019 某大学 会计 本科."""
_AFTER_SCHOOL = re.compile(
    r"毕业后|退伍后|一直|此后|after graduat|since I (?:left|finished)|leaving school"
    r"|(?:straight|fresh) (?:from|out of)|out of (?:school|college|uni)",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(r"(?:之后|后来?|随后|目前|现在?|(?<![a-z])(?:then|since|now|currently|afterwards))[^，,;；。\n]*", re.IGNORECASE)
"""What came after the period: 2023.1-2024.1 品牌策划，之后待业."""
_NO_ENTRY, _BREAK = words_of("no_entry"), words_of("break")


def _at_work(lines: Sequence[ResumeLine]) -> list[bool]:
    """Return whether each line stands where work is told of: below a heading of work or internships, or, without one, below none or one of
    no dates.
    """
    has_heading = any(line.kind in _OF_WORK for line in lines)
    at_work, result = not has_heading, []
    for line in lines:
        if line.kind is not None and (has_heading or line.kind not in _DATELESS):
            at_work = line.kind in _OF_WORK
        at_work = at_work or line.label in _OF_WORK
        result.append(at_work and line.label in (None, *_OF_WORK))
    return result


def work_entries(plain: str, lines: Sequence[ResumeLine], today: date) -> Iterator[Fact[Experience]]:
    """Yield the entries of work in their order; one of several periods comes once for each."""
    at_work = _at_work(lines)
    bare = [bool(line.periods) and _is_bare(plain, line) for line in lines]
    dated = [index for index, line in enumerate(lines) if line.periods]
    starts = sorted(span[0] for line in lines for period in line.periods if (span := months(period, today)))
    closed: list[Months] = []
    for index in dated[:_MOST_ENTRIES]:
        line = lines[index]
        told_months = [(period, span) for period in line.periods if (span := months(period, today))]
        closed = [span for period, span in told_months if period.last] or closed
        spans = [_clipped(plain, period, span, starts, closed) for period, span in told_months]
        if not (at_work[index] and spans):
            continue
        first = index - _has_title_above(plain, lines, index, bare[index])
        last = index
        while last + 1 < len(lines) and not lines[last + 1].periods and lines[last + 1].kind is None:
            last += 1
        if last > index and last + 1 < len(lines) and bare[last + 1]:
            last -= 1  # the title of the next entry
        head = _PLACED.sub(_blank, plain[lines[first].start : line.end])
        if _is_no_work(head, _beside(plain, line)):
            continue
        shared = _shared_head(plain, line)
        words = shared + without_superiors(_PLACED.sub(_blank, plain[lines[first].start : min(lines[last].end, line.end + _LONGEST_ENTRY)]))
        head = shared + head
        kind = "internship" if line.section == "internship" or INTERNSHIP.search(head) else "work"
        told = [(span, words, head) for span in spans]
        if line.periods[-1].last and TO_NOW.search(plain, line.periods[-1].end, line.end):  # 2013—2018部队炊事班，转业后在食堂掌勺到现在
            later = _last_clause(plain[line.periods[-1].end : line.end])
            later = later if trades_of(later) or kinds_of(later) else ""
            told.append(((spans[-1][1], today.year * 12 + today.month), later or words, later or head))
            told = [(span, of.replace(later, " ") if later and of is not later else of, beside) for span, of, beside in told]
        for span, of, beside in told:
            yield Fact(
                Experience(kind, of, span, trades=_trades(of), head_trades=trades_of(beside), kinds=kinds_of(beside)), line.start, line.end
            )


def _blank(match: re.Match[str]) -> str:
    """Return the verb, its trade, and blanks in place of the people that a recruiter found."""
    verb = re.match(r"[a-z]+ |..", match[0], re.IGNORECASE)
    kept = (verb[0] if verb else "") + ("recruitment" if match[0].isascii() else "人力")
    return kept.ljust(len(match[0]))


def _shared_head(plain: str, line: ResumeLine) -> str:
    """The position that opens the whole line, for a part further on: "Payroll Officer: A 2018 – 2020; B 2020 – 2026"."""
    start = plain.rfind("\n", 0, line.start) + 1
    mark = ":" if ":" in plain[start : line.start] else ","
    end = plain.find(mark, start, line.start)
    is_bare = mark == ":" or _ONLY_EMPLOYER.fullmatch(plain, line.start, line.periods[0].start) is not None
    is_position = is_bare and 0 <= end - start <= _LONGEST_TITLE and JOB_TITLE.search(plain, start, end) is not None
    return plain[start:end] + " " if is_position else ""


def _clipped(plain: str, period: Period, span: Months, starts: Sequence[int], closed: Sequence[Months]) -> Months:
    """The months of a period; one whose end nobody tells ends where the next begins.

    A rank that was reached within a job, "2004-2011 … 成本主管（2008年起）", ends with it: `closed` are the months of that line,
    or of the last one.
    """
    if (
        period.last is None
        and _SINCE.search(plain, max(0, period.start - 6), period.end)
        and not TO_NOW.search(plain, period.start, period.end)
    ):
        end = next((end for start, end in closed if start < span[0] and span[0] + _MONTHS_OF_A_RANK <= end), span[1])
        span = span[0], min(span[1], end)
    if period.last or period.is_open:
        return span
    return span[0], next((start for start in starts if start > span[0]), span[1])


def _trades(words: str) -> frozenset[str]:
    """The trades of an entry; one that tells of technologies is of it, whatever the position is called."""
    return trades_of(words) | ({"it"} if len(set(technologies(words).values())) >= _SOME_TECHNOLOGIES else frozenset())


def _has_title_above(plain: str, lines: Sequence[ResumeLine], index: int, is_bare: bool) -> bool:
    """Return whether the line above names the position: nothing else is beside the dates, or the entry begins there."""
    if index == 0 or lines[index - 1].periods or lines[index - 1].kind is not None:
        return False
    above = plain[lines[index - 1].start : lines[index - 1].end]
    if not is_bare and names_degree(above) and trades_of(plain[lines[index].start : lines[index].end]):
        return False
    begins = index == 1 or lines[index - 2].kind is not None or "\n\n" in plain[lines[index - 2].end : lines[index - 1].start + 1]
    return is_bare or (begins and len(above) <= _LONGEST_TITLE and not _BULLET.match(above) and not find_durations(above))


def _is_bare(plain: str, line: ResumeLine) -> bool:
    """Return whether a line holds little but its dates: the position stands above."""
    rest = plain[line.start : line.periods[0].start] + plain[line.periods[-1].end : line.end]
    return sum(map(str.isalpha, rest)) < 4


def _beside(plain: str, line: ResumeLine) -> str:
    """The words of a line, without what an aside says of the time between its periods."""
    aside = plain.find("(", line.periods[-1].end, line.end) if len(line.periods) > 1 else -1
    return plain[line.start : aside if aside >= 0 else line.end]


def _is_no_work(head: str, beside: str) -> bool:
    """Return whether dates are those of a school, a break, a project of somebody's."""
    if _BREAK.search(_AFTERWARDS.sub("", beside)):
        return True
    is_of_school = names_degree(head) or has_school(head)
    if _AFTER_SCHOOL.search(head) or JOB_TITLE.search(_SUBJECT.sub(" ", head) if names_degree(head) and _ANY_SCHOOL.search(head) else head):
        return False
    if is_of_school:
        return True
    return _NO_ENTRY.search(head) is not None and not trades_of(head)


def _last_clause(text: str) -> str:
    """The last clause of a text: what is done to now."""
    return re.split(r"[，,;；。]", text.rstrip("。. "))[-1]
