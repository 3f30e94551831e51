"""Handle the clicks in the pool's dialog: search it, and add people to the pile. Values come from a browser, so each is checked first."""

import sqlite3
import time
from collections.abc import Callable
from typing import Any

import gradio as gr

from feedback.labels import GRADES
from feedback.store.desk.statuses import STATUSES
from feedback.store.pool.people import PoolSearch, find_numbers
from feedback.store.store import Store
from service.listing.listing import LEAST_DEGREES, LEAST_YEARS
from service.message import Message, store_failed
from service.pool.choose import AddedFromPool, add_from_pool
from settings import Settings
from ui.from_browser import number_of, text_of
from ui.html.pool import DAYS
from ui.session import Session
from ui.tabs.rank_updates import RankUpdates

_LONGEST = 100

Updates = dict[Any, Any]


class PoolClicks:
    """The handlers. `make_room` takes example people out of the pile."""

    def __init__(self, updates: RankUpdates, store: Store, settings: Settings, make_room: Callable[[Session], None]):
        self._updates, self._pages, self._found = updates, updates.pool, updates.tab.pool_found
        self._store, self._settings, self._make_room = store, settings, make_room

    def on_click(self, session: Session, event: gr.EventData) -> Updates:
        """Handle a click in the dialog."""
        clicked, view = event._data or {}, session.view
        act = clicked.get("pool") if self._pages.terms else None
        if act in ("search", "out"):
            view.pool, view.pool_turn = search_of(clicked.get("search"), clicked.get("page")), number_of(clicked.get("turn"))
            out = number_of(clicked.get("number")) if act == "out" else 0
            return {self._found: self._pages.found(view.pool, view, session.pile, session.visitor, out)}
        view.pool = None
        if act != "add":
            return {self._found: ""}
        try:
            self._add(session, clicked)
        except sqlite3.Error as error:
            view.message = store_failed(error)
        self._updates.keep(session)
        return self._updates.shown(session) | {self._found: ""}

    def _add(self, session: Session, clicked: dict[Any, Any]) -> None:
        reader, terms, most = self._pages.reader(session.view, session.visitor), self._pages.terms, self._settings.max_files
        if clicked.get("all") is True:
            search = search_of(clicked.get("search"), 0)
            numbers = find_numbers(self._store, terms, search, reader, time.time(), 2 * most)  # some may be in the pile
        else:
            given = clicked.get("numbers")
            numbers = list(filter(None, map(number_of, given[: 10 * most]))) if isinstance(given, list) else []
        if not numbers:
            return
        self._make_room(session)
        added = add_from_pool(session.pile, self._store, terms, numbers, reader, session.visitor.user, most)
        session.view.message = _told(added, most)


def search_of(asked: Any, page: Any) -> PoolSearch:
    """Return what a browser asks the pool for; whatever is no choice of ours counts as not chosen."""
    asked = asked if isinstance(asked, dict) else {}
    label, status = text_of(asked.get("label")), text_of(asked.get("status"))
    return PoolSearch(
        words=text_of(asked.get("words"))[:_LONGEST],
        years=_chosen(asked, "years", LEAST_YEARS),
        degree=_chosen(asked, "degree", LEAST_DEGREES),
        city=text_of(asked.get("city"))[:_LONGEST],
        label=int(label) if label in map(str, GRADES) else None,
        status=status if status in STATUSES else "",
        days=_chosen(asked, "days", DAYS),
        page=min(max(0, number_of(page)), 1_000_000),
    )


def _chosen(asked: dict[Any, Any], name: str, choices: tuple[int, ...]) -> int | None:
    number = number_of(asked.get(name))
    return number if number in choices else None


def _told(added: AddedFromPool, most: int) -> Message:
    """Return how many were added, and why others were not."""
    if added.left:
        return Message("message.pool_added_some", {"count": added.added, "left": added.left, "most": most}, kind="warning")
    if added.gone:
        return Message("message.pool_added_without", {"count": added.added, "gone": added.gone}, kind="info")
    return Message("message.pool_added" if added.added else "message.pool_added_none", {"count": added.added}, kind="info")
