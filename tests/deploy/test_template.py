"""vLLM's chat template: token for token the prompt of the model card, as vLLM renders it."""

from pathlib import Path
from typing import Any

import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reranker.qwen3.prompt import AFTER, BEFORE

TEMPLATE = Path(__file__).parents[2] / "deploy" / "vllm" / "qwen3-reranker.jinja"
SEARCH = "Given a web search query, retrieve relevant passages that answer the query"


def rendered(query: str, document: str, **more: Any) -> str:
    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)  # as transformers sets it up
    messages = [{"role": "query", "content": query}, {"role": "document", "content": document}]
    return environment.from_string(TEMPLATE.read_text("utf-8")).render(messages=messages, **more)


@pytest.mark.parametrize(("query", "document"), [("招聘护士", "十年经验"), ("two\nlines \n", "\n a {{ b }} {% c %} \n\n")])
def test_it_is_the_prompt_of_the_model_card(query: str, document: str):
    instruction = "Rank resumes by match"
    expected = f"{BEFORE}<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {document}{AFTER}"
    assert rendered(query, document, instruction=instruction) == expected
    assert expected.endswith("</think>\n\n")


def test_without_an_instruction_it_is_the_model_cards():
    assert f"<Instruct>: {SEARCH}\n" in rendered("q", "d")
    assert rendered("q", "d") == rendered("q", "d", instruction="") == rendered("q", "d", instruction=None)


def test_it_has_no_line_end_of_its_own():
    """Editors and git change those at the end of a file; all that counts are in expressions."""
    text = TEMPLATE.read_text("utf-8")
    assert all(line.startswith("{{-") or line.startswith("{%-") for line in text.splitlines())
    assert all(line.endswith("-}}") or line.endswith("-%}") for line in text.splitlines())
