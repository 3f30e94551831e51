"""Tell whether tests that a table names exist: read from the files, nothing is run."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
_NODE_ID = re.compile(r"(tests/[\w/]+\.py)::(test_\w+)")


def missing(node_ids: list[str]) -> list[str]:
    """Return those of these ids ("tests/x.py::test_y", without parameters) that name no test function."""
    return [node_id for node_id in node_ids if not (named := _NODE_ID.fullmatch(node_id)) or named[2] not in _tests(ROOT / named[1])]


@cache
def _tests(path: Path) -> frozenset[str]:
    """Return the names of the functions of a test file; none of a file that is not there or that pytest would not collect."""
    if not path.is_file() or not path.name.startswith("test_"):
        return frozenset()
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
