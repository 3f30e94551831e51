"""Two rankings compared: who moved among those in both, and a reason only where there is one."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from feedback.comparison.compare import Comparison, compare, compare_runs
from feedback.comparison.drivers import STRONG
from feedback.labels import Weights
from feedback.learning.features import NAMES
from feedback.learning.versions import activate, add_weights
from feedback.store.erase import erase
from feedback.store.store import Run, RunRow, Store
from tests.feedback.numbers import chance_of_at_least
from tests.feedback.stored import ENGINE, id_of

FEATURES = [name for name in NAMES if name != "logit"]


def run_of(features: dict[str, dict[str, float]], weights: Weights | None = None, instruction: str = "a", **engine: Any) -> Run:
    """Return a run of these texts in the order of their merit, each in a file of the same name."""
    coefficients = (weights or Weights()).coefficients
    order = sorted(features, key=lambda text: -sum(weight * features[text].get(name, 0) for name, weight in coefficients.items()))
    places = {text: index for index, text in enumerate(features, start=1)}
    rows = tuple(RunRow(id_of(text), f"{text}.pdf", text, rank, places[text], features[text]) for rank, text in enumerate(order, start=1))
    return Run("job", instruction, {}, replace(ENGINE, **engine), weights.version if weights else 0, "hr", 1.0, rows)


def logits(**values: float) -> dict[str, dict[str, float]]:
    return {text: {"logit": value} for text, value in values.items()}


def crowd(chance: np.random.Generator, count: int) -> dict[str, dict[str, float]]:
    """Return resumes whose features go with their logit and with each other, as real ones do; some features take few values."""
    quality = chance.normal(size=count)
    columns = {name: 0.7 * quality + chance.normal(size=count) for name in FEATURES}
    columns = {
        name: np.round(1 / (1 + np.exp(-values)) * 4) / 4 if index % 2 == 0 else values
        for index, (name, values) in enumerate(columns.items())
    }
    return {
        f"resume {number}": {"logit": float(quality[number]), **{name: float(values[number]) for name, values in columns.items()}}
        for number in range(count)
    }


def rescored(features: dict[str, dict[str, float]], change: np.ndarray) -> dict[str, dict[str, float]]:
    return {text: {**of, "logit": of["logit"] + float(more)} for (text, of), more in zip(features.items(), change, strict=True)}


def moved(comparison: Comparison) -> list[tuple[str, int, int, int]]:
    return [(move.name, move.rank_before, move.rank_after, move.rise) for move in comparison.moves]


def test_who_moved_is_listed_in_the_later_order():
    before, after = run_of(logits(a=3, b=2, c=1)), run_of(logits(a=1, b=2, c=3.5), instruction="b")
    comparison = compare(before, after)
    assert comparison.changed == ("instruction",) and not comparison.unmoved and not comparison.ignores_instruction
    assert moved(comparison) == [("c.pdf", 3, 1, 2), ("b.pdf", 2, 2, 0), ("a.pdf", 1, 3, -2)]
    assert (comparison.moves[0].logit_before, comparison.moves[0].logit_after) == (1, 3.5)


def test_newcomers_and_those_who_left_move_nobody():
    comparison = compare(run_of(logits(gone=9, a=3, b=2)), run_of(logits(a=3, new=2.5, b=2)))
    assert moved(comparison) == [("a.pdf", 2, 1, 0), ("b.pdf", 3, 3, 0)] and comparison.unmoved
    assert [row.name for row in comparison.only_before] == ["gone.pdf"] and [row.name for row in comparison.only_after] == ["new.pdf"]


def test_identical_runs_have_nothing_to_tell():
    run = run_of(crowd(np.random.default_rng(0), 20))
    comparison = compare(run, run)
    assert comparison.unmoved and len(comparison.moves) == 20
    assert (comparison.changed, comparison.settings, comparison.only_before, comparison.only_after, comparison.drivers) == (
        (),
        (),
        (),
        (),
        (),
    )


def test_runs_without_a_common_candidate_are_not_called_unmoved():
    comparison = compare(run_of(logits(a=1, b=2)), run_of(logits(c=1)))
    assert (comparison.moves, comparison.unmoved, len(comparison.only_before), len(comparison.only_after)) == ((), False, 2, 1)
    assert compare(run_of({}), run_of({})).moves == ()


def test_everything_that_was_asked_differently_is_named():
    run = run_of(logits(a=1))
    other = replace(
        run,
        job="another",
        instruction="b",
        engine=replace(run.engine, dtype="INT8"),
        weights_version=3,
        settings={"blind": True, "batch_size": 4, "company_terms": True},
    )
    assert compare(run, other).changed == ("job", "instruction", "engine", "weights", "settings")
    assert compare(run, other).settings == ("blind",)
    renamed = replace(run, engine=replace(run.engine, name="another name", batch_size=8), settings={"batch_size": 8})
    assert compare(run, renamed).changed == ()


def test_a_run_that_was_stopped_was_asked_the_same_as_one_of_before_that_was_not():
    run = run_of(logits(a=1, b=0))
    assert compare(run, replace(run, settings={**run.settings, "unranked": 0})).changed == ()
    assert compare(run, replace(run, settings={**run.settings, "unranked": 7})).changed == ()


def test_an_engine_that_does_not_read_the_instruction_is_said_to_ignore_it():
    before, after = (run_of(logits(a=2, b=1), instruction=instruction, heeds_instruction=False) for instruction in ("a", "b"))
    comparison = compare(before, after)
    assert comparison.ignores_instruction and comparison.unmoved
    assert not compare(before, replace(after, job="another")).ignores_instruction
    assert not compare(before, replace(before)).ignores_instruction


def test_a_file_whose_text_changed_is_matched_by_its_name():
    before, after = run_of(logits(a=2, b=1)), run_of(logits(a=2, b=1))
    masked = replace(after.rows[0], resume_id=id_of("masked"), text="masked")
    comparison = compare(before, replace(after, rows=(masked, after.rows[1])))
    assert [(move.name, move.resume_id) for move in comparison.moves] == [("a.pdf", id_of("masked")), ("b.pdf", id_of("b"))]
    assert comparison.only_before == comparison.only_after == ()


def test_a_name_that_two_files_have_matches_nothing():
    before, after = run_of(logits(a=2, b=1)), run_of(logits(c=2, d=1))
    same = tuple(replace(row, name="resume.pdf") for row in after.rows)
    comparison = compare(replace(before, rows=tuple(replace(row, name="resume.pdf") for row in before.rows)), replace(after, rows=same))
    assert comparison.moves == () and len(comparison.only_before) == len(comparison.only_after) == 2


def test_a_resume_that_is_in_the_pile_twice_is_matched_place_by_place():
    run = run_of(logits(a=2, b=1))
    twice = replace(run, rows=(*run.rows, replace(run.rows[0], rank=3, input_position=3, name="copy.pdf")))
    comparison = compare(twice, twice)
    assert [move.name for move in comparison.moves] == ["a.pdf", "b.pdf", "copy.pdf"] and comparison.unmoved
    assert [row.name for row in compare(twice, run).only_before] == ["copy.pdf"]


def test_an_erased_candidate_is_in_neither_run_and_moves_nobody(store: Store):
    runs = [store.add_run(run_of(logits(a=3, b=2, c=1))), store.add_run(run_of(logits(a=3, b=2, c=1), instruction="b"))]
    erase(store, [id_of("b")], "hr")
    comparison = compare_runs(store, runs[0], runs[1])
    assert moved(comparison) == [("a.pdf", 1, 1, 0), ("c.pdf", 2, 2, 0)] and comparison.unmoved
    assert comparison.only_before == comparison.only_after == ()
    with pytest.raises(LookupError):
        compare_runs(store, runs[0], 99)


def test_learned_weights_give_exact_reasons(store: Store):
    learned = Weights(1, {"logit": 2.0, "tenure": 4.0, "bm25": 2.0}, "f1")
    assert add_weights(store, learned, [], {}, "hr") == 1
    activate(store, 1, "hr")
    features = {"a": {"logit": 2.0, "tenure": 0.0, "bm25": 0.5}, "b": {"logit": 1.0, "tenure": 1.0, "bm25": 0.5}}
    comparison = compare_runs(store, store.add_run(run_of(features)), store.add_run(run_of(features, learned)))
    assert comparison.changed == ("weights",)
    assert [(move.name, move.rise, move.contributions) for move in comparison.moves] == [
        ("b.pdf", 1, {"tenure": 1.0}),
        ("a.pdf", -1, {"tenure": -1.0}),
    ]
    moves = compare(run_of(features), run_of({name: features[other] for name, other in ("ab", "ba")}, instruction="b")).moves
    assert [move.contributions for move in moves] == [{}, {}]


def test_reasons_of_weights_are_those_of_their_change():
    features = {"a": {"logit": 2.0, "tenure": 0.0, "bm25": 0.5}, "b": {"logit": 1.0, "tenure": 1.0, "bm25": 0.0}}
    old, new = Weights(1, {"logit": 1.0, "tenure": 1.0, "bm25": 3.0}), Weights(2, {"logit": 1.0, "tenure": 3.0, "bm25": 3.0})
    comparison = compare(run_of(features, old), run_of(features, new), old, new)
    assert [(move.name, move.contributions) for move in comparison.moves] == [("b.pdf", {"tenure": 1.0}), ("a.pdf", {"tenure": -1.0})]


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("seed", range(10))
def test_what_those_who_rose_have_in_common_is_found(seed: int, sign: int):
    chance = np.random.default_rng(seed)
    before = crowd(chance, 40)
    extra = np.array([sign * 0.8 * of["ownership"] for of in before.values()]) + 0.2 * chance.normal(size=40)
    comparison = compare(run_of(before), run_of(rescored(before, extra), instruction="b"))
    best = comparison.drivers[0]
    assert best.feature == "ownership" and best.count == 40 and best.p < 0.05
    assert best.correlation * sign > STRONG


def test_candidates_that_learned_weights_lift_have_the_feature_in_common():
    before, weights = crowd(np.random.default_rng(1), 25), Weights(1, {"logit": 1.0, "tenure": 3.0})
    comparison = compare(run_of(before), run_of(before, weights), Weights(), weights)
    assert comparison.drivers[0].feature == "tenure" and comparison.drivers[0].correlation > 0.8


@pytest.mark.parametrize(("count", "before_s", "after_s"), [(6, 0.7, 0.7), (12, 0.7, 0.7), (25, 0, 1)])
def test_noise_has_no_reason(count: int, before_s: float, after_s: float):
    """Scores of one quality, with so much noise in the one order and in the other, which alone lets the best, rich in everything, fall or
    rise: the number of drivers found must not contradict one in ten at most.
    """
    alarms = comparisons = 0
    for seed in range(60):
        chance = np.random.default_rng(seed)
        people = crowd(chance, count)
        noisy = [rescored(people, size * chance.normal(size=count)) for size in (before_s, after_s)]
        comparison = compare(run_of(noisy[0]), run_of(noisy[1], instruction="b"))
        comparisons += not comparison.unmoved
        alarms += bool(comparison.drivers)
    assert comparisons >= 54 and chance_of_at_least(alarms, comparisons, 0.1) > 0.05


def test_five_candidates_are_too_few_for_a_reason():
    before = crowd(np.random.default_rng(0), 5)
    extra = np.array([9 * of["ownership"] for of in before.values()])
    assert compare(run_of(before), run_of(rescored(before, extra), instruction="b")).drivers == ()


def test_features_that_are_not_known_or_the_same_for_all_are_no_reason():
    before = {text: {"logit": of["logit"], "bm25": 0.5} for text, of in crowd(np.random.default_rng(0), 20).items()}
    extra = 3 * np.random.default_rng(1).normal(size=20)
    comparison = compare(run_of(before), run_of(rescored(before, extra), instruction="b"))
    assert not comparison.unmoved and comparison.drivers == ()
    assert compare(run_of(before), run_of({text: {"logit": 1.0} for text in before}, instruction="b")).drivers == ()
