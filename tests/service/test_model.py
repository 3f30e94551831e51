"""Opening the model in the background: what is told on the way, in the language of the console and in that of each page."""

from pathlib import Path

import pytest

from i18n.texts import texts
from reranker.notice import Notice
from service.model import FAILED, READY, Model, open_in_background
from settings import Settings
from ui.html.status import model_html


def opened(model: str, language: str) -> tuple[Model, list[str]]:
    """Return the model, settled, and the lines of the console."""
    made, console = Model(), []
    open_in_background(made, Settings(model=model, language=language), console.append, lambda: None).join(60)
    return made, console


@pytest.mark.parametrize(("language", "words"), [("zh", "这不是 Qwen3-Reranker"), ("en", "This is NOT Qwen3-Reranker")])
def test_the_console_speaks_the_language_of_the_settings_and_each_page_its_own(language: str, words: str):
    model, console = opened("embedded", language)
    assert model.state == READY and model.engine.info.is_fallback
    assert console[0].startswith(words) and len(console) == len(model.said) == 2
    assert "这不是 Qwen3-Reranker" in model_html(model, texts("zh")) and "This is NOT Qwen3-Reranker" in model_html(model, texts("en"))


def test_a_name_that_is_none_is_a_code_and_says_what_to_do(tmp_path: Path):
    nowhere = str(tmp_path / "nowhere")
    model, console = opened(nowhere, "zh")
    assert model.state == FAILED and model.problem == Notice("no_such_model", model=nowhere, example="Qwen/Qwen3-Reranker-0.6B")
    (line,) = console
    assert nowhere in line and "请改正名称" in line
