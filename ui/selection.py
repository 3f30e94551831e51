"""Handle what HR does with candidates: labels, statuses and notes in the list and the panel, and the bar for those ticked.

Each is on disk before the page shows it; other pages at a list for the same job are told.
"""

import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic_ns
from typing import Any

import gradio as gr

from feedback.labels import GRADES
from feedback.store.store import Store, UnknownCandidate
from i18n.texts import Texts
from reranker.rows import Row
from service.desk.colleagues import is_of_job, refresh
from service.desk.decisions import give_status, remove_note, write_note
from service.label import give_label, give_labels, not_kept, own_label
from service.listing.introduction import shown_name
from service.message import Message, store_failed
from service.output.blind_names import shown_ranking, shown_resumes
from service.run_state import RunState
from ui.exporting import printed, spreadsheet
from ui.from_browser import text_of
from ui.html.listing.selection import desk_of, parts
from ui.html.templates import rendered
from ui.saving import then_save
from ui.session import Session
from ui.session_parts import View, Visitor
from ui.session_registry import SessionRegistry
from ui.tabs.rank_contents import board_of
from ui.tabs.rank_updates import RankUpdates

Updates = dict[Any, Any]
Clicked = Mapping[str, Any]


@dataclass(frozen=True)
class Stored:
    """The outcome of a click that stored something: the resumes it changed, the sentence for the person, the note that was written."""

    changed: frozenset[str]
    said: str
    written: Clicked | None = None


