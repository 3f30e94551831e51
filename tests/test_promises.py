"""Every promise of docs/promises.md names tests, and they exist; tests/conftest.py sees that a run of the whole suite runs them."""

from tests.node_ids import marked_long, missing
from tests.promises import PROMISES, named_tests, promised_tests, promises


def test_every_promise_names_tests_and_they_exist():
    rows = promises(PROMISES.read_text("utf-8"))
    assert len(rows) >= 15, "of the table"
    named = {row[0]: named_tests(row) for row in rows}
    assert len(named) == len(rows), "a promise stands there twice"
    assert [promise for promise, tests in named.items() if not tests] == []
    assert {promise: gone for promise, tests in named.items() if (gone := missing([*tests]))} == {}


def test_what_only_the_long_part_runs_is_marked_so():
    """What is marked is not missed by ./test.sh without arguments (tests/conftest.py): no other test may be."""
    promised = promised_tests()
    assert sorted(node_id for node_id, long in promised.items() if long) == sorted(marked_long([*promised]))


def test_a_mark_counts_on_a_test_and_on_its_file():
    of_file = "tests/test_hostile_pile.py::test_exactly_the_good_ones_are_ranked"
    of_test = "tests/browser/test_undo.py::test_the_example_the_clearing_and_a_removal_can_be_taken_back"
    neither = "tests/test_promises.py::test_a_mark_counts_on_a_test_and_on_its_file"
    assert marked_long([of_file, neither, of_test, f"{of_test}_x"]) == [of_file, of_test]


def test_a_row_says_which_of_its_tests_are_long():
    assert named_tests(["a", "`tests/x.py::test_y` (long), `z`"]) == {"tests/x.py::test_y": True, "z": False}


def test_the_table_is_found_and_its_last_column_is_read():
    table = "| What | Where | Test |\n|---|---|---|\n| a \\| b | c | `tests/x.py::test_y`, `z` |\n| d | e | |"
    assert promises(f"# A\n\nWords.\n\n{table}\n\n") == [
        ["a \\| b", "c", "`tests/x.py::test_y`, `z`"],
        ["d", "e", ""],
    ]
    assert promises("# A\n") == []
