"""What a resume says of its owner's experience: dated work under headings of work, years that he claims, and what he says he has not done.

Study, breaks, internships and the years of others (a company, a client, a father) are no work of his.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from preprocess.lexicon.characters import LIST_MARKS, has_cjk, simplified
from preprocess.lexicon.headings import heading_kind
from preprocess.lexicon.periods import Period, find_periods
from preprocess.tech_stack.normalise import find_skills
from reranker.evidence.facts.contract import Fact
from reranker.evidence.facts.dates import Months, months
from reranker.evidence.facts.degrees import names_degree
from reranker.evidence.facts.durations import find_durations
from reranker.evidence.facts.mentions import clause_around, folded, pattern
from reranker.evidence.facts.trades import WORDS, trades_of

_DATELESS = frozenset({"title", "personal", "contact", "objective", "summary", "skills", "languages", "hobbies"})
"""Sections that hold no periods: where no heading says what is work, jobs may stand below such a one."""
_NO_CLAIMS = frozenset({"education", "objective", "project", "training", "hobbies", "references"})
_LONGEST_ENTRY = 600
_MOST_ENTRIES = 60
_LONGEST_TITLE = 50
_SOME_TECHNOLOGIES = 2
_BULLET = re.compile(rf"\s*[{LIST_MARKS}]")

_SCHOOL = re.compile(r"大学|学院|\b(?:university|college|(?<!left )school|polytechnic|institute)\b", re.IGNORECASE)
_JOB_TITLE = re.compile(
    r"(?:师|員|员|长|經理|经理|主管|助理|代表|专员|顾问|总监|司机|护士|医生|教授|教练|秘书|会计|出纳|负责人|老师|兽医)(?![\u4e00-\u9fff])"
    r"|\b(?:teacher|lecturer|professor|tutor|nurse|librarian|assistant|officer|manager|engineer|technician|fellow|coordinator|cleaner|cook|chef"
    r"|driver|staff|instructor|coach|researcher|postdoc|accountant|administrator|developer|designer|analyst|counsellor|educator)s?\b",
    re.IGNORECASE,
)
_AFTER_SCHOOL = re.compile(r"毕业后|退伍后|一直|此后|after graduat|since I (?:left|finished)|leaving school", re.IGNORECASE)


def _words(kind: str) -> re.Pattern[str]:
    return re.compile(pattern(WORDS[kind]), re.IGNORECASE)


_NO_ENTRY, _BREAK, _INTERNSHIP = _words("no_entry"), _words("break"), _words("internship")
_DENIAL, _NONE_AT_ALL, _PART_OF = _words("denial"), _words("no_work_at_all"), _words("part_of")
_OTHERS, _OWNERS = _words("others"), _words("owners")
_NO_SPAN = re.compile(rf"(?:{pattern(WORDS['no_span'])})[^，。,\d]{{0,4}}$", re.IGNORECASE)
_NO_WORK = re.compile(rf"(?:['’]s?)?\s?(?:[^\s，。,;；]{{0,4}}?)(?:{pattern(WORDS['no_work'])})", re.IGNORECASE)
_OWN = re.compile(r"本人|自己|我(?!司|们公司|爱人|国)|\b(?:I|I've|my|myself)\b")
_OF_THESE = re.compile(r"\bof (?:these|those)\b", re.IGNORECASE)
_OF_SOME = re.compile(r"\b(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten) of $|\b(?:aged?|ages)\b[^.,;]{0,16}$", re.IGNORECASE)
_CLOSED = re.compile(r"\s?(?:以上|[多余左右+])*\s?(?:[^\w\s]|$|工作|从业|相关|[\u4e00-\u9fff]{0,8}经[验历]|\s*\()")
"""What follows years told of among the deeds of one job, if they are years of work."""
_ADJECTIVE = re.compile(r"-(?:year|yr)$", re.IGNORECASE)
_EXPERIENCE = re.compile(r"['’]?s?\s?(?:[\w-]{1,20}\s){0,3}(?:experience|exp|career|veteran|track record)\b", re.IGNORECASE)
_DURATION_OF_PERIOD = re.compile(r"[(,]\s{0,2}(?:共|约|total:?|about|approx\.?)?\s{0,2}$", re.IGNORECASE)
_TO_NOW = re.compile(r"至今|到现在|到如今|till now|until now")
_NONE_OF_WORK = re.compile(r"无[^，。,;；\n]{0,6}工作经[历验]")
_SEGMENT = re.compile(r"[，,;；、+。|]|其中|\bthen\b|\band\b|\.\s")
_LICENCE = re.compile("驾龄")
_SHARED = re.compile(r"[都均全]是|[都均]为|都在|\ball\b")
_DEED = re.compile(r"招聘|招募|面试|指导|带教")
_LONGEST_CLAUSE = 60


@dataclass(frozen=True)
class Experience:
    """`kind` is "work" (dated: `span`), "internship" (dated too), "claim" (`years`), "licence" (years of 驾龄), "denied" (none of what `words` name), "none" (no
    work at all) or "about" (a line of the summary or the skills). `words` are those of the entry or clause, as `folded`.

    `is_part`: of the years of something else. `trades` are those that the words name, `head_trades` those named beside the dates.
    """

    kind: str
    words: str
    span: Months | None = None
    years: float = 0.0
    is_part: bool = False
    trades: frozenset[str] = frozenset()
    head_trades: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    kind: str | None
    section: str | None
    periods: tuple[Period, ...]
    is_of_entry: bool


def stated(text: str, today: date | None = None) -> tuple[Fact[Experience], ...]:
    """Return what a resume says of experience, in its order."""
    today = today or date.today()
    plain = simplified(folded(text))
    lines = _lines(plain, find_periods(text, today))
    facts = [*_entries(plain, lines, today), *_claims(plain, lines), *_denials(plain, lines), *_profile(plain, lines)]
    return tuple(sorted(facts, key=lambda fact: fact.start))


def _lines(plain: str, periods: Sequence[Period]) -> list[_Line]:
    lines: list[_Line] = []
    section, place, is_of_entry = None, 0, False
    for match in re.finditer(r"[^\n]+", plain):
        kind = heading_kind(match[0].strip())
        section = kind or section
        on_line = []
        while place < len(periods) and periods[place].start < match.end():
            on_line.append(periods[place])
            place += 1
        is_of_entry = bool(on_line) or (is_of_entry and kind is None)
        lines.append(_Line(*match.span(), kind, section, tuple(on_line), is_of_entry and not on_line))
    return lines


def _at_work(lines: Sequence[_Line]) -> list[bool]:
    """Whether each line stands where work is told of: below a heading of work, or, without one, below none or one of no dates."""
    has_heading = any(line.kind == "work" for line in lines)
    at_work, result = not has_heading, []
    for line in lines:
        if line.kind is not None and (has_heading or line.kind not in _DATELESS):
            at_work = line.kind == "work"
        result.append(at_work)
    return result


def _entries(plain: str, lines: Sequence[_Line], today: date) -> Iterator[Fact[Experience]]:
    at_work = _at_work(lines)
    bare = [bool(line.periods) and _is_bare(plain, line) for line in lines]
    dated = [index for index, line in enumerate(lines) if line.periods]
    starts = sorted(span[0] for line in lines for period in line.periods if (span := months(period, today)))
    for index in dated[:_MOST_ENTRIES]:
        line = lines[index]
        spans = [_clipped(period, span, starts) for period in line.periods if (span := months(period, today))]
        if not (at_work[index] and spans):
            continue
        first = index - _has_title_above(plain, lines, index, bare[index])
        last = index
        while last + 1 < len(lines) and not lines[last + 1].periods and lines[last + 1].kind is None:
            last += 1
        if last > index and last + 1 < len(lines) and bare[last + 1]:
            last -= 1  # the title of the next entry
        head = plain[lines[first].start : line.end]
        if _is_no_work(head, _beside(plain, line)):
            continue
        words = plain[lines[first].start : min(lines[last].end, line.end + _LONGEST_ENTRY)]
        kind = "internship" if _INTERNSHIP.search(head) else "work"
        if _TO_NOW.search(plain, line.periods[-1].end, line.end):  # 2013—2018部队炊事班，转业后在食堂掌勺到现在
            spans.append((spans[-1][1], today.year * 12 + today.month))
        for span in spans:
            yield Fact(Experience(kind, words, span, trades=_trades(words), head_trades=trades_of(head)), line.start, line.end)


def _clipped(period: Period, span: Months, starts: Sequence[int]) -> Months:
    """The months of a period; one whose end nobody tells ends where the next begins."""
    if period.last or period.is_open:
        return span
    return span[0], next((start for start in starts if start > span[0]), span[1])


def _trades(words: str) -> frozenset[str]:
    """The trades of an entry; one that tells of technologies is of it, whatever the position is called."""
    return trades_of(words) | ({"it"} if len({skill.canonical for skill in find_skills(words)}) >= _SOME_TECHNOLOGIES else frozenset())


def _has_title_above(plain: str, lines: Sequence[_Line], index: int, is_bare: bool) -> bool:
    """Whether the line above names the position: nothing else is beside the dates, or the entry begins there."""
    if index == 0 or lines[index - 1].periods or lines[index - 1].kind is not None:
        return False
    above = plain[lines[index - 1].start : lines[index - 1].end]
    begins = index == 1 or lines[index - 2].kind is not None or "\n\n" in plain[lines[index - 2].end : lines[index - 1].start + 1]
    return is_bare or (begins and len(above) <= _LONGEST_TITLE and not _BULLET.match(above) and not find_durations(above))


def _is_bare(plain: str, line: _Line) -> bool:
    """Whether a line holds little but its dates: the position stands above."""
    rest = plain[line.start : line.periods[0].start] + plain[line.periods[-1].end : line.end]
    return sum(map(str.isalpha, rest)) < 4


def _beside(plain: str, line: _Line) -> str:
    """The words of a line, without what an aside says of the time between its periods."""
    aside = plain.find("(", line.periods[-1].end, line.end) if len(line.periods) > 1 else -1
    return plain[line.start : aside if aside >= 0 else line.end]


def _is_no_work(head: str, beside: str) -> bool:
    """Whether dates are those of a school, a break, a project of somebody's."""
    if _BREAK.search(beside):
        return True
    if _AFTER_SCHOOL.search(head) or _JOB_TITLE.search(head):
        return False
    if names_degree(head) or _SCHOOL.search(head):
        return True
    return _NO_ENTRY.search(head) is not None and not trades_of(head)


