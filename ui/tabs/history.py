"""Lay out the history tab: earlier rankings to search, open again as they were, compare and delete."""

import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from typing import Any

import gradio as gr
from markupsafe import Markup

from feedback.comparison.compare import compare_runs
from feedback.store.history import entries
from feedback.store.store import Store
from i18n.texts import Texts
from service.access.access import Access, NotAllowed
from service.access.administration import Administration
from service.message import ADMINS_ONLY, store_failed
from ui.draft import take_back
from ui.from_browser import form_of, number_of, text_of
from ui.html.history import in_work_html, runs_html
from ui.html.listing.changes import change_html
from ui.html.status import message_html, title_html
from ui.html.templates import line_html, script
from ui.html.times import zone_said
from ui.session import Session
from ui.session_parts import Draft, Form, Visitor
from ui.steps import reopen_run
from ui.tabs.in_work import RankingsInWork
from ui.tabs.rank_updates import RankUpdates

PAGE = 50

_CLICKS = script("history")


class HistoryTab:
    """Lay the tab out. Each attribute is a component; `wire` says what they do."""

    def __init__(self, words: Texts, store: Store, in_work: RankingsInWork, access: Access):
        self._store, self._in_work, self._access = store, in_work, access
        self._administration = Administration(store, access)
        say = _words(words)
        with gr.Column(elem_id="rr-history"), gr.Group(elem_classes="rr-card"):
            self.title = gr.HTML(**say["title"], apply_default_css=False)
            self.search = gr.Textbox(**say["search"], show_label=False, container=False, lines=1, max_lines=1, elem_id="rr-history-search")
            self.comparison = gr.HTML(apply_default_css=False, elem_id="rr-comparison")
            self.list = gr.HTML(apply_default_css=False, js_on_load=_CLICKS, elem_id="rr-runs")

    @property
    def worded(self) -> list[Any]:
        """The components of `shown`."""
        return [self.title, self.search, self.comparison, self.list]

    def shown(self, visitor: Visitor, runs_of: str | None, draft: Draft | None, search: str = "") -> dict[Any, Any]:
        """Return updates for the whole tab in the visitor's language, with the rankings that match `search`.

        `runs_of`: of this user alone, None for all; see RunState.runs_of. `draft` is what the visitor can take back.
        """
        said = {getattr(self, name): gr.update(**properties) for name, properties in _words(visitor.words).items()}
        return said | {self.list: self._list(search, visitor, runs_of, draft), self.comparison: ""}

    def _on_open(self, session: Session, search: str) -> dict[Any, Any]:
        session.opened_early = not session.pages
        return self.shown(session.visitor, session.run.runs_of, session.draft, search)

    def wire(
        self,
        own: gr.Tab,
        tabs: gr.Tabs,
        state: gr.State,
        updates: RankUpdates,
        followed: Callable[[Session, int, Form], AsyncIterator[dict[Any, Any]]],
        quiet: dict[str, Any],
    ) -> None:
        """Connect the components. `own` is the gr.Tab around them, `tabs` holds all tabs; an opened run is shown by `updates`.

        `followed` yields the updates of a ranking in work.
        """
        everything = list(dict.fromkeys([*self.worded, tabs, *updates.news, *updates.tab.form]))

        async def on_click(session: Session, search: str, job: str, pasted: str, instruction: str, event: gr.EventData):
            clicked, typed = event._data or {}, form_of(job, pasted, instruction)
            is_following = False
            if clicked.get("action") == "follow":
                async for update in followed(session, number_of(clicked.get("run")), typed):
                    yield update if is_following else update | {tabs: gr.update(selected="rank")}
                    is_following = True
                if not is_following and (ended := self._in_work.ended(session.visitor.user, number_of(clicked.get("run")))):
                    clicked = {"action": "open", "run": ended}
            if not is_following:
                yield answered(session, search, typed, clicked)

        def answered(session: Session, search: str, before: Form, clicked: Mapping[str, Any]) -> dict[Any, Any]:
            action, words = clicked.get("action"), session.visitor.words
            run, picked = number_of(clicked.get("run")), clicked.get("chosen")
            chosen = sorted(map(number_of, picked)) if isinstance(picked, list) else []
            try:
                if action == "open" and reopen_run(session, run, self._store, before):
                    return {tabs: gr.update(selected="rank")} | updates.reopened(session)
                if action == "draft" and take_back(session, before):
                    return {tabs: gr.update(selected="rank")} | updates.reopened(session)
                if action == "delete":
                    with suppress(LookupError):  # gone meanwhile
                        self._administration.delete_run(session.visitor.user, run)
                if action == "compare" and len(chosen) == 2:
                    return {self.comparison: self._compared(chosen[0], chosen[1], session.run.runs_of, words)}
            except NotAllowed:
                return {self.comparison: message_html(ADMINS_ONLY, words)}
            except sqlite3.Error as error:
                return {self.comparison: message_html(store_failed(error), words)}
            return self.shown(session.visitor, session.run.runs_of, session.draft, search)

        own.select(self._on_open, [state, self.search], self.worded, **quiet)
        self.search.change(
            lambda session, search: (self._list(search, session.visitor, session.run.runs_of, session.draft), ""),
            [state, self.search],
            [self.list, self.comparison],  # of two that may not be listed any more
            trigger_mode="always_last",
            **quiet,
        )
        self.list.click(on_click, [state, self.search, *updates.boxes], everything, trigger_mode="multiple", **quiet)

    def _list(self, search: object, visitor: Visitor, runs_of: str | None, draft: Draft | None) -> str:
        search, words = text_of(search), visitor.words
        try:
            entries_found = entries(self._store, search=search, limit=PAGE, runs_of=runs_of)
        except sqlite3.Error as error:
            return message_html(store_failed(error), words)
        running = Markup() if search.strip() else in_work_html(self._in_work.listed(visitor.user), draft, words)
        if not entries_found:
            return running or line_html(words("history.nothing_found" if search.strip() else "history.empty"))
        more = words("history.more", count=PAGE) if len(entries_found) == PAGE else ""
        deletable = {run.run_id for run in entries_found if self._access.may_delete(visitor.user, run.user)}
        return running + runs_html(entries_found, words, deletable, more)

    def _compared(self, earlier: int, later: int, runs_of: str | None, words: Texts) -> str:
        try:
            change = compare_runs(self._store, earlier, later, runs_of)
            is_blind = any(self._store.run(run_id).settings.get("blind") for run_id in (earlier, later))
        except LookupError:
            return line_html(words("history.gone"))
        said = change_html(change, words, is_blind, are_chosen=True)
        return said or line_html(words("history.nothing_shared"))


def _words(words: Texts) -> dict[str, dict[str, Any]]:
    return {
        "title": {"value": title_html(words("history.title"), f"{words('history.title_hint')} {zone_said(words)}")},
        "search": {"label": words("history.search"), "placeholder": words("history.search")},
    }
