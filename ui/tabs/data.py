"""Lay out the data tab: people whose data is stored, impact ratios by declared group, and the audit log."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

import gradio as gr

from feedback.fairness.impact import impact
from feedback.store import audit
from feedback.store.history import entries
from feedback.store.store import Store
from i18n.texts import Texts
from preprocess.document import Rejected, Unreadable
from service.access.access import Access
from service.message import Message, store_failed
from service.model import Model
from service.pile import delete
from service.watched.watch import Watch
from settings import Settings
from ui.from_browser import text_of
from ui.html.data import impact_html
from ui.html.status import message_html, title_html
from ui.session_parts import Visitor
from ui.session_registry import SessionRegistry
from ui.tabs.audit_log import AuditLogCard
from ui.tabs.people import PeopleCard
from ui.tabs.rank_updates import RankUpdates

Updates = dict[Any, Any]

_RUNS = 50
"""So many of the newest rankings can be chosen for an impact ratio."""


class DataTab:
    """Lay the tab out; `wire` says what its cards do."""

    def __init__(
        self, words: Texts, model: Model, store: Store, settings: Settings, registry: SessionRegistry, access: Access, watch: Watch
    ):
        with gr.Row(elem_id="rr-data", equal_height=False):
            with gr.Column(scale=5, min_width=340):
                self._people = PeopleCard(words, model, store, settings, registry, access, watch)
                self._impact = ImpactCard(words, store, access)
            with gr.Column(scale=6, min_width=380):
                self._log = AuditLogCard(words, store, access)

    @property
    def worded(self) -> list[Any]:
        """The components of `shown`."""
        return [*self._people.worded, *self._impact.worded, *self._log.worded]

    def shown(self, visitor: Visitor) -> Updates:
        """Return updates for the whole tab in the visitor's language. Search and impact results are cleared, the last check is shown."""
        people = self._people.said(visitor) | {self._people.found: ""}
        return people | self._impact.said(visitor) | {self._impact.ratios: ""} | self._log.shown(visitor)

    def wire(self, own: gr.Tab, state: gr.State, updates: RankUpdates, quiet: dict[str, Any]) -> None:
        """Connect the components. `own` is the gr.Tab around them; after an erasure the ranking tab is shown anew by `updates`."""
        opened = [state, self._people.search]
        own.select(lambda session, search: self._opened(session.visitor, search), opened, self.worded, **quiet)
        self._people.wire(state, self._log, updates, quiet)
        self._impact.wire(state, self._log, quiet)
        self._log.wire(state, quiet)

    def _opened(self, visitor: Visitor, search: str) -> Updates:
        """Refresh the tab when it is opened; continue the check of the log from where the last one ended.

        A search that was typed is repeated, so its result is not lost.
        """
        people = {self._people.found: self._people.found_by(search, visitor)} if text_of(search).strip() else {}
        said = self._people.said(visitor) | self._impact.said(visitor) | self._log.said(visitor)
        return people | said | self._log.checked(visitor)


class ImpactCard:
    """Lay out the impact ratios of a ranking by declared group. Each attribute is a component."""

    def __init__(self, words: Texts, store: Store, access: Access):
        self._store, self._access = store, access
        say = self.words(words, "")
        with gr.Group(elem_classes="rr-card"):
            self.title = gr.HTML(**say["title"], apply_default_css=False)
            self.run = gr.Dropdown(**say["run"], value=None, filterable=False, elem_id="rr-impact-run")
            with gr.Row(elem_classes="rr-actions"):
                self.top = gr.Number(**say["top"], value=5, minimum=0, precision=0, scale=0, min_width=200, elem_id="rr-impact-top")
                self.groups = gr.UploadButton(**say["groups"], size="sm", scale=0, min_width=150, elem_id="rr-impact-upload")
            self.ratios = gr.HTML(apply_default_css=False, elem_id="rr-impact")

    def words(self, words: Texts, user: str) -> dict[str, dict[str, Any]]:
        """Return, by component name, the properties of the card's fixed parts in one language, for a user."""
        return {
            "title": {"value": title_html(words("data.impact"), words("data.impact_hint"))},
            "run": {"label": words("data.run"), "choices": self._runs(words, user)},
            "top": {"label": words("data.top"), "info": words("data.top_hint")},
            "groups": {"label": words("data.groups")},
        }

    @property
    def worded(self) -> list[Any]:
        """The components of `said`, and the ratios."""
        return [self.title, self.run, self.top, self.groups, self.ratios]

    def said(self, visitor: Visitor) -> Updates:
        """Return updates for the fixed parts, in the visitor's language."""
        return {getattr(self, name): gr.update(**properties) for name, properties in self.words(visitor.words, visitor.user).items()}

    def wire(self, state: gr.State, log: AuditLogCard, quiet: dict[str, Any]) -> None:
        """Connect the upload of groups, which stands in the `log`."""
        self.groups.upload(
            lambda session, run, top, path: self._compared(run, top, path, session.visitor, session.run.runs_of, log),
            [state, self.run, self.top, self.groups],
            [self.ratios, log.log],
            **quiet,
        )

    def _compared(self, run: Any, top: Any, path: str | None, visitor: Visitor, runs_of: str | None, log: AuditLogCard) -> Updates:
        """Read the file of declared groups, show the impact ratios, and delete the file."""
        if not isinstance(run, int) or not path:
            return self._told(Message("message.no_run_chosen"), visitor.words)
        try:
            rates = impact(self._store, run, Path(path).read_bytes(), max(0, int(top or 0)) or None, runs_of)
            audit.record(self._store, audit.EXPORTED, visitor.user, run_id=run, kind="impact")
        except Unreadable as error:
            message = Message("message.groups_unreadable", rejected=Rejected("", error.reason, error.detail))
            return self._told(message, visitor.words)
        except LookupError:
            return self._told(Message("message.no_run_chosen"), visitor.words)
        except (sqlite3.Error, OSError) as error:
            return self._told(store_failed(error), visitor.words)
        finally:
            delete([path])
        return {self.ratios: impact_html(rates, visitor.words), log.log: log.rows(visitor)}

    def _told(self, message: Message, words: Texts) -> Updates:
        return {self.ratios: message_html(message, words)}

    def _runs(self, words: Texts, user: str) -> list[tuple[str, int]]:
        with suppress(sqlite3.Error):
            runs = entries(self._store, limit=_RUNS, runs_of=self._access.runs_of(user))
            return [(f"#{run.run_id} · {run.title or words('history.untitled')}", run.run_id) for run in runs]
        return []
