"""Find periods whose ends are told in words: 2022年5月入职，2024年3月离职; in 1998, been a plasterer ever since; until 2016.

Dates beside such words begin or end a period (date_roles.py). periods.py finds those that are written as from … to ….
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from preprocess.lexicon.date_forms import UNTIL_NOW, WORDS, any_word
from preprocess.lexicon.date_roles import is_labelled_otherwise, role_of
from preprocess.lexicon.dates import Date

_NOW_ON_LINE = re.compile(any_word([*WORDS["ends"]["now"], *WORDS["ends"]["position_now"]]), re.IGNORECASE)
_STILL = re.compile(  # wider than elsewhere: behind 一直 and the like 现在 and 到今 say it, too
    rf"(?:一直|[同当次]月起|(?:退役|退伍|转业|复员|毕业|离职|出师)后)[^\n。；;]{{0,24}}(?:{UNTIL_NOW}|现在|到今)"
    r"|\bever since\b|\bsince(?=[.,;]?\s{0,2}(?:\n|$))"
    r"|\bbeen [^\n.;]{2,40} since\b"
    r"|\bstill (?:there|here|do|am|at it|working|employed|serving|with|in (?:th(?:at|is|e)|my) (?:same )?(?:role|post|position|job))\b"
    r"|\band still am\b",
    re.IGNORECASE,
)
_THEN = re.compile(r"\bthen\b|\bafter which\b|\blater\b|之后|后来|随后|转[做为任岗]|升[任为]")
_FROM = re.compile(r"\bfrom (?:the )?$", re.IGNORECASE)
"""Where the line ends with the date, it goes on: "Hospital Porter, from 4th May 2022"."""
REACH = 160
"""Characters between a date that begins a period and one that ends it, where both say so in words."""


@dataclass(frozen=True)
class Period:
    """text[start:end] names a period from `first` to `last`, None where that is not said; with `is_open` it goes on."""

    first: Date | None
    last: Date | None
    is_open: bool
    start: int
    end: int


def told_periods(text: str, singles: Sequence[Date], periods: Sequence[Period]) -> Iterator[Period]:
    """Yield the periods of dates that words beside them make a beginning or an end."""
    roles = [
        (day, role)
        for day in singles
        if (role := role_of(text, day) or ("begins" if _goes_on(text, day) else None)) in ("begins", "graduates", "finishes")
        and not is_labelled_otherwise(text, day)
    ]
    used: set[int] = set()
    for (day, role), (other, other_role) in pairwise(roles):
        first, last = (day, other) if role == "begins" else (other, day)
        if last.shape == "month":  # left the following March
            last = replace(last, year=first.year + ((last.month or 12) <= (first.month or 1)))
        is_near = other.start - day.end <= REACH and not any(day.end <= period.start < other.start for period in periods)
        if (
            (role == "begins") != (other_role == "begins")
            and day.start not in used
            and is_near
            and first.shape != "month"
            and in_order(first, last)
        ):
            used |= {day.start, other.start}
            yield Period(first, last, False, day.start, other.end)
    for day, role in roles:
        if day.start in used or day.shape == "month":
            continue
        line = _line_around(text, day)
        if role == "begins" or _goes_on(text, day):
            yield Period(day, None, (_NOW_ON_LINE.search(text[line]) is not None or _goes_on(text, day)), day.start, day.end)
            continue
        before = [period for period in periods if line.start <= period.start < line.stop]
        if not before:
            if role == "finishes":  # a graduation of which no beginning is told is a day
                yield Period(None, day, False, day.start, day.end)
        elif (start := before[-1].last) and _THEN.search(text, before[-1].end, day.start) and in_order(start, day):
            yield Period(start, day, False, day.start, day.end)


def _goes_on(text: str, mention: Date) -> bool:
    """Return whether the words behind a date on its line say that it goes on since: in 1998, been a plasterer ever since."""
    line = _line_around(text, mention)
    is_last_word = not text[mention.end : line.stop].strip(" .)") and _FROM.search(text, max(line.start, mention.start - 12), mention.start)
    return bool(is_last_word or _STILL.search(text, mention.end, min(line.stop, mention.end + REACH)))


def _line_around(text: str, mention: Date) -> slice:
    left, right = text.rfind("\n", 0, mention.start) + 1, text.find("\n", mention.end)
    return slice(left, right if right >= 0 else len(text))


def in_order(first: Date, last: Date) -> bool:
    """Return whether a period may have these ends."""
    return (first.year, first.month or 1) <= (last.year, last.month or 12)
