"""Cut a resume into lines with their places in its text: the technologies on each, and whether it tells of work or lists keywords."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from preprocess.lexicon.characters import width
from preprocess.lexicon.field_labels import label_pattern
from preprocess.lexicon.headings import heading_kind, is_heading
from preprocess.lexicon.periods import find_periods, ranges
from preprocess.tech_stack.normalise import skills_of_resume
from reranker.copied import copied_lines
from reranker.evidence.facts import certificates, degrees, languages, numbers, years
from reranker.evidence.facts.career.experience import Experience
from reranker.evidence.facts.certificates import Certificate
from reranker.evidence.facts.contract import Fact
from reranker.evidence.facts.degrees import Degree
from reranker.evidence.facts.languages import Language
from reranker.evidence.facts.mentions import Standing
from reranker.evidence.facts.quantity.led import is_of_students
from reranker.evidence.facts.quantity.quantities import Quantity
from reranker.evidence.negation import denials, denies, is_denied
from reranker.evidence.profile.contact_lines import says_nothing
from reranker.evidence.resume_text.line_kinds import WORK_VERB, is_keyword_list, names_course, tells_of_work
from reranker.evidence.resume_text.line_spans import line_spans
from reranker.evidence.resume_text.wishes import without_wishes

MAX_LINES = 400
"""Facts take milliseconds a line. Of a longer resume, headings and the lines that say something are read: lists of papers, of ports and of
dates give way."""

MAX_ENCODED = 160
"""The encoder takes milliseconds a line: it reads this many of the lines that say something."""
_SAYS_SOMETHING = 12  # width of its words

_CONTACT = re.compile(
    rf"@|https?:|求职意向|现居|{label_pattern('contact', 'address', 'web', 'account')}(?:\s?[:：]|\s{{2}})", re.IGNORECASE
)
_LABEL = re.compile("[:：]")
_NO_LINE_END = re.compile(r"[^\r\n]")
_NO_WORD = re.compile(r"[\W\d_]+")


@dataclass(frozen=True)
class ResumeLines:
    """`spans` are (start, end) in `text`; `skills` and `is_work` belong to them; `encoded` are the places of those worth encoding.

    `unread` counts the lines that say something and are beyond MAX_LINES.
    """

    text: str
    told: str
    """The text without wishes, which prove nothing, each character where it stood."""
    spans: tuple[tuple[int, int], ...]
    skills: tuple[frozenset[str], ...]
    is_work: tuple[bool, ...]
    encoded: tuple[int, ...]
    unread: int = 0
    is_complete: bool = True
    """No line was left out, not even one that says nothing."""
    denied: tuple[frozenset[str], ...] = ()
    """The technologies that each line says are not known or were not used."""
    listed: frozenset[int] = frozenset()
    """The places of lines that are no more than a long list of keywords, or name a course."""
    copied: frozenset[int] = frozenset()
    """The places of lines that were copied from the job: no facts are read from these. See read_own_lines."""

    @cached_property
    def lines(self) -> list[str]:
        """The text of each line, without wishes."""
        return [self.told[start:end] for start, end in self.spans]

    @cached_property
    def denials(self) -> dict[int, tuple[tuple[str, ...], ...]]:
        """By line, what it says that the candidate has not or cannot do; see negation.py."""
        return {index: denied for index, line in enumerate(self.lines) if (denied := denials(line))}

    @cached_property
    def silent(self) -> frozenset[int]:
        """The lines of nothing but a name, its mask or contact data: they prove nothing but by letters behind a name: "Jane Roe ACCA"."""
        silent = {index for index, line in enumerate(self.lines) if says_nothing(line, is_first=index == 0)}
        return frozenset(silent - {self.line_at(fact.start) for fact in self._had if fact.value.name} if silent else silent)

    @cached_property
    def experience(self) -> tuple[Fact[Experience], ...]:
        """Dated work, internships and claims of years that the lines state."""
        return years.stated(self._own(self.told))

    @cached_property
    def of_work(self) -> frozenset[int]:
        """The lines of dated work and internships: from that with the dates to the next heading, or to dates of something else."""
        heads = {self.line_at(fact.start) for fact in self.experience if fact.value.span}
        lines: set[int] = set()
        is_inside = False
        for index, line in enumerate(self.lines):
            if index in heads:
                is_inside = True
            elif heading_kind(_LABEL.split(line, maxsplit=1)[0]) or (ranges(line) and not WORK_VERB.search(line)):
                is_inside = False
            if is_inside:
                lines.add(index)
        return frozenset(lines)

    @cached_property
    def of_clubs(self) -> frozenset[int]:
        """The lines below or behind a heading of activities, and those that tell of students' clubs."""
        section, lines = "", set()
        for index, line in enumerate(self.lines):
            section = heading_kind(_LABEL.split(line, maxsplit=1)[0]) or section
            if section == "activities" or is_of_students(line):
                lines.add(index)
        return frozenset(lines)

    def entry_of(self, line: int) -> Experience | None:
        """Return the dated work or internship that a line is of."""
        before = [fact for fact in self.experience if fact.value.span and fact.start < self.spans[line][1]]
        return before[-1].value if line in self.of_work and before else None

    @cached_property
    def degrees(self) -> tuple[Fact[Degree], ...]:
        """Degrees that the lines state."""
        return degrees.stated(self._looked_at)

    @cached_property
    def languages(self) -> tuple[Fact[Language], ...]:
        """Languages with levels that the lines state."""
        return languages.stated(self._looked_at)

    @cached_property
    def certificates(self) -> tuple[Fact[Certificate], ...]:
        """Certificates, licences and titles that the lines state."""
        return certificates.stated(self._looked_at)

    @cached_property
    def not_held(self) -> frozenset[int]:
        """The lines that name certificates of somebody else, or wished for, and none that is the candidate's."""
        others = {self.line_at(start) for start, _ in certificates.not_held(self._looked_at)}
        return frozenset(line for line in others if line is not None) - {self.line_at(fact.start) for fact in self._had}

    @cached_property
    def of_papers(self) -> frozenset[int]:
        """The lines that state certificates of any kind."""
        return frozenset(line for fact in self.certificates if (line := self.line_at(fact.start)) is not None)

    @cached_property
    def _had(self) -> list[Fact[Certificate]]:
        return [fact for fact in self.certificates if fact.value.standing is Standing.HAS]

    @cached_property
    def numbers(self) -> tuple[Fact[Quantity], ...]:
        """What it says in numbers; the year and month of a period are no amount and count nobody, whom a club had and
        what it raised is no work's.
        """
        own = self._own(self.told)
        periods = [(period.start, period.end) for period in find_periods(own, date.today())]
        stated = numbers.stated(own)
        return tuple(
            fact
            for fact in stated
            if fact.value.kind == "employer"
            or not (
                any(start < fact.end and fact.start < end for start, end in periods)
                or (fact.value.kind in ("money", "people") and self.line_at(fact.start) in self.of_clubs)
            )
        )

    def line_at(self, position: int) -> int | None:
        """Return the line that holds a character of the text, None for one that is in no line."""
        line = bisect_right(self.spans, position, key=lambda span: span[0]) - 1
        return line if line >= 0 and position < self.spans[line][1] else None

    @cached_property
    def _looked_at(self) -> str:
        return self._own(self.text)

    def _own(self, text: str) -> str:
        """Return the text, or `told`, without the lines that are not looked at or were copied."""
        own = [span for index, span in enumerate(self.spans) if index not in self.copied]
        return text if self.is_complete and not self.copied else _without_others(text, own)


