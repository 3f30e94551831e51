"""The two languages say the same things, and no word is anywhere else."""

import ast
import re
import string
from pathlib import Path

import pytest

from i18n.texts import LANGUAGES, texts

ROOT = Path(__file__).parents[2]
SOURCES = [*(ROOT / "ui").glob("*.py"), *(ROOT / "server").glob("*.py"), *(ROOT / "server" / "api").glob("*.py"), ROOT / "app.py"]
CJK = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def test_both_languages_have_the_same_keys_and_placeholders():
    chinese, english = texts("zh").table, texts("en").table
    assert chinese.keys() == english.keys()
    assert {key: placeholders(text) for key, text in chinese.items()} == {key: placeholders(text) for key, text in english.items()}


def test_no_text_is_empty_or_in_the_wrong_language():
    assert [key for language in LANGUAGES for key, text in texts(language).table.items() if not text.strip()] == []
    assert [key for key, text in texts("en").table.items() if CJK.search(text)] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_source_file_holds_words_of_its_own(path):
    allowed = set(LANGUAGES.values()) if path.name == "texts.py" else set()
    strings = [node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)]
    # A pattern that matches full-width signs is no word.
    chinese = [text for text in strings if isinstance(text, str) and re.search("[\u3400-\u9fff]", text) and text not in allowed]
    assert [text for text in chinese if not _is_docstring(path, text)] == []


def _is_docstring(path: Path, text: str) -> bool:
    tree = ast.parse(path.read_text("utf-8"))
    return any(isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node.value.value == text for node in ast.walk(tree))


def test_every_key_that_the_page_names_exists():
    keys = set(texts("zh").table)
    sections = {key.split(".")[0] for key in keys}
    named = {
        name
        for path in SOURCES
        for name in re.findall(r'"([a-z_]+\.[a-z0-9_]+)"', path.read_text("utf-8"))
        if name.split(".")[0] in sections and not name.endswith((".js", ".html"))
    }
    assert named
    assert named <= keys


def test_a_count_takes_its_noun_with_it():
    words = texts("en")
    assert [words("conditions.count", count=count) for count in (0, 1, 2)] == ["0 resumes", "1 resume", "2 resumes"]
    assert words("shortlist.decided", shown=1, ranked=10, total=10).startswith("1 person whom HR wants")
    assert texts("zh")("conditions.count", count=1).startswith("1 ")


def test_every_count_with_a_noun_can_be_filled():
    """A caller that passed a number in words would fail only where the text is shown."""
    table = texts("en").table
    counting = {key: text for key, text in table.items() if re.search(r"\{\w+:[^{}|]*\|", text)}
    assert len(counting) > 30
    for key, text in counting.items():
        said = texts("en")(key, **dict.fromkeys(placeholders(text), 1))
        assert "|" not in said and "(s)" not in said, key
