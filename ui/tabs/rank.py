"""Lay out the ranking tab: its components and their texts. rank_clicks.py and pile_clicks.py handle its clicks."""

from typing import Any

import gradio as gr

from feedback.store.pool.terms import NO_POOL, PoolTerms
from feedback.store.saved.presets import INSTRUCTION, JOB
from feedback.store.store import Store
from i18n.texts import Texts
from reranker.instructions import DEFAULT_INSTRUCTION
from service.model import READY, Model
from service.run_state import RunState
from service.watched.watch import Watch
from ui.html.listing.selection import BAR_CLICKS, DESK_CLICKS, SAVED_NEWS
from ui.html.pool import pool_dialog_html
from ui.html.status import title_html
from ui.html.templates import script
from ui.labelling import LABEL_CLICKS
from ui.presets import SavedTexts
from ui.session import Session
from ui.session_parts import Form, View, Visitor
from ui.tabs.in_work import RankingsInWork
from ui.tabs.rank_contents import contents, opened_of
from ui.tabs.recent_runs import RecentRuns
from ui.tabs.watched import WatchedFolders
from ui.undo import UNDO_CLICKS

Words = dict[str, dict[str, Any]]

_BOARD_CLICKS = script("board") + LABEL_CLICKS + DESK_CLICKS
_DETAIL_CLICKS = script("detail") + script("questions") + LABEL_CLICKS + DESK_CLICKS + script("original")
_PILE_CLICKS = script("pile") + script("refused")
_RUBRIC_LINE, _RUBRIC = script("rubric_line") + script("refused"), script("rubric")
_CONDITIONS = script("conditions")
_LIST_TOOLS = script("list_tools")
_POOL_CLICKS, _POOL_FOUND = script("pool"), script("pool_found")


