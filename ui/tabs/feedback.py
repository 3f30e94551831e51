"""Lay out the feedback tab and handle its clicks: labels in, a proposal of weights out; versions and company terms."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import gradio as gr

from feedback.files.imports import ImportLimits
from feedback.glossary.terms import STATUSES, TermsAlreadyThere, terms
from feedback.labels import Term
from feedback.learning.versions import versions
from feedback.store.store import Store
from i18n.texts import Texts, texts
from reranker.engine import ScoringError
from service.access.access import Access, NotAllowed
from service.access.administration import Administration
from service.message import ADMINS_ONLY, Message, store_failed
from service.model import READY, Model
from service.pile import delete
from ui.html.learning_report import imported_html, outcome_html, terms_html, versions_html
from ui.html.status import message_html, title_html
from ui.html.templates import line_html, script
from ui.session import Session
from ui.tabs.weekly import WeeklyCard

Words = dict[str, dict[str, Any]]

ACTION_CLICKS = script("action")


class FeedbackTab:
    """Lay the tab out. Each attribute is a component; `wire` says what they do."""

    def __init__(self, words: Texts, model: Model, store: Store, limits: ImportLimits, access: Access):
        self._model, self._store, self._limits, self._access = model, store, limits, access
        self._administration = Administration(store, access)
        say = feedback_words(words)
        with gr.Row(elem_id="rr-feedback", equal_height=False):
            with gr.Column(scale=6, min_width=380):
                with gr.Group(elem_classes="rr-card"):
                    self.learn_title = gr.HTML(**say["learn_title"], apply_default_css=False)
                    with gr.Row(elem_classes="rr-actions"):
                        self.learn = gr.Button(**say["learn"], variant="primary", size="sm", scale=0, min_width=150, elem_id="rr-learn")
                        self.apply = gr.Button(
                            **say["apply"], variant="primary", size="sm", scale=0, min_width=150, visible=False, elem_id="rr-apply"
                        )
                    self.report = gr.HTML(apply_default_css=False, elem_id="rr-report")
                self.weekly = WeeklyCard(words, model, store, access)
            with gr.Column(scale=5, min_width=340):
                with gr.Group(elem_classes="rr-card"):
                    self.versions_title = gr.HTML(**say["versions_title"], apply_default_css=False)
                    self.versions = gr.HTML(apply_default_css=False, js_on_load=ACTION_CLICKS, elem_id="rr-versions")
                with gr.Group(elem_classes="rr-card"):
                    self.terms_title = gr.HTML(**say["terms_title"], apply_default_css=False)
                    self.terms = gr.HTML(apply_default_css=False, js_on_load=script("terms"), elem_id="rr-terms")
                with gr.Group(elem_classes="rr-card"):
                    self.imports_title = gr.HTML(**say["imports_title"], apply_default_css=False)
                    self.upload = gr.UploadButton(
                        **say["upload"], file_count="multiple", size="sm", scale=0, min_width=150, elem_id="rr-label-upload"
                    )
                    self.imported = gr.HTML(apply_default_css=False, elem_id="rr-imported")

    @property
    def worded(self) -> list[Any]:
        """The components of `shown`."""
        return [*(getattr(self, name) for name in feedback_words(texts("zh"))), self.report, self.apply, self.versions, self.terms]

    def wire(self, tab: gr.Tab, state: gr.State, quiet: dict[str, Any]) -> None:
        """Connect the components. `tab` is the gr.Tab around them."""
        news = self.worded
        tab.select(self.shown, state, news, **quiet)
        self.learn.click(self._on_learn, state, [*news, self.imported], **quiet)
        self.apply.click(self._on_apply, state, news, **quiet)
        self.versions.click(self._on_version, state, news, **quiet)
        self.terms.click(self._on_term, state, news, **quiet)
        self.upload.upload(self._on_upload, [state, self.upload], [*news, self.imported], **quiet)

    def shown(self, session: Session, problem: str = "") -> dict[Any, Any]:
        """Return updates for the whole tab in the session's language; `problem` is about the company terms."""
        words = texts(session.language)
        said = {getattr(self, name): gr.update(**properties) for name, properties in feedback_words(words).items()}
        if not self._access.administers(session.user):
            said |= {self.learn_title: title_html(words("learn.title"), f"{words('learn.title_hint')} {words('learn.admins')}")}
        sees_everybody = self._access.sees_everybody(session.user)
        try:
            known, pairs = versions(self._store), [entry for status in STATUSES for entry in terms(self._store, status)]
        except sqlite3.Error as error:
            return said | {self.report: message_html(store_failed(error), words)}
        return said | {
            self.report: outcome_html(session.outcome, words, sees_everybody) if session.outcome else "",
            self.apply: gr.update(value=words("learn.apply"), visible=bool(session.outcome and session.outcome.report.accepted)),
            self.versions: versions_html(known, words, sees_everybody),
            self.terms: terms_html(pairs, words, problem, quotes=sees_everybody),
        }

    def _on_learn(self, session: Session) -> Iterator[dict[Any, Any]]:
        words = texts(session.language)
        if self._model.state != READY:
            yield {self.report: message_html(Message("progress.waiting"), words)}
            return
        session.outcome = None
        imported = ()
        try:
            opened, encoder = (self._model.engine, self._model.judge), self._model.encoder
            for step in self._administration.learn(session.user, lambda: opened, self._limits, encoder):
                session.outcome, imported = step.outcome, step.imported
                said = words("learn.scoring", done=step.done, jobs=step.jobs) if step.jobs else words("learn.working")
                yield {self.report: line_html(said, is_news=True), self.apply: gr.update(visible=False)}
        except NotAllowed:
            yield {self.report: message_html(ADMINS_ONLY, words)}
        except ScoringError as error:
            yield {self.report: message_html(Message("message.scoring_failed", {"problem": error.notice}), words)}
        except (sqlite3.Error, OSError) as error:
            yield {self.report: message_html(store_failed(error), words)}
        else:
            news = [outcome for outcome in imported if outcome.added or outcome.problems]
            yield self.shown(session) | ({self.imported: "".join(imported_html(outcome, words) for outcome in news)} if news else {})

    def _on_apply(self, session: Session, request: gr.Request) -> dict[Any, Any]:
        if session.outcome and session.outcome.report.accepted:
            try:
                self._administration.apply(user_of(request), session.outcome)
            except NotAllowed:
                return self.shown(session) | {self.report: message_html(ADMINS_ONLY, texts(session.language))}
            except sqlite3.Error as error:
                return self._failed(session, error)
            session.outcome = None
        return self.shown(session)

    def _on_version(self, session: Session, event: gr.EventData, request: gr.Request) -> dict[Any, Any]:
        chosen = event._data or {}
        if chosen.get("action") == "use" and str(chosen.get("version", "")).isdecimal():
            return self._after(session, lambda: self._administration.roll_back(user_of(request), int(chosen["version"])))
        return self.shown(session)

    def _on_term(self, session: Session, event: gr.EventData, request: gr.Request) -> dict[Any, Any]:
        chosen, user = {name: str(value) for name, value in (event._data or {}).items()}, user_of(request)
        term = Term(chosen.get("job", ""), chosen.get("resumeTerm", ""))
        typed = chosen.get("newJob", ""), chosen.get("newResume", "")
        acts: dict[str, Callable[[], object]] = {
            "accept": lambda: self._administration.decide_term(user, term, True),
            "reject": lambda: self._administration.decide_term(user, term, False),
            "rewrite": lambda: self._administration.rewrite_term(user, term, *typed),
            "write": lambda: self._administration.write_term(user, *typed),
        }
        try:
            return self._after(session, acts.get(chosen.get("action", ""), lambda: None))
        except TermsAlreadyThere:
            return self.shown(session, texts(session.language)("terms.already"))
        except ValueError:
            return self.shown(session, texts(session.language)("terms.empty"))

    def _after(self, session: Session, act: Callable[[], object]) -> dict[Any, Any]:
        """Call `act` and return the updated tab. If its target no longer exists (LookupError), the updated tab shows that."""
        try:
            with suppress(LookupError):
                act()
        except NotAllowed:
            return self.shown(session) | {self.report: message_html(ADMINS_ONLY, texts(session.language))}
        except sqlite3.Error as error:
            return self._failed(session, error)
        return self.shown(session)

    def _failed(self, session: Session, error: Exception) -> dict[Any, Any]:
        """Return the tab as stored, with the store's error in place of the report."""
        return self.shown(session) | {self.report: message_html(store_failed(error), texts(session.language))}

    def _on_upload(self, session: Session, paths: list[str] | None) -> dict[Any, Any]:
        words = texts(session.language)
        try:
            results = [self._administration.import_labels(session.user, Path(path), self._limits) for path in paths or []]
        except NotAllowed:
            return self.shown(session) | {self.imported: message_html(ADMINS_ONLY, words)}
        except (sqlite3.Error, OSError) as error:
            return self._failed(session, error)
        finally:
            delete(paths or [])
        return self.shown(session) | {self.imported: "".join(imported_html(outcome, words) for outcome in results)}


def feedback_words(words: Texts) -> Words:
    """Return, by component name, the properties of the tab's fixed parts in one language."""

    def title(key: str) -> dict[str, Any]:
        return {"value": title_html(words(key), words(f"{key}_hint"))}

    return {
        "learn_title": title("learn.title"),
        "learn": {"value": words("learn.button")},
        "apply": {"value": words("learn.apply")},
        "versions_title": title("learn.versions"),
        "terms_title": title("terms.title"),
        "imports_title": title("imports.title"),
        "upload": {"label": words("imports.button")},
    }


def user_of(request: gr.Request) -> str:
    """Return the login's name, "" without a login."""
    return request.username or ""
