"""What a browser asks the list for is checked, and each of it changes the list."""

from typing import Any

import pytest

from service.listing.listing import LONGEST_SEARCH, MOST_SHOWN, PAGE, Listing
from ui.tabs.list_clicks import listing_of


def test_what_was_chosen_is_what_is_listed():
    chosen = {
        "musts": "all_met",
        "label": "none",
        "flagged": "yes",
        "language": "zh",
        "years": "3",
        "degree": "4",
        "source": "PDF",
        "sort": "years",
    }
    assert listing_of({"search": " CPA "} | chosen, PAGE) == Listing(search="CPA", shown=PAGE, **chosen)


@pytest.mark.parametrize("value", [None, 1, True, [], {}, "x" * 10_000, "all_met'--", ["all_met"]])
def test_what_is_no_choice_counts_as_none(value: Any):
    listing = listing_of(dict.fromkeys(("musts", "label", "flagged", "language", "years", "degree", "sort"), value), PAGE)
    assert listing == Listing()


def test_a_page_never_has_more_rows_than_a_browser_can_draw():
    assert listing_of({}, MOST_SHOWN + PAGE).shown == MOST_SHOWN


def test_texts_are_cut():
    listing = listing_of({"search": "x" * 10_000, "source": "y" * 10_000, "status": "z" * 10_000}, PAGE)
    assert len(listing.search) == LONGEST_SEARCH
    assert len(listing.source) == len(listing.status) < 100
