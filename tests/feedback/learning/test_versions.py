"""Versions of weights: all kept, one active, always a way back, marked when a candidate that taught them is gone."""

import pytest

from feedback.labels import FULL, Weights
from feedback.learning.groups import groups
from feedback.learning.learned import learned as in_force
from feedback.learning.versions import activate, active, add_weights, is_outdated, previous, versions
from feedback.store.erase import erase
from feedback.store.store import Store
from tests.feedback.stored import id_of, run_of

LEARNED = Weights(99, {"logit": 0.1 + 0.2, "bm25": -1e-300}, "f1")


def learned(store: Store, **report: object) -> int:
    return add_weights(store, LEARNED, groups(store, "f1"), report, "hr")


def test_without_an_active_version_the_order_is_the_models(store: Store):
    learned(store)
    assert active(store, "f1") == Weights()


def test_an_active_version_comes_back_bit_by_bit_with_its_own_number(store: Store):
    version = learned(store, ndcg=0.5)
    activate(store, version, "hr")
    assert active(store, "f1") == Weights(version, LEARNED.coefficients, "f1")
    [kept] = versions(store)
    assert (kept.report, kept.user, kept.is_active, kept.due_for_relearning) == ({"ndcg": 0.5}, "hr", True, False)


def test_weights_of_another_engine_are_not_used(store: Store):
    activate(store, learned(store), "hr")
    assert active(store, "f2") == Weights()


def test_zero_is_the_models_order_again(store: Store):
    activate(store, learned(store), "hr")
    activate(store, 0, "hr")
    assert active(store, "f1") == Weights()
    assert not versions(store)[0].is_active


def test_a_version_that_is_not_there_cannot_be_activated(store: Store):
    for version in (1, -1):
        with pytest.raises(LookupError):
            activate(store, version, "hr")
    assert active(store, "f1") == Weights()


def test_going_back_again_and_again_ends_at_the_models_order(store: Store):
    assert previous(store) is None
    for _ in range(3):
        activate(store, learned(store), "hr")
    seen = []
    while (back := previous(store)) is not None:
        activate(store, back, "hr")
        seen.append(back)
    assert seen == [2, 1, 0]
    assert len(versions(store)) == 3, "every version is kept"
    with store.reading() as db:
        assert [version for [version] in db.execute("SELECT version FROM activations ORDER BY id")] == [1, 2, 3, 2, 1, 0]


def test_weights_are_due_for_relearning_when_a_candidate_of_their_groups_is_erased(store: Store):
    run = store.add_run(run_of("job", ["a", "b"]))
    store.label(run, id_of("a"), "hr", FULL)
    before = learned(store)
    store.add_run(run_of("unlabelled job", ["c"]))
    assert erase(store, [id_of("c")], "hr").due_for_relearning == (), "no version was learned from it"
    activate(store, before, "hr")
    assert erase(store, [id_of("b")], "hr").due_for_relearning == (before,), "b was in the group, though nobody labelled it"
    after = learned(store)
    assert {version.weights.version: version.due_for_relearning for version in versions(store)} == {before: True, after: False}
    assert active(store, "f1").version == before, "marked, not switched off"


def test_who_is_erased_while_the_learning_goes_on_marks_its_outcome_and_is_not_quoted_in_it(store: Store):
    store.label(store.add_run(run_of("job", ["a", "b"])), id_of("a"), "hr", FULL)
    groups_now = groups(store, "f1")
    erase(store, [id_of("a")], "hr")
    report = {"moved": [{"resume_id": id_of("a"), "name": "a.pdf"}, {"resume_id": id_of("b"), "name": "b.pdf"}]}
    add_weights(store, LEARNED, groups_now, report, "hr")
    assert versions(store)[0].due_for_relearning
    assert versions(store)[0].report == {"moved": [{"resume_id": id_of("b"), "name": "b.pdf"}]}


def test_weights_on_features_of_an_earlier_release_are_kept_due_and_not_applied(store: Store):
    outdated = Weights(0, {"logit": 1.0, "must_coverage": 0.4}, "f1")
    version = add_weights(store, outdated, groups(store, "f1"), {}, "hr")
    activate(store, version, "hr")
    [kept] = versions(store)
    assert kept.is_readable and kept.is_active and kept.due_for_relearning and is_outdated(kept.weights)
    used = in_force(store, "f1")
    assert (used.weights, used.outdated) == (Weights(), version)
