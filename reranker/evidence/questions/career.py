"""Ask about the dates of a career: time between jobs of which nothing is told, jobs that overlap, and work without any date."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations, pairwise

from preprocess.lexicon.headings import heading_kind
from preprocess.lexicon.periods import Period
from reranker.evidence.facts import dates
from reranker.evidence.facts.career.experience import Experience
from reranker.evidence.facts.contract import Fact
from reranker.evidence.facts.dates import Months
from reranker.evidence.questions.private import without_private
from reranker.evidence.questions.question import Question, Value
from reranker.evidence.resume_text.lines import ResumeLines

LONGEST_GAP = 6
"""Months between two jobs that nobody asks about."""
LONGEST_HANDOVER = 2
"""Months for which two jobs may overlap."""


def career_questions(resume: ResumeLines, today: date) -> list[Question]:
    """Return questions about gaps, overlaps and missing dates, the most recent first.

    A gap is what no period of the resume covers: whoever studied, or says what they did, is not asked about it.
    """
    work = [fact for fact in resume.experience if fact.value.kind in ("work", "internship") and fact.value.span]
    periods = [fact.value for fact in dates.stated(resume.text, today)]
    if not work:
        return [Question("undated")] if _tells_of_work(resume) and not periods else []
    questions = [*_gaps(work, periods, today), *_overlaps(work, periods, resume)]
    return [question for _, question in sorted(questions, key=lambda dated: -dated[0])]


def _tells_of_work(resume: ResumeLines) -> bool:
    is_none = any(fact.value.kind == "none" for fact in resume.experience)
    return not is_none and any(heading_kind(line) == "work" for line in resume.lines)


def _gaps(work: Sequence[Fact[Experience]], periods: Sequence[Period], today: date) -> Iterator[tuple[int, Question]]:
    """Yield the gaps between jobs, and since the last one, each with its first month."""
    of_work = [span for period in periods if _is_of(period, work) and (span := _widest(period, today))]
    covered = dates.merged([span for period in periods if (span := _widest(period, today))])
    if not of_work:
        return
    first, last = min(span[0] for span in of_work), max(span[1] for span in of_work)
    for (_, end), (start, _) in pairwise(covered):
        if first < end and start <= last and start - end > LONGEST_GAP:
            yield end, Question("gap", _from_to(end, start - 1) | {"months": start - end})
    now = today.year * 12 + today.month
    if covered[-1][1] == last and now - last > LONGEST_GAP:
        is_exact = any(period.last and period.last.month and span[1] == last for period in periods if (span := _widest(period, today)))
        yield last, Question("since" if is_exact else "since_year", {"year": (last - 1) // 12, "month": (last - 1) % 12 + 1})


def _is_of(period: Period, work: Sequence[Fact[Experience]]) -> bool:
    return any(fact.start <= period.start < fact.end for fact in work)


def _widest(period: Period, today: date) -> Months | None:
    """The months that a period may have covered: one that only names years, from January to December of them."""
    span = dates.months(period, today)
    if span is None or period.last is None or period.last.month is not None:
        return span
    return span[0], min(max(span[1], period.last.year * 12 + 12), today.year * 12 + today.month)


def _overlaps(work: Sequence[Fact[Experience]], periods: Sequence[Period], resume: ResumeLines) -> Iterator[tuple[int, Question]]:
    """Yield the pairs of jobs that overlap, each with the month from which on. A job inside the time of another is a position of it."""
    exact = [fact for fact in work if all(map(_is_exact, (period for period in periods if _is_of(period, [fact]))))]
    for earlier, other in combinations(sorted(exact, key=lambda fact: fact.value.span or (0, 0)), 2):
        (start, end), (later_start, later_end) = earlier.value.span or (0, 0), other.value.span or (0, 0)
        if earlier.start == other.start or later_start == start or later_end <= end or end - later_start <= LONGEST_HANDOVER:
            continue
        titles = _title(earlier, periods, resume), _title(other, periods, resume)
        if all(titles) and titles[0] != titles[1]:
            values: dict[str, Value] = {"first": titles[0], "second": titles[1], "months": end - later_start}
            yield later_start, Question("overlap", values, start=other.start, end=other.end)


def _is_exact(period: Period) -> bool:
    return all(day is None or day.month is not None for day in (period.first, period.last)) and _has_end(period)


def _has_end(period: Period) -> bool:
    return period.is_open or period.last is not None


def _title(fact: Fact[Experience], periods: Sequence[Period], resume: ResumeLines) -> str:
    """The employer and position beside the dates, or, where these stand alone, on the line behind them; "" if none may be quoted."""
    period = next(period for period in periods if _is_of(period, [fact]))
    beside = (resume.text[fact.start : period.start] + " " + resume.text[period.end : fact.end]).strip(" -–—－|·,，()（）[]【】\t")
    if sum(map(str.isalpha, beside)) < 2:
        index = resume.line_at(fact.start)
        following = resume.lines[index + 1] if index is not None and index + 1 < len(resume.lines) else ""
        beside = following if len(following) <= 40 else ""
    return " ".join(without_private(beside).split())


def _from_to(first: int, last: int) -> dict[str, Value]:
    return {"from_year": first // 12, "from_month": first % 12 + 1, "to_year": last // 12, "to_month": last % 12 + 1}
