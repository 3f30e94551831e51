"""Look people up in the pool as a visitor may see it, and render the page of those found."""

import sqlite3
import time
from dataclasses import replace

from feedback.store.pool.facts import count_without_facts, fill_facts
from feedback.store.pool.leaving import take_out
from feedback.store.pool.people import PoolReader, PoolSearch, find_people
from feedback.store.store import Store
from service.access.access import Access
from service.message import store_failed
from service.pile import Pile
from service.pool.choose import ids_in_pile
from service.pool.open import pool_terms
from settings import Settings
from ui.html.pool import PoolList, pool_found_html
from ui.html.status import message_html
from ui.session_parts import View, Visitor

_AT_ONCE = 10
"""Texts without facts that are read while somebody waits; of more the dialog says that they are coming."""


class PoolPages:
    """The pages of the pool's dialog."""

    def __init__(self, store: Store, settings: Settings, access: Access):
        self._store, self._most, self._access = store, settings.max_files, access
        self.terms = pool_terms(settings)

    def found(self, search: PoolSearch, view: View, pile: Pile, visitor: Visitor, out: int = 0) -> str:
        """Return the page of the people found, once the person with the number `out` was taken out of the pool."""
        words, reader = visitor.words, self.reader(view, visitor)
        try:
            fill_facts(self._store, _AT_ONCE)
            has_taken_out = bool(out) and take_out(self._store, self.terms, out, reader, visitor.user)
            page = find_people(self._store, self.terms, search, reader, time.time())
            if search.page and not page.people:  # the last one of the last page was taken out
                search = replace(search, page=search.page - 1)
                page = find_people(self._store, self.terms, search, reader, time.time())
            waiting = count_without_facts(self._store)
        except sqlite3.Error as error:
            return message_html(store_failed(error), words)
        room = max(0, self._most - len(pile.documents))
        shown = PoolList(page, search.page, view.pool_turn, ids_in_pile(pile), room, waiting, reader.hides_names, has_taken_out)
        return pool_found_html(shown, words)

    def after_erasure(self, view: View, pile: Pile, visitor: Visitor) -> str | None:
        """Return the page of an open dialog anew if somebody was erased since it was shown, else None."""
        if not view.is_pool_outdated or view.pool is None:
            return None
        view.is_pool_outdated = False
        return self.found(view.pool, view, pile, visitor)

    def reader(self, view: View, visitor: Visitor) -> PoolReader:
        """Return what the visitor may see of the pool."""
        return PoolReader(self._access.runs_of(visitor.user), view.hides_names)
