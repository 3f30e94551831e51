"""Update the ranking tab for a session: all that a click may have changed, or the open candidate alone; while its work goes on, again."""

import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from markupsafe import Markup

from feedback.store.store import Store
from i18n.texts import Texts
from service.access.access import Access
from service.message import Message
from service.model import READY, Model
from service.rubric.presets import preset_names
from settings import Settings
from ui.background import follow, start
from ui.html.listing.rubric import rubric_panel_html
from ui.keeping import keep
from ui.rubric_desk import RubricDesk
from ui.session import Session
from ui.tabs.pool_pages import PoolPages
from ui.tabs.rank import RankTab
from ui.tabs.rank_contents import contents, line_of, opened_of
from ui.undo import undo_html

Updates = dict[Any, Any]


class RankUpdates:
    """The updates that the handlers of a RankTab answer with. `news` are the components that `shown` updates."""

    def __init__(self, tab: RankTab, model: Model, store: Store, settings: Settings, access: Access):
        self.tab, self.pool = tab, PoolPages(store, settings, access)
        self._model, self._store, self._settings = model, store, settings
        self.boxes = [tab.job, tab.pasted, tab.instruction]
        """The boxes in which somebody's name or resume may stand who was erased."""

        self.news = [tab.conditions, tab.board, tab.tools, tab.detail, tab.pile, tab.run, tab.stop, tab.exports, tab.saved, tab.undo]
        self.news += [tab.selection, tab.rubric_line, tab.rubric_panel, tab.watched.list, tab.pool_found, *self.boxes, tab.blind]

    def shown(self, session: Session) -> Updates:
        """Return updates for everything that a run, an upload or a click may change."""
        tab, view, words = self.tab, session.view, session.visitor.words
        changed = {getattr(tab, name): content for name, content in contents(session).items()}
        changed |= {tab.rubric_panel: self._panel(session.rubric, words), tab.saved: "", tab.undo: undo_html(session.undo, words)}
        changed |= tab.buttons(session.run, words) | tab.watched.shown(session.pile, words)
        if (found := self.pool.after_erasure(view, session.pile, session.visitor)) is not None:
            changed[tab.pool_found] = found
        changed |= {getattr(tab, name): getattr(session.form, name) for name in session.erasures.changed_form}
        session.erasures.tell()
        return changed | ({} if session.run.busy else {tab.detail: opened_of(session, self._model)})

    def opened(self, session: Session) -> Updates:
        """Return updates for the open candidate's panel alone; for everything if somebody was erased since the last update."""
        return self.shown(session) if session.erasures.untold else {self.tab.detail: opened_of(session, self._model)}

    def reopened(self, session: Session) -> Updates:
        """Keep a session into which an earlier ranking was put; return updates for everything that shows it."""
        self.keep(session)
        return self.shown(session) | self.filled(session)

    def filled(self, session: Session) -> Updates:
        """Return updates of the form for a page that shows another one."""
        return self.tab.filled(session.form, session.view, session.run, session.visitor.words)

    def rubric(self, desk: RubricDesk, message: Message | None, words: Texts) -> Updates:
        """Return updates for the line and the panel of the criteria."""
        return {self.tab.rubric_line: line_of(desk, message, words), self.tab.rubric_panel: self._panel(desk, words)}

    def _panel(self, desk: RubricDesk, words: Texts) -> Markup:
        presets: Sequence[str] = ()
        with suppress(sqlite3.Error):  # whoever saves or ranks is told
            presets = preset_names(self._store) if desk.is_open else ()
        return rubric_panel_html(desk, presets, self._model.engine.info if self._model.state == READY else None, words)

    def keep(self, session: Session) -> None:
        """Write what the session shows to the store."""
        keep(session, self._store, self._settings.max_characters)

    def start(self, session: Session, steps: Iterator[None]) -> None:
        """Take steps that change the session in the background, and keep it; `followed` yields its news."""
        start(session.work, session.run, session.view, steps, partial(self.keep, session))

    async def followed(self, session: Session) -> AsyncIterator[Updates]:
        """Yield updates for everything while something is in work for the session, and once more at the end."""
        async for _ in follow(session.work, session.run):
            yield self.shown(session)
