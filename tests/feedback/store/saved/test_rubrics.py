"""Rubrics of jobs: a version for each change, in the log, gone with the job, and without the names of the erased."""

from dataclasses import replace

from feedback.store import audit
from feedback.store.erase import erase
from feedback.store.history import delete_run
from feedback.store.saved.presets import RUBRIC, presets, save
from feedback.store.saved.rubrics import save_rubric, saved_rubric
from feedback.store.store import FILE_NAME, RunRow, Store
from preprocess.document import Person
from reranker.evidence.requirements import split_job
from reranker.rubric.criteria import Rubric, as_parsed
from reranker.rubric.edits import add, set_kind
from tests.feedback.stored import id_of, run_of

JOB = "任职要求：\n1. 本科及以上学历\n2. 熟悉金蝶或用友"


def parsed() -> Rubric:
    return as_parsed(split_job(JOB))


def saved(store: Store, version: int | None = None) -> tuple[int, str, Rubric] | None:
    rubric = saved_rubric(store, JOB, version)
    return rubric and (rubric.version, rubric.user, rubric.rubric)


def test_what_was_not_touched_is_not_saved(store: Store):
    assert save_rubric(store, JOB, parsed(), "anna") == 0
    assert saved(store) is None and saved(store, 1) is None


def test_each_change_is_a_version_that_everyone_finds_after_a_restart(store: Store):
    first, second = set_kind(parsed(), 1, "nice"), add(set_kind(parsed(), 1, "nice"), "能接受出差")
    versions = [save_rubric(store, JOB, rubric, user) for rubric, user in ((first, "anna"), (first, "bo"), (second, "bo"))]
    assert versions == [1, 1, 2]
    again = Store(store.path.parent / FILE_NAME)
    assert saved(again) == (2, "bo", second) and saved(again, 1) == (1, "anna", first)
    assert saved_rubric(again, JOB + "\n3. 会 SAP") is None, "another job"
    again.close()
    assert save_rubric(store, JOB, parsed(), "anna") == 3, "back to what was parsed is a change, too"


def test_the_log_says_who_changed_what_without_a_word_of_it(store: Store):
    save_rubric(store, JOB, add(parsed(), "能接受出差"), "anna")
    [entry] = audit.entries(store)
    assert (entry.event, entry.user) == (audit.RUBRIC_SAVED, "anna")
    assert entry.facts["version"] == 1 and (entry.facts["parsed"], entry.facts["reworded"], entry.facts["added"]) == (2, 0, 1)
    assert "出差" not in str(entry.facts)


def test_a_rubric_goes_with_its_job(store: Store):
    run = store.add_run(run_of(JOB, ["a"]))
    save_rubric(store, JOB, add(parsed(), "能接受出差"), "anna")
    delete_run(store, run)
    assert saved(store) is None


def test_the_name_of_somebody_erased_goes_from_criteria_and_presets(store: Store):
    text = "张小明\n熟悉金蝶"
    person = Person((), (), id_of(text), ("张小明",))
    row = RunRow(id_of(text), "张小明.pdf", text, 1, 1, {"logit": 1.0}, person=person)
    store.add_run(replace(run_of(JOB, []), rows=(row,)))
    save_rubric(store, JOB, add(parsed(), "像张小明那样熟悉合并报表"), "anna")
    save(store, RUBRIC, "财务", '[["像张小明那样", "must", 1.0]]', "anna")
    erase(store, [row.resume_id], "anna")
    rubric = saved_rubric(store, JOB)
    assert rubric and "张小明" not in str(rubric.rubric) and "合并报表" in str(rubric.rubric)
    assert "张小明" not in presets(store, RUBRIC)[0].text
