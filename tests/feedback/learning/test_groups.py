"""Groups to learn from: whole, of one engine, with the newest features; and what is still to be scored."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from feedback.labels import FULL, NONE, PARTIAL
from feedback.learning.groups import groups, unscored
from feedback.store.store import FILE_NAME, Store
from tests.feedback.stored import id_of, run_of


def test_a_group_has_all_candidates_of_its_job_labelled_or_not(store: Store):
    store.label(store.add_run(run_of("job", ["a", "b", "c"], at=50.0, field=0.5)), id_of("b"), "anna", FULL, "why", at=60.0)
    store.add_run(run_of("nobody labelled this job", ["a", "b"]))
    [group] = groups(store, "f1")
    assert (group.job, group.job_id, group.fingerprint, group.at) == ("job", id_of("job"), "f1", 50.0)
    assert [(candidate.text, candidate.name, candidate.rank) for candidate in group.candidates] == [
        ("a", "a.pdf", 1),
        ("b", "b.pdf", 2),
        ("c", "c.pdf", 3),
    ]
    assert [[label.grade for label in candidate.labels] for candidate in group.candidates] == [[], [FULL], []]
    assert group.candidates[1].features == {"logit": 3.0, "field": 0.5}


def test_the_features_are_of_the_newest_run_in_which_the_candidate_was(store: Store):
    first = store.add_run(run_of("job", ["a", "b"], at=1.0, field=0.1))
    store.label(first, id_of("a"), "anna", FULL)
    store.add_run(run_of("job", ["c", "b"], at=2.0, field=0.2))
    [group] = groups(store, "f1")
    assert {candidate.text: (candidate.rank, candidate.features["field"]) for candidate in group.candidates} == {
        "a": (1, 0.1),
        "c": (1, 0.2),
        "b": (2, 0.2),
    }
    assert group.at == 2.0


def test_labels_of_all_runs_of_the_job_are_in_the_group(store: Store):
    first, second = store.add_run(run_of("job", ["a", "b"])), store.add_run(run_of("job", ["a", "b"]))
    store.label(first, id_of("a"), "anna", FULL)
    store.label(second, id_of("a"), "ben", PARTIAL)
    store.label(second, id_of("b"), "ben", NONE)
    [group] = groups(store, "f1")
    assert [[(label.rater, label.grade) for label in candidate.labels] for candidate in group.candidates] == [
        [("anna", FULL), ("ben", PARTIAL)],
        [("ben", NONE)],
    ]


def test_a_job_whose_labels_were_all_taken_back_is_no_group(store: Store):
    run = store.add_run(run_of("job", ["a"]))
    store.label(run, id_of("a"), "anna", FULL)
    store.label(run, id_of("a"), "anna", None)
    assert groups(store, "f1") == []


def test_engines_are_not_mixed_but_their_labels_are_shared(store: Store):
    store.label(store.add_run(run_of("job", ["a", "b"], fingerprint="f1")), id_of("a"), "anna", FULL)
    store.add_run(run_of("job", ["b", "c"], fingerprint="f2", field=0.9))
    assert [group.text for group in groups(store, "f1")[0].candidates] == ["a", "b"]
    assert groups(store, "f2") == [], "f2 has not ranked the candidate that was labelled"
    [(job, resumes)] = unscored(store, "f2")
    assert (job, [resume.text for resume in resumes]) == ("job", ["a"])
    store.add_run(run_of("job", ["a"], fingerprint="f2", shown=False))
    [group] = groups(store, "f2")
    assert [(candidate.text, candidate.rank, len(candidate.labels)) for candidate in group.candidates] == [
        ("a", 0, 1),
        ("b", 1, 0),
        ("c", 2, 0),
    ]
    assert unscored(store, "f2") == []


class CountingStore(Store):
    """Counts the statements of its readers."""

    statements: list[str]

    @contextmanager
    def reading(self) -> Iterator:
        with super().reading() as db:
            db.set_trace_callback(self.statements.append)
            yield db


def test_many_groups_of_fifty_take_a_handful_of_queries(tmp_path: Path):
    store = CountingStore(tmp_path / FILE_NAME)
    store.statements = []
    texts = [f"candidate {number} " + "负责高并发系统的设计与研发" * 50 for number in range(50)]
    features: dict[str, Any] = {f"feature {number}": number / 7 for number in range(12)}
    run = store.add_run(run_of("job 0", texts, **features))
    store.label(run, id_of(texts[0]), "anna", FULL)
    with store.writing() as db:  # 199 more of the same
        for number in range(1, 200):
            db.execute("INSERT INTO jobs VALUES (?,?,?)", (number + 1, f"{number:064}", f"job {number}"))
            db.execute(
                "INSERT INTO runs SELECT ?, ?, instruction, settings, engine, fingerprint, 0, user, at FROM runs LIMIT 1", (number + 1,) * 2
            )
            db.execute(
                "INSERT INTO candidates SELECT ?, resume, previous_rank, rank, name, features, shown, called FROM candidates WHERE run = 1",
                (number + 1,),
            )
            db.execute("INSERT INTO labels SELECT NULL, ?, resume, NULL, NULL, rater, grade, reason, at FROM labels LIMIT 1", (number + 1,))
    groups_now = groups(store, "f1")
    assert sum(len(group.candidates) for group in groups_now) == 10_000
    assert len(store.statements) <= 6
    store.close()
