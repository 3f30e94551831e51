"""Handle the clicks on the ranking tab that rank, stop, follow and undo, and what is typed into its form; wire all others of the tab."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import gradio as gr

from feedback.store.store import Store
from preprocess.pipeline import Cleaning
from service.access.access import Access
from service.model import Model
from service.run_state import Order, cancel, stop
from settings import Settings
from ui.draft import take_back
from ui.erasing import cleared, told_after
from ui.from_browser import form_of
from ui.html.status import FIELDS, pile_html
from ui.html.templates import script
from ui.session import Session
from ui.session_parts import Form
from ui.session_registry import SessionRegistry
from ui.steps import rank_steps
from ui.tabs.candidate_clicks import CandidateClicks
from ui.tabs.feedback import user_of
from ui.tabs.in_work import RankingsInWork, follow_steps
from ui.tabs.list_clicks import wire_listing
from ui.tabs.pile_clicks import PileClicks
from ui.tabs.pool import PoolClicks
from ui.tabs.rank import RankTab
from ui.tabs.rank_contents import conditions_of
from ui.tabs.rank_updates import RankUpdates
from ui.tabs.rubric import RubricClicks
from ui.undo import undo

_TO_RESULTS = script("to_results")

Updates = dict[Any, Any]


class RankClicks:
    """The handlers of a RankTab."""

    def __init__(self, tab: RankTab, model: Model, store: Store, settings: Settings, registry: SessionRegistry, access: Access):
        self._tab, self._model, self._store, self._settings, self._access = tab, model, store, settings, access
        self.updates = updates = RankUpdates(tab, model, store, settings, access)
        self._rubric = RubricClicks(updates, store, settings)
        self._candidates = CandidateClicks(updates, model, store, registry, access)
        self.selection = self._candidates.selection
        self._pile = PileClicks(updates, model, store, settings)
        self._pool = PoolClicks(updates, store, settings, self._pile.make_room)

    def wire(self, state: gr.State, quiet: dict[str, Any]) -> None:
        """Connect the tab's components to the handlers."""
        tab, news, typed = self._tab, self.updates.news, self.updates.boxes
        switches = [tab.batch_size, tab.denoise, tab.tech_stack, tab.blind, tab.hide_schools, tab.company_terms]
        tab.run.click(None, js=_TO_RESULTS, **quiet)
        tab.run.click(self._on_run, [state, *typed, *switches], news, **quiet)
        tab.stop.click(self._on_stop, state, news, **quiet)
        tab.conditions.click(self._on_draft, [state, *typed], [*news, *tab.form], **quiet)
        tab.undo.click(self._on_undo, state, news, **quiet)
        every_click: dict[str, Any] = {
            "trigger_mode": "multiple"
        } | quiet  # else Gradio drops a click that comes before the answer to the last one
        self._pile.wire(state, quiet, every_click)
        for left in (tab.job.blur, tab.pasted.blur):
            left(self._on_typed, [state, *typed], [tab.conditions, tab.pile], trigger_mode="always_last", **quiet)
        tab.blind.input(self._on_blind, [state, tab.blind], news, **quiet)
        self._candidates.wire(state, quiet, every_click)
        tab.pool.click(self._pool.on_click, state, news, **every_click)
        wire_listing(self.updates, state, every_click)
        tab.saved_job.wire(state, tab.job, typed, news, self.updates.shown, quiet)
        tab.template.wire(
            state,
            tab.instruction,
            typed,
            news,
            self.updates.shown,
            quiet,
            lambda session, text: self._on_typed(session, session.form.job, session.form.pasted, text),
        )
        self._rubric.wire(state, quiet)

    def run(self, session: Session, order: Order) -> None:
        """Start a run in the background; `RankUpdates.followed` yields its news."""
        self.updates.start(session, rank_steps(session, order, self._model, self._settings, self._store))

    async def followed(self, in_work: RankingsInWork, session: Session, number: int, typed: Form) -> AsyncIterator[Updates]:
        """Show the ranking in work with this number as it comes; nothing where it has ended or may not be seen."""
        if (other := in_work.find(session.visitor.user, number)) is None:
            return
        if other is not session:
            self.updates.start(session, follow_steps(session, other, self._store, typed))
        yield self.updates.reopened(session)
        async for update in self.updates.followed(session):
            yield update

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
        told = session.view.message if session.erasures.untold else None
        session.visitor = replace(session.visitor, user=user_of(request))
        session.form = form = cleared(form_of(job, pasted, instruction), session.erasures)
        session.run.runs_of = self._access.runs_of(session.visitor.user)
        name = session.visitor.words("page.pasted_name")
        cleaning = Cleaning(bool(denoise), bool(tech_stack), blind=bool(blind), hide_schools=bool(hide_schools))
        size = min(max(int(batch_size or 0), 0), 256)
        if form.pasted.strip():
            self._pile.make_room(session)
        self._read_job(session)
        session.rubric.is_open, instruction = False, form.instruction or ""
        asked = Order(form.job, form.pasted, name, instruction, size, cleaning, bool(company_terms), session.job_file)
        order = replace(asked, rubric=session.rubric.rubric)
        steps = rank_steps(session, order, self._model, self._settings, self._store)
        self.updates.start(session, told_after(session.view, told, steps))
        async for update in self.updates.followed(session):
            yield update

    def _read_job(self, session: Session) -> None:
        """Parse the job description of the form, if that was not done yet."""
        limit, runs_of = self._settings.max_characters, session.run.runs_of
        session.rubric.read(session.form.job, session.job_file, limit, self._store, runs_of)

    def _on_stop(self, session: Session) -> Updates:
        stop(session.run)
        self.updates.keep(session)  # a restart must not take up again what a person has stopped
        return self.updates.shown(session)

    def _on_draft(self, session: Session, job: str, pasted: str, instruction: str) -> Updates:
        """Handle the click that brings the draft back, which was put aside."""
        if not take_back(session, form_of(job, pasted, instruction)):
            return self.updates.shown(session)
        self._read_job(session)
        return self.updates.reopened(session)

    async def _on_undo(self, session: Session):
        if session.run.busy:  # else the page would take it for another list, and fold the form away
            cancel(session.run)
        last = undo(session)
        yield self.updates.shown(session) | (self.updates.filled(session) if last and last.form else {})
        if last and last.order:
            self.run(session, last.order)
            async for update in self.updates.followed(session):
                yield update
        self.updates.keep(session)

    def _on_typed(self, session: Session, job: str, pasted: str, instruction: str) -> Updates:
        """Say whether the list is older than what is in the boxes now, and that pasted text will be ranked with the files."""
        session.form = cleared(form_of(job, pasted, instruction), session.erasures)
        message = session.view.message
        if session.form.pasted.strip() and message and FIELDS.get(message.key) == "resumes":
            session.view.message = None  # it is heeded
        shown_pile = pile_html(session.pile, session.form, session.view, session.visitor.words)
        return {self._tab.conditions: conditions_of(session), self._tab.pile: shown_pile}

    def _on_blind(self, session: Session, blind: bool) -> Updates:
        session.view.hides_names = bool(blind)
        self.updates.keep(session)
        if session.erasures.untold:
            return self.updates.shown(session)
        shown_pile = pile_html(session.pile, session.form, session.view, session.visitor.words)
        return {self._tab.pile: shown_pile, self._tab.conditions: conditions_of(session)}
