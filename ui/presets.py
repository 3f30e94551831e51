"""Lay out the choice of a job description or instruction: built-in templates, and texts that the team saved under a name."""

import sqlite3
from collections.abc import Callable
from typing import Any

import gradio as gr

from feedback.store.saved.presets import INSTRUCTION, JOB, delete, presets, save
from feedback.store.store import Store
from i18n.texts import Texts
from reranker.instructions import DEFAULT_TEMPLATE, TEMPLATES
from service.message import Message, store_failed
from ui.from_browser import form_of, text_of
from ui.html.templates import rendered, script
from ui.session import Session
from ui.session_parts import View
from ui.undo import offer_undo

OWN_WORDS = "own"
_SAVED = "saved:"
"""Before the name of a saved text among the choices."""

_ASK_NAME, _ASK_DROP = script("ask_name"), script("ask_drop")


class SavedTexts:
    """Lay out the choice with its two buttons. `kind` is JOB or INSTRUCTION."""

    def __init__(self, kind: str, store: Store, words: Texts):
        self.kind, self._store = kind, store
        first = "" if kind == JOB else DEFAULT_TEMPLATE
        say = self.words(words)
        with gr.Row(elem_classes="rr-keep"):
            self.choice = gr.Dropdown(
                **say["choice"], value=first, show_label=False, container=False, filterable=False, elem_id=f"rr-saved-{kind}"
            )
            self.keep = gr.Button(**say["keep"], size="sm", scale=0, min_width=60, elem_id=f"rr-keep-{kind}")
            self.drop = gr.Button(**say["drop"], size="sm", scale=0, min_width=60, visible=False, elem_id=f"rr-drop-{kind}")
        self._name = gr.Textbox(visible="hidden")
        self.meaning = gr.HTML(**say["meaning"], apply_default_css=False, visible=kind == INSTRUCTION, elem_id=f"rr-meaning-{kind}")

    def words(self, words: Texts, chosen: str = DEFAULT_TEMPLATE) -> dict[str, dict[str, Any]]:
        """Return, by component name, the properties (labels, choices) in one language; `chosen` is the template in use."""
        return {
            "choice": self._choice(words),
            "keep": {"value": words("saved.keep")},
            "drop": {"value": words("saved.drop")},
            "meaning": {"value": meaning_html(chosen, words)},
        }

    def shown(self, words: Texts, chosen: str) -> dict[Any, Any]:
        """Return updates for all components in one language; `chosen` is the template in use."""
        return {getattr(self, name): gr.update(**properties) for name, properties in self.words(words, chosen).items()}

    @property
    def worded(self) -> list[Any]:
        """The components of `shown`."""
        return [self.choice, self.keep, self.drop, self.meaning]

    def wire(
        self,
        state: gr.State,
        text: gr.Textbox,
        typed: list[gr.Textbox],
        news: list[Any],
        shown: Callable[[Session], dict[Any, Any]],
        quiet: dict[str, Any],
        on_change: Callable[[Session, str], dict[Any, Any]] | None = None,
    ) -> None:
        """Connect the components. A choice fills `text`, one of `typed`; `shown` returns updates of `news` when there is a message.

        `on_change` returns updates of `news` when the instruction has become another one.
        """

        def on_choice(session: Session, chosen: str, *written: str) -> dict[Any, Any]:
            known = self._texts()
            kept, replaced = known.get(chosen), text_of(written[typed.index(text)]).strip()
            changed = {text: gr.update() if kept is None else kept, self.drop: gr.update(visible=_is_saved(chosen))}
            changed[self.meaning] = self._meaning(session.view, session.visitor.words, chosen)
            if kept is None or not replaced or replaced in map(str.strip, known.values()):
                return changed
            offer_undo(session, "text_replaced", form_of(*written))  # somebody's own words
            return shown(session) | changed

        def on_text(session: Session, written: str, chosen: str) -> dict[Any, Any]:
            """Select the choice whose text is in the box, or none once the text was edited."""
            told = on_change(session, text_of(written)) if on_change else {}
            written, known = text_of(written).strip(), self._texts()
            if known.get(chosen, "").strip() == written:
                return {self.choice: gr.skip()} | told
            value = next((value for value, kept in known.items() if kept.strip() == written), self._none)
            meaning = self._meaning(session.view, session.visitor.words, value)
            return told | {self.choice: gr.update(value=value), self.drop: gr.update(visible=_is_saved(value)), self.meaning: meaning}

        def on_keep(session: Session, name: str, kept: str) -> dict[Any, Any]:
            if not name:
                return {self.choice: gr.update()}
            try:
                save(self._store, self.kind, name, kept, session.visitor.user)
            except ValueError as error:
                session.view.message = Message(f"message.not_saved_{error}")
            except sqlite3.Error as error:
                session.view.message = store_failed(error)
            value = next((value for value, text in self._texts().items() if text.strip() == kept.strip()), self._none)
            choice = gr.update(**self._choice(session.visitor.words), value=value)
            return shown(session) | {self.choice: choice, self.drop: gr.update(visible=_is_saved(value))}

        def on_drop(session: Session, chosen: str) -> dict[Any, Any]:
            if not _is_saved(chosen):  # somebody thought better of it
                return {self.choice: gr.update()}
            try:
                delete(self._store, self.kind, chosen.removeprefix(_SAVED))
            except sqlite3.Error as error:
                session.view.message = store_failed(error)
            words = session.visitor.words
            choice = gr.update(**self._choice(words), value=self._none)
            return shown(session) | {self.choice: choice, self.drop: gr.update(visible=False)}

        self.choice.input(on_choice, [state, self.choice, *typed], [text, self.drop, self.meaning, *news], **quiet)
        if self.kind == INSTRUCTION:
            changed = [self.choice, self.drop, self.meaning, *news]
            text.change(on_text, [state, text, self.choice], changed, trigger_mode="always_last", **quiet)
        asked = self.keep.click(None, [self._name, text], [self._name, text], js=_ASK_NAME, **quiet)
        asked.then(on_keep, [state, self._name, text], [*self.worded, *news], **quiet)
        self.drop.click(on_drop, [state, self.choice], [*self.worded, *news], js=_ASK_DROP, **quiet)

    def _meaning(self, view: View, words: Texts, chosen: str) -> str:
        """Return what the template means that is in use from now on."""
        if self.kind == INSTRUCTION:
            view.template = chosen
        return meaning_html(chosen, words)

    @property
    def _none(self) -> str:
        return "" if self.kind == JOB else OWN_WORDS

    def _texts(self) -> dict[str, str]:
        """Return the text of each choice, by its value."""
        try:
            own = {f"{_SAVED}{preset.name}": preset.text for preset in presets(self._store, self.kind)}
        except sqlite3.Error:  # whoever saves or ranks is told; a choice without the saved ones still works
            own = {}
        return dict(TEMPLATES) | own if self.kind == INSTRUCTION else own

    def _choice(self, words: Texts) -> dict[str, Any]:
        choices = self._choices(words)
        return {"label": words(f"saved.{self.kind}"), "choices": choices, "visible": len(choices) > 1}

    def _choices(self, words: Texts) -> list[tuple[str, str]]:
        known = self._texts()
        named = [(words(f"page.template_{name}"), name) for name in TEMPLATES if name in known]
        named += [(f"★ {value.removeprefix(_SAVED)}", value) for value in known if value.startswith(_SAVED)]
        return [(words("saved.job"), ""), *named] if self.kind == JOB else [*named, (words("page.template_own"), OWN_WORDS)]


def meaning_html(chosen: str, words: Texts) -> str:
    """Return what a template means in the reader's language, above the English that is sent; of somebody's own text, who reads it."""
    text, sent = (words(f"instruction.{chosen}"), words("instruction.sent")) if chosen in TEMPLATES else (words("instruction.own"), "")
    return rendered("meaning", text=text, sent=sent)


def _is_saved(value: object) -> bool:
    return isinstance(value, str) and value.startswith(_SAVED)
