"""A page that is built for mounting has no web application of its own; a page built by Gradio's rules still has one."""

import gradio as gr
from gradio.routes import App

from server.gradio_patches.one_app import without_own_app


def test_a_page_is_built_without_an_application_and_the_next_one_with():
    with without_own_app(), gr.Blocks() as page:
        gr.Textbox("a", elem_id="box")
    assert page.app is None
    assert page.config["components"][0]["props"]["elem_id"] == "box", "all else is there"
    with gr.Blocks() as another:
        gr.Textbox()
    assert isinstance(another.app, App)
