"""The house as docs/architecture.md draws it: imports point downwards, never in a circle, and no folder is too long to be read."""

import ast
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("i18n", "settings", "preprocess", "reranker", "feedback", "evaluation", "service", "ui", "server", "cli", "feedback_tune", "app")
"""From the ground up: a module imports from its own room and from those before it."""

FORBIDDEN = {
    "preprocess": {"torch", "gradio", "transformers"},
    "feedback": {"torch", "gradio", "transformers"},
    "service": {"gradio"},
    "ui": {"server"},
    "cli": {"ui", "server", "gradio"},
    "feedback_tune": {"ui", "server", "gradio"},
    "server": {"ui"},  # the page is handed to it by app.py
}
MARKUP_ROOMS = ("service", "ui", "server", "app")
"""What these write may reach a browser."""
MOST_MODULES = 20
BESIDE = ("benchmarks", "docs", "examples", "scripts", "training")
"""Folders of programs beside the product's rooms; their first lines mostly end with the command that runs them."""

NO_VERBS = {*"A An How It The These This Those What When Where Whether Which Who Whose Why".split()}
"""Words that begin a description of a thing, where the first line of a module is an order: "Find …", "Hold …"."""


@cache
def modules() -> dict[str, Path]:
    """Return the product's modules by dotted name."""
    paths = [path for room in ROOMS for path in (ROOT / f"{room}.py", *sorted((ROOT / room).rglob("*.py"))) if path.is_file()]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(modules()[module].read_text("utf-8"))


@cache
def imports(module: str) -> frozenset[str]:
    """Return what a module imports anywhere in it: modules of the product, and the names of others."""
    names = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom) and node.module:
            members = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= {member if member in modules() else node.module for member in members}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return frozenset(names)


def room(module: str) -> str:
    return module.partition(".")[0]


def test_the_rooms_are_found():
    assert {room(module) for module in modules()} == set(ROOMS)
    assert len(modules()) > 200


def test_no_import_points_upwards():
    upward = [
        (module, imported)
        for module in modules()
        for imported in imports(module) & modules().keys()
        if ROOMS.index(room(imported)) > ROOMS.index(room(module))
    ]
    assert upward == []


@pytest.mark.parametrize("where", FORBIDDEN)
def test_rooms_do_without_what_they_must_not_need(where: str):
    needed = {(module, room(name)) for module in modules() if room(module) == where for name in imports(module)}
    assert needed
    assert [(module, name) for module, name in needed if name in FORBIDDEN[where]] == []


def test_markup_is_written_in_templates_which_escape_values():
    tag = re.compile(r"</?[a-z][a-z0-9]*[\s>/]")
    formatted = {
        f"{module}:{node.lineno}": "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        for module in modules()
        if room(module) in MARKUP_ROOMS
        for node in ast.walk(tree(module))
        if isinstance(node, ast.JoinedStr)
    }
    assert len(formatted) > 50
    assert {place: text for place, text in formatted.items() if tag.search(text)} == {}


def test_what_renders_takes_the_parts_it_shows_and_can_change_no_session():
    rendering = [module for module in modules() if module.startswith("ui.html")]
    assert len(rendering) > 25
    annotated = [
        node.annotation for module in rendering for node in ast.walk(tree(module)) if isinstance(node, ast.arg) and node.annotation
    ]
    assert len(annotated) > 300 and not any(re.search(r"\bSession\b", ast.unparse(annotation)) for annotation in annotated)
    assert [module for module in rendering if "ui.session" in imports(module)] == []


def test_no_circle():
    TopologicalSorter({module: imports(module) & modules().keys() for module in modules()}).prepare()  # raises CycleError


def test_what_engines_say_alike_is_in_no_engines_folder():
    """Who only reports that a model cannot be had needs no other engine's code."""
    reporting = [module for module in modules() if module.startswith("reranker.remote.") or module == "service.model"]
    assert len(reporting) > 9
    assert [module for module in reporting if "reranker.qwen3.checkpoint" in imports(module)] == []


def test_no_two_classes_have_one_name():
    count = Counter(node.name for module in modules() for node in ast.walk(tree(module)) if isinstance(node, ast.ClassDef))
    assert len(count) > 150
    assert {name: number for name, number in count.items() if number > 1} == {}


def test_no_folder_lists_more_than_a_reader_takes_in():
    count = Counter(path.parent.relative_to(ROOT).as_posix() for path in modules().values() if path.name != "__init__.py")
    assert {folder: number for folder, number in count.items() if number > MOST_MODULES} == {}


def first_lines(paths: Iterable[Path]) -> dict[str, str]:
    """Return the first line of each module's docstring by path, with what stands there instead if the file begins otherwise."""
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8").partition("\n")[0].strip('"') for path in paths}


def test_the_first_line_of_a_module_is_an_order():
    """Whether the line is true, and whether a word that is none of NO_VERBS is a verb, only a reader can tell."""
    product = first_lines(modules().values())
    beside = first_lines(path for folder in BESIDE for path in (ROOT / folder).rglob("*.py"))
    assert len(product) > 600 and len(beside) > 100
    lines = {**product, **beside}
    assert {path: line for path, line in lines.items() if not line[:1].isupper() or line.split()[0].strip(",:") in NO_VERBS} == {}
    assert {path: line for path, line in product.items() if not line.endswith((".", ":"))} == {}
