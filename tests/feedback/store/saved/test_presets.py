"""Saved job descriptions and instructions: kept for the team, replaced by name, within limits."""

import pytest

from feedback.store.saved.presets import INSTRUCTION, JOB, MAX_NAME, MAX_TEXT, delete, presets, save
from feedback.store.store import FILE_NAME, Store


def names(store: Store, kind: str) -> list[str]:
    return [preset.name for preset in presets(store, kind)]


def test_a_saved_text_comes_back_to_everyone_also_after_a_restart(store: Store):
    save(store, JOB, "后端 2026", "招聘后端\n要求：Java", "anna")
    again = Store(store.path.parent / FILE_NAME)
    [preset] = presets(again, JOB)
    again.close()
    assert (preset.name, preset.text, preset.user) == ("后端 2026", "招聘后端\n要求：Java", "anna")
    assert presets(store, INSTRUCTION) == []


def test_the_same_name_replaces_and_the_one_saved_last_comes_first(store: Store):
    for name, text in (("a", "1"), ("b", "2"), ("  a ", "3")):
        save(store, INSTRUCTION, name, text, "anna")
    assert [(preset.name, preset.text) for preset in presets(store, INSTRUCTION)] == [("a", "3"), ("b", "2")]


def test_a_job_and_an_instruction_may_have_the_same_name_and_are_deleted_apart(store: Store):
    for kind in (JOB, INSTRUCTION):
        save(store, kind, "backend", f"text of a {kind}", "anna")
    delete(store, JOB, "backend")
    assert names(store, JOB) == [] and names(store, INSTRUCTION) == ["backend"]
    delete(store, JOB, "backend")


@pytest.mark.parametrize(
    ("kind", "name", "text", "code"),
    [
        (JOB, " \n", "text", "no_name"),
        (JOB, "x" * (MAX_NAME + 1), "text", "name_too_long"),
        (JOB, "name", " \n ", "no_text"),
        (JOB, "name", "x" * (MAX_TEXT[JOB] + 1), "text_too_long"),
        (INSTRUCTION, "name", "x" * (MAX_TEXT[INSTRUCTION] + 1), "text_too_long"),
    ],
)
def test_what_is_empty_or_too_long_is_refused_with_a_code(store: Store, kind: str, name: str, text: str, code: str):
    with pytest.raises(ValueError, match=f"^{code}$"):
        save(store, kind, name, text, "anna")
    assert names(store, kind) == []


def test_the_longest_that_is_allowed_is_kept_whole(store: Store):
    save(store, JOB, "x" * MAX_NAME, "长" * MAX_TEXT[JOB], "anna")
    assert presets(store, JOB)[0].text == "长" * MAX_TEXT[JOB]


def test_an_unknown_kind_is_refused(store: Store):
    with pytest.raises(KeyError):
        save(store, "resume", "name", "text", "anna")


def test_half_a_surrogate_pair_does_not_break_it(store: Store):
    save(store, JOB, "a\ud83d", "text \ud83d", "anna")
    assert [(preset.name, preset.text) for preset in presets(store, JOB)] == [("a?", "text ?")]
