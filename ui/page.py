"""The page as gr.Blocks: which click does what. The model comes in from outside; every tab has a Session of its own."""

import base64
import json
import logging
import sqlite3
import time
import traceback
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import gradio as gr

from feedback.store import Store
from preprocess.document import Document
from preprocess.pipeline import Cleaning
from reranker.instructions import TEMPLATES
from server.model import LOADING, Model
from settings import Settings
from ui.export import csv_bytes, xlsx_bytes
from ui.feedback_tab import user_of
from ui.labelling import erase_candidate, give_label, saved_html
from ui.rank_tab import OWN_WORDS, RankTab, page_words
from ui.reading import add_uploads, read_job
from ui.run import Order, forget, run, stop
from ui.session import Message, Session
from ui.status import board_html
from ui.texts import texts

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
REFRESH_SECONDS = 0.25
"""At most this often a running list of up to 40 is sent again; a longer one, which is more to send, less often."""

_SAVE = """(file) => {
    if (!file) return "";
    const { name, type, data } = JSON.parse(file);
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    return "";
}"""
_TO_RESULTS = """() => {
    const board = document.querySelector("#rr-results");
    const top = board.getBoundingClientRect().top;
    if (top < 0 || top > window.innerHeight / 2) board.scrollIntoView({ behavior: "smooth" });
}"""
_LANGUAGE = "(language) => { document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'; }"

log = logging.getLogger(__name__)


def build_page(model: Model, store: Store, settings: Settings) -> gr.Blocks:
    """The whole page, ready to be mounted with `theme.theme()` and `theme.CSS`."""
    words = texts(settings.language)
    with gr.Blocks(title=words("page.title"), fill_width=True, analytics_enabled=False, delete_cache=(600, 600)) as page:
        session = gr.State(Session(settings.language), time_to_live=12 * 3600, delete_callback=lambda held: forget(held, model))
        tab = RankTab(Session(settings.language), model, store, words)
        clock = gr.Timer(1.0, active=False)
        _wire(page, tab, session, clock, model, store, settings)
    page.queue(max_size=256, default_concurrency_limit=None)
    return page


