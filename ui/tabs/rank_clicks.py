"""Handle the clicks on the ranking tab: each changes the session, then returns the updates of the components."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import gradio as gr

from feedback.store.audit import NAMES_REVEALED
from feedback.store.store import Store, UnknownCandidate
from i18n.texts import texts
from preprocess.pipeline import Cleaning
from service.access.access import Access, NotAllowed
from service.access.administration import Administration
from service.erase import erased_message
from service.joining import split_up
from service.label import not_kept
from service.message import ADMINS_ONLY, Message, store_failed
from service.model import READY, Model
from service.pile import joined_document
from service.roster.marks import take_marks_back
from service.run_state import Order, cancel, stop
from settings import Settings
from ui.background import follow, start
from ui.draft import take_back
from ui.erasing import erase_everywhere, take_form, told_after
from ui.exporting import log, printed, spreadsheet
from ui.from_browser import form_of
from ui.html.board import board_html, opened_html, tools_html
from ui.html.listing.conditions import conditions_html
from ui.html.listing.selection import bar_html
from ui.html.status import pile_html
from ui.keeping import keep
from ui.saving import then_save
from ui.script import script
from ui.selection import Selection
from ui.session import Session
from ui.session_registry import SessionRegistry
from ui.steps import ask_steps, rank_steps
from ui.tabs.feedback import user_of
from ui.tabs.list_clicks import wire_listing
from ui.tabs.pile_clicks import PileClicks
from ui.tabs.pool import PoolClicks
from ui.tabs.rank import RankTab
from ui.tabs.rubric import RubricClicks
from ui.undo import offer_undo, undo, undo_html

_TO_RESULTS = script("to_results")

Updates = dict[Any, Any]


class RankClicks:
    """The handlers of a RankTab. `news` are the components that `shown` updates."""

    def __init__(self, tab: RankTab, model: Model, store: Store, settings: Settings, registry: SessionRegistry, access: Access):
        self._tab, self._model, self._store, self._settings, self._registry, self._access = tab, model, store, settings, registry, access
        boxes = [tab.job, tab.pasted, tab.instruction]  # where somebody's name or resume may stand who was erased
        self.news = [tab.conditions, tab.board, tab.tools, tab.detail, tab.pile, tab.run, tab.stop, tab.exports, tab.saved, tab.undo]
        self.news += [tab.selection, tab.rubric_line, tab.rubric_panel, tab.watched.list, tab.pool_found, *boxes]
        self._administration = Administration(store, access)
        self._rubric = RubricClicks(tab, model, store, settings, self.keep)
        self.selection = Selection(tab, store, registry, self.shown, self.opened)
        self._pile = PileClicks(tab, model, store, settings, self.shown, self.keep)
        self._pool = PoolClicks(tab, store, settings, access, self.shown, self._pile.make_room, self.keep)

    def wire(self, session: gr.State, quiet: dict[str, Any]) -> None:
        """Connect the tab's components to the handlers."""
        tab, news = self._tab, self.news
        typed = [tab.job, tab.pasted, tab.instruction]
        switches = [tab.batch_size, tab.denoise, tab.tech_stack, tab.blind, tab.hide_schools, tab.company_terms]
        tab.run.click(None, js=_TO_RESULTS, **quiet)
        tab.run.click(self._on_run, [session, *typed, *switches], news, **quiet)
        tab.stop.click(self._on_stop, session, news, **quiet)
        tab.conditions.click(self._on_draft, [session, *typed], [*news, *tab.form], **quiet)
        tab.undo.click(self._on_undo, session, news, **quiet)
        every_click: dict[str, Any] = {
            "trigger_mode": "multiple"
        } | quiet  # else Gradio drops a click that comes before the answer to the last one
        self._pile.wire(session, news, quiet, every_click)
        for left in (tab.job.blur, tab.pasted.blur):
            left(self._on_typed, [session, *typed], tab.conditions, trigger_mode="always_last", **quiet)
        tab.blind.input(self._on_blind, [session, tab.blind], news, **quiet)
        for part in (tab.board, tab.detail):
            part.click(self._on_candidate, session, news, **every_click)
        self.selection.wire(session, news, every_click)
        tab.pool.click(self._pool.on_click, session, news, **every_click)
        wire_listing(tab, session, self.news, self.shown, every_click)
        tab.saved_job.wire(session, tab.job, typed, news, self.shown, quiet)
        tab.template.wire(session, tab.instruction, typed, news, self.shown, quiet, self._on_instruction)
        self._rubric.wire(session, quiet)
        for button, handler in ((tab.xlsx, self._on_xlsx), (tab.csv, self._on_csv), (tab.print, self._on_print)):
            file = gr.Textbox(visible="hidden")
            then_save(button.click(handler, session, file, **quiet), file, quiet)

    def shown(self, held: Session) -> Updates:
        """Return updates for everything that a run, an upload or a click may change."""
        words, tab = texts(held.language), self._tab
        changed = {
            tab.conditions: conditions_html(held, words),
            tab.board: board_html(held, words),
            tab.tools: tools_html(held, words),
            tab.pile: pile_html(held, words),
            tab.saved: "",
            tab.undo: undo_html(held, words),
            tab.selection: bar_html(held, words),
        }
        changed |= tab.buttons(held) | self._rubric.shown(held) | tab.watched.shown(held) | self._pool.after_erasure(held)
        changed |= {getattr(tab, name): getattr(held.form, name) for name in held.erasures.changed_form}
        held.erasures.tell()
        return changed | ({} if held.run.busy else {tab.detail: opened_html(held, self._model, words)})

    def opened(self, held: Session) -> Updates:
        """Return updates for the open candidate's panel alone; for everything if somebody was erased since the last update."""
        if held.erasures.untold:
            return self.shown(held)
        return {self._tab.detail: opened_html(held, self._model, texts(held.language))}

    def reopened(self, held: Session) -> Updates:
        """Keep a session into which an earlier ranking was put; return updates for everything that shows it."""
        self.keep(held)
        return self.shown(held) | self._tab.filled(held)

    def keep(self, held: Session) -> None:
        """Write what the session shows to the store."""
        keep(held, self._store, self._settings.max_characters)

    def run(self, held: Session, order: Order) -> None:
        """Start a run in the background; `follow` yields its news."""
        self._start(held, rank_steps(held, order, self._model, self._settings, self._store))

    def _start(self, held: Session, steps: Iterator[None]) -> None:
        start(held, steps, partial(self.keep, held))

    async def _followed(self, held: Session) -> AsyncIterator[Updates]:
        async for _ in follow(held):
            yield self.shown(held)

    async def _on_run(
        self,
        held: Session,
        job: str,
        pasted: str,
        instruction: str,
        batch_size: int,
        denoise: bool,
        tech_stack: bool,
        blind: bool,
        hide_schools: bool,
        company_terms: bool,
        request: gr.Request,
    ):
        told = held.message if held.erasures.untold else None
        held.user, form = user_of(request), take_form(held, form_of(job, pasted, instruction))
        held.run.runs_of = self._access.runs_of(held.user)
        name = texts(held.language)("page.pasted_name")
        cleaning = Cleaning(bool(denoise), bool(tech_stack), blind=bool(blind), hide_schools=bool(hide_schools))
        size = min(max(int(batch_size or 0), 0), 256)
        self._rubric.read(held, form.job)
        held.rubric.is_open, instruction = False, form.instruction or ""
        asked = Order(form.job, form.pasted, name, instruction, size, cleaning, bool(company_terms), held.job_file)
        order = replace(asked, rubric=held.rubric.rubric)
        self._start(held, told_after(held, told, rank_steps(held, order, self._model, self._settings, self._store)))
        async for update in self._followed(held):
            yield update

    def _on_stop(self, held: Session) -> Updates:
        stop(held.run)
        self.keep(held)  # a restart must not take up again what a person has stopped
        return self.shown(held)

    def _on_draft(self, held: Session, job: str, pasted: str, instruction: str) -> Updates:
        """Handle the click that brings the draft back, which was put aside."""
        if not take_back(held, form_of(job, pasted, instruction)):
            return self.shown(held)
        self._rubric.read(held, held.form.job)
        return self.reopened(held)

    async def _on_undo(self, held: Session):
        cancel(held.run)
        last = undo(held)
        yield self.shown(held) | (self._tab.filled(held) if last and last.form else {})
        if last and last.order:
            self.run(held, last.order)
            async for update in self._followed(held):
                yield update
        self.keep(held)

    def _on_typed(self, held: Session, job: str, pasted: str, instruction: str) -> Updates:
        """Say whether the list is older than what is in the boxes now."""
        take_form(held, form_of(job, pasted, instruction))
        return {self._tab.conditions: conditions_html(held, texts(held.language))}

    def _on_instruction(self, held: Session, instruction: str) -> Updates:
        return self._on_typed(held, held.form.job, held.form.pasted, instruction)

    def _on_blind(self, held: Session, blind: bool) -> Updates:
        held.view.hides_names = bool(blind)
        self.keep(held)
        return self.shown(held) if held.erasures.untold else {self._tab.pile: pile_html(held, texts(held.language))}

    async def _on_candidate(self, held: Session, event: gr.EventData):
        """Handle a click on the list or on the open candidate. Values come from a browser, so each is checked first."""
        clicked = event._data or {}
        if isinstance(clicked.get("select"), int):
            held.view.selected, held.view.beside, held.view.question = clicked["select"], 0, None
            yield self.opened(held)
        elif isinstance(clicked.get("beside"), int):
            held.view.beside = clicked["beside"]
            yield self.opened(held)
        elif clicked.get("ask") and held.view.selected and not held.run.asking and self._model.state == READY:
            self._start(held, ask_steps(held, held.view.selected, self._model))
            async for _ in follow(held):
                yield self.opened(held)
            if held.message:
                yield self.shown(held)
        elif isinstance(clicked.get("split"), int):
            self._split(held, clicked["split"])
            yield self.shown(held)
        elif clicked.get("action") == "names":
            held.run.is_blind = False
            log(held, self._store, NAMES_REVEALED)
            self.keep(held)
            yield self.shown(held)
        elif clicked.get("action") == "marksBack":
            self._take_marks_back(held)
            yield self.shown(held)
        elif isinstance(clicked.get("eraseAsk"), str):
            yield self._asked_to_erase(held, clicked["eraseAsk"])
        elif isinstance(clicked.get("erase"), str):
            yield self._erased(held, clicked["erase"], clicked.get("also"))
        else:
            yield self.selection.answered(held, clicked) or {self._tab.saved: gr.update()}

    def _take_marks_back(self, held: Session) -> None:
        """Undo what a list of candidates brought the ranking; it brings this pile no more."""
        try:
            take_marks_back(held.run, self._store, held.user)
            held.message = Message("roster.taken_back", kind="info")
        except UnknownCandidate:
            held.message = not_kept(held.run, self._store)
        except sqlite3.Error as error:
            held.message = store_failed(error)
        held.pile.roster = replace(held.pile.roster, takes_marks=False)

    def _split(self, held: Session, number: int) -> None:
        """Split the files of a candidate that were joined; each is a row of its own when the list is ranked again."""
        resumes = held.run.resumes
        document = joined_document(held.pile, resumes[number - 1]) if 0 < number <= len(resumes) else None
        if document and not held.run.busy:
            offer_undo(held, "files_split")
            split_up(held.pile.documents, document)
            held.message = Message("message.files_split", {"count": len(document.parts)}, kind="info")
            held.view.selected = held.view.beside = 0  # behind the open candidate lie the pile and the button to rank
            self.keep(held)

    def _asked_to_erase(self, held: Session, resume_id: str) -> Updates:
        """Show who would be erased together with this resume's owner; "" closes the question."""
        try:
            held.view.question = self._administration.find_person(held.user, resume_id) if resume_id else None
        except NotAllowed:
            held.message = ADMINS_ONLY
            return self.shown(held)
        except sqlite3.Error as error:
            held.message = store_failed(error)
            return self.shown(held)
        return self.opened(held)

    def _erased(self, held: Session, resume_id: str, also: object) -> Updates:
        ids = [resume_id, *(one for one in also if isinstance(one, str))] if isinstance(also, list) else [resume_id]
        try:
            sessions, files_of = self._registry.sessions(), self._tab.watched.watch.files_of
            erased = erase_everywhere(self._store, self._model, sessions, held, ids, self._access, files_of)
            held.message, held.view.question = erased_message(erased), None
        except NotAllowed:
            held.message = ADMINS_ONLY
        except sqlite3.Error as error:
            held.message = store_failed(error)
        return self.shown(held)

    def _on_xlsx(self, held: Session) -> str:
        return spreadsheet(held, self._store, "xlsx")

    def _on_csv(self, held: Session) -> str:
        return spreadsheet(held, self._store, "csv")

    def _on_print(self, held: Session) -> str:
        return printed(held, self._store)
