"""Register page sessions: whose they are, at most so many, expired after minutes without a heartbeat.

A session is a loaded page. Its name is made up by the browser, so anybody can make up any number of them; nothing here knows Gradio.
"""

import re
import time
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

NAME = re.compile(r"[0-9a-z]{4,20}")
"""Gradio's client sends Math.random().toString(36).substring(2): 10 to 12 characters nearly always."""

SILENT_SECONDS = 10 * 60
"""A page without an open heartbeat or stream expires after this time; one that a person comes back to is loaded again as it was."""

IDLE_SECONDS = 12 * 3600
MOST_PER_USER, MOST = 100, 400
"""For each Gradio keeps the components that were updated, and its queue of messages."""

_MOST_CONNECTIONS = 8
_MOST_REMEMBERED = 1000

OWN, FOREIGN, GONE, FULL = "own", "foreign", "gone", "full"


@dataclass
class _PageSession:
    user: str | None
    payer: str
    seen: float
    used: float
    connections: int = 0


class PageSessions:
    """Register sessions. `forget` is awaited with the name of each expired one; one that `is_at_work` does not expire.

    `clock` returns seconds that never go back.
    """

    def __init__(
        self, forget: Callable[[str], Awaitable[None]], is_at_work: Callable[[str], bool], clock: Callable[[], float] = time.monotonic
    ):
        self._forget, self._is_at_work, self._clock = forget, is_at_work, clock
        self._pages: dict[str, _PageSession] = {}
        self._gone: dict[str, OrderedDict[str, None]] = {}  # by payer, so that nobody can push out what is remembered of others

    def __contains__(self, name: str) -> bool:
        return name in self._pages

    def __len__(self) -> int:
        return len(self._pages)

    async def enter(self, name: str, user: str | None, payer: str) -> str:
        """Return OWN, and count the session as used, if it is the user's or a new one; else the reason of refusal.

        `payer` is whom it counts for: where nobody signs in all are one user, but not one address.
        """
        now = self._clock()
        if page := self._pages.get(name):
            if page.user != user:
                return FOREIGN
            page.seen = page.used = now
            return OWN
        if name in self._gone.get(payer, ()):
            return GONE
        if not await self._make_room(payer):
            return FULL
        self._pages[name] = _PageSession(user, payer, now, now)
        return OWN

    def look(self, name: str, user: str | None) -> str:
        """Return OWN, FOREIGN or GONE for a session, without creating it."""
        page = self._pages.get(name)
        return GONE if page is None else OWN if page.user == user else FOREIGN

    @contextmanager
    def connected(self, name: str) -> Iterator[bool]:
        """Keep the session while the block runs; yields False, and counts nothing, if it has too many connections."""
        page = self._pages[name]
        if page.connections >= _MOST_CONNECTIONS:
            yield False
            return
        page.connections += 1
        try:
            yield True
        finally:
            page.connections -= 1
            page.seen = self._clock()

    async def sweep(self) -> None:
        """Expire sessions that were silent or unused for too long."""
        now = self._clock()
        for name, page in list(self._pages.items()):
            is_silent = not page.connections and now - page.seen > SILENT_SECONDS
            if (is_silent or now - page.used > IDLE_SECONDS) and not self._is_at_work(name):
                await self._let_go(name)

    async def _make_room(self, payer: str) -> bool:
        """Return whether there is room for one more session, expiring silent ones: the payer's own first, then those of who has most."""
        while True:
            counts = Counter(page.payer for page in self._pages.values())
            if counts[payer] >= MOST_PER_USER:
                crowd = {payer}
            elif len(self._pages) >= MOST:
                crowd = set(counts)
            else:
                return True
            silent = [name for name, page in self._pages.items() if page.payer in crowd and not page.connections]
            free = [name for name in silent if not self._is_at_work(name)]
            if not free:
                return False
            await self._let_go(min(free, key=lambda name: (-counts[self._pages[name].payer], self._pages[name].seen)))

    async def _let_go(self, name: str) -> None:
        page = self._pages.pop(name)
        remembered = self._gone.setdefault(page.payer, OrderedDict())
        remembered[name] = None
        while len(remembered) > _MOST_REMEMBERED:
            remembered.popitem(last=False)
        while len(self._gone) > _MOST_REMEMBERED:
            self._gone.pop(next(iter(self._gone)))
        await self._forget(name)
