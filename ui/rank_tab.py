"""The components of the page: header, ranking tab, and the place of the feedback tab; and their words. Wired in page.py."""

from typing import Any

import gradio as gr

from feedback.store import Store
from reranker.instructions import DEFAULT_INSTRUCTION, TEMPLATES
from server.model import READY, Model
from ui.feedback_tab import FeedbackTab, feedback_words
from ui.labelling import LABEL_CLICKS, SAVED_NEWS
from ui.session import Session
from ui.status import board_html, model_html, notice_html, pile_html
from ui.texts import LANGUAGES, Texts

OWN_WORDS = "own"
Words = dict[str, dict[str, Any]]

_PILE_CLICKS = """
element.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-remove]");
    if (button) trigger("click", { remove: button.dataset.remove, number: Number(button.dataset.number ?? -1) });
});
"""
# Rows that a person opened stay open while others stream in; a quoted line leads to its place in the text.
_BOARD_CLICKS = """
const open = new Set();
element.addEventListener("click", (event) => {
    const jump = event.target.closest("button[data-jump]");
    const summary = event.target.closest("summary");
    if (jump) {
        const box = jump.closest("details").querySelector(".rr-text");
        const mark = box && box.querySelector("#" + jump.dataset.jump);
        if (!mark) return;
        box.scrollTo({ top: mark.offsetTop - 60, behavior: "smooth" });
        const target = mark.nextElementSibling;
        if (target) { target.classList.remove("seen"); void target.offsetWidth; target.classList.add("seen"); }
    } else if (summary) {
        const row = summary.parentElement;
        row.open ? open.delete(row.dataset.key) : open.add(row.dataset.key);
    }
});
watch("value", () => element.querySelectorAll("details[data-key]").forEach((row) => { row.open = open.has(row.dataset.key); }));
"""


class RankTab:
    """Lays the page out inside gr.Blocks. Each attribute is a component that a handler reads or writes."""

    def __init__(self, session: Session, model: Model, store: Store, words: Texts):
        say = page_words(session, model, words)
        with gr.Row(elem_id="rr-header", equal_height=True):
            self.header = gr.HTML(**say["header"], apply_default_css=False, elem_id="rr-title")
            self.model = gr.HTML(**say["model"], apply_default_css=False, elem_id="rr-model")
            languages = [(name, key) for key, name in LANGUAGES.items()]
            self.language = gr.Radio(
                languages, **say["language"], value=words.language, show_label=False, container=False, elem_id="rr-language"
            )
        with gr.Tabs(elem_id="rr-tabs"):
            with gr.Tab(**say["rank_tab"], id="rank") as self.rank_tab, gr.Row(elem_id="rr-columns", equal_height=False):
                self._columns(say)
            with gr.Tab(**say["feedback_tab"], id="feedback") as self.feedback_tab:
                self.feedback = FeedbackTab(words, model, store)

    def _columns(self, say: Words) -> None:
        with gr.Column(scale=4, min_width=340, elem_id="rr-inputs"):
            self._job(say)
            self._resumes(say)
            self._instruction(say)
            self.run = gr.Button(**say["run"], variant="primary", size="lg", elem_id="rr-run")
            self.stop = gr.Button(**say["stop"], variant="stop", size="lg", visible=False, elem_id="rr-stop")
            self._advanced(say)
        with gr.Column(scale=9, min_width=420, elem_id="rr-results"):
            self.notice = gr.HTML(**say["notice"], apply_default_css=False, elem_id="rr-notice")
            with gr.Column(elem_id="rr-list"):
                with gr.Row(elem_id="rr-exports", visible=False) as self.exports:
                    self.saved = gr.HTML(apply_default_css=False, js_on_load=SAVED_NEWS, elem_id="rr-saved")
                    self.xlsx = gr.Button(**say["xlsx"], size="sm", scale=0, min_width=110, elem_id="rr-xlsx")
                    self.csv = gr.Button(**say["csv"], size="sm", scale=0, min_width=110, elem_id="rr-csv")
                self.board = gr.HTML(**say["board"], apply_default_css=False, js_on_load=_BOARD_CLICKS + LABEL_CLICKS, elem_id="rr-board")

    def _job(self, say: Words) -> None:
        with gr.Group(elem_classes="rr-card"):
            with gr.Row(elem_classes="rr-card-head"):
                self.job_title = gr.HTML(**say["job_title"], apply_default_css=False)
                self.example = gr.Button(**say["example"], size="sm", min_width=90, scale=0, elem_id="rr-example")
                self.job_upload = gr.UploadButton(**say["job_upload"], size="sm", min_width=90, scale=0, elem_id="rr-job-upload")
            self.job = gr.Textbox(**say["job"], lines=6, max_lines=6, show_label=False, container=False, elem_id="rr-job")

    def _resumes(self, say: Words) -> None:
        with gr.Group(elem_classes="rr-card"):
            self.resumes_title = gr.HTML(**say["resumes_title"], apply_default_css=False)
            with gr.Tabs(elem_id="rr-sources"):
                with gr.Tab(**say["files_tab"]) as self.files_tab:
                    self.files = gr.File(file_count="multiple", show_label=False, container=False, height=84, elem_id="rr-files")
                    self.pile = gr.HTML(**say["pile"], apply_default_css=False, js_on_load=_PILE_CLICKS, elem_id="rr-pile")
                with gr.Tab(**say["paste_tab"]) as self.paste_tab:
                    self.pasted = gr.Textbox(**say["pasted"], lines=8, max_lines=8, show_label=False, container=False, elem_id="rr-pasted")

    def _instruction(self, say: Words) -> None:
        with gr.Group(elem_classes="rr-card"):
            self.instruction_title = gr.HTML(**say["instruction_title"], apply_default_css=False)
            self.template = gr.Dropdown(
                **say["template"], value="tech", show_label=False, container=False, filterable=False, elem_id="rr-template"
            )
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
            self.batch_size = gr.Slider(0, 64, 0, **say["batch_size"], step=1, buttons=[], elem_id="rr-batch-size")
            self.denoise = gr.Checkbox(True, **say["denoise"], container=False, elem_id="rr-denoise")
            self.tech_stack = gr.Checkbox(True, **say["tech_stack"], container=False, elem_id="rr-tech-stack")
            self.company_terms = gr.Checkbox(False, **say["company_terms"], container=False, elem_id="rr-company-terms")

    def updates(self, said: Words) -> dict[Any, Any]:
        """What a handler returns to apply `said`, or part of it."""
        return {self.named(name): gr.update(**properties) for name, properties in said.items()}

    def named(self, name: str) -> Any:
        """The component of that name, of this tab or of the feedback tab."""
        return getattr(self, name, None) or getattr(self.feedback, name)


