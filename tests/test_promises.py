"""Every promise of README.md names tests, and they exist."""

import re

from tests.node_ids import ROOT, missing

HEADING = "## What is promised, and by which test"


def promises(text: str) -> list[list[str]]:
    """The rows of the table below the heading, cell by cell, without its head."""
    section = text.partition(f"\n{HEADING}\n")[2].partition("\n## ")[0]
    rows = [line.strip() for line in section.splitlines() if line.strip().startswith("|")]
    return [re.split(r"\s*(?<!\\)\|\s*", row.strip("|").strip()) for row in rows[2:]]


def test_every_promise_names_tests_and_they_exist():
    rows = promises((ROOT / "README.md").read_text("utf-8"))
    assert len(rows) >= 15, f"the table below {HEADING!r} in README.md"
    named = {row[0]: re.findall(r"`([^`]+)`", row[-1]) for row in rows}
    assert len(named) == len(rows), "a promise stands there twice"
    assert [promise for promise, tests in named.items() if not tests] == []
    assert {promise: gone for promise, tests in named.items() if (gone := missing(tests))} == {}


def test_the_table_is_found_and_its_last_column_is_read():
    table = "| What | Where | Test |\n|---|---|---|\n| a \\| b | c | `tests/x.py::test_y`, `z` |\n| d | e | |"
    assert promises(f"# A\n\n{HEADING}\n\nWords.\n\n{table}\n\n## B\n| no | part | of it |\n") == [
        ["a \\| b", "c", "`tests/x.py::test_y`, `z`"],
        ["d", "e", ""],
    ]
    assert promises("# A\n") == []
