"""Build the page as gr.Blocks: header, tabs, and the events that concern all tabs. Each tab of a browser has a session of its own."""

from dataclasses import replace
from functools import partial
from typing import Any

import gradio as gr

from feedback.files.imports import ImportLimits
from feedback.store.store import Store
from i18n.texts import LANGUAGES, Texts, texts
from service.access.access import EVERYBODY, Access
from service.model import LOADING, Model
from service.pool.open import pool_terms
from service.watched.watch import Watch
from settings import Settings
from ui.erasing import cleared
from ui.from_browser import form_of, language_of, typed_before
from ui.html.keys import keys_html
from ui.html.status import model_html, notice_html, pile_html
from ui.html.templates import rendered, script
from ui.session import Session
from ui.session_parts import Visitor
from ui.session_registry import ENTERING, SessionRegistry
from ui.tabs.data import DataTab
from ui.tabs.feedback import FeedbackTab, user_of
from ui.tabs.history import HistoryTab
from ui.tabs.in_work import RankingsInWork
from ui.tabs.rank import RankTab, batch_size_words
from ui.tabs.rank_clicks import RankClicks
from ui.undo import undo_html

MOST_AT_WORK = 200
"""Clicks that are answered at the same time. A page that follows a run counts as one, so Gradio's 40 would let the next person wait."""

_LANGUAGE, _HEADER = script("language"), script("radios") + script("alive")
_CSS_WORDS = {
    "drop": "page.drop",
    "drop-hint": "page.drop_hint",
    "uploading": "page.uploading",
    "ask-name": "saved.ask_name",
    "ask-drop": "saved.ask_drop",
    "refused": "page.refused",
}.items()
"""Gradio writes its own words into the drop zone and over errors: ours take their place through CSS variables."""


def build_page(
    model: Model, store: Store, settings: Settings, registry: SessionRegistry, access: Access = EVERYBODY, watch: Watch | None = None
) -> gr.Blocks:
    """Return the page, to be mounted with `theme.theme()` and `theme.CSS`. `registry` holds the sessions of all its tabs, `watch` the
    watched folders.
    """
    words = texts(settings.language)
    with gr.Blocks(title=words("page.title"), fill_width=True, analytics_enabled=False, delete_cache=(600, 600)) as page:
        fresh = Session(Visitor(settings.language))
        fresh.run.runs_of = access.runs_of("")  # until the page has said whose it is
        session = gr.State(fresh, delete_callback=registry.leave)  # when it goes, server/page_sessions.py says
        _Page(model, store, settings, words, registry, access, watch or Watch()).wire(page, session)
    page.max_threads = MOST_AT_WORK
    page.queue(max_size=256, default_concurrency_limit=None)
    return page


def current_properties(model: Model, store: Store, language: str) -> dict[str, dict[str, Any]]:
    """Return, by elem_id, the properties that may have changed since the page was built: it is built before the model is there."""
    words = texts(language)
    return {
        "rr-model": {"value": model_html(model, words)},
        "rr-notice": {"value": notice_html(model, store, words)},
        "rr-batch-size": batch_size_words(model, words),
    }


