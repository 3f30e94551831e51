"""Criteria from the job in the box to the stored run: parsed or found again, changed by checked clicks, and opened as they were."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from feedback.comparison.compare import compare_runs
from feedback.store.saved.presets import RUBRIC, save
from feedback.store.saved.rubrics import save_rubric, saved_rubric
from feedback.store.store import Store
from reranker.rubric.criteria import Rubric, as_parsed
from reranker.rubric.edits import Refused, add, set_kind
from service.pile import Pile
from service.reopen import reopen
from service.rubric.edits import edit
from service.rubric.of_job import rubric_of
from service.rubric.presets import add_preset, preset_names, save_preset
from service.run_state import RunState
from tests.service.desk import JOB, finish, order, ready, uploaded

LIMIT = 100_000


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "feedback.sqlite3")


def rubric(store: Store, job: str = JOB, before: Rubric | None = None) -> Rubric:
    chosen = rubric_of(job, None, LIMIT, store, before)
    assert chosen
    return chosen.rubric


def test_a_job_has_the_rubric_that_it_is_parsed_into(store):
    parsed = rubric(store)
    assert [criterion.text for criterion in parsed.criteria] == ["熟悉 Python，三年以上经验", "熟悉 Kubernetes"] and parsed.is_untouched
    assert rubric_of("  \n", None, LIMIT, store) is None and rubric_of("福利：午餐", None, LIMIT, store) is None


def test_an_edited_rubric_comes_before_the_saved_and_the_saved_before_the_parsed(store):
    job = rubric_of(JOB, None, LIMIT, store)
    assert job
    saved, edited = set_kind(job.rubric, 1, "nice"), add(job.rubric, "能接受出差")
    carried_over = rubric(store, JOB + "\n3. 熟悉 Go", before=edited)
    assert [criterion.text for criterion in carried_over.criteria[2:]] == ["熟悉 Go", "能接受出差"], "a new line of the job takes its place"
    save_rubric(store, job.job, saved, "anna")
    chosen = rubric_of(JOB, None, LIMIT, store, before=edited)
    assert chosen and (chosen.rubric, chosen.version, chosen.user) == (saved, 1, "anna")
    again = rubric_of(JOB, None, LIMIT, store, edited={job.job: edited})
    assert again and (again.rubric, again.version) == (edited, 0)


def test_a_rubric_saved_when_job_descriptions_had_the_usual_names_is_found(store):
    parsed = rubric_of("任职要求：\n1. 熟悉 Kubernetes", None, LIMIT, store)
    assert parsed
    saved = add(parsed.rubric, "能接受出差")
    save_rubric(store, parsed.job, saved, "anna")
    assert rubric(store, "任职要求：\n1. 熟悉 k8s") == saved


@pytest.mark.parametrize(
    "click",
    [
        {},
        {"edit": "explode", "key": 1},
        {"edit": "delete"},
        {"edit": "delete", "key": "1"},
        {"edit": "delete", "key": 99},
        {"edit": "kind", "key": 1, "kind": "forbidden"},
        {"edit": "weight", "key": 1, "weight": 1e9},
        {"edit": "weight", "key": 1, "weight": True},
        {"edit": "add", "text": "能接受出差", "kind": ["must"]},
        {"edit": "add", "text": {"a": 1}},
    ],
)
def test_what_no_page_sends_changes_nothing(store, click: Mapping[str, Any]):
    with pytest.raises((ValueError, LookupError)):
        edit(rubric(store), click)


def test_clicks_change_one_thing_each(store):
    clicks: list[dict[str, Any]] = [
        {"edit": "split", "key": 1},
        {"edit": "reword", "key": 3, "text": "五年以上经验"},
        {"edit": "weight", "key": 2, "weight": 2},
        {"edit": "kind", "key": 1, "kind": "nice"},
        {"edit": "down", "key": 1},
        {"edit": "up", "key": 2},
        {"edit": "add", "text": "能接受出差", "kind": "nice", "weight": 0.5},
        {"edit": "merge", "key": 1},
        {"edit": "delete", "key": 3},
    ]
    changed = rubric(store)
    for click in clicks:
        changed = edit(changed, click)
    assert [(criterion.text, criterion.kind, criterion.weight) for criterion in changed.criteria] == [
        ("熟悉 Kubernetes", "must", 2.0),
        ("熟悉 Python；能接受出差", "nice", 1.0),
    ]
    assert edit(changed, {"edit": "reset"}) == rubric(store)
    with pytest.raises(Refused):
        edit(changed, {"edit": "add", "text": "限女性"})


def test_a_preset_of_one_job_adds_its_criteria_to_another(store):
    save_preset(store, "后端", add(rubric(store), "能接受出差", "nice", 2.0), "anna")
    assert preset_names(store) == ["后端"]
    other, _ = add_preset(store, "后端", rubric(store, "任职要求：\n1. 熟悉 Kubernetes\n2. 熟悉 Go"))
    assert [(criterion.text, criterion.weight) for criterion in other.criteria][2:] == [
        ("熟悉 Python，三年以上经验", 1.0),
        ("能接受出差", 2.0),
    ]
    assert add_preset(store, "gone", other) == (other, None)
    with pytest.raises(ValueError, match="no_text"):
        save_preset(store, "empty", replace(rubric(store), criteria=()), "anna")
    save(store, RUBRIC, "old", '[["能接受出差", "must", 1.0]]', "anna")
    assert add_preset(store, "old", other) == (other, None), "it is there already"


def test_a_stored_run_knows_its_rubric_and_opens_with_it(store, tmp_path):
    desk, _ = uploaded(tmp_path, 3)
    plain = finish(desk, order(), ready(), store).run.run_id
    changed = add(rubric(store), "负责平台开发")
    finish(desk, replace(order(), rubric=changed), ready(), store)
    assert desk.run.rubric_version == 1 and desk.run.ranking and all(row.lifts for row in desk.run.ranking.rows)
    saved = saved_rubric(store, desk.run.query.job if desk.run.query else "")
    assert saved and saved.rubric == changed
    state = RunState()
    reopen(state, Pile(), store.run(desk.run.run_id), store)
    assert (state.rubric, state.rubric_version) == (changed, 1)
    assert state.ranking and state.ranking.rows == desk.run.ranking.rows, "with the amounts that each row showed"
    reopen(state, Pile(), store.run(plain), store)
    assert (state.rubric, state.rubric_version) == (None, 0)
    difference = compare_runs(store, plain, desk.run.run_id)
    assert difference.changed == ("rubric",)
    lifts = {row.id: row.lifts[0].amount for row in desk.run.ranking.rows}
    mean = sum(lifts.values()) / 3
    for move in difference.moves:
        assert move.contributions.get("rubric", 0.0) == pytest.approx(lifts[move.resume_id] - mean, abs=1e-6)


def test_an_untouched_rubric_leaves_no_trace(store, tmp_path):
    desk, _ = uploaded(tmp_path, 2)
    finish(desk, order(), ready(), store)
    plain = store.run(desk.run.run_id)
    finish(desk, replace(order(), rubric=as_parsed(rubric(store).parsed)), ready(), store)
    ranked = store.run(desk.run.run_id)
    assert ranked.rows == plain.rows and ranked.settings["rubric"] == 0
    assert compare_runs(store, plain.id, ranked.id).changed == ()
