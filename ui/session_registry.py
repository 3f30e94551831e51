"""Which session a browser tab goes on with: a page that is loaded again finds its own, with the run that is in work."""

import re
import threading
from collections.abc import Callable

from ui.script import script
from ui.session import Session

_KEY = re.compile(r"[0-9a-f]{32}")

ENTERING = script("enter")


class SessionRegistry:
    """The sessions of this server, by user and key of the tab. `forget` is called with each that is let go; `restored` returns what was
    kept of a tab that this process does not know, if anything was.
    """

    def __init__(self, forget: Callable[[Session], None], restored: Callable[[str, str], Session | None]):
        self._forget, self._restored = forget, restored
        self._sessions: dict[tuple[str, str], Session] = {}
        self._lock = threading.Lock()

    def enter(self, user: str, key: object, fresh: Session) -> Session:
        """A page was loaded with a `fresh` session: return that of its tab, which is this one where there was none. `key` comes from a
        browser, and so may a second load of the same page, which has its session already.
        """
        if fresh.pages:
            return fresh
        tab = key if isinstance(key, str) and _KEY.fullmatch(key) else ""
        with self._lock:
            session = self._sessions.get((user, tab))
        if session is None:
            session = (self._restored(user, tab) if tab else None) or fresh
        with self._lock:
            if tab:
                session = self._sessions.setdefault((user, tab), session)
            session.user, session.tab = user, tab
            session.pages += 1
        return session

    def news(self, user: str, key: str) -> int:
        """Return how often others have changed this tab's session; 0 for a tab that has none."""
        with self._lock:
            session = self._sessions.get((user, key))
        return session.erasures.count if session else 0

    def sessions(self) -> list[Session]:
        """Return every session that a page is open on, or was a short while ago."""
        with self._lock:
            return list(self._sessions.values())

    def leave(self, session: Session) -> None:
        """A page is gone for good. With the last one the session ends, unless a later page has come back to it by then."""
        with self._lock:
            session.pages -= 1
            if session.pages > 0:
                return
            if self._sessions.get((session.user, session.tab)) is session:
                del self._sessions[session.user, session.tab]
        self._forget(session)
