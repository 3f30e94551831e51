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
from feedback.learning.tuning import LearningOutcome
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
from ui.session_parts import Visitor
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
        tab.select(lambda session: self.shown(session.visitor, session.outcome), state, news, **quiet)
        self.learn.click(self._on_learn, state, [*news, self.imported], **quiet)
        self.apply.click(self._on_apply, state, news, **quiet)
        self.versions.click(self._on_version, state, news, **quiet)
        self.terms.click(self._on_term, state, news, **quiet)
        self.upload.upload(self._on_upload, [state, self.upload], [*news, self.imported], **quiet)

    def shown(self, visitor: Visitor, outcome: LearningOutcome | None, problem: str = "") -> dict[Any, Any]:
        """Return updates for the whole tab in the visitor's language, with what was learned last; `problem` is about the company terms."""
        words = visitor.words
        said = {getattr(self, name): gr.update(**properties) for name, properties in feedback_words(words).items()}
        if not self._access.administers(visitor.user):
            said |= {self.learn_title: title_html(words("learn.title"), f"{words('learn.title_hint')} {words('learn.admins')}")}
            said |= {self.imports_title: title_html(words("imports.title"), f"{words('imports.title_hint')} {words('imports.admins')}")}
        sees_everybody = self._access.sees_everybody(visitor.user)
        try:
            known, pairs = versions(self._store), [entry for status in STATUSES for entry in terms(self._store, status)]
        except sqlite3.Error as error:
            return said | {self.report: message_html(store_failed(error), words)}
        return said | {
            self.report: outcome_html(outcome, words, sees_everybody) if outcome else "",
            self.apply: gr.update(value=words("learn.apply"), visible=bool(outcome and outcome.report.accepted)),
            self.versions: versions_html(known, words, sees_everybody),
            self.terms: terms_html(pairs, words, problem, quotes=sees_everybody),
        }

    def _on_learn(self, session: Session) -> Iterator[dict[Any, Any]]:
        words = session.visitor.words
        if self._model.state != READY:
            yield {self.report: message_html(Message("progress.waiting"), words)}
            return
        session.outcome = None
        imported = ()
        try:
            opened, encoder = (self._model.engine, self._model.judge), self._model.encoder
            for step in self._administration.learn(session.visitor.user, lambda: opened, self._limits, encoder):
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
            said = {self.imported: "".join(imported_html(outcome, words) for outcome in news)} if news else {}
            yield self.shown(session.visitor, session.outcome) | said

    def _on_apply(self, session: Session, request: gr.Request) -> dict[Any, Any]:
        outcome, said = session.outcome, {}
        if outcome and outcome.report.accepted:
            said = self._refusal_of(lambda: self._administration.apply(user_of(request), outcome), session.visitor.words)
            session.outcome = session.outcome if said else None
        return self.shown(session.visitor, session.outcome) | said

    def _on_version(self, session: Session, event: gr.EventData, request: gr.Request) -> dict[Any, Any]:
        chosen, said = event._data or {}, {}
        if chosen.get("action") == "use" and str(chosen.get("version", "")).isdecimal():
            user, version = user_of(request), int(chosen["version"])
            said = self._refusal_of(lambda: self._administration.roll_back(user, version), session.visitor.words)
        return self.shown(session.visitor, session.outcome) | said

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
        words, said, problem = session.visitor.words, {}, ""
        try:
            said = self._refusal_of(acts.get(chosen.get("action", ""), lambda: None), words)
        except TermsAlreadyThere:
            problem = words("terms.already")
        except ValueError:
            problem = words("terms.empty")
        return self.shown(session.visitor, session.outcome, problem) | said

    def _refusal_of(self, act: Callable[[], object], words: Texts) -> dict[Any, Any]:
        """Call `act`; return the update that says in place of the report why it failed, {} if it did not.

        Nothing is said of a target that no longer exists (LookupError): the updated tab shows that.
        """
        try:
            with suppress(LookupError):
                act()
        except (NotAllowed, sqlite3.Error) as error:
            return {self.report: message_html(ADMINS_ONLY if isinstance(error, NotAllowed) else store_failed(error), words)}
        return {}

    def _on_upload(self, session: Session, paths: list[str] | None) -> dict[Any, Any]:
        said = self._imported(session.visitor, paths or [])
        return self.shown(session.visitor, session.outcome) | said

    def _imported(self, visitor: Visitor, paths: list[str]) -> dict[Any, Any]:
        """Import files of labels and delete them; return the update that says what came of it."""
        words = visitor.words
        try:
            results = [self._administration.import_labels(visitor.user, Path(path), self._limits) for path in paths]
        except NotAllowed:
            return {self.imported: message_html(ADMINS_ONLY, words)}
        except (sqlite3.Error, OSError) as error:
            return {self.report: message_html(store_failed(error), words)}
        finally:
            delete(paths)
        return {self.imported: "".join(imported_html(result, words) for result in results)}


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
