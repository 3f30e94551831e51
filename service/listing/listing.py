"""Choose and order the candidates that a list shows: search in names and full texts, filters, sorting. The ranking stays as it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from preprocess.document import Resume
from service.listing.candidate import ListedCandidate, comparable, comparable_text, spellings

PAGE = 50
"""So many candidates are shown at first, and so many more at each click."""

MOST_SHOWN = 500
"""So many at once, however often somebody asks for more: a browser has to draw them. Search and filters reach the others."""

LONGEST_SEARCH = 100
MUSTS = ("", "all_met", "none_missing", "some_missing")
LABELS = ("", "2", "1", "0", "none")
FLAGGED = ("", "yes", "no")
LANGUAGES = ("", "zh", "other")
LEAST_YEARS, LEAST_DEGREES = (1, 3, 5, 8, 10), (3, 4, 5, 6)
YEARS, DEGREES = ("", *map(str, LEAST_YEARS)), ("", *map(str, LEAST_DEGREES))
SORTS = ("rank", "musts", "years", "name")
"""The choices of the filters, "" for all, and of the order."""


@dataclass(frozen=True)
class Listing:
    """A choice of what a list shows. The values are of the tuples above; `source` is a kind of file, `status` one of the recruiter's.

    `years` and `degree` (a level, as in Profile) are the least that is asked for. They never leave out whose resume does not tell.
    """

    search: str = ""
    musts: str = ""
    label: str = ""
    status: str = ""
    flagged: str = ""
    language: str = ""
    years: str = ""
    degree: str = ""
    source: str = ""
    sort: str = "rank"
    shown: int = PAGE

    @property
    def is_narrowed(self) -> bool:
        """True if it leaves anybody out."""
        return any((self.search, self.musts, self.label, self.status, self.flagged, self.language, self.years, self.degree, self.source))


def listed(everybody: Sequence[ListedCandidate], listing: Listing) -> list[ListedCandidate]:
    """Return the candidates whom the listing asks for, in its order; equal ones stay in the order of the ranking."""
    words = search_words(listing.search)
    checks: list[Callable[[ListedCandidate], bool]] = []
    if listing.musts:
        checks.append(lambda candidate: _meets(candidate, listing.musts))
    if listing.label:
        checks.append(lambda candidate: _label_of(candidate) == listing.label)
    if listing.status:
        checks.append(lambda candidate: candidate.status == listing.status)
    if listing.flagged:
        checks.append(lambda candidate: candidate.is_flagged == (listing.flagged == "yes"))
    if listing.source:
        checks.append(lambda candidate: candidate.source == listing.source)
    if listing.language:
        checks.append(lambda candidate: candidate.language == listing.language)
    if listing.years:
        checks.append(lambda candidate: _reaches(candidate.introduction.profile.years, listing.years))
    if listing.degree:
        checks.append(lambda candidate: _reaches(candidate.introduction.profile.degree, listing.degree))
    if words:
        checks.append(lambda candidate: candidate.found(words))
    kept = [candidate for candidate in everybody if all(check(candidate) for check in checks)]
    return sorted(kept, key=_KEYS[listing.sort]) if listing.sort in _KEYS else kept


def search_words(search: str) -> list[str]:
    """Return the words that a search asks for, as they are compared."""
    return comparable(search[:LONGEST_SEARCH]).split()


def line_found(resume: Resume, words: Sequence[str]) -> str:
    """Return the line of a resume that has most of the words, "" if none has any."""
    best, most = "", 0
    wanted = [spellings(word, resume) for word in words]
    for line, as_compared in zip(resume.text.split("\n"), comparable_text(resume).split("\n"), strict=True):
        count = sum(any(spelling in as_compared for spelling in of_word) for of_word in wanted)
        if count > most:
            best, most = line.strip(), count
    return best


def _meets(candidate: ListedCandidate, musts: str) -> bool:
    statuses = {point.status for point in candidate.asked}
    if not statuses:
        return False
    return {"all_met": statuses == {"met"}, "none_missing": "missing" not in statuses, "some_missing": "missing" in statuses}[musts]


def _reaches(told: int | None, least: str) -> bool:
    return told is None or told >= int(least)


def _label_of(candidate: ListedCandidate) -> str:
    return str(candidate.own_label.grade) if candidate.own_label else "none"


def _by_musts(candidate: ListedCandidate) -> tuple[int, int]:
    statuses = [point.status for point in candidate.asked]
    return -statuses.count("met"), -statuses.count("partial")


def _by_years(candidate: ListedCandidate) -> int:
    years = candidate.introduction.profile.years
    return 1 if years is None else -years


def _by_name(candidate: ListedCandidate) -> tuple[int, bytes]:
    """Return a key that sorts Chinese names as a phone book does: GB 2312 has its common characters in the order of their pinyin."""
    return candidate.row.input_position if candidate.is_blind else 0, candidate.name.casefold().encode("gb18030", "replace")


_KEYS: Mapping[str, Callable[[ListedCandidate], Any]] = {"musts": _by_musts, "years": _by_years, "name": _by_name}
