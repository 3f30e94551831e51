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
from ui.html.status import FIELDS, pile_html
from ui.html.templates import script
from ui.keeping import keep
from ui.saving import then_save
from ui.selection import Selection
from ui.session import Form, Session
from ui.session_registry import SessionRegistry
from ui.steps import ask_steps, rank_steps
from ui.tabs.feedback import user_of
from ui.tabs.in_work import RankingsInWork, follow_steps
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
        self.news += [tab.selection, tab.rubric_line, tab.rubric_panel, tab.watched.list, tab.pool_found, *boxes, tab.blind]
        self._administration = Administration(store, access)
        self._rubric = RubricClicks(tab, model, store, settings, self.keep)
        self.selection = Selection(tab, store, registry, self.shown, self.opened)
        self._pile = PileClicks(tab, model, store, settings, self.shown, self.keep)
        self._pool = PoolClicks(tab, store, settings, access, self.shown, self._pile.make_room, self.keep)

    def wire(self, state: gr.State, quiet: dict[str, Any]) -> None:
        """Connect the tab's components to the handlers."""
        tab, news = self._tab, self.news
        typed = [tab.job, tab.pasted, tab.instruction]
        switches = [tab.batch_size, tab.denoise, tab.tech_stack, tab.blind, tab.hide_schools, tab.company_terms]
        tab.run.click(None, js=_TO_RESULTS, **quiet)
        tab.run.click(self._on_run, [state, *typed, *switches], news, **quiet)
        tab.stop.click(self._on_stop, state, news, **quiet)
        tab.conditions.click(self._on_draft, [state, *typed], [*news, *tab.form], **quiet)
        tab.undo.click(self._on_undo, state, news, **quiet)
        every_click: dict[str, Any] = {
            "trigger_mode": "multiple"
        } | quiet  # else Gradio drops a click that comes before the answer to the last one
        self._pile.wire(state, news, quiet, every_click)
        for left in (tab.job.blur, tab.pasted.blur):
            left(self._on_typed, [state, *typed], [tab.conditions, tab.pile], trigger_mode="always_last", **quiet)
        tab.blind.input(self._on_blind, [state, tab.blind], news, **quiet)
        for part in (tab.board, tab.detail):
            part.click(self._on_candidate, state, news, **every_click)
        self.selection.wire(state, news, every_click)
        tab.pool.click(self._pool.on_click, state, news, **every_click)
        wire_listing(tab, state, self.news, self.shown, every_click)
        tab.saved_job.wire(state, tab.job, typed, news, self.shown, quiet)
        tab.template.wire(state, tab.instruction, typed, news, self.shown, quiet, self._on_instruction)
        self._rubric.wire(state, quiet)
        for button, handler in ((tab.xlsx, self._on_xlsx), (tab.csv, self._on_csv), (tab.print, self._on_print)):
            file = gr.Textbox(visible="hidden")
            then_save(button.click(handler, state, file, **quiet), file, quiet)

    def shown(self, session: Session) -> Updates:
        """Return updates for everything that a run, an upload or a click may change."""
        words, tab = texts(session.language), self._tab
        changed = {
            tab.conditions: conditions_html(session, words),
            tab.board: board_html(session, words),
            tab.tools: tools_html(session, words),
            tab.pile: pile_html(session, words),
            tab.saved: "",
            tab.undo: undo_html(session, words),
            tab.selection: bar_html(session, words),
        }
        changed |= tab.buttons(session) | self._rubric.shown(session) | tab.watched.shown(session) | self._pool.after_erasure(session)
        changed |= {getattr(tab, name): getattr(session.form, name) for name in session.erasures.changed_form}
        session.erasures.tell()
        return changed | ({} if session.run.busy else {tab.detail: opened_html(session, self._model, words)})

    def opened(self, session: Session) -> Updates:
        """Return updates for the open candidate's panel alone; for everything if somebody was erased since the last update."""
        if session.erasures.untold:
            return self.shown(session)
        return {self._tab.detail: opened_html(session, self._model, texts(session.language))}

    def reopened(self, session: Session) -> Updates:
        """Keep a session into which an earlier ranking was put; return updates for everything that shows it."""
        self.keep(session)
        return self.shown(session) | self._tab.filled(session)

    def keep(self, session: Session) -> None:
        """Write what the session shows to the store."""
        keep(session, self._store, self._settings.max_characters)

    def run(self, session: Session, order: Order) -> None:
        """Start a run in the background; `follow` yields its news."""
        self._start(session, rank_steps(session, order, self._model, self._settings, self._store))

    def _start(self, session: Session, steps: Iterator[None]) -> None:
        start(session, steps, partial(self.keep, session))

    async def followed(self, in_work: RankingsInWork, session: Session, number: int, typed: Form) -> AsyncIterator[Updates]:
        """Show the ranking in work with this number as it comes; nothing where it has ended or may not be seen."""
        if (other := in_work.find(session, number)) is None:
            return
        if other is not session:
            self._start(session, follow_steps(session, other, self._store, typed))
        yield self.reopened(session)
        async for update in self._followed(session):
            yield update

    async def _followed(self, session: Session) -> AsyncIterator[Updates]:
        async for _ in follow(session):
            yield self.shown(session)

    async def _on_run(
        self,
        session: Session,
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
        told = session.message if session.erasures.untold else None
        session.user, form = user_of(request), take_form(session, form_of(job, pasted, instruction))
        session.run.runs_of = self._access.runs_of(session.user)
        name = texts(session.language)("page.pasted_name")
        cleaning = Cleaning(bool(denoise), bool(tech_stack), blind=bool(blind), hide_schools=bool(hide_schools))
        size = min(max(int(batch_size or 0), 0), 256)
        self._rubric.read(session, form.job)
        session.rubric.is_open, instruction = False, form.instruction or ""
        asked = Order(form.job, form.pasted, name, instruction, size, cleaning, bool(company_terms), session.job_file)
        order = replace(asked, rubric=session.rubric.rubric)
        self._start(session, told_after(session, told, rank_steps(session, order, self._model, self._settings, self._store)))
        async for update in self._followed(session):
            yield update

    def _on_stop(self, session: Session) -> Updates:
        stop(session.run)
        self.keep(session)  # a restart must not take up again what a person has stopped
        return self.shown(session)

    def _on_draft(self, session: Session, job: str, pasted: str, instruction: str) -> Updates:
        """Handle the click that brings the draft back, which was put aside."""
        if not take_back(session, form_of(job, pasted, instruction)):
            return self.shown(session)
        self._rubric.read(session, session.form.job)
        return self.reopened(session)

    async def _on_undo(self, session: Session):
        if session.run.busy:  # else the page would take it for another list, and fold the form away
            cancel(session.run)
        last = undo(session)
        yield self.shown(session) | (self._tab.filled(session) if last and last.form else {})
        if last and last.order:
            self.run(session, last.order)
            async for update in self._followed(session):
                yield update
        self.keep(session)

    def _on_typed(self, session: Session, job: str, pasted: str, instruction: str) -> Updates:
        """Say whether the list is older than what is in the boxes now, and that pasted text will be ranked with the files."""
        form = take_form(session, form_of(job, pasted, instruction))
        if form.pasted.strip() and session.message and FIELDS.get(session.message.key) == "resumes":
            session.message = None  # it is heeded
        words = texts(session.language)
        return {self._tab.conditions: conditions_html(session, words), self._tab.pile: pile_html(session, words)}

    def _on_instruction(self, session: Session, instruction: str) -> Updates:
        return self._on_typed(session, session.form.job, session.form.pasted, instruction)

    def _on_blind(self, session: Session, blind: bool) -> Updates:
        session.view.hides_names = bool(blind)
        self.keep(session)
        words = texts(session.language)
        changed = {self._tab.pile: pile_html(session, words), self._tab.conditions: conditions_html(session, words)}
        return self.shown(session) if session.erasures.untold else changed

    async def _on_candidate(self, session: Session, event: gr.EventData):
        """Handle a click on the list or on the open candidate. Values come from a browser, so each is checked first."""
        clicked = event._data or {}
        if isinstance(clicked.get("select"), int):
            session.view.selected, session.view.beside, session.view.question = clicked["select"], 0, None
            yield self.opened(session)
        elif isinstance(clicked.get("beside"), int):
            session.view.beside = clicked["beside"]
            yield self.opened(session)
        elif clicked.get("ask") and session.view.selected and not session.run.asking and self._model.state == READY:
            self._start(session, ask_steps(session, session.view.selected, self._model))
            async for _ in follow(session):
                yield self.opened(session)
            if session.message:
                yield self.shown(session)
        elif isinstance(clicked.get("split"), int):
            self._split(session, clicked["split"])
            yield self.shown(session)
        elif clicked.get("action") == "names":
            session.run.is_blind = False
            log(session, self._store, NAMES_REVEALED)
            self.keep(session)
            yield self.shown(session)
        elif clicked.get("action") == "marksBack":
            self._take_marks_back(session)
            yield self.shown(session)
        elif isinstance(clicked.get("eraseAsk"), str):
            yield self._asked_to_erase(session, clicked["eraseAsk"])
        elif isinstance(clicked.get("erase"), str):
            yield self._erased(session, clicked["erase"], clicked.get("also"))
        else:
            yield self.selection.answered(session, clicked) or {self._tab.saved: gr.update()}

    def _take_marks_back(self, session: Session) -> None:
        """Undo what a list of candidates brought the ranking; it brings this pile no more."""
        try:
            take_marks_back(session.run, self._store, session.user)
            session.message = Message("roster.taken_back", kind="info")
        except UnknownCandidate:
            session.message = not_kept(session.run, self._store)
        except sqlite3.Error as error:
            session.message = store_failed(error)
        session.pile.roster = replace(session.pile.roster, takes_marks=False)

    def _split(self, session: Session, number: int) -> None:
        """Split the files of a candidate that were joined; each is a row of its own when the list is ranked again."""
        resumes = session.run.resumes
        document = joined_document(session.pile, resumes[number - 1]) if 0 < number <= len(resumes) else None
        if document and not session.run.busy:
            offer_undo(session, "files_split")
            split_up(session.pile.documents, document)
            session.message = Message("message.files_split", {"count": len(document.parts)}, kind="info")
            session.view.selected = session.view.beside = 0  # behind the open candidate lie the pile and the button to rank
            self.keep(session)

    def _asked_to_erase(self, session: Session, resume_id: str) -> Updates:
        """Show who would be erased together with this resume's owner; "" closes the question."""
        try:
            session.view.question = self._administration.find_person(session.user, resume_id) if resume_id else None
        except NotAllowed:
            session.message = ADMINS_ONLY
            return self.shown(session)
        except sqlite3.Error as error:
            session.message = store_failed(error)
            return self.shown(session)
        return self.opened(session)

    def _erased(self, session: Session, resume_id: str, also: object) -> Updates:
        ids = [resume_id, *(other_id for other_id in also if isinstance(other_id, str))] if isinstance(also, list) else [resume_id]
        try:
            sessions, files_of = self._registry.sessions(), self._tab.watched.watch.files_of
            erased = erase_everywhere(self._store, self._model, sessions, session, ids, self._access, files_of)
            session.message, session.view.question = erased_message(erased), None
        except NotAllowed:
            session.message = ADMINS_ONLY
        except sqlite3.Error as error:
            session.message = store_failed(error)
        return self.shown(session)

    def _on_xlsx(self, session: Session) -> str:
        return spreadsheet(session, self._store, "xlsx")

    def _on_csv(self, session: Session) -> str:
        return spreadsheet(session, self._store, "csv")

    def _on_print(self, session: Session) -> str:
        return printed(session, self._store)
