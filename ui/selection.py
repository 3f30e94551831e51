"""Handle what HR does with candidates: labels, statuses and notes in the list and the panel, and the bar for those ticked.

Each is on disk before the page shows it; other pages at a list for the same job are told.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from time import monotonic_ns
from typing import Any

import gradio as gr

from feedback.labels import GRADES
from feedback.store.store import Store, UnknownCandidate
from i18n.texts import Texts, texts
from reranker.rows import Row
from service.desk.colleagues import is_of_job, refresh
from service.desk.decisions import give_status, remove_note, write_note
from service.label import give_label, give_labels, not_kept, own_label
from service.listing.introduction import shown_name
from service.message import Message, store_failed
from service.output.blind_names import shown_ranking, shown_resumes
from ui.exporting import printed, spreadsheet
from ui.from_browser import text_of
from ui.html.board import board_html
from ui.html.listing.selection import desk_of, parts
from ui.html.templates import rendered
from ui.saving import then_save
from ui.session import Session
from ui.session_registry import SessionRegistry
from ui.tabs.rank import RankTab

Updates = dict[Any, Any]
Clicked = Mapping[str, Any]


class Selection:
    """The handlers. `shown` returns updates for the whole tab, `opened` for the open candidate."""

    def __init__(
        self,
        tab: RankTab,
        store: Store,
        registry: SessionRegistry,
        shown: Callable[[Session], Updates],
        opened: Callable[[Session], Updates],
    ):
        self._tab, self._store, self._registry, self._shown, self._opened = tab, store, registry, shown, opened
        self._answers: dict[str, Callable[[Session, Clicked], Updates]] = {
            "label": self._labelled,
            "labels": self._labels_set,
            "status": self._status_set,
            "note": self._noted,
            "noteDelete": self._note_deleted,
            "labelsToo": self._labels_too,
        }

    def wire(self, state: gr.State, news: Collection[Any], every_click: dict[str, Any]) -> None:
        """Connect the bar; `news` are the components that `shown` updates."""
        file = gr.Textbox(visible="hidden")
        event = self._tab.selection.click(self._on_bar, state, [*news, file], **every_click)
        then_save(event, file, every_click)
        self._file = file

    def answered(self, session: Session, clicked: Clicked) -> Updates | None:
        """Return the updates for a click that is about labels, statuses or notes; None for another one."""
        answer = next((answer for key, answer in self._answers.items() if key in clicked), None)
        if answer is None:
            return None
        try:
            return answer(session, clicked)
        except UnknownCandidate:
            session.message = not_kept(session.run, self._store)
            return self._shown(session)
        except (ValueError, sqlite3.Error) as error:
            session.message = _refused(error, is_label="grade" in clicked)
            return {self._tab.board: board_html(session, texts(session.language))}

    def news(self, session: Session) -> Updates | None:
        """Return the updates for what colleagues have changed; None if there is nothing, or more to tell than that."""
        news = session.colleagues
        changed, news.changed = news.changed, frozenset()
        if not changed or session.erasures.untold:
            return None
        words = texts(session.language)
        said = words("desk.changed_by" if news.user else "desk.changed_elsewhere", count=len(changed), user=news.user)
        told, listing = self._told(session, changed, said), session.view.listing
        if listing.status or listing.label:  # who is in the list may be another now
            told |= {self._tab.board: board_html(session, words)}
        return told

    def _labelled(self, session: Session, clicked: Clicked) -> Updates:
        give_label(session.run, self._store, session.user, clicked)
        changed = refresh(session.run, self._store) | {clicked["label"]}
        own = own_label(session.run.labels.get(clicked["label"], ()), session.user)
        said = texts(session.language)("label.saved" if own else "label.taken_back", count=len(session.run.labels))
        return self._kept(session, changed, said)

    def _labels_set(self, session: Session, clicked: Clicked) -> Updates:
        words, ids = texts(session.language), _ids(clicked["labels"])
        grade: Any = clicked.get("grade")
        changed = give_labels(session.run, self._store, session.user, ids, grade)
        return self._kept(session, changed, _counted(words, "desk.labels_set", len(ids), label=words(f"label.{GRADES[grade]}")))

    def _status_set(self, session: Session, clicked: Clicked) -> Updates:
        words, status, ids = texts(session.language), clicked["status"], _ids(clicked.get("resumes"))
        changed = give_status(session.run, self._store, session.user, ids, status, session.view.labels_too)
        return self._kept(session, changed | set(ids), _counted(words, "desk.status_set", len(ids), status=words(f"desk.{status}")))

    def _noted(self, session: Session, clicked: Clicked) -> Updates:
        changed = write_note(session.run, self._store, session.user, clicked.get("resume"), clicked["note"])
        written = {"resume": clicked.get("resume"), "text": clicked["note"]}
        return self._kept(session, changed, texts(session.language)("desk.note_kept"), written)

    def _note_deleted(self, session: Session, clicked: Clicked) -> Updates:
        changed = remove_note(session.run, self._store, session.user, clicked["noteDelete"])
        return self._kept(session, changed, texts(session.language)("desk.note_deleted"))

    def _labels_too(self, session: Session, clicked: Clicked) -> Updates:
        session.view.labels_too = bool(clicked["labelsToo"])
        said = texts(session.language)("desk.labels_too_hint") if session.view.labels_too else ""  # a finger sees no title
        return self._told(session, frozenset(), said)

    def _kept(self, session: Session, changed: frozenset[str], said: str, written: Clicked | None = None) -> Updates:
        """Tell the other pages at a list for this job, and return the updates of this one."""
        for other in self._registry.sessions():
            if other is not session and is_of_job(other.run, session.run):
                with suppress(sqlite3.Error):  # it is stored; they see it at the next change, or when they load the page again
                    if seen := refresh(other.run, self._store):
                        other.colleagues.add(seen, session.user)
        return (self._shown(session) if session.erasures.untold else {}) | self._told(session, changed, said, written)

    def _told(self, session: Session, changed: Collection[str], said: str, written: Clicked | None = None) -> Updates:
        """Return the update that lets scripts/parts.js replace the parts of these candidates, with a sentence for the person."""
        words, resumes = texts(session.language), shown_resumes(session.run)
        names = {row.id: shown_name(row, resumes[row.input_position - 1]) or row.name for row in _rows(session, words)}
        markup = parts(frozenset(changed), names, session.run.labels, desk_of(session), session.user, words)
        news = json.dumps({"parts": markup, "written": written})
        return {self._tab.saved: rendered("selection_news", news=news, serial=monotonic_ns(), said=said)}

    def _on_bar(self, session: Session, event: gr.EventData) -> Updates:
        """Handle a click on the bar. Values come from a browser, so each is checked first."""
        clicked = event._data or {}
        ticked = clicked.get("ticked")
        numbers = {number for number in ticked if isinstance(number, int)} if isinstance(ticked, list) else set()
        rows = [row for row in _rows(session, texts(session.language)) if row.input_position in numbers]
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
            answer = self._opened(session)
        elif act in ("xlsx", "csv"):
            answer = {self._file: spreadsheet(session, self._store, act, chosen)}
        elif act == "print":
            answer = {self._file: printed(session, self._store, chosen)}
        return answer or {self._tab.saved: gr.update()}


def _counted(words: Texts, key: str, count: int, **values: str) -> str:
    """Return the sentence for so many candidates; of one the number is not said."""
    return words(f"{key}_one", **values) if count == 1 else words(key, count=count, **values)


def _rows(session: Session, words: Texts) -> tuple[Row, ...]:
    ranking = shown_ranking(session.run, words)
    return tuple(ranking.rows) if ranking else ()


def _ids(value: Any) -> list[str]:
    """Return the ids of resumes in a value from the browser."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _refused(error: Exception, is_label: bool) -> Message:
    """Return why something was not stored: the store failed, or what came from the page is no such thing."""
    if isinstance(error, ValueError) and not is_label:
        return Message("message.note_too_long" if str(error) == "text_too_long" else "message.not_understood")
    return store_failed(error, "message.label_failed" if is_label else "message.store_failed")
