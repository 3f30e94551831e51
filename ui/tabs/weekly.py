"""Lay out the weekly report in the feedback tab: a button that makes it, and one that opens it to print."""

import sqlite3
from typing import Any

import gradio as gr

from feedback.store.store import Store
from i18n.texts import Texts
from service.access.access import Access
from service.message import Message, store_failed
from service.model import READY, Model
from service.weekly.report import WeeklyReport, weekly_report
from ui.html.status import message_html, title_html
from ui.html.weekly import printed_weekly, weekly_html
from ui.saving import as_file, then_save
from ui.session_parts import Visitor


class WeeklyCard:
    """Lay the card out. `wire` says what its buttons do."""

    def __init__(self, words: Texts, model: Model, store: Store, access: Access):
        self._model, self._store, self._access = model, store, access
        say = weekly_words(words)
        with gr.Group(elem_classes="rr-card"):
            self.title = gr.HTML(**say["title"], apply_default_css=False)
            with gr.Row(elem_classes="rr-actions"):
                self.make = gr.Button(**say["make"], size="sm", scale=0, min_width=150, elem_id="rr-weekly-make")
                self.to_print = gr.Button(**say["to_print"], size="sm", scale=0, min_width=150, elem_id="rr-weekly-print")
            self.report = gr.HTML(apply_default_css=False, elem_id="rr-weekly")
            self._file = gr.Textbox(visible="hidden")

    @property
    def worded(self) -> list[Any]:
        """The components of `shown`."""
        return [self.title, self.make, self.to_print, self.report]

    def wire(self, state: gr.State, quiet: dict[str, Any]) -> None:
        """Connect the buttons."""
        self.make.click(lambda session: self._made(session.visitor), state, self.report, **quiet)
        to_print = self.to_print.click(lambda session: self._printed(session.visitor), state, [self._file, self.report], **quiet)
        then_save(to_print, self._file, quiet)

    def shown(self, words: Texts) -> dict[Any, Any]:
        """Return updates for the card in one language; a report in the other language is taken away."""
        said = {getattr(self, name): gr.update(**properties) for name, properties in weekly_words(words).items()}
        return said | {self.report: ""}

    def _made(self, visitor: Visitor) -> str:
        report, words = self._report(visitor.user), visitor.words
        return message_html(report, words) if isinstance(report, Message) else weekly_html(report, words, self._scope(visitor.user))

    def _printed(self, visitor: Visitor) -> dict[Any, Any]:
        report, words, scope = self._report(visitor.user), visitor.words, self._scope(visitor.user)
        if isinstance(report, Message):
            return {self._file: "", self.report: message_html(report, words)}
        if report.missing:
            return {self._file: "", self.report: weekly_html(report, words, scope)}
        document = printed_weekly(report, words, visitor.user, scope).encode("utf-8", errors="replace")
        return {self._file: as_file(document, f"weekly-{report.monday}", "html", "text/html;charset=utf-8")}

    def _scope(self, user: str) -> str:
        """Return whose rankings count: "own" or "all" where users see only their own, "" where everybody sees all."""
        if not self._access.is_private:
            return ""
        return "all" if self._access.sees_everybody(user) else "own"

    def _report(self, user: str) -> WeeklyReport | Message:
        if self._model.state != READY:
            return Message("progress.waiting")
        try:
            only = user if self._scope(user) == "own" else None
            return weekly_report(self._store, self._model.engine.info.fingerprint, self._model.encoder, user=only)
        except sqlite3.Error as error:
            return store_failed(error)


def weekly_words(words: Texts) -> dict[str, dict[str, Any]]:
    """Return, by component name, the properties of the card's fixed parts in one language."""
    return {
        "title": {"value": title_html(words("weekly.title"), words("weekly.hint"))},
        "make": {"value": words("weekly.make")},
        "to_print": {"value": words("weekly.print")},
    }
