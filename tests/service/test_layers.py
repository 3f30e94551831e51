"""Who may import whom: the use cases know no surface, the page no server, the commands no page."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def imported_packages(path: Path) -> set[str]:
    """Return the top-level names that a module imports, also inside its functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names


@pytest.mark.parametrize(
    ("modules", "forbidden"),
    [
        ("service/**/*.py", {"ui", "server", "gradio"}),
        ("ui/**/*.py", {"server"}),
        ("cli.py", {"ui", "server", "gradio"}),
        ("feedback_tune.py", {"ui", "server", "gradio"}),
    ],
)
def test_imports_point_down_only(modules: str, forbidden: set[str]):
    paths = sorted(ROOT.glob(modules))
    assert paths and {str(path.relative_to(ROOT)): upward for path in paths if (upward := imported_packages(path) & forbidden)} == {}
