"""Lay out the data tab: a person's stored data, export and erasure; the audit log; impact ratios by declared group."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

import gradio as gr

from feedback.fairness.impact import impact
from feedback.store import audit
from feedback.store.audit_chain import Check
from feedback.store.history import entries
from feedback.store.kept_files import kept_size
from feedback.store.store import Store
from i18n.texts import Texts, texts
from preprocess.document import Rejected, Unreadable
from service.access.access import Access, NotAllowed
from service.access.administration import Administration
from service.erase import erased_message
from service.message import ADMINS_ONLY, Message, store_failed
from service.model import Model
from service.pile import delete
from service.pool.open import pool_terms
from service.watched.watch import Watch
from settings import Settings
from ui.erasing import erase_everywhere
from ui.exporting import person_zip
from ui.from_browser import text_of
from ui.html.data import found_html, impact_html, log_html, sign_ins_html, verdict_html
from ui.html.erase import PEOPLE_CLICKS
from ui.html.status import message_html, title_html
from ui.html.templates import line_html
from ui.saving import as_file, then_save
from ui.session import Session
from ui.session_registry import SessionRegistry

Words = dict[str, dict[str, Any]]

_RUNS = 50
"""So many of the newest rankings can be chosen for an impact ratio."""


class DataTab:
    """Lay the tab out. Each attribute is a component; `wire` says what they do."""

    def __init__(
        self, words: Texts, model: Model, store: Store, settings: Settings, registry: SessionRegistry, access: Access, watch: Watch
    ):
        self._model, self._store, self._registry, self._access, self._watch = model, store, registry, access, watch
        self._administration = Administration(store, access)
        self._days, self._terms = settings.retention_days, pool_terms(settings)
        self._check: Check | None = None  # the last one of the log, by any page: the next goes on from there
        say = self._words(words, "")
        with gr.Row(elem_id="rr-data", equal_height=False):
            with gr.Column(scale=5, min_width=340):
                with gr.Group(elem_classes="rr-card"):
                    self.people_title = gr.HTML(**say["people_title"], apply_default_css=False, elem_id="rr-people-title")
                    self.search = gr.Textbox(
                        **say["search"], show_label=False, container=False, lines=1, max_lines=1, elem_id="rr-people-search"
                    )
                    self.sweep = gr.Button(**say["sweep"], size="sm", scale=0, min_width=150, elem_id="rr-sweep")
                    self.people = gr.HTML(apply_default_css=False, js_on_load=PEOPLE_CLICKS, elem_id="rr-people")
                with gr.Group(elem_classes="rr-card"):
                    self.impact_title = gr.HTML(**say["impact_title"], apply_default_css=False)
                    self.run = gr.Dropdown(**say["run"], value=None, filterable=False, elem_id="rr-impact-run")
                    with gr.Row(elem_classes="rr-actions"):
                        self.top = gr.Number(**say["top"], value=5, minimum=0, precision=0, scale=0, min_width=200, elem_id="rr-impact-top")
                        self.groups = gr.UploadButton(**say["groups"], size="sm", scale=0, min_width=150, elem_id="rr-impact-upload")
                    self.impact = gr.HTML(apply_default_css=False, elem_id="rr-impact")
            with gr.Column(scale=6, min_width=380), gr.Group(elem_classes="rr-card"):
                self.log_title = gr.HTML(**say["log_title"], apply_default_css=False)
                with gr.Row(elem_classes="rr-actions"):
                    self.export = gr.Button(**say["export"], size="sm", scale=0, min_width=120, elem_id="rr-audit-export")
                    self.check = gr.Button(**say["check"], size="sm", scale=0, min_width=120, elem_id="rr-audit-check")
                self.verdict = gr.HTML(apply_default_css=False, elem_id="rr-audit-verdict")
                self.log = gr.HTML(apply_default_css=False, elem_id="rr-audit")
        self._file = gr.Textbox(visible="hidden")

    @property
    def worded(self) -> list[Any]:
        """The components of `shown`."""
        named = [getattr(self, name) for name in self._words(texts("zh"), "")]
        return [*named, self.people, self.impact, self.verdict, self.log]

    def shown(self, session: Session) -> dict[Any, Any]:
        """Return updates for the whole tab in the session's language. Search and impact results are cleared, the last check is shown."""
        words = texts(session.language)
        said = {getattr(self, name): gr.update(**properties) for name, properties in self._words(words, session.user).items()}
        return said | {self.people: "", self.impact: "", self.verdict: self._verdict(words), self.log: self._log(session)}

    def _on_open(self, session: Session, search: str) -> dict[Any, Any]:
        """Refresh the tab when it is opened; continue the check of the log from where the last one ended.

        A search that was typed is repeated, so its result is not lost.
        """
        words = texts(session.language)
        people = {self.people: self._on_search(session, search)} if text_of(search).strip() else {}
        told = {getattr(self, name): gr.update(**properties) for name, properties in self._words(words, session.user).items()}
        return people | told | self._checked(session, self._check)

    def _on_search(self, session: Session, search: str) -> str:
        words = texts(session.language)
        try:
            people = self._administration.find_candidates(session.user, search) if text_of(search).strip() else ()
            return found_html(people, search, words) if text_of(search).strip() else ""
        except NotAllowed:
            return message_html(ADMINS_ONLY, words)
        except sqlite3.Error as error:
            return _failed(error, words)

    def _checked(self, session: Session, known: Check | None) -> dict[Any, Any]:
        words = texts(session.language)
        try:
            self._check = audit.verify(self._store, known)
        except (sqlite3.Error, OSError) as error:
            return {self.verdict: _failed(error, words), self.log: self._log(session)}
        return {self.verdict: self._verdict(words), self.log: self._log(session)}

    def _verdict(self, words: Texts) -> str:
        return verdict_html(self._check, words) if self._check else ""

    def _log(self, session: Session) -> str:
        words = texts(session.language)
        try:
            tried = sign_ins_html(self._administration.sign_ins(session.user), words)
            return log_html(self._administration.log(session.user), words) + tried
        except sqlite3.Error as error:
            return _failed(error, words)

    def wire(self, own: gr.Tab, state: gr.State, news: list[Any], shown: Any, quiet: dict[str, Any]) -> None:
        """Connect the components. `own` is the gr.Tab around them; `shown` returns the updates of `news`, the ranking tab, after an
        erasure.
        """

        def on_person(session: Session, search: str, event: gr.EventData) -> dict[Any, Any]:
            clicked, words = event._data or {}, texts(session.language)
            candidate = clicked.get("candidate")
            if not isinstance(candidate, str):
                return {self._file: ""}
            told = ""
            try:
                if clicked.get("action") == "export":
                    return {self._file: self._exported(session, candidate)}
                if clicked.get("action") == "erase":
                    also = clicked.get("also")
                    ids = (
                        [candidate, *(resume_id for resume_id in also if isinstance(resume_id, str))]
                        if isinstance(also, list)
                        else [candidate]
                    )
                    sessions = self._registry.sessions()
                    erased = erase_everywhere(self._store, self._model, sessions, session, ids, self._access, self._watch.files_of)
                    told = message_html(erased_message(erased), words)
            except NotAllowed:
                return {self._file: "", self.people: message_html(ADMINS_ONLY, words)}
            except sqlite3.Error as error:
                return {self._file: "", self.people: _failed(error, words)}
            again = {self.people: "".join((told, self._on_search(session, search))), self.log: self._log(session)}
            again |= {self.people_title: gr.update(**self._people_title(words, session.user))}
            return {self._file: ""} | shown(session) | again

        def on_log(session: Session) -> str:
            try:
                return as_file(self._administration.log_csv(session.user), "audit", "csv", "text/csv")
            except NotAllowed:  # who is not offered it
                return ""

        def on_check(session: Session) -> dict[Any, Any]:
            return self._checked(session, None)

        def on_sweep(session: Session) -> dict[Any, Any]:
            words = texts(session.language)
            try:
                swept = self._administration.purge(session.user, self._days)
            except NotAllowed:
                return {self.people: message_html(ADMINS_ONLY, words)}
            except sqlite3.Error as error:
                return {self.people: _failed(error, words)}
            said = words("data.swept", runs=swept.runs, candidates=swept.candidates, labels=swept.labels)
            title = gr.update(**self._people_title(words, session.user))
            return {self.people: line_html(said, is_news=True), self.people_title: title, self.log: self._log(session)}

        self.sweep.click(on_sweep, state, [self.people, self.people_title, self.log], **quiet)
        own.select(self._on_open, [state, self.search], self.worded, **quiet)
        self.check.click(on_check, state, [self.verdict, self.log], **quiet)
        self.search.submit(self._on_search, [state, self.search], self.people, **quiet)
        on_people = self.people.click(
            on_person, [state, self.search], [self._file, self.people, self.people_title, self.log, *news], **quiet
        )
        then_save(on_people, self._file, quiet)
        then_save(self.export.click(on_log, state, self._file, **quiet), self._file, quiet)
        self.groups.upload(self._on_groups, [state, self.run, self.top, self.groups], [self.impact, self.log], **quiet)

    def _exported(self, session: Session, candidate: str) -> str:
        try:
            data = self._administration.candidate_data(session.user, candidate, self._terms)
        except LookupError:  # gone meanwhile
            return ""
        return as_file(person_zip(data, self._store), "candidate", "zip", "application/zip")

    def _on_groups(self, session: Session, run: Any, top: Any, path: str | None) -> dict[Any, Any]:
        """Read the file of declared groups, show the impact ratios, and delete the file."""
        words = texts(session.language)
        if not isinstance(run, int) or not path:
            return {self.impact: message_html(Message("message.no_run_chosen"), words)}
        try:
            rates = impact(self._store, run, Path(path).read_bytes(), max(0, int(top or 0)) or None, session.run.runs_of)
            audit.record(self._store, audit.EXPORTED, session.user, run_id=run, kind="impact")
        except Unreadable as error:
            message = Message("message.groups_unreadable", rejected=Rejected("", error.reason, error.detail))
            return {self.impact: message_html(message, words)}
        except LookupError:
            return {self.impact: message_html(Message("message.no_run_chosen"), words)}
        except (sqlite3.Error, OSError) as error:
            return {self.impact: _failed(error, words)}
        finally:
            delete([path])
        return {self.impact: impact_html(rates, words), self.log: self._log(session)}

    def _words(self, words: Texts, user: str) -> Words:
        """Return, by component name, the properties of the tab's fixed parts in one language, for a user."""
        own = "" if self._access.administers(user) else f" {words('data.log_own')}"
        return {
            "people_title": self._people_title(words, user),
            "search": {"label": words("data.search"), "placeholder": words("data.search")},
            "sweep": {"value": words("data.sweep"), "visible": self._days > 0},
            "impact_title": _title("data.impact", words),
            "run": {"label": words("data.run"), "choices": self._runs(words, user)},
            "top": {"label": words("data.top"), "info": words("data.top_hint")},
            "groups": {"label": words("data.groups")},
            "log_title": _title("data.log", words, own),
            "export": {"value": words("data.export_log")},
            "check": {"value": words("data.check")},
        }

    def _people_title(self, words: Texts, user: str) -> dict[str, Any]:
        """Return the title over the search for people, with how long they are kept, and how many files with them."""
        kept = words("data.kept_days", days=self._days) if self._days else words("data.kept_forever")
        kept = f"{kept} {self._files_kept(words)}".strip()
        kept = kept if self._access.sees_everybody(user) else f"{kept} {words('message.admins_only')}"
        return _title("data.people", words, f" {kept}")

    def _files_kept(self, words: Texts) -> str:
        """Return how many files are kept with the resumes, and how large they are; "" if there are none."""
        with suppress(sqlite3.Error):
            count, size = kept_size(self._store)
            return words("original.kept", count=count, megabytes=f"{size / 1e6:,.1f}") if count else ""
        return ""

    def _runs(self, words: Texts, user: str) -> list[tuple[str, int]]:
        with suppress(sqlite3.Error):
            runs = entries(self._store, limit=_RUNS, runs_of=self._access.runs_of(user))
            return [(f"#{run.run_id} · {run.title or words('history.untitled')}", run.run_id) for run in runs]
        return []


def _title(key: str, words: Texts, more: str = "") -> dict[str, Any]:
    return {"value": title_html(words(key), words(f"{key}_hint") + more)}


def _failed(error: Exception, words: Texts) -> str:
    return message_html(store_failed(error), words)