def _claims(plain: str, lines: Sequence[_Line]) -> Iterator[Fact[Experience]]:
    for line in lines:
        if line.section in _NO_CLAIMS:
            continue
        durations = find_durations(plain[line.start : line.end])
        spans = [(line.start + duration.start, line.start + duration.end) for duration in durations]
        own = [(place, span) for place, span in enumerate(spans) if _is_own(plain, line, *span)]
        for place, (start, end) in own:
            left = spans[place - 1][1] if place else line.start
            right = spans[place + 1][0] if place + 1 < len(spans) else line.end
            words = _segment(plain, left, start, end, right)
            if len(own) > 1 and (shared := _SHARED.search(plain, spans[-1][1], line.end)):
                words += " " + plain[shared.start() : line.end]
            kind = "internship" if _INTERNSHIP.search(words) else "licence" if _LICENCE.search(words) else "claim"
            is_part = len(own) > 1 or _OF_THESE.search(plain, start, end) or _PART_OF.search(plain, line.start, line.end)
            trades = trades_of(words)
            yield Fact(Experience(kind, words, None, durations[place].years, bool(is_part), trades, trades), start, end)


def _segment(plain: str, left: int, start: int, end: int, right: int) -> str:
    """The words around years that say of what they are: up to the marks beside them, if something stands there."""
    marks = [mark.end() for mark in _SEGMENT.finditer(plain, max(left, start - _LONGEST_CLAUSE), start)]
    first = next((mark for mark in reversed(marks) if plain[mark:start].strip(" 约近了满有:：")), max(left, start - _LONGEST_CLAUSE))
    if marks and not plain[marks[-1] : start].strip(" 约近了满有:："):
        first = marks[-1] if plain[end:right].strip(" ,，。.;；)") else first
    after = _SEGMENT.search(plain, end, min(right, end + _LONGEST_CLAUSE))
    return plain[first : after.start() if after else min(right, end + _LONGEST_CLAUSE)].strip()


