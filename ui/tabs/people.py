"""Lay out the search for people whose data is stored, and handle its clicks: export of what is stored, erasure, what is kept too long."""

import sqlite3
from contextlib import suppress
from typing import Any

import gradio as gr

from feedback.store.kept_files import kept_size
from feedback.store.store import Store
from i18n.texts import Texts
from service.access.access import Access, NotAllowed
from service.access.administration import Administration
from service.erase import erased_message
from service.message import ADMINS_ONLY, store_failed
from service.model import Model
from service.pool.open import pool_terms
from service.watched.watch import Watch
from settings import Settings
from ui.erasing import erase_everywhere
from ui.exporting import person_zip
from ui.from_browser import text_of
from ui.html.data import found_html
from ui.html.erase import PEOPLE_CLICKS
from ui.html.status import message_html, title_html
from ui.html.templates import line_html
from ui.saving import as_file, then_save
from ui.session import Session
from ui.session_parts import Visitor
from ui.session_registry import SessionRegistry
from ui.tabs.audit_log import AuditLogCard
from ui.tabs.rank_updates import RankUpdates

Updates = dict[Any, Any]


class PeopleCard:
    """Lay the card out. Each attribute is a component; `wire` says what they do."""

    def __init__(
        self, words: Texts, model: Model, store: Store, settings: Settings, registry: SessionRegistry, access: Access, watch: Watch
    ):
        self._model, self._store, self._registry, self._access, self._watch = model, store, registry, access, watch
        self._administration = Administration(store, access)
        self._days, self._terms = settings.retention_days, pool_terms(settings)
        say = self.words(words, "")
        with gr.Group(elem_classes="rr-card"):
            self.title = gr.HTML(**say["title"], apply_default_css=False, elem_id="rr-people-title")
            self.search = gr.Textbox(**say["search"], show_label=False, container=False, lines=1, max_lines=1, elem_id="rr-people-search")
            self.sweep = gr.Button(**say["sweep"], size="sm", scale=0, min_width=150, elem_id="rr-sweep")
            self.found = gr.HTML(apply_default_css=False, js_on_load=PEOPLE_CLICKS, elem_id="rr-people")
        self._file = gr.Textbox(visible="hidden")

    def words(self, words: Texts, user: str) -> dict[str, dict[str, Any]]:
        """Return, by component name, the properties of the card's fixed parts in one language, for a user."""
        return {
            "title": {"value": self._title(words, user)},
            "search": {"label": words("data.search"), "placeholder": words("data.search")},
            "sweep": {"value": words("data.sweep"), "visible": self._days > 0},
        }

    @property
    def worded(self) -> list[Any]:
        """The components of `shown`."""
        return [self.title, self.search, self.sweep, self.found]

    def said(self, visitor: Visitor) -> Updates:
        """Return updates for the fixed parts, in the visitor's language."""
        return {getattr(self, name): gr.update(**properties) for name, properties in self.words(visitor.words, visitor.user).items()}

    def found_by(self, search: str, visitor: Visitor) -> str:
        """Return the people found; "" where nothing is searched for."""
        try:
            people = self._administration.find_candidates(visitor.user, search) if text_of(search).strip() else ()
            return found_html(people, search, visitor.words) if text_of(search).strip() else ""
        except (NotAllowed, sqlite3.Error) as error:
            return _refused(error, visitor.words)

    def wire(self, state: gr.State, log: AuditLogCard, updates: RankUpdates, quiet: dict[str, Any]) -> None:
        """Connect the components. What is done here stands in the `log`; after an erasure the ranking tab is shown anew by `updates`."""

        def on_person(session: Session, search: str, event: gr.EventData) -> Updates:
            clicked, visitor = event._data or {}, session.visitor
            candidate, told = clicked.get("candidate"), ""
            if not isinstance(candidate, str):
                return {self._file: ""}
            try:
                if clicked.get("action") == "export":
                    return {self._file: self._exported(candidate, visitor.user)}
                if clicked.get("action") == "erase":
                    told = self._erased(session, candidate, clicked.get("also"))
            except (NotAllowed, sqlite3.Error) as error:
                return {self._file: "", self.found: _refused(error, visitor.words)}
            again = {self.found: "".join((told, self.found_by(search, visitor))), log.log: log.rows(visitor)}
            again |= {self.title: gr.update(value=self._title(visitor.words, visitor.user))}
            return {self._file: ""} | updates.shown(session) | again

        outputs = [self.found, self.title, log.log]
        self.sweep.click(lambda session: self._swept(session.visitor, log), state, outputs, **quiet)
        self.search.submit(lambda session, search: self.found_by(search, session.visitor), [state, self.search], self.found, **quiet)
        on_people = self.found.click(on_person, [state, self.search], [self._file, *outputs, *updates.news], **quiet)
        then_save(on_people, self._file, quiet)

    def _exported(self, candidate: str, user: str) -> str:
        try:
            data = self._administration.candidate_data(user, candidate, self._terms)
        except LookupError:  # gone meanwhile
            return ""
        return as_file(person_zip(data, self._store), "candidate", "zip", "application/zip")

    def _erased(self, own: Session, candidate: str, also: object) -> str:
        """Erase a person, and `also` those who were ticked, from the store and every open session; return what was deleted."""
        ids = [candidate, *(resume_id for resume_id in also if isinstance(resume_id, str))] if isinstance(also, list) else [candidate]
        sessions, files_of = self._registry.sessions(), self._watch.files_of
        erased = erase_everywhere(self._store, self._model, sessions, own, ids, self._access, files_of)
        return message_html(erased_message(erased), own.visitor.words)

    def _swept(self, visitor: Visitor, log: AuditLogCard) -> Updates:
        """Delete what is kept for too long, and say how much it was."""
        words = visitor.words
        try:
            swept = self._administration.purge(visitor.user, self._days)
        except (NotAllowed, sqlite3.Error) as error:
            return {self.found: _refused(error, words)}
        said = words("data.swept", runs=swept.runs, candidates=swept.candidates, labels=swept.labels)
        title = gr.update(value=self._title(words, visitor.user))
        return {self.found: line_html(said, is_news=True), self.title: title, log.log: log.rows(visitor)}

    def _title(self, words: Texts, user: str) -> str:
        """Return the title over the search for people, with how long they are kept, and how many files with them."""
        kept = words("data.kept_days", days=self._days) if self._days else words("data.kept_forever")
        kept = f"{kept} {self._files_kept(words)}".strip()
        kept = kept if self._access.sees_everybody(user) else f"{kept} {words('message.admins_only')}"
        return title_html(words("data.people"), f"{words('data.people_hint')} {kept}")

    def _files_kept(self, words: Texts) -> str:
        """Return how many files are kept with the resumes, and how large they are; "" if there are none."""
        with suppress(sqlite3.Error):
            count, size = kept_size(self._store)
            return words("original.kept", count=count, megabytes=f"{size / 1e6:,.1f}") if count else ""
        return ""


def _refused(error: Exception, words: Texts) -> str:
    """Return why nothing was done: the user may not, or the store failed."""
    return message_html(ADMINS_ONLY if isinstance(error, NotAllowed) else store_failed(error), words)
