"""Offer the store's latest rankings on the landing page, to be opened again with one click. CSS shows them beside an empty board only."""

import sqlite3
from collections.abc import Callable
from typing import Any

import gradio as gr
from markupsafe import Markup

from feedback.store.history import entries
from feedback.store.store import Store
from i18n.texts import texts
from service.message import store_failed
from ui.from_browser import form_of, number_of
from ui.html.recent_runs import recent_html
from ui.html.status import message_html
from ui.script import script
from ui.session import Session
from ui.steps import reopen_run

SHOWN_RUNS = 5


class RecentRuns:
    """A list below the board. `wire` says what a click does."""

    def __init__(self, store: Store):
        self._store = store
        self.list = gr.HTML(apply_default_css=False, js_on_load=script("action"), elem_id="rr-recent")

    def shown(self, session: Session) -> dict[Any, Any]:
        """Return the update of the list, in the session's language."""
        return {self.list: self._html(session)}

    def wire(
        self, state: gr.State, boxes: list[Any], news: list[Any], opened: Callable[[Session], dict[Any, Any]], quiet: dict[str, Any]
    ) -> None:
        """Connect the list. `boxes` are those for job, pasted text and instruction; `opened` returns the updates of `news` once a ranking
        was put into the session.
        """

        def on_click(session: Session, job: str, pasted: str, instruction: str, event: gr.EventData) -> dict[Any, Any]:
            run, words = number_of((event._data or {}).get("run")), texts(session.language)
            try:
                return opened(session) if reopen_run(session, run, self._store, form_of(job, pasted, instruction)) else self.shown(session)
            except sqlite3.Error as error:
                return {self.list: message_html(store_failed(error), words)}

        self.list.click(on_click, [state, *boxes], list(dict.fromkeys([self.list, *news])), **quiet)

    def _html(self, session: Session) -> Markup:
        words = texts(session.language)
        try:
            return recent_html(entries(self._store, limit=SHOWN_RUNS, runs_of=session.run.runs_of), words)
        except sqlite3.Error:  # the history tab says so to whoever looks for them
            return recent_html((), words)
