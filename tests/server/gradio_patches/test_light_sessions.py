"""What a session is spared changes no answer: updates of all components read as they do in Gradio as it is."""

import asyncio
import inspect
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from gradio.components import Component
from gradio.state_holder import SessionState

from server.gradio_patches import light_sessions
from server.gradio_patches.light_sessions import lighten_sessions


def _page() -> gr.Blocks:
    with gr.Blocks() as page:
        with gr.Tab("first", id="first"):
            gr.HTML("<p>words</p>", elem_id="words")
            gr.Textbox("text", label="label", lines=3)
        gr.Dropdown(["a", "b"], value="a")
        gr.UploadButton("files", file_count="multiple")
        gr.Number(5, minimum=0)
        gr.Button("go")
        gr.State(["kept"])
    return page


def _updates(page: gr.Blocks) -> tuple[list[Any], SessionState]:
    """Return what a new session of the page answers to an update of all components, and the session."""
    session = SessionState(page)
    components = [block for block in page.blocks.values() if isinstance(block, Component)]
    event: Any = SimpleNamespace(outputs=components, postprocess=True, is_validator_function=False, name="event", batch=False)
    changes = {"Dropdown": gr.update(choices=["c", "d"], value="d"), "HTML": gr.update("<b></b>", own=1), "State": ["changed"]}
    given = [changes.get(type(block).__name__, gr.update(visible=False, elem_classes=["other"])) for block in components]
    return asyncio.run(page.postprocess_data(event, given, session)), session


def test_updates_read_as_they_do_without_it(monkeypatch: pytest.MonkeyPatch):
    page = _page()
    lighten_sessions(page)
    updates, session = _updates(page)
    with monkeypatch.context() as as_it_is:
        as_it_is.setattr(SessionState, "__init__", light_sessions._whole)
        expected, whole = _updates(page)
    assert updates == expected and any(whole.config_values.values())
    assert [update["value"] for update in updates if update and update.get("choices")] == ["d"]
    for known in (session, whole):
        [choices] = [block.choices for block in known.blocks_config.blocks.values() if isinstance(block, gr.Dropdown)]
        assert choices == [("c", "c"), ("d", "d")]


def test_constructors_have_the_signatures_that_they_had():
    lighten_sessions(_page())
    for component in (gr.Dropdown, gr.HTML, gr.UploadButton, Component):
        init: Any = component.__init__
        kept = vars(init)["__signature__"]
        code = inspect.unwrap(init, stop=lambda function: not hasattr(function, "__wrapped__")).__code__
        assert tuple(kept.parameters) == code.co_varnames[: len(kept.parameters)]
        assert inspect.signature(init) is kept


def test_a_session_keeps_no_settings():
    page = _page()
    lighten_sessions(page)
    _, session = _updates(page)
    assert not any(session.config_values.values())
    assert session[next(key for key, block in page.blocks.items() if isinstance(block, gr.State))] == ["changed"]
