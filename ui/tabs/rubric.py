"""Handle the criteria of the job description: parse them when its text changes, and change one with each click in their panel."""

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

import gradio as gr

from feedback.store.saved.presets import RUBRIC, delete
from feedback.store.store import Store
from i18n.texts import texts
from reranker.rubric.edits import Refused
from service.message import store_failed
from service.model import READY, Model
from service.rubric.edits import edit
from service.rubric.presets import add_preset, preset_names, save_preset
from settings import Settings
from ui.from_browser import text_of
from ui.html.board import board_html
from ui.html.listing.conditions import conditions_html
from ui.html.listing.rubric import rubric_line_html, rubric_panel_html
from ui.html.status import FIELDS, refusal_html
from ui.rubric_desk import Refusal
from ui.session import Kept, Session
from ui.tabs.rank import RankTab

Updates = dict[Any, Any]


class RubricClicks:
    """The handlers of a RankTab's line and panel of criteria."""

    def __init__(self, tab: RankTab, model: Model, store: Store, settings: Settings, keep: Callable[[Session], None]):
        self._tab, self._model, self._store, self._limit, self._keep = tab, model, store, settings.max_characters, keep
        self._locks: WeakKeyDictionary[Kept, threading.Lock] = WeakKeyDictionary()
        """By session: clicks may come faster than they are answered, and each changes what the one before left."""

    def wire(self, state: gr.State, quiet: dict[str, Any]) -> None:
        """Connect the components to the handlers."""
        tab = self._tab
        news = [tab.rubric_line, tab.rubric_panel, tab.conditions, tab.board]
        tab.job.change(self._on_job, [state, tab.job], news, trigger_mode="always_last", **quiet)
        for part in (tab.rubric_line, tab.rubric_panel):
            part.click(self._on_click, state, news, trigger_mode="multiple", **quiet)

    def read(self, session: Session, job: str) -> None:
        """Parse the job description in the box, if that was not done yet."""
        session.rubric.read(job, session.job_file, self._limit, self._store, session.run.runs_of)

    def shown(self, session: Session) -> Updates:
        """Return updates for the line and the panel."""
        words, desk = texts(session.language), session.rubric
        presets = self._presets() if desk.is_open else []
        info = self._model.engine.info if self._model.state == READY else None
        return {
            self._tab.rubric_line: rubric_line_html(desk, words) + refusal_html(session, "job", words),
            self._tab.rubric_panel: rubric_panel_html(desk, presets, info, words),
        }

    def _on_job(self, session: Session, job: str) -> Updates:
        with self._lock(session):
            if text_of(job).strip() and session.message and FIELDS.get(session.message.key) == "job":
                session.message = None  # it is heeded
            was_outdated = session.is_outdated
            self.read(session, text_of(job))
            return self._answer(session, was_outdated)

    def _on_click(self, session: Session, event: gr.EventData) -> Updates:
        with self._lock(session):
            return self._clicked(session, event._data or {})

    def _lock(self, session: Session) -> threading.Lock:
        return self._locks.setdefault(session.kept, threading.Lock())

    def _clicked(self, session: Session, clicked: dict[str, Any]) -> Updates:
        desk, was_outdated = session.rubric, session.is_outdated
        if "rubric" in clicked:
            desk.is_open = clicked["rubric"] == "open" and desk.current is not None
            if not desk.is_open:
                desk.refusal = None
        elif desk.rubric is not None:
            try:
                self._change(session, clicked)
            except Refused as refused:
                desk.refuse(refused, clicked)
            except (ValueError, LookupError):  # not of this page, or about a criterion that is gone
                pass
            except sqlite3.Error as error:
                session.message = store_failed(error)
                was_outdated = not session.is_outdated  # so that the board is shown again, with the message
            session.form = replace(session.form, job=desk.text)  # what is kept of the page has both
            self._keep(session)
        return self._answer(session, was_outdated)

    def _change(self, session: Session, clicked: dict[str, Any]) -> None:
        desk, action, name = session.rubric, clicked.get("preset"), text_of(clicked.get("name"))
        assert desk.rubric is not None
        if action == "add":
            rubric, refused = add_preset(self._store, name, desk.rubric)
            desk.change(rubric)
            if refused:
                desk.refuse(refused, {})
        elif action == "drop":
            delete(self._store, RUBRIC, name)
        elif action == "save":
            try:
                save_preset(self._store, name, desk.rubric, session.user)
                desk.refusal = None
            except ValueError as error:
                desk.refusal = Refusal(str(error))
        elif clicked.get("edit") == "back":
            desk.step_back()
        else:
            desk.change(edit(desk.rubric, clicked))

    def _answer(self, session: Session, was_outdated: bool) -> Updates:
        """Return updates for line and panel, and for what is above the list where it has become outdated or up to date."""
        words, tab = texts(session.language), self._tab
        if session.is_outdated == was_outdated:
            return self.shown(session) | {tab.conditions: gr.skip(), tab.board: gr.skip()}
        return self.shown(session) | {tab.conditions: conditions_html(session, words), tab.board: board_html(session, words)}

    def _presets(self) -> list[str]:
        try:
            return preset_names(self._store)
        except sqlite3.Error:  # whoever saves or ranks is told
            return []
