"""Handle the clicks on the list and on the open candidate, and the buttons that export the list."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import gradio as gr

from feedback.store.audit import NAMES_REVEALED
from feedback.store.store import Store, UnknownCandidate
from service.access.access import Access, NotAllowed
from service.access.administration import Administration
from service.erase import erased_message
from service.joining import split_up
from service.label import not_kept
from service.message import ADMINS_ONLY, Message, store_failed
from service.model import READY, Model
from service.pile import Pile, joined_document
from service.roster.marks import take_marks_back
from service.run_state import RunState
from ui.background import follow
from ui.erasing import erase_everywhere
from ui.exporting import log, printed, spreadsheet
from ui.saving import then_save
from ui.selection import Selection
from ui.session import Session
from ui.session_parts import View
from ui.session_registry import SessionRegistry
from ui.steps import ask_steps
from ui.tabs.rank_updates import RankUpdates
from ui.undo import offer_undo

Updates = dict[Any, Any]


class CandidateClicks:
    """The handlers of the list and of the open candidate; clicks about labels, statuses and notes are those of `selection`."""

    def __init__(self, updates: RankUpdates, model: Model, store: Store, registry: SessionRegistry, access: Access):
        self._updates, self._tab, self._model, self._store = updates, updates.tab, model, store
        self._registry, self._access = registry, access
        self._administration = Administration(store, access)
        self.selection = Selection(updates, store, registry)

    def wire(self, state: gr.State, quiet: dict[str, Any], every_click: dict[str, Any]) -> None:
        """Connect the components to the handlers."""
        tab = self._tab
        for part in (tab.board, tab.detail):
            part.click(self._on_candidate, state, self._updates.news, **every_click)
        self.selection.wire(state, every_click)
        exports: dict[gr.Button, Callable[[Session], str]] = {
            tab.xlsx: lambda session: spreadsheet(session.run, session.visitor, self._store, "xlsx"),
            tab.csv: lambda session: spreadsheet(session.run, session.visitor, self._store, "csv"),
            tab.print: lambda session: printed(session.run, session.visitor, self._store),
        }
        for button, export in exports.items():
            file = gr.Textbox(visible="hidden")
            then_save(button.click(export, state, file, **quiet), file, quiet)

    async def _on_candidate(self, session: Session, event: gr.EventData):
        """Handle a click on the list or on the open candidate. Values come from a browser, so each is checked first."""
        clicked, run, view = event._data or {}, session.run, session.view
        if isinstance(clicked.get("select"), int):
            view.selected, view.beside, view.question = clicked["select"], 0, None
            yield self._updates.opened(session)
        elif isinstance(clicked.get("beside"), int):
            view.beside = clicked["beside"]
            yield self._updates.opened(session)
        elif clicked.get("ask") and view.selected and not run.asking and self._model.state == READY:
            self._updates.start(session, ask_steps(run, view, view.selected, self._model))
            async for _ in follow(session.work, run):
                yield self._updates.opened(session)
            if view.message:
                yield self._updates.shown(session)
        elif isinstance(clicked.get("split"), int):
            self._split(session, clicked["split"])
            yield self._updates.shown(session)
        elif clicked.get("action") == "names":
            run.is_blind = False
            log(run, session.visitor.user, self._store, NAMES_REVEALED)
            self._updates.keep(session)
            yield self._updates.shown(session)
        elif clicked.get("action") == "marksBack":
            self._take_marks_back(run, session.pile, view, session.visitor.user)
            yield self._updates.shown(session)
        elif isinstance(clicked.get("eraseAsk"), str):
            is_asked = self._ask_to_erase(view, session.visitor.user, clicked["eraseAsk"])
            yield self._updates.opened(session) if is_asked else self._updates.shown(session)
        elif isinstance(clicked.get("erase"), str):
            self._erase(session, clicked["erase"], clicked.get("also"))
            yield self._updates.shown(session)
        else:
            yield self.selection.answered(session, clicked) or {self._tab.saved: gr.update()}

    def _take_marks_back(self, run: RunState, pile: Pile, view: View, user: str) -> None:
        """Undo what a list of candidates brought the ranking; it brings this pile no more."""
        try:
            take_marks_back(run, self._store, user)
            view.message = Message("roster.taken_back", kind="info")
        except UnknownCandidate:
            view.message = not_kept(run, self._store)
        except sqlite3.Error as error:
            view.message = store_failed(error)
        pile.roster = replace(pile.roster, takes_marks=False)

    def _split(self, session: Session, number: int) -> None:
        """Split the files of a candidate that were joined; each is a row of its own when the list is ranked again."""
        resumes, pile, view = session.run.resumes, session.pile, session.view
        document = joined_document(pile, resumes[number - 1]) if 0 < number <= len(resumes) else None
        if document and not session.run.busy:
            offer_undo(session, "files_split")
            split_up(pile.documents, document)
            view.message = Message("message.files_split", {"count": len(document.parts)}, kind="info")
            view.selected = view.beside = 0  # behind the open candidate lie the pile and the button to rank
            self._updates.keep(session)

    def _ask_to_erase(self, view: View, user: str, resume_id: str) -> bool:
        """Ask whether to erase this resume's owner, with whom else; "" takes the question back. Return False if it may not be."""
        try:
            view.question = self._administration.find_person(user, resume_id) if resume_id else None
        except NotAllowed:
            view.message = ADMINS_ONLY
            return False
        except sqlite3.Error as error:
            view.message = store_failed(error)
            return False
        return True

    def _erase(self, own: Session, resume_id: str, also: object) -> None:
        """Erase the person, and `also` those who were ticked, from the store and every open session; the message says how it went."""
        ids = [resume_id, *(other_id for other_id in also if isinstance(other_id, str))] if isinstance(also, list) else [resume_id]
        try:
            sessions, files_of = self._registry.sessions(), self._tab.watched.watch.files_of
            erased = erase_everywhere(self._store, self._model, sessions, own, ids, self._access, files_of)
            own.view.message, own.view.question = erased_message(erased), None
        except NotAllowed:
            own.view.message = ADMINS_ONLY
        except sqlite3.Error as error:
            own.view.message = store_failed(error)
