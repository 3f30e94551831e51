"""Lay out the audit log: its newest rows, whether its chain is whole, and its export."""

import sqlite3
from typing import Any

import gradio as gr

from feedback.store import audit
from feedback.store.audit_chain import Check
from feedback.store.store import Store
from i18n.texts import Texts
from service.access.access import Access, NotAllowed
from service.access.administration import Administration
from service.message import store_failed
from ui.html.data import log_html, sign_ins_html, verdict_html
from ui.html.status import message_html, title_html
from ui.html.times import zone_said
from ui.saving import as_file, then_save
from ui.session_parts import Visitor

Updates = dict[Any, Any]


class AuditLogCard:
    """Lay the card out. Each attribute is a component; `wire` says what they do."""

    def __init__(self, words: Texts, store: Store, access: Access):
        self._store, self._access = store, access
        self._administration = Administration(store, access)
        self._check: Check | None = None  # the last one of the log, by any page: the next goes on from there
        say = self.words(words, "")
        with gr.Group(elem_classes="rr-card"):
            self.title = gr.HTML(**say["title"], apply_default_css=False)
            with gr.Row(elem_classes="rr-actions"):
                self.export = gr.Button(**say["export"], size="sm", scale=0, min_width=120, elem_id="rr-audit-export")
                self.check = gr.Button(**say["check"], size="sm", scale=0, min_width=120, elem_id="rr-audit-check")
            self.verdict = gr.HTML(apply_default_css=False, elem_id="rr-audit-verdict")
            self.log = gr.HTML(apply_default_css=False, elem_id="rr-audit")
        self._file = gr.Textbox(visible="hidden")

    def words(self, words: Texts, user: str) -> dict[str, dict[str, Any]]:
        """Return, by component name, the properties of the card's fixed parts in one language, for a user."""
        own = "" if self._access.administers(user) else f" {words('data.log_own')}"
        return {
            "title": {"value": title_html(words("data.log"), f"{words('data.log_hint')} {zone_said(words)}{own}")},
            "export": {"value": words("data.export_log")},
            "check": {"value": words("data.check")},
        }

    @property
    def worded(self) -> list[Any]:
        """The components of `shown`."""
        return [self.title, self.export, self.check, self.verdict, self.log]

    def said(self, visitor: Visitor) -> Updates:
        """Return updates for the fixed parts, in the visitor's language."""
        return {getattr(self, name): gr.update(**properties) for name, properties in self.words(visitor.words, visitor.user).items()}

    def shown(self, visitor: Visitor) -> Updates:
        """Return updates for the whole card; the log is not checked again."""
        return self.said(visitor) | {self.verdict: self._verdict(visitor.words), self.log: self.rows(visitor)}

    def checked(self, visitor: Visitor, is_anew: bool = False) -> Updates:
        """Check the log from where the last check ended, or all of it anew; return updates for verdict and rows."""
        try:
            self._check = audit.verify(self._store, None if is_anew else self._check)
        except (sqlite3.Error, OSError) as error:
            return {self.verdict: message_html(store_failed(error), visitor.words), self.log: self.rows(visitor)}
        return {self.verdict: self._verdict(visitor.words), self.log: self.rows(visitor)}

    def rows(self, visitor: Visitor) -> str:
        """Return the newest rows that the visitor may see, and attempts to sign in."""
        try:
            tried = sign_ins_html(self._administration.sign_ins(visitor.user), visitor.words)
            return log_html(self._administration.log(visitor.user), visitor.words) + tried
        except sqlite3.Error as error:
            return message_html(store_failed(error), visitor.words)

    def wire(self, state: gr.State, quiet: dict[str, Any]) -> None:
        """Connect the buttons."""
        self.check.click(lambda session: self.checked(session.visitor, is_anew=True), state, [self.verdict, self.log], **quiet)
        on_export = self.export.click(lambda session: self._exported(session.visitor.user), state, self._file, **quiet)
        then_save(on_export, self._file, quiet)

    def _verdict(self, words: Texts) -> str:
        return verdict_html(self._check, words) if self._check else ""

    def _exported(self, user: str) -> str:
        try:
            return as_file(self._administration.log_csv(user), "audit", "csv", "text/csv")
        except NotAllowed:  # who is not offered it
            return ""
