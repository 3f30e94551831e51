"""Render the tools over the list: search, filters, order. Only filters that can leave somebody out are offered."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from feedback.labels import FULL, GRADES, NONE, PARTIAL
from i18n.texts import Texts
from service.listing.candidate import PASTED, ListedCandidate
from service.listing.listing import DEGREES, FLAGGED, LANGUAGES, LONGEST_SEARCH, MUSTS, SORTS, YEARS, Listing
from ui.html.templates import rendered

Options = Sequence[tuple[str, str]]
"""Values with their texts."""


def list_tools_html(everybody: Sequence[ListedCandidate], listing: Listing, words: Texts, statuses: Options = ()) -> Markup:
    """Return the tools for these candidates, as the listing has them chosen. `statuses` are the recruiter's, if there are any."""
    filters = [
        ("musts", words("list.musts_met"), [(value, words(f"list.musts_{value or 'any'}")) for value in MUSTS]),
        ("label", words("row.label"), _labels(words)),
    ]
    if statuses:
        filters.append(("status", words("list.status"), [("", words("list.any")), *statuses]))
    filters.append(("flagged", words("list.flagged"), [(value, words(f"list.flagged_{value or 'any'}")) for value in FLAGGED]))
    filters.append(("years", words("list.least_years"), _least(YEARS, lambda value: _said_years(int(value), words), words)))
    filters.append(("degree", words("list.least_degree"), _least(DEGREES, lambda value: words(f"list.degree_{value}"), words)))
    if len({candidate.language for candidate in everybody}) > 1:
        filters.append(("language", words("list.language"), [(value, words(f"list.language_{value or 'any'}")) for value in LANGUAGES]))
    sources = sorted({candidate.source for candidate in everybody})
    if len(sources) > 1:
        named = [(source, words("list.pasted") if source == PASTED else source) for source in sources]
        filters.append(("source", words("list.source"), [("", words("list.any")), *named]))
    sorts = [(value, words(f"list.sort_{value}")) for value in SORTS]
    active = sum(bool(getattr(listing, name)) for name, _, _ in filters)
    return rendered("list_tools", filters=filters, sorts=sorts, active=active, listing=listing, longest=LONGEST_SEARCH, words=words)


def _least(values: Sequence[str], said: Callable[[str], str], words: Texts) -> Options:
    return [(value, words("list.least", value=said(value)) if value else words("list.any")) for value in values]


def _said_years(count: int, words: Texts) -> str:
    return words("list.year") if count == 1 else words("list.years", count=count)


def _labels(words: Texts) -> Options:
    grades = [(str(grade), words(f"label.{GRADES[grade]}")) for grade in (FULL, PARTIAL, NONE)]
    return [("", words("list.any")), *grades, ("none", words("list.unlabelled"))]
