"""Render the pool: the dialog with its filters, which stays as it is while somebody searches, and each page of people found."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from time import monotonic_ns
from typing import Any

from markupsafe import Markup

from feedback.labels import GRADES
from feedback.store.desk.statuses import STATUSES
from feedback.store.pool.people import PAGE, PoolPage, PoolPerson
from feedback.store.pool.terms import PoolTerms
from i18n.texts import Texts
from reranker.evidence.profile.profile import Profile
from service.listing.career import career_line, job_line
from service.listing.listing import LEAST_DEGREES, LEAST_YEARS
from service.output.blind_names import letter_name
from ui.html.templates import rendered

DAYS = (7, 30, 90, 180)


@dataclass(frozen=True)
class PoolList:
    """The content of a page of the pool: `number` counts pages from 0, `in_pile` are ids, `waiting` texts have no facts yet.

    `turn` is the number that the browser gave the search. `has_taken_out`: somebody has just been taken out.
    """

    page: PoolPage
    number: int
    turn: int
    in_pile: Collection[str]
    room: int
    waiting: int
    hides_names: bool
    has_taken_out: bool = False


def pool_dialog_html(terms: PoolTerms, words: Texts) -> Markup:
    """Return the dialog, closed and empty; "" where there is no pool."""
    if not terms:
        return Markup()
    filters = (
        ("years", words("pool.years"), [(least, words("pool.years_least", count=least)) for least in LEAST_YEARS]),
        (
            "degree",
            words("pool.degree"),
            [(level, words("pool.degree_least", degree=words(f"list.degree_{level}"))) for level in LEAST_DEGREES],
        ),
        ("label", words("pool.label"), [(grade, words(f"label.{name}")) for grade, name in sorted(GRADES.items(), reverse=True)]),
        ("status", words("pool.status"), [(status, words(f"desk.{status}")) for status in STATUSES[1:]]),
        ("days", words("pool.read"), [(days, words("pool.read_within", count=days)) for days in DAYS if days < terms.days]),
    )
    return rendered("pool", filters=filters, terms=terms, words=words)


def pool_found_html(shown: PoolList, words: Texts) -> Markup:
    """Return a page of people found, each to be ticked."""
    first = shown.number * PAGE
    people = [_person(person, first + number, shown, words) for number, person in enumerate(shown.page.people, start=1)]
    pages = max(1, -(-shown.page.total // PAGE))
    return rendered("pool_found", people=people, shown=shown, pages=pages, serial=monotonic_ns(), words=words)


def _person(person: PoolPerson, number: int, shown: PoolList, words: Texts) -> dict[str, Any]:
    profile = Profile(person.title, person.employer, person.years, person.degree, person.is_studying)
    said = [words(f"label.{GRADES[person.label]}")] if person.label is not None else []
    said += [words(f"desk.{person.status}")] if person.status else []
    name = letter_name(number, words) if shown.hides_names else person.name or PurePath(person.file).stem
    between = words("list.between")
    return {
        "number": person.number,
        "name": name,
        "about": between.join(filter(None, (job_line(profile, words), career_line(profile, words), person.city))),
        "read": words("pool.read_at", date=datetime.fromtimestamp(person.read_at).strftime("%Y-%m-%d")),
        "said": words("pool.said", said=between.join(said), job=person.job or words("history.untitled")) if said else "",
        "out": words("pool.out_one", name=name),
        "ask": words("pool.out_ask", name=name),
        "is_in_pile": person.resume_id in shown.in_pile,
    }
