"""Everything that an engine tells: each code has a sentence in both languages, with exactly the values that the code comes with."""

import ast
import string
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from i18n.texts import LANGUAGES, texts
from reranker.notice import Notice

ROOT = Path(__file__).parents[2]
SOURCES = [*(ROOT / "reranker").rglob("*.py"), *(ROOT / "service").rglob("*.py"), ROOT / "cli.py"]
TOLD_BY = {"Notice", "ScoringError", "NoCheckpoint", "NoSuchModel", "DownloadFailed"}


@cache
def codes_in_sources() -> dict[str, set[str]]:
    """Return by code the names of the values that it is told with."""
    names_by_code: dict[str, set[str]] = defaultdict(set)
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TOLD_BY and node.args:
                for code in constants(node.args[0]):
                    assert all(keyword.arg for keyword in node.keywords), f"{code}: values are written out, so that this test sees them"
                    names_by_code[code] |= {str(keyword.arg) for keyword in node.keywords}
    return names_by_code


def constants(node: ast.expr) -> list[str]:
    """Return "a", or both of `"a" if … else "b"`."""
    if isinstance(node, ast.IfExp):
        return constants(node.body) + constants(node.orelse)
    return [str(node.value)] if isinstance(node, ast.Constant) else []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence_and_every_sentence_a_code(language: str):
    table = {key.removeprefix("engine."): text for key, text in texts(language).table.items() if key.startswith("engine.")}
    del table["separator"]
    codes = codes_in_sources()
    assert len(codes) > 40 and table.keys() == codes.keys()
    for code, text in table.items():
        named = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        assert named == codes[code], code


def test_a_notice_within_a_notice_and_several_of_them_are_said_in_the_same_language():
    hubs = (Notice("hub_status", hub="Hugging Face", status=404), Notice("hub_silent", hub="ModelScope"))
    notice = Notice("not_downloaded", model="a/b", problem=Notice("no_hub", problems=hubs))
    assert "（Hugging Face：HTTP 404；ModelScope：没有回应）" in texts("zh").notice(notice)
    assert "(Hugging Face: HTTP 404; ModelScope: no answer)" in texts("en").notice(notice)


def test_a_message_of_the_page_that_quotes_a_notice_follows_the_language():
    problem = Notice("no_memory_for_resume", device="cuda:0", tokens=31_000)
    assert "31,000 个 token" in texts("zh")("message.scoring_failed", problem=problem)
    assert "one resume of 31,000 tokens" in texts("en")("message.scoring_failed", problem=problem)
