"""Count the months of the periods that a text states: clamped to today, overlaps counted once, and the gaps between them."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from preprocess.lexicon.dates import Date
from preprocess.lexicon.periods import Period, find_periods
from reranker.evidence.facts.contract import Fact

_LONGEST = 60 * 12
"""Nobody works longer in one place: such a period is none of work."""
OPEN = 0.7
"""The certainty that what began and has no end goes on."""

Months = tuple[int, int]
"""The first month and the one after the last, counted from year 0."""


def stated(text: str, today: date | None = None) -> tuple[Fact[Period], ...]:
    """Return the periods of a text in their order."""
    periods = find_periods(text, today or date.today())
    return tuple(Fact(period, period.start, period.end, 1.0 if period.is_open or period.last else OPEN) for period in periods)


def months(period: Period, today: date | None = None) -> Months | None:
    """Return the months of a period up to today, None of one without a beginning, in the future, or too long to be one of work.

    The month that it ends with counts, the year that it ends with does not: 2014 – 2019 are five years.
    """
    if period.first is None:
        return None
    today = today or date.today()
    end_of_today = today.year * 12 + today.month
    first = _first_month(period.first)
    last = end_of_today if period.last is None else min(end_of_today, _first_month(period.last) + (period.last.month is not None))
    last = max(last, first + 1)
    return (first, last) if first < end_of_today and last - first <= _LONGEST else None


def merged(spans: Iterable[Months]) -> list[Months]:
    """Return spans in their order, those that touch or overlap as one."""
    joined: list[Months] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], last)
        else:
            joined.append((first, last))
    return joined


def total(spans: Iterable[Months]) -> int:
    """Return how many months spans cover."""
    return sum(last - first for first, last in merged(spans))


def gaps(spans: Iterable[Months]) -> list[Months]:
    """Return the months between spans that none of them covers."""
    return [(last, first) for (_, last), (first, _) in pairwise(merged(spans))]


def _first_month(day: Date) -> int:
    return day.year * 12 + (day.month or 1) - 1
