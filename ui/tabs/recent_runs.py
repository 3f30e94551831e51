"""Offer the store's latest rankings on the landing page, to be opened again with one click. CSS shows them beside an empty board only."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from typing import Any

import gradio as gr
from markupsafe import Markup

from feedback.store.history import entries
from feedback.store.store import Store
from service.message import store_failed
from ui.from_browser import form_of, number_of
from ui.html.recent_runs import recent_html
from ui.html.status import message_html
from ui.html.templates import script
from ui.session import Session
from ui.session_parts import Form, Visitor
from ui.steps import reopen_run
from ui.tabs.in_work import RankingsInWork

SHOWN_RUNS = 5


class RecentRuns:
    """A list below the board. `wire` says what a click does."""

    def __init__(self, store: Store, in_work: RankingsInWork):
        self._store, self._in_work = store, in_work
        self.list = gr.HTML(apply_default_css=False, js_on_load=script("action"), elem_id="rr-recent")

    def shown(self, visitor: Visitor, runs_of: str | None) -> dict[Any, Any]:
        """Return the update of the list, in the visitor's language, with the rankings of one user or of all; see RunState.runs_of."""
        return {self.list: self._html(visitor, runs_of)}

    def wire(
        self,
        state: gr.State,
        boxes: list[Any],
        news: list[Any],
        opened: Callable[[Session], dict[Any, Any]],
        followed: Callable[[Session, int, Form], AsyncIterator[dict[Any, Any]]],
        quiet: dict[str, Any],
    ) -> None:
        """Connect the list. `boxes` are those for job, pasted text and instruction; `opened` returns the updates of `news` once a ranking
        was put into the session, `followed` those of a ranking in work.
        """

        async def on_click(session: Session, job: str, pasted: str, instruction: str, event: gr.EventData):
            clicked, typed = event._data or {}, form_of(job, pasted, instruction)
            run, runs_of = number_of(clicked.get("run")), session.run.runs_of
            if clicked.get("action") == "follow" and (ended := self._in_work.ended(session.visitor.user, run)):
                run = ended  # since the list was drawn
            elif clicked.get("action") == "follow":
                yield self.shown(session.visitor, runs_of)
                async for update in followed(session, run, typed):
                    yield update
                return
            try:
                is_open = reopen_run(session, run, self._store, typed)
                yield opened(session) if is_open else self.shown(session.visitor, runs_of)
            except sqlite3.Error as error:
                yield {self.list: message_html(store_failed(error), session.visitor.words)}

        self.list.click(on_click, [state, *boxes], list(dict.fromkeys([self.list, *news])), trigger_mode="multiple", **quiet)

    def _html(self, visitor: Visitor, runs_of: str | None) -> Markup:
        try:
            known = entries(self._store, limit=SHOWN_RUNS, runs_of=runs_of)
        except sqlite3.Error:  # the history tab says so to whoever looks for them
            known = []
        return recent_html(known, visitor.words, self._in_work.listed(visitor.user))