class RankTab:
    """Lay the tab out. Each attribute is a component that a handler reads or writes."""

    def __init__(self, words: Texts, model: Model, store: Store, watch: Watch, in_work: RankingsInWork, terms: PoolTerms = NO_POOL):
        self._model, self._store, self._words, self._watch, self._terms = model, store, words, watch, terms
        session = Session(Visitor(words.language))
        say = rank_words(model, session.run, terms, words)
        say |= {name: {"value": content} for name, content in contents(session).items()}
        with gr.Row(elem_id="rr-columns", equal_height=False):
            with gr.Column(scale=4, min_width=340, elem_id="rr-inputs"):
                with gr.Column(elem_id="rr-form"):  # scrolls; the button under it stays
                    self._job(say)
                    self._resumes(say)
                    self._instruction(say)
                    self._advanced(say)
                self.run = gr.Button(**say["run"], variant="primary", size="lg", elem_id="rr-run")
                self.stop = gr.Button(**say["stop"], variant="stop", size="lg", visible=False, elem_id="rr-stop")
            with gr.Column(scale=9, min_width=420, elem_id="rr-results"):
                self.rubric_panel = gr.HTML(**say["rubric_panel"], apply_default_css=False, js_on_load=_RUBRIC, elem_id="rr-rubric")
                self.conditions = gr.HTML(**say["conditions"], apply_default_css=False, js_on_load=_CONDITIONS, elem_id="rr-conditions")
                with gr.Column(elem_id="rr-list"):
                    with gr.Row(elem_id="rr-exports", visible=False) as self.exports:
                        self.xlsx = gr.Button(**say["xlsx"], size="sm", scale=0, min_width=90, elem_id="rr-xlsx")
                        self.csv = gr.Button(**say["csv"], size="sm", scale=0, min_width=90, elem_id="rr-csv")
                        self.print = gr.Button(**say["print"], size="sm", scale=0, min_width=90, elem_id="rr-print")
                    self.tools = gr.HTML(**say["tools"], apply_default_css=False, js_on_load=_LIST_TOOLS, elem_id="rr-list-tools")
                    self.board = gr.HTML(**say["board"], apply_default_css=False, js_on_load=_BOARD_CLICKS, elem_id="rr-board")
                    self.recent = RecentRuns(store, in_work)
                    self.selection = gr.HTML(**say["selection"], apply_default_css=False, js_on_load=BAR_CLICKS, elem_id="rr-selection")
                self.detail = gr.HTML(apply_default_css=False, js_on_load=_DETAIL_CLICKS, elem_id="rr-detail")
        self.saved = gr.HTML(apply_default_css=False, js_on_load=SAVED_NEWS, elem_id="rr-saved")
        self.undo = gr.HTML(apply_default_css=False, js_on_load=UNDO_CLICKS, elem_id="rr-undo")
        self.pool = gr.HTML(**say["pool"], apply_default_css=False, js_on_load=_POOL_CLICKS, elem_id="rr-pool")
        self.pool_found = gr.HTML(apply_default_css=False, js_on_load=_POOL_FOUND, elem_id="rr-pool-found")

    def _job(self, say: Words) -> None:
        with gr.Group(elem_classes="rr-card"):
            with gr.Row(elem_classes="rr-card-head"):
                self.job_title = gr.HTML(**say["job_title"], apply_default_css=False)
                self.example = gr.Button(**say["example"], size="sm", min_width=90, scale=0, elem_id="rr-example")
                self.job_upload = gr.UploadButton(**say["job_upload"], size="sm", min_width=90, scale=0, elem_id="rr-job-upload")
            self.job = gr.Textbox(**say["job"], lines=6, max_lines=6, show_label=False, container=False, elem_id="rr-job")
            self.rubric_line = gr.HTML(**say["rubric_line"], apply_default_css=False, js_on_load=_RUBRIC_LINE, elem_id="rr-rubric-line")
            self.saved_job = SavedTexts(JOB, self._store, self._words)

    def _resumes(self, say: Words) -> None:
        with gr.Group(elem_classes="rr-card"):
            with gr.Row(elem_classes="rr-card-head"):
                self.resumes_title = gr.HTML(**say["resumes_title"], apply_default_css=False)
                self.pool_open = gr.Button(**say["pool_open"], size="sm", min_width=90, scale=0, elem_id="rr-pool-open")
            with gr.Tabs(elem_id="rr-sources"):
                with gr.Tab(**say["files_tab"]) as self.files_tab:
                    self.files = gr.File(file_count="multiple", show_label=False, container=False, height=84, elem_id="rr-files")
                    self.watched = WatchedFolders(self._watch)
                with gr.Tab(**say["paste_tab"]) as self.paste_tab:
                    self.pasted = gr.Textbox(**say["pasted"], lines=8, max_lines=8, show_label=False, container=False, elem_id="rr-pasted")
            self.pile = gr.HTML(**say["pile"], apply_default_css=False, js_on_load=_PILE_CLICKS, elem_id="rr-pile")

    def _instruction(self, say: Words) -> None:
        with gr.Group(elem_classes="rr-card"):
            self.instruction_title = gr.HTML(**say["instruction_title"], apply_default_css=False)
            self.template = SavedTexts(INSTRUCTION, self._store, self._words)
            self.instruction = gr.Textbox(
                DEFAULT_INSTRUCTION,
                **say["instruction"],
                lines=3,
                max_lines=5,
                show_label=False,
                container=False,
                elem_id="rr-instruction",
            )

    def _advanced(self, say: Words) -> None:
        with gr.Accordion(**say["advanced"], open=False, elem_id="rr-advanced") as self.advanced:
            self.blind = gr.Checkbox(False, **say["blind"], container=False, elem_id="rr-blind")
            self.hide_schools = gr.Checkbox(False, **say["hide_schools"], container=False, elem_id="rr-hide-schools")
            self.denoise = gr.Checkbox(True, **say["denoise"], container=False, elem_id="rr-denoise")
            self.tech_stack = gr.Checkbox(True, **say["tech_stack"], container=False, elem_id="rr-tech-stack")
            self.company_terms = gr.Checkbox(False, **say["company_terms"], container=False, elem_id="rr-company-terms")
            self.batch_size = gr.Slider(0, 64, 0, **say["batch_size"], step=1, buttons=[], elem_id="rr-batch-size")

    @property
    def worded(self) -> list[Any]:
        """The components that `shown` puts into one language."""
        names = [*rank_words(self._model, RunState(), self._terms, self._words), *contents(Session())]
        named = [getattr(self, name) for name in names]
        return [*named, *self.saved_job.worded, *self.template.worded, self.recent.list, self.watched.list, self.detail]

    @property
    def form(self) -> list[Any]:
        """The components that `filled` fills."""
        return [self.job, self.pasted, self.instruction, self.blind, self.run, self.stop, self.exports]

    def shown(self, session: Session) -> dict[Any, Any]:
        """Return updates for the whole tab in the session's language."""
        words = session.visitor.words
        said = rank_words(self._model, session.run, self._terms, words)
        named = {getattr(self, name): gr.update(**properties) for name, properties in said.items()}
        named |= {getattr(self, name): gr.update(value=content) for name, content in contents(session).items()}
        named |= self.saved_job.shown(words, "") | self.template.shown(words, session.view.template)
        named |= self.recent.shown(session.visitor, session.run.runs_of) | self.watched.shown(session.pile, words)
        return named | {self.detail: opened_of(session, self._model)}

    def filled(self, form: Form, view: View, run: RunState, words: Texts) -> dict[Any, Any]:
        """Return updates for text boxes, blind mode and buttons of a page that shows another ranking or is loaded again."""
        return self.typed(form) | {self.blind: view.hides_names} | self.buttons(run, words)

    def typed(self, form: Form) -> dict[Any, Any]:
        """Return updates that put the form into the three text boxes."""
        instruction = DEFAULT_INSTRUCTION if form.instruction is None else form.instruction
        return {self.job: form.job, self.pasted: form.pasted, self.instruction: instruction}

    def buttons(self, run: RunState, words: Texts) -> dict[Any, Any]:
        """Return updates that show or hide the buttons for run, stop and export."""
        has_rows = bool(run.ranking and run.ranking.rows and not run.busy)
        return {
            self.run: gr.update(visible=not run.busy),
            self.stop: gr.update(visible=run.busy, interactive=not run.is_stopping, value=stop_word(run, words)),
            self.exports: gr.update(visible=has_rows),
        }


