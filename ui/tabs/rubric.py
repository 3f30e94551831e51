"""Handle the criteria of the job description: parse them when its text changes, and change one with each click in their panel."""

import sqlite3
import threading
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

import gradio as gr

from feedback.store.saved.presets import RUBRIC, delete
from feedback.store.store import Store
from reranker.rubric.edits import Refused
from service.message import store_failed
from service.rubric.edits import edit
from service.rubric.presets import add_preset, save_preset
from settings import Settings
from ui.from_browser import text_of
from ui.html.status import FIELDS
from ui.rubric_desk import Refusal, RubricDesk
from ui.session import Session
from ui.session_parts import Kept
from ui.tabs.rank_contents import board_of, conditions_of
from ui.tabs.rank_updates import RankUpdates

Updates = dict[Any, Any]


class RubricClicks:
    """The handlers of a RankTab's line and panel of criteria."""

    def __init__(self, updates: RankUpdates, store: Store, settings: Settings):
        self._updates, self._tab, self._store, self._limit = updates, updates.tab, store, settings.max_characters
        self._locks: WeakKeyDictionary[Kept, threading.Lock] = WeakKeyDictionary()
        """By session: clicks may come faster than they are answered, and each changes what the one before left."""

    def wire(self, state: gr.State, quiet: dict[str, Any]) -> None:
        """Connect the components to the handlers."""
        tab = self._tab
        news = [tab.rubric_line, tab.rubric_panel, tab.conditions, tab.board]
        tab.job.change(self._on_job, [state, tab.job], news, trigger_mode="always_last", **quiet)
        for part in (tab.rubric_line, tab.rubric_panel):
            part.click(self._on_click, state, news, trigger_mode="multiple", **quiet)

    def _on_job(self, session: Session, job: str) -> Updates:
        with self._lock(session.kept):
            if text_of(job).strip() and session.view.message and FIELDS.get(session.view.message.key) == "job":
                session.view.message = None  # it is heeded
            was_outdated = session.is_outdated
            session.rubric.read(text_of(job), session.job_file, self._limit, self._store, session.run.runs_of)
            return self._answer(session, was_outdated)

    def _on_click(self, session: Session, event: gr.EventData) -> Updates:
        clicked, desk = event._data or {}, session.rubric
        with self._lock(session.kept):
            was_outdated = session.is_outdated
            if "rubric" in clicked:
                desk.is_open, desk.refusal = clicked["rubric"] == "open" and desk.current is not None, None
            elif desk.rubric is not None:
                try:
                    self._change(desk, session.visitor.user, clicked)
                except Refused as refused:
                    desk.refuse(refused, clicked)
                except (ValueError, LookupError):  # not of this page, or about a criterion that is gone
                    pass
                except sqlite3.Error as error:
                    session.view.message = store_failed(error)
                    was_outdated = not session.is_outdated  # so that the board is shown again, with the message
                session.form = replace(session.form, job=desk.text)  # what is kept of the page has both
                self._updates.keep(session)
            return self._answer(session, was_outdated)

    def _lock(self, kept: Kept) -> threading.Lock:
        return self._locks.setdefault(kept, threading.Lock())

    def _change(self, desk: RubricDesk, user: str, clicked: dict[str, Any]) -> None:
        action, name = clicked.get("preset"), text_of(clicked.get("name"))
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
                save_preset(self._store, name, desk.rubric, user)
                desk.refusal = None
            except ValueError as error:
                desk.refusal = Refusal(str(error))
        elif clicked.get("edit") == "back":
            desk.step_back()
        else:
            desk.change(edit(desk.rubric, clicked))

    def _answer(self, session: Session, was_outdated: bool) -> Updates:
        """Return updates for line and panel, and for what is above the list where it has become outdated or up to date."""
        shown = self._updates.rubric(session.rubric, session.view.message, session.visitor.words)
        if session.is_outdated == was_outdated:
            return shown | {self._tab.conditions: gr.skip(), self._tab.board: gr.skip()}
        return shown | {self._tab.conditions: conditions_of(session), self._tab.board: board_of(session)}
