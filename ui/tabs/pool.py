"""Handle the clicks in the pool's dialog: search it, and add people to the pile. Values come from a browser, so each is checked first."""

import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import gradio as gr

from feedback.labels import GRADES
from feedback.store.desk.statuses import STATUSES
from feedback.store.pool.facts import count_without_facts, fill_facts
from feedback.store.pool.leaving import take_out
from feedback.store.pool.people import PoolReader, PoolSearch, find_numbers, find_people
from feedback.store.store import Store
from i18n.texts import texts
from service.access.access import Access
from service.listing.listing import LEAST_DEGREES, LEAST_YEARS
from service.message import Message, store_failed
from service.pool.choose import AddedFromPool, add_from_pool, ids_in_pile
from service.pool.open import pool_terms
from settings import Settings
from ui.from_browser import number_of, text_of
from ui.html.pool import DAYS, PoolList, pool_found_html
from ui.html.status import message_html
from ui.session import Session
from ui.tabs.rank import RankTab

_LONGEST = 100
_AT_ONCE = 10
"""Texts without facts that are read while somebody waits; of more the dialog says that they are coming."""

Updates = dict[Any, Any]


class PoolClicks:
    """The handlers. `shown` updates the whole tab, `make_room` takes example people out of the pile, `keep` stores a session."""

    def __init__(
        self,
        tab: RankTab,
        store: Store,
        settings: Settings,
        access: Access,
        shown: Callable[[Session], Updates],
        make_room: Callable[[Session], None],
        keep: Callable[[Session], None],
    ):
        self._tab, self._store, self._settings, self._access = tab, store, settings, access
        self._shown, self._make_room, self._keep = shown, make_room, keep
        self._terms = pool_terms(settings)

    def on_click(self, session: Session, event: gr.EventData) -> Updates:
        """Handle a click in the dialog."""
        clicked = event._data or {}
        act = clicked.get("pool") if self._terms else None
        if act in ("search", "out"):
            session.view.pool, session.view.pool_turn = (
                search_of(clicked.get("search"), clicked.get("page")),
                number_of(clicked.get("turn")),
            )
            return {self._tab.pool_found: self._found(session, session.view.pool, number_of(clicked.get("number")) if act == "out" else 0)}
        session.view.pool = None
        if act != "add":
            return {self._tab.pool_found: ""}
        try:
            self._add(session, clicked)
        except sqlite3.Error as error:
            session.message = store_failed(error)
        self._keep(session)
        return self._shown(session) | {self._tab.pool_found: ""}

    def after_erasure(self, session: Session) -> Updates:
        """Return the update of an open dialog if somebody was erased since it was shown."""
        if not session.view.is_pool_outdated or session.view.pool is None:
            return {}
        session.view.is_pool_outdated = False
        return {self._tab.pool_found: self._found(session, session.view.pool)}

    def _found(self, session: Session, search: PoolSearch, out: int = 0) -> str:
        """Return the page of the people found, once the person with the number `out` was taken out of the pool."""
        words, reader = texts(session.language), self._reader(session)
        try:
            fill_facts(self._store, _AT_ONCE)
            has_taken_out = bool(out) and take_out(self._store, self._terms, out, reader, session.user)
            page = find_people(self._store, self._terms, search, reader, time.time())
            if search.page and not page.people:  # the last one of the last page was taken out
                search = replace(search, page=search.page - 1)
                page = find_people(self._store, self._terms, search, reader, time.time())
            waiting = count_without_facts(self._store)
        except sqlite3.Error as error:
            return message_html(store_failed(error), words)
        room = max(0, self._settings.max_files - len(session.pile.documents))
        in_pile = ids_in_pile(session.pile)
        shown = PoolList(page, search.page, session.view.pool_turn, in_pile, room, waiting, reader.hides_names, has_taken_out)
        return pool_found_html(shown, words)

    def _add(self, session: Session, clicked: dict[Any, Any]) -> None:
        reader, most = self._reader(session), self._settings.max_files
        if clicked.get("all") is True:
            search = search_of(clicked.get("search"), 0)
            numbers = find_numbers(self._store, self._terms, search, reader, time.time(), 2 * most)  # some may be in the pile
        else:
            given = clicked.get("numbers")
            numbers = list(filter(None, map(number_of, given[: 10 * most]))) if isinstance(given, list) else []
        if not numbers:
            return
        self._make_room(session)
        added = add_from_pool(session.pile, self._store, self._terms, numbers, reader, session.user, most)
        session.message = _told(added, most)

    def _reader(self, session: Session) -> PoolReader:
        return PoolReader(self._access.runs_of(session.user), session.view.hides_names)


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
    return Message("message.pool_added", {"count": added.added}, kind="info")
