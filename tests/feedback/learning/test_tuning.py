"""Proposing, applying and going back, on a real database; and what an erased candidate means for the weights in use."""

from pathlib import Path

import pytest

from feedback.labels import FULL, NONE
from feedback.learning.groups import groups
from feedback.learning.tuning import apply, learn_from_store, roll_back
from feedback.learning.versions import active, versions
from feedback.store.erase import erase
from feedback.store.store import Run, RunRow, Store
from tests.encoder import ENCODER
from tests.engines import engine_info

ENGINE = engine_info(fingerprint="f00d")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return twelve jobs in which, against the engine, those with quantified results are right."""
    store = Store(tmp_path / "feedback.sqlite3")
    for job in range(12):
        rows = [
            RunRow(
                f"{job}-{index}",
                "",
                f"resume {job} {index}",
                index + 1,
                index + 1,
                {"logit": 3.0 - index, "quantified": float(index % 3 == 2)},
            )
            for index in range(6)
        ]
        run = store.add_run(Run(f"job {job}", "", {}, ENGINE, 0, "", 1.7e9 + job * 86_400, tuple(rows)))
        for row in rows:
            store.label(run, row.resume_id, "amy", FULL if row.features["quantified"] else NONE)
    return store


def test_nothing_changes_until_it_is_applied_and_everything_comes_back(store: Store):
    outcome = learn_from_store(store, "f00d", ENCODER)
    assert outcome.report.accepted and versions(store) == [] and active(store, "f00d").version == 0
    assert apply(store, outcome, "amy") == 1
    assert active(store, "f00d").coefficients["quantified"] > 0
    assert roll_back(store, "amy") == 0 and active(store, "f00d").coefficients == {"logit": 1.0}
    assert roll_back(store, "amy") is None
    assert roll_back(store, "amy", 1) == 1 and active(store, "f00d").version == 1


def test_what_was_refused_cannot_be_applied(store: Store):
    outcome = learn_from_store(store, "another engine", ENCODER)
    assert outcome.report.verdict.reason == "too_few_groups"
    with pytest.raises(ValueError, match="too_few_groups"):
        apply(store, outcome, "amy")


def test_weights_that_knew_an_erased_candidate_are_learned_anew_without_being_the_yardstick(store: Store):
    apply(store, learn_from_store(store, "f00d", ENCODER), "amy")
    assert erase(store, ["3-2"], "amy").due_for_relearning == (1,)
    assert "3-2" not in {candidate.resume_id for group in groups(store, "f00d") for candidate in group.candidates}
    again = learn_from_store(store, "f00d", ENCODER)
    assert again.report.accepted, "not 'unchanged', not 'worse than active'"
    assert apply(store, again, "amy") == 2
    assert [(version.weights.version, version.is_active, version.due_for_relearning) for version in versions(store)] == [
        (2, True, False),
        (1, False, True),
    ]
