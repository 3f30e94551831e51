"""Find the days a month away from home: what a job asks to accept, and what a resume says that its owner does."""

import re
from dataclasses import dataclass

_DAYS = re.compile(
    r"每个?月[^，。；;\n\d]{0,12}(?P<before>\d{1,2})\s?[天日]"
    r"|(?P<behind>\d{1,2})\s?(?:天|日|days?)\s?(?:/|每个?|per |a |each |every )(?:月|month)"
    r"|(?P<travelled>\d{1,2}) days? (?:of travel|travel(?:ling)?|away|on the road) (?:per|a|each|every) month",
    re.IGNORECASE,
)
_TRAVEL = re.compile(r"出差|驻场|驻外|客户现场|差旅|\btravel|\baway\b|on[- ]site", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class DaysAway:
    """Days a month, and the words that say so."""

    days: int
    words: str


def without_days(line: str) -> str:
    """Return a line without its days a month: what is left says whether the travel is accepted."""
    return _DAYS.sub(" ", line)


def days_away(line: str) -> DaysAway | None:
    """Return the days a month that a line says of travel, the fewest; None where it says none."""
    if not _TRAVEL.search(line):
        return None
    told = [DaysAway(int(next(filter(None, match.groups()))), match[0]) for match in _DAYS.finditer(line)]
    return min(told, default=None)
