"""Find the session of a browser tab, so that a page that is loaded again goes on with it and with a run in progress."""

import re
import threading
from collections.abc import Callable
from dataclasses import replace

from service.access.access import EVERYBODY, Access
from service.run_state import RunState
from ui.html.templates import script
from ui.session import Session

_KEY = re.compile(r"[0-9a-f]{32}")

ENTERING = script("enter")


class SessionRegistry:
    """The sessions of this server, by user and key of the tab. `forget` is called with each that is let go; `restored` returns what was
    kept of a tab that this process does not know, if anything was.
    """

    def __init__(self, forget: Callable[[Session], None], restored: Callable[[str, str], Session | None], access: Access = EVERYBODY):
        self._forget, self._restored, self._access = forget, restored, access
        self._sessions: dict[tuple[str, str], Session] = {}
        self._lock = threading.Lock()

    def enter(self, user: str, key: object, fresh: Session) -> Session:
        """Return the session of the tab for a page that was just loaded; `fresh` if the tab has none.

        `key` comes from the browser and is checked; a malformed one gives no tab. A page that already has a session keeps it.
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
            session.visitor, session.run.runs_of = replace(session.visitor, user=user, tab=tab), self._access.runs_of(user)
            session.pages += 1
        return session

    def news(self, user: str, key: str) -> int:
        """Return how often others have changed what this tab's session shows; 0 if there is no such session."""
        with self._lock:
            session = self._sessions.get((user, key))
        if session is None:
            return 0
        recent, heard = session.recent, session.erasures.count + session.colleagues.count
        if heard == recent.heard and not session.run.busy and not session.run.ranking:  # it shows the latest rankings
            at_work = self._rankings_beside(session)
            if at_work != recent.seen:
                recent.seen, recent.count, recent.is_untold = at_work, recent.count + 1, True
        recent.heard = heard
        return heard + recent.count

    def _rankings_beside(self, session: Session) -> frozenset[tuple[int, ...]]:
        """Return what rankings the other sessions that its user may see have, and how far they are."""
        user = session.visitor.user
        runs_of = self._access.runs_of(user)
        others = [other for other in self.sessions() if other is not session and runs_of in (None, other.visitor.user)]
        return frozenset((other.kept.id, other.work.changes if other.run.busy else 0, other.run.run_id) for other in others)

    def run_of(self, user: str, key: str) -> RunState | None:
        """Return the run that a tab shows; None if there is no such session."""
        with self._lock:
            session = self._sessions.get((user, key))
        return session.run if session else None

    def sessions(self) -> list[Session]:
        """Return every session that has an open page, or had one a short while ago."""
        with self._lock:
            return list(self._sessions.values())

    def leave(self, session: Session) -> None:
        """Note that a page was closed. With its last page the session ends: it is removed and handed to `forget`."""
        with self._lock:
            session.pages -= 1
            if session.pages > 0:
                return
            if self._sessions.get((session.visitor.user, session.visitor.tab)) is session:
                del self._sessions[session.visitor.user, session.visitor.tab]
        self._forget(session)
