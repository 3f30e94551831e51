"""Find the projects and jobs that a resume tells of without saying what came of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from preprocess.lexicon.characters import LIST_MARKS, width
from preprocess.lexicon.headings import is_heading
from preprocess.lexicon.periods import find_periods
from reranker.evidence.facts.career.experience import ResumeLine, read_resume_lines
from reranker.evidence.facts.mentions import folded
from reranker.evidence.outcomes import tells_outcome
from reranker.evidence.questions.private import without_private
from reranker.evidence.resume_text.lines import ResumeLines

MOST_HINTS = 3
_LONGEST_TITLE = 60
"""Width of a line that names a project or a position."""
_SECTIONS = ("project", "work", "internship", "open_source", "research")
"""Sections that tell of work, those first whose entries an interview goes through one by one."""


_JOBS = ("work", "internship")


@dataclass(frozen=True)
class UntoldResult:
    """A project or job, called `title`; its telling, text[start:end], says what was done and not what came of it."""

    title: str
    start: int
    end: int


def untold_results(resume: ResumeLines, today: date | None = None) -> tuple[UntoldResult, ...]:
    """Return up to MOST_HINTS entries without a result, in figures or in words: projects first, then jobs, in the order of the text."""
    text = resume.text
    lines = read_resume_lines(folded(text), find_periods(text, today or date.today()))
    jobs = [fact for fact in resume.experience if fact.value.kind in ("work", "internship")]
    is_work = {span[0]: done for span, done in zip(resume.spans, resume.is_work, strict=True)}
    untold: list[tuple[int, UntoldResult]] = []
    for section, entry in _entries(lines, text):
        start, end = entry[0].start, entry[-1].end
        if section in _JOBS and not any(job.start <= start < job.end for job in jobs):
            continue
        tells_work = any(done for line, done in is_work.items() if start <= line < end)
        title = _title(entry, text)
        if tells_work and title and not any(tells_outcome(line) for line in text[start:end].split("\n")):
            untold.append((_SECTIONS.index(section), UntoldResult(title, start, end)))
    return tuple(hint for _, hint in sorted(untold, key=lambda hint: hint[0])[:MOST_HINTS])


def _entries(lines: Sequence[ResumeLine], text: str) -> Iterator[tuple[str, list[ResumeLine]]]:
    """Yield the dated entries of sections that tell of work, each with its section: from a line with dates to the next one or a heading."""
    entry: list[ResumeLine] = []
    section = ""
    for index, line in enumerate(lines):
        opens = bool(line.periods) and not _has_dates_within(text, line)
        if opens or line.kind is not None:
            if entry:
                yield section, entry
            entry, section = [], line.section or ""
            if opens and line.kind is None and section in _SECTIONS:
                entry = [line]
        elif entry and not _begins_next(lines, index, text):
            entry.append(line)
    if entry:
        yield section, entry


def _begins_next(lines: Sequence[ResumeLine], index: int, text: str) -> bool:
    """Return whether a line names the position of the next entry, whose dates stand alone on the line behind it."""
    following = lines[index + 1] if index + 1 < len(lines) else None
    is_short = width(text[lines[index].start : lines[index].end]) <= _LONGEST_TITLE
    return bool(is_short and not _is_item(text, lines[index]) and following and following.periods and not _beside_dates(following, text))


def _has_dates_within(text: str, line: ResumeLine) -> bool:
    """Return whether a line is an item of a list with a date in the middle of it, which opens no entry."""
    sides = text[line.start : line.periods[0].start], text[line.periods[-1].end : line.end]
    return _is_item(text, line) and all(sum(map(str.isalpha, side)) >= 2 for side in sides)


def _is_item(text: str, line: ResumeLine) -> bool:
    return text[line.start : line.end].lstrip()[:1] in LIST_MARKS


def _title(entry: Sequence[ResumeLine], text: str) -> str:
    """Return what stands beside the dates, else the short line behind them; "" if there is none that may be quoted."""
    beside = _beside_dates(entry[0], text)
    if not beside and len(entry) > 1:
        line = text[entry[1].start : entry[1].end].strip()
        beside = "" if is_heading(line) or _is_item(text, entry[1]) or width(line) > _LONGEST_TITLE else line
    return without_private(beside) if width(beside) <= 2 * _LONGEST_TITLE else ""


def _beside_dates(line: ResumeLine, text: str) -> str:
    beside = text[line.start : line.periods[0].start] + "  " + text[line.periods[-1].end : line.end]
    beside = " ".join(beside.strip(" -–—－|·,，()（）[]【】：:\t").split())
    return beside if sum(map(str.isalpha, beside)) >= 2 else ""