def rank_words(model: Model, run: RunState, terms: PoolTerms, words: Texts) -> Words:
    """Return, by component name, the properties of the tab in one language; rank_contents.py has what is in pile, list and the like."""
    return {
        "job_title": {"value": title_html(words("page.job"))},
        "job": {"label": words("page.job"), "placeholder": words("page.job_placeholder")},
        "rubric_panel": {"value": ""},  # opened by a click, whose answer has the presets
        "job_upload": {"label": words("page.job_upload")},
        "example": {"value": words("page.example")},
        "resumes_title": {"value": title_html(words("page.resumes"))},
        "pool_open": {"value": words("pool.open"), "visible": bool(terms)},
        "pool": {"value": pool_dialog_html(terms, words)},
        "files_tab": {"label": words("page.files_tab")},
        "paste_tab": {"label": words("page.paste_tab")},
        "pasted": {"label": words("page.paste_tab"), "placeholder": words("page.paste_placeholder")},
        "instruction_title": {"value": title_html(words("page.instruction"), words("page.instruction_hint"))},
        "instruction": {"label": words("page.instruction"), "placeholder": words("page.instruction_placeholder")},
        "run": {"value": words("page.run")},
        "stop": {"value": stop_word(run, words)},
        "advanced": {"label": words("page.advanced")},
        "blind": {"label": words("page.blind")},
        "hide_schools": {"label": words("page.hide_schools")},
        "batch_size": batch_size_words(model, words),
        "denoise": {"label": words("page.denoise")},
        "tech_stack": {"label": words("page.tech_stack")},
        "company_terms": {"label": words("page.company_terms")},
        "xlsx": {"value": words("page.export_xlsx")},
        "csv": {"value": words("page.export_csv")},
        "print": {"value": words("page.print")},
    }


def stop_word(run: RunState, words: Texts) -> str:
    """Return what the button to stop says: also that it was heard."""
    return words("page.stopping" if run.is_stopping else "page.stop")


def batch_size_words(model: Model, words: Texts) -> dict[str, Any]:
    """Return the properties of the batch-size slider; what "automatic" means is known once the model is loaded.

    It is hidden on a CPU: there the model reads one resume at a time, and a batch would only delay the first results.
    """
    is_offered = model.state == READY and model.engine.info.device != "cpu"
    automatic = model.engine.info.batch_size if is_offered else 0
    return {"label": words("page.batch_size"), "info": words("page.batch_size_hint", automatic=automatic), "visible": is_offered}
