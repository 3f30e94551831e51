"""The parts of Gradio's notices that the page looks for are there: under other names they would show English on a Chinese page."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = (ROOT / "server" / "connection.js").read_text("utf-8")
STYLE = (ROOT / "ui" / "styles" / "told.css").read_text("utf-8")


@pytest.fixture(scope="module")
def of_gradio() -> str:
    """The scripts that draw Gradio's notices and those that cause them."""
    spec = find_spec("gradio")
    assert spec and spec.origin
    assets = Path(spec.origin).parent / "templates" / "frontend" / "assets"
    files = [*assets.glob("statustracker-*.js"), *assets.glob("Blocks-*.js")]
    assert len(files) >= 2
    return "".join(file.read_text("utf-8") for file in files)


def test_the_script_and_the_style_sheet_name_what_gradio_draws(of_gradio: str):
    ids = set(re.findall(r'\[data-testid="?(toast-[a-z]+)', SCRIPT + STYLE))
    classes = set(re.findall(r"\.(toast-[a-z]+)", SCRIPT + STYLE))
    assert ids == {"toast-text"} and classes == {"toast-body", "toast-title"}
    assert [name for name in ids if f'data-testid="{name}"' not in of_gradio] == []
    assert [name for name in classes if f"`{name} ${{" not in of_gradio] == []


def test_gradio_says_a_lost_connection_in_the_words_that_the_script_knows(of_gradio: str):
    [known] = re.findall(r"if \(/\^(.+)/\.test\(text", SCRIPT)
    assert re.search(f"`{known}", of_gradio)
