"""Open the pool as the administrator's settings say, and keep the facts of those in it up to date beside the work of people."""

import logging
import sqlite3
import threading

from feedback.store.person_keys import fill_in
from feedback.store.pool.facts import fill_facts
from feedback.store.pool.terms import PoolTerms, put_in_force
from feedback.store.store import Store
from settings import Settings

_BATCH = 20
_LOOK_S = 10.0

log = logging.getLogger(__name__)


def pool_terms(settings: Settings) -> PoolTerms:
    """Return the terms that the settings state; without days and purpose there is no pool."""
    return PoolTerms(settings.pool_days, settings.pool_purpose.strip())


def open_pool(store: Store, terms: PoolTerms) -> threading.Event:
    """Put the terms in force; where there is a pool, compute the facts of whom it lacks, now and later, in a daemon thread.

    Return the event that ends it. A failure (disk full, …) is logged and tried again.
    """
    ended = threading.Event()
    put_in_force(store, terms)

    def work() -> None:
        is_filled_in = False
        while not ended.is_set():
            count = 0
            try:
                if not is_filled_in:
                    fill_in(store)
                    is_filled_in = True
                count = fill_facts(store, _BATCH)
            except sqlite3.Error as error:
                log.warning("the facts of the pool were not computed: %s", type(error).__name__)
            ended.wait(0.05 if count else _LOOK_S)  # others may write in between

    if terms:
        threading.Thread(target=work, name="pool", daemon=True).start()
    return ended
