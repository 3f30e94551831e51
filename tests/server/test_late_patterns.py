"""Patterns of modules that the page imports at its start are compiled at their first use, and behave as they always did."""

import ast
import re
import threading
from typing import Any

import pytest

from server import late_patterns
from server.late_patterns import LatePattern, compile_late_patterns, compiled_when_used
from tests.test_architecture import modules, tree

MODULE = r"""
import re
WORD = re.compile(r"(?P<first>[a-z])(?P<rest>[a-z]*)", re.IGNORECASE)
BYTES = re.compile(rb"\d+")
AGAIN = re.compile(real)
"""


@pytest.fixture(autouse=True)
def own_list(monkeypatch: pytest.MonkeyPatch) -> list[LatePattern]:
    patterns: list[LatePattern] = []
    monkeypatch.setattr(late_patterns, "_late", patterns)
    return patterns


def imported_late(name: str = "preprocess.any") -> dict[str, Any]:
    """Return what a module of this name holds once it was imported at the start."""
    module = {"__name__": name, "real": re.compile("a real one")}
    with compiled_when_used():
        exec(MODULE, module)
    assert re.compile("x") == re.compile("x"), "as it was"
    return module


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("match", ("Ab c",)),
        ("fullmatch", ("Ab",)),
        ("search", ("1 Ab", 1)),
        ("findall", ("Ab c",)),
        ("split", ("1 ab 2",)),
        ("sub", (r"<\g<rest>>", "Ab c", 1)),
        ("subn", ("x", "Ab c")),
    ],
)
def test_a_late_pattern_does_what_the_compiled_one_does(method: str, arguments: tuple[Any, ...]):
    late, real = imported_late()["WORD"], re.compile("(?P<first>[a-z])(?P<rest>[a-z]*)", re.IGNORECASE)
    assert "match" not in vars(late), "not compiled yet"
    results = [getattr(pattern, method)(*arguments) for pattern in (late, real)]
    assert "match" in vars(late)
    results = [(result.span(), result.groupdict()) if isinstance(result, re.Match) else result for result in results]
    assert results[0] == results[1]


def test_it_tells_what_the_compiled_one_tells():
    late, real = imported_late()["WORD"], re.compile("(?P<first>[a-z])(?P<rest>[a-z]*)", re.IGNORECASE)
    assert late.pattern == real.pattern and "match" not in vars(late), "patterns are made of others without compiling these"
    assert (late.flags, late.groups, dict(late.groupindex)) == (real.flags, real.groups, dict(real.groupindex))
    assert [match[0] for match in late.finditer("Ab c")] == ["Ab", "c"]
    with pytest.raises(AttributeError):
        late.no_such_method()


def test_others_patterns_and_compiled_ones_are_left_alone(own_list: list[LatePattern]):
    ours, others = imported_late(), imported_late("some_package.any")
    assert [type(ours[name]) for name in ("WORD", "BYTES", "AGAIN")] == [LatePattern, LatePattern, re.Pattern]
    assert [type(others[name]) for name in ("WORD", "BYTES", "AGAIN")] == [re.Pattern] * 3
    assert own_list == [ours["WORD"], ours["BYTES"]]


def test_all_are_compiled_when_there_is_time(own_list: list[LatePattern]):
    module = imported_late()
    compile_late_patterns()
    assert all("match" in vars(pattern) for pattern in own_list)
    assert module["BYTES"].findall(b"1 22") == [b"1", b"22"]


def test_threads_that_use_it_at_the_same_time_all_get_an_answer():
    late, found, start = imported_late()["WORD"], [], threading.Barrier(8)

    def use() -> None:
        start.wait()
        found.append((late.findall("Ab"), late.flags, late.sub("", "Ab")))

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [([("A", "b")], re.IGNORECASE | re.UNICODE, "")] * 8


def test_nothing_asks_whether_a_pattern_is_a_compiled_one_or_the_one_that_matched():
    """What has a late pattern in its hands would say no."""
    asking = [
        f"{module}:{node.lineno}"
        for module in modules()
        if module != "server.late_patterns"
        for node in ast.walk(tree(module))
        if (isinstance(node, ast.Compare) and any(isinstance(side, ast.Attribute) and side.attr == "re" for side in _sides(node)))
        or (isinstance(node, ast.Call) and ast.unparse(node.func) == "isinstance" and "Pattern" in ast.unparse(node.args[1]))
    ]
    assert asking == []


def _sides(node: ast.Compare) -> list[ast.expr]:
    return [node.left, *node.comparators]
