"""What is stored about one candidate: all of it, nothing of anybody else, and found by whatever a person remembers."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from feedback.files.imports import import_file
from feedback.labels import FULL, NONE, Weights
from feedback.learning.groups import groups
from feedback.learning.versions import add_weights
from feedback.store.candidate_data import candidate_data, find_candidates
from feedback.store.erase import erase
from feedback.store.store import RunRow, Store, audit
from tests.feedback.stored import ENGINE, id_of, run_of

TEXT = "张三\n电话 13900000000\n负责支付系统"
START, END = TEXT.index("负责"), len(TEXT)
SHOWN = {
    "match_points": [{"requirement": "熟悉支付", "kind": "must", "status": "met", "start": START, "end": END, "strength": 0.9}],
    "notes": [{"code": "hidden_text", "page": 1, "before": "white", "after": "", "count": 2}],
    "truncated": 12,
    "model_rank": 2,
}


def ranked(store: Store, job: str = "招聘JD", at: float = 1000.0, name: str = "张三_后端.pdf") -> int:
    run = run_of(job, ["李四的简历 secret-other", TEXT], at=at)
    other, own = run.rows
    own = RunRow(own.resume_id, name, TEXT, 1, 2, {"logit": 0.0, "quantified": 0.5}, SHOWN)
    rows = (own, replace(other, rank=2, input_position=1, name="李四.pdf"))
    return store.add_run(replace(run, engine=replace(ENGINE, score_scale="probability"), rows=rows))


def test_the_data_of_a_candidate_holds_every_run_label_and_version(store: Store, tmp_path: Path):
    run = ranked(store)
    store.label(run, id_of(TEXT), "anna", FULL, "led payments", at=2000.0)
    store.label(run, id_of(TEXT), "anna", NONE, "second thoughts", at=3000.0)
    (tmp_path / "labels.csv").write_text(f'job,resume,label,rater\n招聘JD,"{TEXT}",1,ben\n', "utf-8")
    assert import_file(store, tmp_path / "labels.csv", tmp_path).added == 1
    later = ranked(store, "other job", at=4000.0, name="张三_new.pdf")
    version = add_weights(store, Weights(fingerprint="f1"), groups(store, "f1"), {}, "hr")
    data = candidate_data(store, id_of(TEXT))

    assert (data["resume_id"], data["versions"], data["names"]) == (
        id_of(TEXT),
        [{"resume_id": id_of(TEXT), "text": TEXT}],
        ["张三_new.pdf", "张三_后端.pdf"],
    )
    assert data["weights_versions"] == [version]
    first, second = data["runs"]
    assert (first["run_id"], first["at"], first["user"], first["job"]) == (run, "1970-01-01T00:16:40+00:00", "hr", "招聘JD")
    assert (first["instruction"], first["engine"]["name"], first["candidates"]) == ("instruct", "test", 2)
    [row] = first["rows"]
    assert (row["rank"], row["previous_rank"], row["model_rank"], row["name"]) == (1, 2, 2, "张三_后端.pdf")
    assert (row["score"], row["probability"], row["features"], row["truncated"]) == (0.0, 0.5, {"logit": 0.0, "quantified": 0.5}, 12)
    assert row["match_points"] == [{**SHOWN["match_points"][0], "quote": "负责支付系统", "reason": None, "written": ""}]
    assert row["notes"] == [{**note, "places": ()} for note in SHOWN["notes"]]
    assert (second["run_id"], second["rows"][0]["name"]) == (later, "张三_new.pdf")
    said = [
        (value["rater"], value["grade"], value["reason"], value["run_id"], value["file"], value["is_current"]) for value in data["labels"]
    ]
    assert said == [
        ("anna", FULL, "led payments", run, None, False),
        ("anna", NONE, "second thoughts", run, None, True),
        ("ben", 1, "", None, "labels.csv", True),
    ]
    assert data["labels"][0]["at"] == "1970-01-01T00:33:20+00:00" and data["labels"][0]["job"] == "招聘JD"
    assert [value["event"] for value in data["log"]] == [audit.LABELLED, audit.LABELLED]


def test_it_is_json_and_holds_nothing_of_the_others(store: Store):
    run = ranked(store)
    store.label(run, id_of("李四的简历 secret-other"), "anna", FULL, "secret-reason")
    said = json.dumps(candidate_data(store, id_of(TEXT)), ensure_ascii=False, allow_nan=False)
    assert "secret" not in said and "李四" not in said and id_of("李四的简历 secret-other") not in said
    assert TEXT.splitlines()[1] in said


def test_a_twin_in_the_pile_has_both_its_rows(store: Store):
    run = run_of("job", ["twin", "twin"])
    store.add_run(replace(run, rows=tuple(replace(row, input_position=row.rank) for row in run.rows)))
    [exported] = candidate_data(store, id_of("twin"))["runs"]
    assert [row["rank"] for row in exported["rows"]] == [1, 2]


def test_who_was_scored_for_learning_only_has_no_rank(store: Store):
    run = run_of("job", ["a"], shown=False)
    store.add_run(replace(run, rows=(replace(run.rows[0], input_position=1),)))
    [row] = candidate_data(store, id_of("a"))["runs"][0]["rows"]
    assert row["rank"] is None and row["match_points"] is None


def test_nothing_is_stored_about_the_unknown_and_the_erased(store: Store):
    ranked(store)
    erase(store, [id_of(TEXT)], "dpo")
    for text in (TEXT, "never seen"):
        with pytest.raises(LookupError):
            candidate_data(store, id_of(text))
    assert find_candidates(store, "张三") == []


@pytest.mark.parametrize("search", ["张三", "13900000000", " 后端.PDF ", "支付", "old_name"])
def test_a_candidate_is_found_by_name_text_phone_or_an_earlier_name(store: Store, search: str):
    ranked(store, at=500.0, name="old_name.pdf")
    run = ranked(store)
    store.label(run, id_of(TEXT), "anna", FULL)
    [candidates] = find_candidates(store, search)
    assert (candidates.resume_id, candidates.names) == (id_of(TEXT), ("张三_后端.pdf", "old_name.pdf"))
    assert (candidates.last_at, candidates.runs, candidates.labels) == (1000.0, 2, 1)


@pytest.mark.parametrize("search", ["", "  ", "%", "_x", "' OR 1=1 --", "\\"])
def test_a_search_takes_every_sign_as_it_is_and_nothing_finds_nobody(store: Store, search: str):
    store.add_run(run_of("job", ["a"]))
    assert find_candidates(store, search) == []


def test_a_person_is_called_what_the_resume_says(store: Store):
    ranked(store)
    [person] = find_candidates(store, "张三")
    assert (person.called, person.names) == ("张三", ("张三_后端.pdf",))


def test_those_ranked_last_come_first(store: Store):
    for number, at in enumerate((300.0, 900.0, 600.0)):
        store.add_run(run_of("job", [f"resume {number}"], at=at))
    assert [candidate.last_at for candidate in find_candidates(store, "resume")] == [900.0, 600.0, 300.0]
    assert len(find_candidates(store, "resume", limit=2)) == 2