def _wire(page: gr.Blocks, tab: RankTab, session: gr.State, clock: gr.Timer, model: Model, store: Store, settings: Settings) -> None:
    news = [tab.board, tab.pile, tab.run, tab.stop, tab.exports, tab.saved]
    quiet: Any = {"show_progress": "hidden", "api_visibility": "private"}

    def shown(held: Session) -> dict[Any, Any]:
        """What changes while something is read or ranked."""
        said = page_words(held, model, texts(held.language))
        has_rows = bool(held.ranking and held.ranking.rows and not held.busy)
        return tab.updates({"board": said["board"], "pile": said["pile"]}) | {
            tab.run: gr.update(visible=not held.busy),
            tab.stop: gr.update(visible=held.busy),
            tab.exports: gr.update(visible=has_rows),
            tab.saved: "",
        }

    def streamed(held: Session, steps: Iterator[None]) -> Iterator[dict[Any, Any]]:
        """Show the session as a job goes on, not more often than a person can see; an error of ours becomes a message."""
        last = 0.0
        try:
            for _ in steps:
                length = len(held.ranking.rows) if held.ranking else 0
                if time.monotonic() - last > REFRESH_SECONDS * max(1, length / 40):
                    yield shown(held)
                    last = time.monotonic()
        except Exception as error:
            # Where, but not what: the message of an error may quote a resume.
            log.error("A request failed: %s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
            held.message, held.progress = Message("message.internal", {"problem": type(error).__name__}), None
        yield shown(held)

    def on_run(
        held: Session,
        job: str,
        pasted: str,
        instruction: str,
        batch_size: int,
        denoise: bool,
        tech_stack: bool,
        company_terms: bool,
        request: gr.Request,
    ):
        name = texts(held.language)("page.pasted_name")
        cleaning = Cleaning(bool(denoise), bool(tech_stack))
        size = min(max(int(batch_size or 0), 0), 256)
        order = Order(_text(job), _text(pasted), name, _text(instruction), size, cleaning, bool(company_terms))
        held.user = user_of(request)
        yield from streamed(held, run(held, order, model, settings, store))

    def on_erase(held: Session, resume_id: str):
        try:
            erased = erase_candidate(held, store, model, resume_id)
        except sqlite3.Error as error:
            held.message = Message("message.store_failed", {"problem": type(error).__name__})
        else:
            files = ", ".join(erased.files) or "–"
            held.message = Message("message.erased" if erased.is_complete else "message.erased_later", {"files": files}, kind="info")
        return shown(held)

    def on_label(held: Session, event: gr.EventData):
        words, chosen = texts(held.language), event._data or {}
        if isinstance(chosen.get("erase"), str):
            return on_erase(held, chosen["erase"])
        if "label" not in chosen:
            return {tab.saved: gr.update()}
        try:
            give_label(held, store, chosen)
        except (ValueError, LookupError, sqlite3.Error) as error:
            held.message = Message("message.label_failed", {"problem": type(error).__name__})
            return {tab.board: board_html(held, words)}
        return {tab.saved: saved_html(held, chosen, words)}

    def on_stop(held: Session):
        stop(held)
        return shown(held)

    def on_files(held: Session, paths: list[str] | None):
        for update in streamed(held, add_uploads(held, paths or [], settings)):
            yield update | {tab.files: None}

    def on_job(held: Session, path: str | None):
        text = read_job(held, path, settings) if path else None
        return shown(held) | ({tab.job: text} if text is not None else {})

    def on_example(held: Session):
        folder = EXAMPLES / held.language
        paths = sorted(str(path) for path in folder.iterdir())
        job = next(path for path in paths if Path(path).name.startswith("JD_"))
        stop(held)
        held.documents, held.unread, held.ranking, held.stopped = [], [], None, False
        yield {tab.job: read_job(held, job, settings, keep=True)}
        yield from streamed(held, add_uploads(held, [path for path in paths if path != job], settings, keep=True))

    def on_remove(held: Session, event: gr.EventData):
        chosen = event._data or {}
        pile = {"document": held.documents, "unread": held.unread}.get(chosen.get("remove", ""))
        number = chosen.get("number", -1)
        if chosen.get("remove") == "all":
            forget(held, model)
            held.documents, held.unread = [], []
        elif pile is not None and isinstance(number, int) and 0 <= number < len(pile):
            gone = pile.pop(number)
            if isinstance(gone, Document):
                forget(held, model, gone)
        return shown(held)

    def on_language(held: Session, language: str):
        held.language = language if language in ("zh", "en") else settings.language
        return tab.updates(page_words(held, model, texts(held.language))) | tab.feedback.shown(held)

    def on_tick(held: Session):
        said = page_words(held, model, texts(held.language))
        said = {name: said[name] for name in ("model", "notice", "batch_size")}
        return tab.updates(said) | {clock: gr.update(active=model.state == LOADING)}

    def exported(held: Session, write: Any, suffix: str, kind: str) -> str:
        if not held.ranking or not held.query:
            return ""
        data = write(held.ranking, held.query, held.rejected, held.model, texts(held.language))
        name = f"ranking-{datetime.now():%Y%m%d-%H%M%S}{suffix}"
        return json.dumps({"name": name, "type": kind, "data": base64.b64encode(data).decode("ascii")})

    def on_xlsx(held: Session) -> str:
        return exported(held, xlsx_bytes, ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")

    def on_csv(held: Session) -> str:
        return exported(held, csv_bytes, ".csv", "text/csv")

    order = [session, tab.job, tab.pasted, tab.instruction, tab.batch_size, tab.denoise, tab.tech_stack, tab.company_terms]
    tab.run.click(None, js=_TO_RESULTS, **quiet)
    tab.run.click(on_run, order, news, **quiet)
    tab.stop.click(on_stop, session, news, **quiet)
    tab.files.upload(on_files, [session, tab.files], [*news, tab.files], **quiet)
    tab.job_upload.upload(on_job, [session, tab.job_upload], [*news, tab.job], **quiet)
    tab.example.click(on_example, session, [*news, tab.job], **quiet)
    tab.pile.click(on_remove, session, news, **quiet)
    tab.board.click(on_label, session, news, **quiet)
    tab.feedback.wire(tab.feedback_tab, session, quiet)
    tab.template.input(lambda name: TEMPLATES.get(name, ""), tab.template, tab.instruction, **quiet)
    tab.instruction.change(_template_of, tab.instruction, tab.template, trigger_mode="always_last", **quiet)
    tab.language.input(None, tab.language, js=_LANGUAGE, **quiet)
    worded = [tab.named(name) for name in page_words(Session(), model, texts(settings.language))]
    worded += [tab.feedback.report, tab.feedback.apply, tab.feedback.versions, tab.feedback.terms]
    tab.language.input(on_language, [session, tab.language], worded, **quiet)
    for event in (page.load, clock.tick):  # no ticking once the model is there: an idle page asks nothing of the server
        event(on_tick, session, [tab.model, tab.notice, tab.batch_size, clock], **quiet)
    for button, handler in ((tab.xlsx, on_xlsx), (tab.csv, on_csv)):
        file = gr.Textbox(visible="hidden")  # a way to the browser that leaves no file on this machine for others to find
        button.click(handler, session, file, **quiet).then(None, file, file, js=_SAVE, **quiet)


def _template_of(instruction: str) -> str:
    """The template whose text this is, so that the dropdown never claims one that was edited."""
    return next((name for name, text in TEMPLATES.items() if text == _text(instruction).strip()), OWN_WORDS)


def _text(value: Any) -> str:
    """What came from the browser as text: Gradio checks neither its type nor its length."""
    return value if isinstance(value, str) else ""
