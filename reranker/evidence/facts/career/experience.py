"""Read the lines of a resume with the periods on each, and define what a resume says of its owner's experience."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from preprocess.lexicon import job_titles
from preprocess.lexicon.characters import CJK
from preprocess.lexicon.date_forms import UNTIL_NOW
from preprocess.lexicon.headings import heading_kind
from preprocess.lexicon.periods import Period
from reranker.evidence.facts.career.rivals import Kinds
from reranker.evidence.facts.career.trades import WORDS
from reranker.evidence.facts.contract import Fact
from reranker.evidence.facts.dates import Months
from reranker.evidence.facts.mentions import pattern


@dataclass(frozen=True)
class Experience:
    """A statement of a resume about experience, by `kind`:

    "work" (dated: `span`), "internship" (dated or claimed), "claim" (`years`), "licence" (years of 驾龄), "denied" (none of what `words`
    name), "none" (no work at all), or "about" (a line of the summary or the skills). `words` are those of the entry or clause, folded.
    `is_frame`: a later part of it is dated on its line ("20 years in retail, since 2018 at Tesco"), which the dates need not bear out.
    `is_part`: of the years of something else; `is_within`: of those told of right before, which it adds nothing to.
    `trades` are those that the words name, `head_trades` and `kinds` (of rivals.py) those named beside the dates.
    """

    kind: str
    words: str
    span: Months | None = None
    years: float = 0.0
    is_part: bool = False
    is_within: bool = False
    trades: frozenset[str] = frozenset()
    head_trades: frozenset[str] = frozenset()
    kinds: Kinds = frozenset()
    is_frame: bool = False


@dataclass(frozen=True)
class ResumeLine:
    """A line, or the part of one around one of its periods. `kind`: the section that it heads; `is_of_entry`: it follows a dated line.

    `label` is the section that its own label says it to be of, whatever the section around it: "教育：2015-2019 …".
    """

    start: int
    end: int
    kind: str | None
    section: str | None
    periods: tuple[Period, ...]
    is_of_entry: bool
    label: str | None = None


def words_of(kind: str) -> re.Pattern[str]:
    """Return a pattern of a list of years.toml."""
    return re.compile(pattern(WORDS[kind]), re.IGNORECASE)


INTERNSHIP = words_of("internship")
JOB_TITLE = re.compile(
    rf"^(?:[Tt]eaching|[Tt]aught)\b|(?:师|員|员|长|經理|经理|主管|助理|代表|专员|顾问|总监|司机|护士|医生|教授|教练|秘书|会计|出纳|负责人|老师|兽医)(?![{CJK}])"
    rf"|\b(?:{'|'.join(job_titles.ENGLISH)}|asst|staff)s?\b",
    re.IGNORECASE,
)
TO_NOW = re.compile(UNTIL_NOW, re.IGNORECASE)

SCHOOL = re.compile(r"大学(?!生)|学院|\b(?:university|college|(?<!left )school|polytechnic|institute)\b", re.IGNORECASE)
_LABEL = re.compile(r"\s*(?P<name>[^:：\d]{2,16}?)(?:\s?[:：]\s*|\s+)(?=[(\[]?(?:19|20)\d\d|[A-Z][a-z]{2,8}\.? (?:19|20)\d\d)")
_PART_END = re.compile(r"[;；。]|\.\s(?=[A-Z])")
_LEAD = re.compile(r"\b(?:Lead|Head|VP|Principal)\b")
_TITLE_BEHIND = re.compile(r"\s?\)?, (?=[A-Z])")
_PART_BEFORE = re.compile(rf"(?<=[{CJK}]{{2}})，\s?$")
"""Between two periods that each open their part: 2019.9-2020.9 脱产考研，2020.10至今 数据分析师."""


def read_resume_lines(plain: str, periods: Sequence[Period]) -> list[ResumeLine]:
    """Return the lines of a `folded` text, each with the periods on it."""
    lines: list[ResumeLine] = []
    section, offset, is_of_entry = None, 0, False
    for match in re.finditer(r"[^\n]+", plain):
        kind = heading_kind(match[0].strip())
        section = kind or section
        on_line = []
        while offset < len(periods) and periods[offset].start < match.end():
            on_line.append(periods[offset])
            offset += 1
        label = _label(match[0], match.start(), on_line) if kind is None else None
        is_of_entry = bool(on_line) or (is_of_entry and kind is None)
        for start, end, periods_there in _parts(plain, *match.span(), on_line):
            lines.append(ResumeLine(start, end, kind, label or section, tuple(periods_there), is_of_entry and not on_line, label))
    return lines


def _label(line: str, start: int, periods: Sequence[Period]) -> str | None:
    """The section that the label of a dated line names: "教育：2015-2019 某大学", "Education 2012 - 2016: …"."""
    label = _LABEL.match(line)
    if label is None or not periods or periods[0].start < start + label.end():
        return None
    return heading_kind(label["name"].strip())


def _parts(plain: str, start: int, end: int, periods: Sequence[Period]) -> Iterator[tuple[int, int, Sequence[Period]]]:
    """A line, or, where semicolons part several periods on it, each of its parts: 2018-2021 班组长；2021至今 车间主任."""
    first = 0
    for index in range(1, len(periods)):
        between = periods[index - 1].end, periods[index].start
        mark = _PART_END.search(plain, *between) or _PART_BEFORE.search(plain, *between) or _before_title(plain, *between)
        if mark:
            yield start, mark.end(), periods[first:index]
            start, first = mark.end(), index
    yield start, end, periods[first:]


def _before_title(plain: str, start: int, end: int) -> re.Match[str] | None:
    """The comma between a period and the position that the next one is of: "Engineer 2016 - Jan 2024, Team Lead since Jan 2024"."""
    is_title = JOB_TITLE.search(plain, start, end) or _LEAD.search(plain, start, end)
    return _TITLE_BEHIND.match(plain, start, end) if is_title else None


def has_school(text: str) -> bool:
    """Return whether a text names a school that gives degrees."""
    return SCHOOL.search(text) is not None


def profile(plain: str, lines: Sequence[ResumeLine]) -> Iterator[Fact[Experience]]:
    """Yield the lines that tell of all of the work: those of the summary and the skills."""
    for line in lines:
        if line.section in ("summary", "skills") and line.kind is None and not line.periods:
            yield Fact(Experience("about", plain[line.start : line.end]), line.start, line.end)