class Selection:
    """The handlers."""

    def __init__(self, updates: RankUpdates, store: Store, registry: SessionRegistry):
        self._updates, self._tab, self._store, self._registry = updates, updates.tab, store, registry
        self._clicks: dict[str, Callable[[RunState, View, Visitor, Clicked], Stored]] = {
            "label": self._labelled,
            "labels": self._labels_set,
            "status": self._status_set,
            "note": self._noted,
            "noteDelete": self._note_deleted,
        }

    def wire(self, state: gr.State, every_click: dict[str, Any]) -> None:
        """Connect the bar."""
        file = gr.Textbox(visible="hidden")
        event = self._tab.selection.click(self._on_bar, state, [*self._updates.news, file], **every_click)
        then_save(event, file, every_click)
        self._file = file

    def answered(self, session: Session, clicked: Clicked) -> Updates | None:
        """Return the updates for a click that is about labels, statuses or notes; None for another one."""
        run, view, visitor = session.run, session.view, session.visitor
        store_click = next((store_click for key, store_click in self._clicks.items() if key in clicked), None)
        if store_click is None:
            return self._labels_too(run, view, visitor, bool(clicked["labelsToo"])) if "labelsToo" in clicked else None
        try:
            stored = store_click(run, view, visitor, clicked)
        except UnknownCandidate:
            view.message = not_kept(run, self._store)
            return self._updates.shown(session)
        except (ValueError, sqlite3.Error) as error:
            view.message = _refused(error, is_label="grade" in clicked)
            return {self._tab.board: board_of(session)}
        self._tell_others(run, visitor.user)
        return (self._updates.shown(session) if session.erasures.untold else {}) | self._told(run, view, visitor, stored)

    def news(self, session: Session) -> Updates | None:
        """Return the updates for what colleagues have changed; None if there is nothing, or more to tell than that."""
        news, listing = session.colleagues, session.view.listing
        changed, news.changed = news.changed, frozenset()
        if not changed or session.erasures.untold:
            return None
        key = "desk.changed_by" if news.user else "desk.changed_elsewhere"
        said = session.visitor.words(key, count=len(changed), user=news.user)
        told = self._told(session.run, session.view, session.visitor, Stored(changed, said))
        if listing.status or listing.label:  # who is in the list may be another now
            told |= {self._tab.board: board_of(session)}
        return told

    def _labelled(self, run: RunState, view: View, visitor: Visitor, clicked: Clicked) -> Stored:
        give_label(run, self._store, visitor.user, clicked)
        changed = refresh(run, self._store) | {clicked["label"]}
        own = own_label(run.labels.get(clicked["label"], ()), visitor.user)
        return Stored(changed, visitor.words("label.saved" if own else "label.taken_back", count=len(run.labels)))

    def _labels_set(self, run: RunState, view: View, visitor: Visitor, clicked: Clicked) -> Stored:
        words, ids = visitor.words, _ids(clicked["labels"])
        grade: Any = clicked.get("grade")
        changed = give_labels(run, self._store, visitor.user, ids, grade)
        return Stored(changed, _counted(words, "desk.labels_set", len(ids), label=words(f"label.{GRADES[grade]}")))

    def _status_set(self, run: RunState, view: View, visitor: Visitor, clicked: Clicked) -> Stored:
        words, status, ids = visitor.words, clicked["status"], _ids(clicked.get("resumes"))
        changed = give_status(run, self._store, visitor.user, ids, status, view.labels_too)
        return Stored(changed | set(ids), _counted(words, "desk.status_set", len(ids), status=words(f"desk.{status}")))

    def _noted(self, run: RunState, view: View, visitor: Visitor, clicked: Clicked) -> Stored:
        changed = write_note(run, self._store, visitor.user, clicked.get("resume"), clicked["note"])
        return Stored(changed, visitor.words("desk.note_kept"), {"resume": clicked.get("resume"), "text": clicked["note"]})

    def _note_deleted(self, run: RunState, view: View, visitor: Visitor, clicked: Clicked) -> Stored:
        changed = remove_note(run, self._store, visitor.user, clicked["noteDelete"])
        return Stored(changed, visitor.words("desk.note_deleted"))

    def _labels_too(self, run: RunState, view: View, visitor: Visitor, is_on: bool) -> Updates:
        view.labels_too = is_on
        said = visitor.words("desk.labels_too_hint") if is_on else ""  # a finger sees no title
        return self._told(run, view, visitor, Stored(frozenset(), said))

    def _tell_others(self, run: RunState, user: str) -> None:
        """Let the other pages at a list for the same job know what this user has changed."""
        for other in self._registry.sessions():
            if other.run is not run and is_of_job(other.run, run):
                with suppress(sqlite3.Error):  # it is stored; they see it at the next change, or when they load the page again
                    if seen := refresh(other.run, self._store):
                        other.colleagues.add(seen, user)

    def _told(self, run: RunState, view: View, visitor: Visitor, stored: Stored) -> Updates:
        """Return the update that lets scripts/parts.js replace the parts of these candidates, with a sentence for the person."""
        words, resumes, desk = visitor.words, shown_resumes(run), desk_of(run, view.labels_too)
        names = {row.id: shown_name(row, resumes[row.input_position - 1]) or row.name for row in _rows(run, words)}
        markup = parts(stored.changed, names, run.labels, desk, visitor.user, words)
        news = json.dumps({"parts": markup, "written": stored.written})
        return {self._tab.saved: rendered("selection_news", news=news, serial=monotonic_ns(), said=stored.said)}

    def _on_bar(self, session: Session, event: gr.EventData) -> Updates:
        """Handle a click on the bar. Values come from a browser, so each is checked first."""
        clicked = event._data or {}
        ticked = clicked.get("ticked")
        numbers = {number for number in ticked if isinstance(number, int)} if isinstance(ticked, list) else set()
        rows = [row for row in _rows(session.run, session.visitor.words) if row.input_position in numbers]
        chosen, ids = [row.input_position for row in rows], list(dict.fromkeys(row.id for row in rows))
        act, value = clicked.get("act"), text_of(clicked.get("value"))
        answer = None
        if "labelsToo" in clicked:
            answer = self.answered(session, {"labelsToo": clicked["labelsToo"]})
        elif not rows or session.run.busy:
            answer = None
        elif act == "status":
            answer = self.answered(session, {"status": value, "resumes": ids})
        elif act == "label":
            answer = self.answered(session, {"labels": ids, "grade": int(value) if value.isdecimal() else None})
        elif act == "compare" and len(rows) == 2:
            session.view.selected, session.view.beside, session.view.question = *chosen, None
            answer = self._updates.opened(session)
        elif act in ("xlsx", "csv"):
            answer = {self._file: spreadsheet(session.run, session.visitor, self._store, act, chosen)}
        elif act == "print":
            answer = {self._file: printed(session.run, session.visitor, self._store, chosen)}
        return answer or {self._tab.saved: gr.update()}


def _counted(words: Texts, key: str, count: int, **values: str) -> str:
    """Return the sentence for so many candidates; of one the number is not said."""
    return words(f"{key}_one", **values) if count == 1 else words(key, count=count, **values)


def _rows(run: RunState, words: Texts) -> tuple[Row, ...]:
    ranking = shown_ranking(run, words)
    return tuple(ranking.rows) if ranking else ()


def _ids(value: Any) -> list[str]:
    """Return the ids of resumes in a value from the browser."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _refused(error: Exception, is_label: bool) -> Message:
    """Return why something was not stored: the store failed, or what came from the page is no such thing."""
    if isinstance(error, ValueError) and not is_label:
        return Message("message.note_too_long" if str(error) == "text_too_long" else "message.not_understood")
    return store_failed(error, "message.label_failed" if is_label else "message.store_failed")