@lru_cache(maxsize=4)  # read for a score and again for its match points; no more texts of resumes stay in memory
def read_lines(text: str) -> ResumeLines:
    """Return up to MAX_LINES lines as wide as four letters or more, without bullets; long lines are cut at sentence ends. Linear."""
    every, told = tuple(line_spans(text)), without_wishes(text)
    spans, unread = (every, 0) if len(every) <= MAX_LINES else _speaking(text, every)
    skills: list[set[str]] = [set() for _ in spans]
    denied: list[set[str]] = [set() for _ in spans]
    words = [width(_NO_WORD.sub("", told[start:end])) for start, end in spans]
    offset = 0
    for skill in skills_of_resume(told[: spans[-1][1]] if spans else ""):
        while offset < len(spans) and spans[offset][1] < skill.end:
            offset += 1
        if offset < len(spans) and spans[offset][0] <= skill.start:
            words[offset] -= width(_NO_WORD.sub("", skill.text))  # a list of technologies says nothing beyond their names
            (denied if is_denied(text, skill.start, skill.end) else skills)[offset].update({skill.canonical}, skill.also)
    lines = [told[start:end] for start, end in spans]
    telling = [
        index for index, line in enumerate(lines) if words[index] >= _SAYS_SOMETHING and not _CONTACT.search(line) and not denies(line)
    ]
    return ResumeLines(
        text,
        told,
        spans,
        tuple(map(frozenset, skills)),
        tuple(tells_of_work(lines)),
        tuple(telling[:MAX_ENCODED]),
        unread,
        spans == every,
        tuple(map(frozenset, denied)),
        frozenset(index for index, line in enumerate(lines) if is_keyword_list(line) or names_course(line)),
    )


def _speaking(text: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[tuple[int, int], ...], int]:
    """Return the MAX_LINES lines to read of more, and how many that say something are not among them.

    First come headings, technologies and lines of several words, then lines with a word that none before has, then the others.
    """
    skilled = {bisect_right(spans, skill.start, key=lambda span: span[0]) - 1 for skill in skills_of_resume(text)}
    seen: set[str] = set()
    orders: list[int] = []
    for index, (start, end) in enumerate(spans):
        line = text[start:end]
        words = {word.lower() for word in _NO_WORD.split(line) if word}
        says_more = width(_NO_WORD.sub("", line)) >= _SAYS_SOMETHING or index in skilled or is_heading(line)
        orders.append(0 if says_more else 1 if words - seen else 2)
        seen |= words
    chosen = sorted(range(len(spans)), key=lambda index: orders[index])[:MAX_LINES]
    return tuple(spans[index] for index in sorted(chosen)), max(0, sum(order < 2 for order in orders) - MAX_LINES)


def _without_others(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the text with blanks in place of the lines that are none of these, so that every place in it stays."""
    pieces: list[str] = []
    end = 0
    for left, right in spans:
        others, line_end, lead = text[end:left].rpartition("\n")
        pieces += [_NO_LINE_END.sub(" ", others), line_end, lead, text[left:right]]
        end = right
    return "".join(pieces)


@lru_cache(maxsize=4)  # asked for a score, for its match points and for questions; no more texts of resumes stay in memory
def read_own_lines(text: str, requirements: tuple[str, ...]) -> ResumeLines:
    """Return the lines, those marked that were copied from the requirements of the job: they count as lists and state no facts."""
    resume = read_lines(text)
    copied = copied_lines(requirements, resume.lines)
    if not copied:
        return resume
    is_work = tuple(tells and index not in copied for index, tells in enumerate(resume.is_work))
    return replace(resume, copied=copied, listed=resume.listed | copied, is_work=is_work)
