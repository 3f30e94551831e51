"""Runs and labels: what goes in comes out, several people's labels stay apart, the newest of each counts."""

import threading
from dataclasses import replace

import pytest

from feedback.labels import FULL, NONE, PARTIAL, Label
from feedback.learning.groups import groups
from feedback.store.erase import Erased, erase
from feedback.store.store import Run, Store, UnknownCandidate
from tests.feedback.stored import id_of, run_of


def test_a_run_comes_back_as_it_was(store: Store):
    run = run_of("招聘JD：后端", ["张三的简历", "李四的简历"], at=123.5, semantic=0.1234567890123)
    number = store.add_run(run)
    kept = store.run(number)
    assert kept == Run(**{**vars(run), "id": number})


def test_texts_are_kept_once(store: Store):
    for at in range(5):
        store.add_run(run_of("job", ["one resume", "another"], at=at))
    with store.reading() as db:
        assert db.execute("SELECT (SELECT count(*) FROM jobs), (SELECT count(*) FROM resumes)").fetchone() == (1, 2)


def test_a_resume_that_comes_twice_keeps_both_its_places_and_counts_once(store: Store):
    twins = run_of("job", ["twin", "twin", "other"])
    run = store.add_run(replace(twins, rows=tuple(replace(row, input_position=row.rank) for row in twins.rows)))
    assert [(row.text, row.rank) for row in store.run(run).rows] == [("twin", 1), ("twin", 2), ("other", 3)]
    store.label(run, id_of("twin"), "anna", FULL, at=1.0)
    assert store.labels_of_run(run) == {id_of("twin"): (Label("anna", FULL, "", 1.0),)}
    [group] = groups(store, "f1")
    assert [(candidate.text, candidate.rank) for candidate in group.candidates] == [("twin", 1), ("other", 3)]
    assert erase(store, [id_of("twin")], "hr") == Erased(versions=1, runs=1, labels=1)
    assert [row.text for row in store.run(run).rows] == ["other"]


def test_a_row_keeps_its_name_and_what_it_showed_when_the_text_comes_again_under_another_name(store: Store):
    run = run_of("job", ["a"])
    first = store.add_run(replace(run, rows=(replace(run.rows[0], name="old.pdf", shown={"notes": [{"code": "x"}]}),)))
    store.add_run(replace(run, rows=(replace(run.rows[0], name="new.pdf"),)))
    [row] = store.run(first).rows
    assert (row.name, row.shown) == ("old.pdf", {"notes": [{"code": "x"}]})


def test_features_need_a_logit_and_finite_numbers(store: Store):
    good = run_of("job", ["a"])
    for features in ({"semantic": 1.0}, {"logit": float("nan")}, {"logit": 1.0, "semantic": float("inf")}):
        with pytest.raises(ValueError):
            store.add_run(Run(**{**vars(good), "rows": (type(good.rows[0])(**{**vars(good.rows[0]), "features": features}),)}))
    assert store.runs(10) == []


def test_runs_are_listed_newest_first_without_those_that_nobody_was_shown(store: Store):
    first, second = store.add_run(run_of("job 1", ["a"])), store.add_run(run_of("job 2", ["b"]))
    store.add_run(run_of("job 3", ["c"], shown=False))
    assert [(run.id, run.job, run.rows) for run in store.runs(10)] == [(second, "job 2", ()), (first, "job 1", ())]
    assert [run.id for run in store.runs(1)] == [second]


def test_several_people_label_the_same_candidate_and_all_are_kept(store: Store):
    run = store.add_run(run_of("job", ["a", "b"]))
    store.label(run, id_of("a"), "anna", FULL, "3 万 QPS", at=1.0)
    store.label(run, id_of("a"), "ben", NONE, at=2.0)
    assert store.labels_of_run(run) == {id_of("a"): (Label("anna", FULL, "3 万 QPS", 1.0), Label("ben", NONE, "", 2.0))}


def test_the_newest_label_of_a_person_counts_and_can_be_taken_back(store: Store):
    run = store.add_run(run_of("job", ["a"]))
    for grade in (FULL, PARTIAL):
        store.label(run, id_of("a"), "anna", grade)
    assert [label.grade for label in store.labels_of_run(run)[id_of("a")]] == [PARTIAL]
    store.label(run, id_of("a"), "anna", None)
    assert store.labels_of_run(run) == {}
    with store.reading() as db:
        history = db.execute("SELECT rater, grade FROM labels ORDER BY id").fetchall()
    assert history == [("anna", FULL), ("anna", PARTIAL), ("anna", None)], "what was said before stays on record"


def test_taking_back_leaves_the_labels_of_others(store: Store):
    run = store.add_run(run_of("job", ["a"]))
    store.label(run, id_of("a"), "anna", FULL)
    store.label(run, id_of("a"), "ben", PARTIAL)
    store.label(run, id_of("a"), "ben", None)
    assert [label.rater for label in store.labels_of_run(run)[id_of("a")]] == ["anna"]


def test_labels_show_again_in_a_later_run_of_the_same_job_only(store: Store):
    store.label(store.add_run(run_of("job", ["a", "b"])), id_of("a"), "anna", FULL)
    again, other = store.add_run(run_of("job", ["c", "a"])), store.add_run(run_of("other job", ["a"]))
    assert list(store.labels_of_run(again)) == [id_of("a")]
    assert store.labels_of_run(other) == {}


def test_what_is_not_there_cannot_be_labelled(store: Store):
    run = store.add_run(run_of("job", ["a"]))
    for number, resume in ((run + 1, "a"), (run, "b")):
        with pytest.raises(UnknownCandidate):
            store.label(number, id_of(resume), "anna", FULL)
    for grade in (3, -1, 0.5, "2"):
        with pytest.raises(ValueError):
            store.label(run, id_of("a"), "anna", grade)  # type: ignore[arg-type]
    assert store.labels_of_run(run) == {}


def test_a_reason_is_one_line_and_half_a_surrogate_pair_does_not_break_it(store: Store):
    run = store.add_run(run_of("job", ["a"]))
    store.label(run, id_of("a"), "anna", FULL, "  two\nlines \ud83d ")
    assert store.labels_of_run(run)[id_of("a")][0].reason == "two lines ?"


def test_many_threads_label_at_once_and_nothing_is_lost(store: Store):
    texts = [f"resume {number}" for number in range(25)]
    run = store.add_run(run_of("job", texts))
    problems: list[BaseException] = []

    def person(name: str):
        try:
            for text in texts:
                store.label(run, id_of(text), name, len(text) % 3)
                assert name in {label.rater for label in store.labels_of_run(run)[id_of(text)]}, "what was acknowledged is visible"
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=person, args=(f"person {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert sum(map(len, store.labels_of_run(run).values())) == 8 * 25
