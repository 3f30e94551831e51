"""Handle the tools over the list: search, filters, order, and the button for more. Each changes what the session's list is asked for."""

from collections.abc import Mapping
from typing import Any

import gradio as gr

from service.listing.listing import DEGREES, FLAGGED, LABELS, LANGUAGES, LONGEST_SEARCH, MOST_SHOWN, MUSTS, PAGE, SORTS, YEARS, Listing
from ui.from_browser import text_of
from ui.session import Session
from ui.tabs.rank_contents import board_of
from ui.tabs.rank_updates import RankUpdates

_CHOICES = {"musts": MUSTS, "label": LABELS, "flagged": FLAGGED, "language": LANGUAGES, "years": YEARS, "degree": DEGREES, "sort": SORTS}
_LONGEST_VALUE = 20


def wire_listing(updates: RankUpdates, state: gr.State, every_click: Mapping[str, Any]) -> None:
    """Connect the tools to the list."""
    tab = updates.tab

    def on_listing(session: Session, event: gr.EventData) -> dict[Any, Any]:
        clicked = event._data or {}
        asked = clicked.get("listing")
        pages = session.view.listing.shown + PAGE if clicked.get("more") is True else PAGE
        session.view.listing = listing_of(asked if isinstance(asked, dict) else {}, pages)
        return updates.shown(session) if session.erasures.untold else {tab.board: board_of(session)}

    tab.tools.click(on_listing, state, updates.news, **every_click)


def listing_of(asked: Mapping[Any, Any], shown: int) -> Listing:
    """Return what a browser asks the list for; whatever is no choice of ours counts as not chosen."""
    values = {name: value for name, choices in _CHOICES.items() if (value := text_of(asked.get(name))) in choices}
    free = {name: text_of(asked.get(name))[:_LONGEST_VALUE] for name in ("source", "status")}
    return Listing(search=text_of(asked.get("search"))[:LONGEST_SEARCH].strip(), shown=min(shown, MOST_SHOWN), **values, **free)