def page_words(session: Session, model: Model, words: Texts) -> Words:
    """By name of component, the properties that put the whole page into one language, what it already shows included."""
    automatic = str(model.engine.batch_size) if model.state == READY else words("page.automatic_unknown")
    return {
        "header": {"value": _header(words)},
        "model": {"value": model_html(model, words)},
        "language": {"label": words("page.language")},
        "notice": {"value": notice_html(model, words)},
        "job_title": {"value": _title(words("page.job"))},
        "job": {"label": words("page.job"), "placeholder": words("page.job_placeholder")},
        "job_upload": {"label": words("page.job_upload")},
        "example": {"value": words("page.example")},
        "resumes_title": {"value": _title(words("page.resumes"))},
        "files_tab": {"label": words("page.files_tab")},
        "pile": {"value": pile_html(session, words)},
        "paste_tab": {"label": words("page.paste_tab")},
        "pasted": {"label": words("page.paste_tab"), "placeholder": words("page.paste_placeholder")},
        "instruction_title": {"value": _title(words("page.instruction"), words("page.instruction_hint"))},
        "template": {
            "label": words("page.template"),
            "choices": [(words(f"page.template_{name}"), name) for name in (*TEMPLATES, OWN_WORDS)],
        },
        "instruction": {"label": words("page.instruction"), "placeholder": words("page.instruction_placeholder")},
        "run": {"value": words("page.run")},
        "stop": {"value": words("page.stop")},
        "advanced": {"label": words("page.advanced")},
        "batch_size": {"label": words("page.batch_size"), "info": words("page.batch_size_hint", automatic=automatic)},
        "denoise": {"label": words("page.denoise")},
        "tech_stack": {"label": words("page.tech_stack")},
        "company_terms": {"label": words("page.company_terms")},
        "rank_tab": {"label": words("page.rank_tab")},
        "feedback_tab": {"label": words("page.feedback_tab")},
        **feedback_words(words),
        "xlsx": {"value": words("page.export_xlsx")},
        "csv": {"value": words("page.export_csv")},
        "board": {"value": board_html(session, words)},
    }


def _header(words: Texts) -> str:
    # Gradio writes its own words into the drop zone, in the browser's language: ours take their place through a CSS variable.
    zone = f':root{{--rr-drop:"{words("page.drop")}";--rr-drop-hint:"{words("page.drop_hint")}"}}'
    return f"<style>{zone}</style><h1>{words('page.title')}</h1><p>{words('page.tagline')}</p>"


def _title(title: str, hint: str = "") -> str:
    return f'<h2 class="rr-card-title">{title}{f"<small>{hint}</small>" if hint else ""}</h2>'