class _Page:
    def __init__(
        self, model: Model, store: Store, settings: Settings, words: Texts, registry: SessionRegistry, access: Access, watch: Watch
    ):
        self._model, self._store, self._settings, self._registry, self._access = model, store, settings, registry, access
        say, in_work = _words(model, store, words, access, is_alive=False), RankingsInWork(registry, access)
        self._in_work = in_work
        with gr.Row(elem_id="rr-header", equal_height=True):
            self.header = gr.HTML(**say["header"], apply_default_css=False, js_on_load=_HEADER, elem_id="rr-title")
            self.model = gr.HTML(**say["model"], apply_default_css=False, elem_id="rr-model")
            languages = [(name, key) for key, name in LANGUAGES.items()]
            self.language = gr.Radio(
                languages, **say["language"], value=words.language, show_label=False, container=False, elem_id="rr-language"
            )
            self.keys = gr.HTML(**say["keys"], apply_default_css=False, js_on_load=script("keys") + script("open_tab"), elem_id="rr-keys")
        self.notice = gr.HTML(**say["notice"], apply_default_css=False, js_on_load=script("notice"), elem_id="rr-notice")
        with gr.Tabs(selected="rank", elem_id="rr-tabs") as self.tabs:
            with gr.Tab(**say["rank_tab"], id="rank") as self.rank_tab:
                self.rank = RankTab(words, model, store, watch, in_work, pool_terms(settings))
            with gr.Tab(**say["feedback_tab"], id="feedback") as self.feedback_tab:
                self.feedback = FeedbackTab(words, model, store, ImportLimits(settings.max_file_mb, settings.max_characters), access)
            with gr.Tab(**say["history_tab"], id="history") as self.history_tab:
                self.history = HistoryTab(words, store, in_work, access)
            with gr.Tab(**say["data_tab"], id="data") as self.data_tab:
                self.data = DataTab(words, model, store, settings, registry, access, watch)
        self.clock = gr.Timer(1.0, active=False)
        self.tab_key, self.typed = gr.Textbox(visible="hidden"), gr.Textbox(visible="hidden")
        self.news = gr.Button(visible="hidden", elem_id="rr-news")
        """Clicked by connection.js when others have changed what this page shows."""

    def wire(self, page: gr.Blocks, state: gr.State) -> None:
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        clicks = RankClicks(self.rank, self._model, self._store, self._settings, self._registry, self._access)
        updates, followed = clicks.updates, partial(clicks.followed, self._in_work)
        clicks.wire(state, quiet)
        self.rank.recent.wire(state, updates.boxes, [*updates.news, *self.rank.form], updates.reopened, followed, quiet)
        self.feedback.wire(self.feedback_tab, state, quiet)
        self.feedback.weekly.wire(state, quiet)
        self.history.wire(self.history_tab, self.tabs, state, updates, followed, quiet)
        self.data.wire(self.data_tab, state, updates, quiet)

        tabs = [self.rank_tab, self.feedback_tab, self.history_tab, self.data_tab]
        own = [self.header, self.model, self.language, self.keys, self.notice, *tabs]
        everything = [*own, *self.rank.worded, *self.feedback.worded, *self.feedback.weekly.worded, *self.history.worded, *self.data.worded]
        form = self.rank.form
        status = [self.model, self.notice, self.rank.batch_size, self.clock]

        def ranking(session: Session) -> dict[Any, Any]:
            """Return updates for the header and the ranking tab; the other tabs update themselves when they are selected."""
            named = _words(self._model, self._store, session.visitor.words, self._access, session.visitor.user)
            said = {getattr(self, name): gr.update(**properties) for name, properties in named.items()}
            return said | self.rank.shown(session)

        def worded(session: Session) -> dict[Any, Any]:
            """Return updates for the whole page in the session's language."""
            return (
                ranking(session)
                | self.feedback.shown(session.visitor, session.outcome)
                | self.feedback.weekly.shown(session.visitor.words)
                | self.history.shown(session.visitor, session.run.runs_of, session.draft)
                | self.data.shown(session.visitor)
            )

        async def on_load(fresh: Session, key: str, typed: str, request: gr.Request):
            if not fresh.pages:
                fresh.visitor = replace(fresh.visitor, language=language_of(request, self._settings))
            session = self._registry.enter(user_of(request), key, fresh)
            shown = {state: session, self.header: _header(session.visitor.words, self._access, session.visitor.user)}
            if before := typed_before(typed, session.visitor.user, session.form):
                session.form = cleared(before, session.erasures)
                shown[self.rank.pile] = pile_html(session.pile, session.form, session.view, session.visitor.words)
            if session is not fresh:
                said = ranking(session) if session.visitor.language == fresh.visitor.language else worded(session)
                shown |= said | updates.filled(session) | {self.language: session.visitor.language}
            if fresh.opened_early:
                shown |= worded(session)
            if before:
                shown |= self.rank.typed(session.form)
            if session.run.order and not session.work.jobs:  # a restart cut the run off; pasted text comes back with what the browser had
                words = session.visitor.words
                clicks.run(session, replace(session.run.order, pasted=session.form.pasted, pasted_name=words("page.pasted_name")))
            yield (
                shown
                | status_of(session.visitor.words)
                | self.rank.recent.shown(session.visitor, session.run.runs_of)
                | self.rank.watched.shown(session.pile, session.visitor.words)
                | {self.rank.undo: undo_html(session.undo, session.visitor.words)}
            )
            if session.work.jobs or session.work.changes:  # also when the last of it has ended since the page was loaded
                async for update in updates.followed(session):
                    yield update

        async def on_news(session: Session, job: str, pasted: str, instruction: str):
            session.form = cleared(form_of(job, pasted, instruction), session.erasures)  # what was typed since stays
            if session.recent.is_untold:  # nothing else is drawn anew, which somebody may be typing in
                session.recent.is_untold = False
                yield self.rank.recent.shown(session.visitor, session.run.runs_of)
                return
            if update := clicks.selection.news(session):
                yield update
                return
            yield updates.shown(session)
            if session.work.jobs:  # the answer must not be older than the last of a run that ends meanwhile
                async for update in updates.followed(session):
                    yield update

        def on_open(session: Session):
            session.opened_early = not session.pages
            return _header(
                session.visitor.words, self._access, session.visitor.user
            )  # who administers may have changed since the page was loaded

        def on_language(session: Session, language: str):
            session.visitor = replace(session.visitor, language=language if language in LANGUAGES else self._settings.language)
            updates.keep(session)
            return worded(session)

        def status_of(words: Texts) -> dict[Any, Any]:
            """Return updates for what changes until the model is there."""
            return {
                self.model: model_html(self._model, words),
                self.notice: notice_html(self._model, self._store, words),
                self.rank.batch_size: gr.update(**batch_size_words(self._model, words)),
                self.clock: gr.update(active=self._model.state == LOADING or self._model.tries_again),
            }

        # One event, as Gradio's client can lose the answer to a click that comes just between two of a page that is being loaded.
        all_of_it = list(dict.fromkeys([state, *everything, *form, *status, *updates.news]))
        page.load(on_load, [state, self.tab_key, self.typed], all_of_it, js=ENTERING, **quiet)
        for tab in (self.feedback_tab, self.data_tab):
            tab.select(on_open, state, self.header, **quiet)
        self.news.click(on_news, [state, *updates.boxes], [*updates.news, self.rank.recent.list], **quiet)
        self.language.input(None, self.language, js=_LANGUAGE, **quiet)
        self.language.input(on_language, [state, self.language], everything, **quiet)
        # Only until the model is there: an idle page asks nothing of the server.
        self.clock.tick(lambda session: status_of(session.visitor.words), state, status, **quiet)


def _words(model: Model, store: Store, words: Texts, access: Access, user: str = "", is_alive: bool = True) -> dict[str, dict[str, Any]]:
    """Return, by component name, the properties (labels, values) of the header and tab titles in one language."""
    return {
        "header": {"value": _header(words, access, user, is_alive)},
        "model": {"value": model_html(model, words)},
        "language": {"label": words("page.language")},
        "keys": {"value": keys_html(words)},
        "notice": {"value": notice_html(model, store, words)},
        "rank_tab": {"label": words("page.rank_tab")},
        "feedback_tab": {"label": words("page.feedback_tab")},
        "history_tab": {"label": words("page.history_tab")},
        "data_tab": {"label": words("page.data_tab")},
    }


def _header(words: Texts, access: Access, user: str, is_alive: bool = True) -> str:
    """Return the title. `is_alive`: the page's first event is answered. It says what the user may not do, so that CSS hides the buttons."""
    may = {"administers": access.administers(user), "sees_everybody": access.sees_everybody(user), "is_admin": user in access.admins()}
    return rendered("header", words=words, user=user, css_words=_CSS_WORDS, is_alive=is_alive, **may)
