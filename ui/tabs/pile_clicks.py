"""Handle the clicks that change the pile: files, watched folders, the example, a job's file, and what is taken away."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from feedback.store.store import Store
from preprocess.document import Document
from service.model import Model
from service.pile import Pile
from service.roster.roster import Roster
from service.run_state import RunState, cancel
from settings import Settings
from ui.draft import put_aside
from ui.erasing import cleared, reading_without_erased
from ui.from_browser import form_of, number_of, text_of
from ui.session import Session
from ui.session_parts import View
from ui.steps import forget, take_job, upload_steps, watched_steps
from ui.tabs.rank_updates import RankUpdates
from ui.undo import offer_undo

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

Updates = dict[Any, Any]


class PileClicks:
    """The handlers of the pile's components."""

    def __init__(self, updates: RankUpdates, model: Model, store: Store, settings: Settings):
        self._updates, self._tab, self._model, self._store, self._settings = updates, updates.tab, model, store, settings

    def wire(self, state: gr.State, quiet: dict[str, Any], every_click: dict[str, Any]) -> None:
        """Connect the components to the handlers."""
        tab, typed, news = self._tab, self._updates.boxes, self._updates.news
        tab.files.upload(self._on_files, [state, tab.files], [*news, tab.files], **quiet)
        tab.job_upload.upload(self._on_job, [state, tab.job_upload, *typed], news, **quiet)
        tab.example.click(self._on_example, [state, *typed], news, **quiet)
        tab.pile.click(self._on_remove, [state, *typed], news, **every_click)
        tab.watched.list.click(self._on_watched, state, news, **quiet)

    def _read(self, session: Session, steps: Iterator[None]) -> None:
        """Take the steps of reading files in the background, without people who are erased meanwhile."""
        self._updates.start(session, reading_without_erased(session.pile, session.run, session.view, steps, self._store))

    async def _on_files(self, session: Session, paths: list[str] | None):
        if paths:
            self.make_room(session)
        self._read(session, upload_steps(session.pile, session.view, paths or [], self._settings, session.turn_key))
        async for update in self._updates.followed(session):
            yield update | {self._tab.files: None}

    async def _on_watched(self, session: Session, event: gr.EventData):
        """Add what has come into a watched folder since."""
        watch, number = self._tab.watched.watch, number_of((event._data or {}).get("folder"))
        if session.pile.reading or not 0 < number <= len(watch.folders):
            yield self._updates.shown(session)
            return
        self.make_room(session)
        folder, pile, view = watch.folders[number - 1], session.pile, session.view
        self._read(session, watched_steps(pile, view, folder, self._settings, self._store, watch.scratch, session.turn_key))
        async for update in self._updates.followed(session):
            yield update

    def make_room(self, session: Session) -> None:
        """Take the example people out of the pile before others come."""
        if session.pile.has_examples:
            offer_undo(session, "examples_replaced")
            _clear(session.pile, session.run, session.view)

    def _read_job(self, session: Session, path: str, keep: bool = False) -> str | None:
        """Return the text of a job description, None if it cannot be read; `keep` the file. The session remembers it as read."""
        job = take_job(session.pile, session.run, session.view, path, self._settings, session.turn_key, keep)
        session.job_file = job or session.job_file
        return job.text if job else None

    def _on_job(self, session: Session, path: str | None, job: str, pasted: str, instruction: str) -> Updates:
        text = self._read_job(session, path) if path else None
        if text is None:
            return self._updates.shown(session)
        if text_of(job).strip():
            offer_undo(session, "job_replaced", form_of(job, pasted, instruction))
        return self._updates.shown(session) | {self._tab.job: text}

    async def _on_example(self, session: Session, job: str, pasted: str, instruction: str):
        folder = EXAMPLES / session.visitor.language
        paths = sorted(str(path) for path in folder.iterdir())
        job_path = next(path for path in paths if Path(path).name.startswith("JD_"))
        typed = form_of(job, pasted, instruction)
        if typed.job.strip() or typed.pasted.strip() or session.pile.documents or session.pile.unread or session.run.ranking:
            offer_undo(session, "example_loaded", typed)
        put_aside(session, typed)
        _clear(session.pile, session.run, session.view)
        text = self._read_job(session, job_path, keep=True)
        session.form, session.pile.has_examples = replace(typed, job=text or "", pasted=""), True  # nobody's own people among the example's
        yield {self._tab.job: text, self._tab.pasted: ""} | self._updates.shown(session)
        resumes = [path for path in paths if path != job_path]
        self._updates.start(session, upload_steps(session.pile, session.view, resumes, self._settings, session.turn_key, keep=True))
        async for update in self._updates.followed(session):
            yield update

    def _on_remove(self, session: Session, job: str, pasted: str, instruction: str, event: gr.EventData) -> Updates:
        clicked = event._data or {}
        session.form = form = cleared(form_of(job, pasted, instruction), session.erasures)
        pile = {"document": session.pile.documents, "unread": session.pile.unread}.get(clicked.get("remove", ""))
        number = clicked.get("number", -1)
        if clicked.get("remove") == "all":
            offer_undo(session, "pile_cleared", form)
            forget(session.pile, session.run, self._model)
            session.pile.documents, session.pile.unread, session.pile.has_examples = [], [], False
            session.pile.roster, session.pile.watched = Roster(), set()
            session.form = replace(form, pasted="")
        elif clicked.get("remove") == "pasted":
            offer_undo(session, "pasted_removed", form)
            session.form = replace(form, pasted="")
        elif clicked.get("remove") == "roster" and isinstance(number, int) and 0 <= number < len(session.pile.roster.sheets):
            offer_undo(session, "roster_removed")
            session.pile.roster = session.pile.roster.without_sheet(session.pile.roster.sheets[number])
        elif pile is not None and isinstance(number, int) and 0 <= number < len(pile):
            offer_undo(session, "file_removed")
            gone = pile.pop(number)
            if isinstance(gone, Document):
                forget(session.pile, session.run, self._model, gone)
        self._updates.keep(session)
        return self._updates.shown(session) | ({} if session.form.pasted == form.pasted else {self._tab.pasted: session.form.pasted})


def _clear(pile: Pile, run: RunState, view: View) -> None:
    """Empty the pile and the list, and cancel a run in progress."""
    cancel(run)
    pile.cancel_reading()
    pile.documents, pile.unread, pile.has_examples, pile.roster, pile.watched = [], [], False, Roster(), set()
    run.rejected, run.resumes, run.ranking, run.change, run.run_id = [], [], None, None, 0
    view.selected, view.beside, view.message = 0, 0, None
