"""Every bad input of the list in bad_inputs.toml has tests that play it, under names that exist."""

import tomllib

from tests.node_ids import ROOT, missing

BAD_INPUTS = tomllib.loads((ROOT / "tests" / "bad_inputs.toml").read_text("utf-8"))


def test_every_bad_input_has_tests_and_they_exist():
    assert list(BAD_INPUTS) == ["pdf", "docx_and_text", "text_and_model", "web_and_storage"]
    items = [item for group in BAD_INPUTS.values() for item in group]
    assert len(items) >= 64
    assert [item["input"] for item in items if not item["tests"] or not item["outcome"]] == []
    assert {item["input"]: gone for item in items if (gone := missing(item["tests"]))} == {}


def test_a_test_that_is_not_there_is_noticed():
    here = "tests/test_bad_inputs.py::test_a_test_that_is_not_there_is_noticed"
    wrong = [f"{here}_x", here.replace("bad", "good"), here.removeprefix("tests/"), f"{here}[1]", "tests/node_ids.py::test_x", ""]
    assert missing([here, *wrong]) == wrong
