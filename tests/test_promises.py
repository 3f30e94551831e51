"""Every promise of docs/promises.md names tests, and they exist; tests/conftest.py sees that a run of the whole suite runs them."""

from tests.node_ids import missing
from tests.promises import PROMISES, named_tests, promises


def test_every_promise_names_tests_and_they_exist():
    rows = promises(PROMISES.read_text("utf-8"))
    assert len(rows) >= 15, "of the table"
    named = {row[0]: named_tests(row) for row in rows}
    assert len(named) == len(rows), "a promise stands there twice"
    assert [promise for promise, tests in named.items() if not tests] == []
    assert {promise: gone for promise, tests in named.items() if (gone := missing(tests))} == {}


def test_the_table_is_found_and_its_last_column_is_read():
    table = "| What | Where | Test |\n|---|---|---|\n| a \\| b | c | `tests/x.py::test_y`, `z` |\n| d | e | |"
    assert promises(f"# A\n\nWords.\n\n{table}\n\n") == [
        ["a \\| b", "c", "`tests/x.py::test_y`, `z`"],
        ["d", "e", ""],
    ]
    assert promises("# A\n") == []