def _is_own(plain: str, line: _Line, start: int, end: int) -> bool:
    """Whether years are of the candidate's own work: not of somebody else's, of a thing's, nor those of a period beside them."""
    if any(period.end <= start and _DURATION_OF_PERIOD.search(plain, period.end, start) for period in line.periods):
        return False
    if any(period.start <= start < period.end for period in line.periods):
        return False
    before, after = plain[max(line.start, start - 120) : start], plain[end : min(line.end, end + _LONGEST_CLAUSE)]
    if _NO_SPAN.search(before) or _OF_SOME.search(before) or (_NO_WORK.match(after) and not _TO_NOW.search(after)):
        return False
    if _ADJECTIVE.search(plain[start:end]) and not _EXPERIENCE.match(after):
        return False
    if line.is_of_entry and not (_CLOSED.match(after) or _EXPERIENCE.match(after) or _OF_THESE.search(plain, start, end)):
        return False
    sentence = re.split(r"[。！？!?]|\.\s", before)[-1]
    if has_cjk(plain[line.start : line.end]):
        left, _ = clause_around(plain, start, end)
        clause = _SEGMENT.split(plain[max(left, line.start) : start])[-1]
        return _OWN.search(clause) is not None or not (_names_others(clause) or _OWNERS.search(sentence))
    return _OWN.search(re.split(r"\bmy\b", sentence)[0]) is not None or not _OTHERS.search(sentence)


def _names_others(clause: str) -> bool:
    """Whether a clause up to its years names somebody else; of 招聘4年 the word is what the years are of."""
    subject = clause.rstrip(" 约近了满有")
    return any(other.end() < len(subject) or not _DEED.fullmatch(other[0]) for other in _OTHERS.finditer(clause))


def _denials(plain: str, lines: Sequence[_Line]) -> Iterator[Fact[Experience]]:
    for line in lines:
        for found in (_NONE_AT_ALL, _NONE_OF_WORK):
            for match in found.finditer(plain, line.start, line.end):
                yield Fact(Experience("none", match[0]), *match.span())
        for match in _DENIAL.finditer(plain, line.start, line.end):
            left, right = clause_around(plain, *match.span())
            words = plain[max(left, line.start) : right]
            yield Fact(Experience("denied", words, trades=trades_of(words)), *match.span())


def _profile(plain: str, lines: Sequence[_Line]) -> Iterator[Fact[Experience]]:
    """The lines that tell of all of the work: those of the summary and the skills."""
    for line in lines:
        if line.section in ("summary", "skills") and line.kind is None and not line.periods:
            yield Fact(Experience("about", plain[line.start : line.end]), line.start, line.end)
