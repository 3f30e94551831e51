"""Tell from the files whether tests that a table names exist, and whether only the long part of the suite runs them: nothing is run."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
_NODE_ID = re.compile(r"(tests/[\w/]+\.py)::(test_\w+)")


def missing(node_ids: list[str]) -> list[str]:
    """Return those of these ids ("tests/x.py::test_y", without parameters) that name no test function."""
    return [node_id for node_id in node_ids if not (named := _NODE_ID.fullmatch(node_id)) or named[2] not in _tests(ROOT / named[1])]


def marked_long(node_ids: list[str]) -> list[str]:
    """Return those of these ids whose test, or whole file, bears the mark `long`."""
    return [node_id for node_id in node_ids if (named := _NODE_ID.fullmatch(node_id)) and _tests(ROOT / named[1]).get(named[2])]


@cache
def _tests(path: Path) -> dict[str, bool]:
    """Return the functions of a test file by name, each with whether it is marked `long`; none of a file that is not there or that pytest
    would not collect.
    """
    if not path.is_file() or not path.name.startswith("test_"):
        return {}
    tree = ast.parse(path.read_text("utf-8"))
    of_file = [node.value for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"]
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return {function.name: any(map(_says_long, [*of_file, *function.decorator_list])) for function in functions}


def _says_long(mark: ast.expr) -> bool:
    return any(ast.unparse(node) == "pytest.mark.long" for node in ast.walk(mark))
