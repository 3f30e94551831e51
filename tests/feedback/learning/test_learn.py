"""Learning: what labels show is learned, what they do not show stays at exactly zero, and every label counts for what it is worth."""

from dataclasses import replace

import numpy as np
import pytest

from feedback.labels import Group
from feedback.learning.features import NAMES
from feedback.learning.learn import LEAST_TRUST, LOGIT, Fit, folds, learn
from feedback.learning.pairs import MAX_BOOST, PairwiseDataset, pairwise_dataset
from feedback.learning.term_table import term_table
from tests.feedback.numbers import ENGINE, candidate, group, groups


def learned(labelled: list[Group], seed: int = 0) -> Fit:
    rows = pairwise_dataset(labelled, ENGINE)
    return learn(rows, term_table(rows, {}), np.arange(len(rows.groups)), seed)


def weights(rows: PairwiseDataset) -> dict[tuple[int, int], float]:
    """Return the weights by (better, worse) rows."""
    return {(int(a), int(b)): float(weight) for a, b, weight in zip(rows.better, rows.worse, rows.weight, strict=True)}


def test_what_is_liked_is_learned_and_the_rest_is_exactly_zero():
    extra = 0
    for seed in range(10):
        coefficients = learned(groups(seed, 30, 10, {"projects": 4.0})).coefficients
        assert coefficients["logit"] == 1.0
        assert coefficients["projects"] == pytest.approx(4.0, rel=0.5)
        extra += len(coefficients) - 2
    assert extra <= 5, "half a feature too many per house is noise that was learned"


def test_a_dislike_is_learned_with_its_sign():
    assert learned(groups(1, 30, 10, {"tenure": -4.0})).coefficients["tenure"] < -2


def test_labels_in_the_order_of_the_model_teach_nothing():
    assert learned(groups(0, 30, 10, {}, noise=0.0)).coefficients == {"logit": 1.0}


def test_an_engine_with_another_scale_gets_coefficients_on_that_scale():
    """Exactly the same order from logits in hundredths."""
    original = groups(3, 20, 10, {"projects": 4.0})
    scaled = [
        replace(group, candidates=tuple(replace(c, features={**c.features, "logit": c.features["logit"] / 100}) for c in group.candidates))
        for group in original
    ]
    big, small = learned(original).coefficients, learned(scaled).coefficients
    assert set(big) == set(small)
    assert small["projects"] == pytest.approx(big["projects"] / 100, rel=0.02)


def test_no_group_is_split_between_folds():
    parts = folds(23, 5, seed=1)
    assert sorted(np.concatenate(parts)) == list(range(23))
    assert len(parts) == 5


def test_a_logit_that_says_little_among_the_first_ten_keeps_its_weight_for_those_below():
    """The labels contradict the logit, but only where it hardly differs: those far below, with more projects still, must not overtake."""
    labelled = [
        group(
            number,
            candidate(10 * number, 1, [0], logit=5.2, projects=0.1),
            candidate(10 * number + 1, 2, [2], logit=5.0, projects=0.9),
            *(candidate(10 * number + index, index, [], logit=-5.0 - index, projects=1.0) for index in range(3, 10)),
        )
        for number in range(20)
    ]
    rows = pairwise_dataset(labelled, ENGINE)
    fit = learned(labelled)
    assert fit.effects[LOGIT] * rows.logit_spread / fit.spread[LOGIT] >= LEAST_TRUST * 0.999
    score = {group.rank: sum(fit.coefficients.get(name, 0.0) * group.features[name] for name in NAMES) for group in labelled[0].candidates}
    assert score[2] > score[1] and score[2] > max(score[rank] for rank in range(3, 10))


def test_each_group_counts_the_same_however_many_pairs_it_has():
    rows = pairwise_dataset([*groups(0, 1, 40, {}), *groups(1, 1, 4, {})], ENGINE)
    total = np.bincount(rows.group[rows.better], rows.weight)
    assert len(rows.better) > 100
    assert total == pytest.approx([1.0, 1.0])


def test_the_number_of_pairs_is_bounded_and_the_sample_is_the_same_each_time():
    many = groups(0, 300, 50, {})
    rows = pairwise_dataset(many, ENGINE)
    assert len(rows.better) <= 20_000
    assert np.array_equal(rows.better, pairwise_dataset(many, ENGINE).better)


def test_raters_who_contradict_each_other_give_no_pair_and_a_majority_counts_less_than_all():
    split = group(0, candidate(0, 0, [2, 0]), candidate(1, 0, [0, 2]), candidate(2, 0, [2, 2]))
    assert set(weights(pairwise_dataset([split], ENGINE))) == {(2, 0), (2, 1)}
    rows = pairwise_dataset([group(0, candidate(0, 0, [2, 2, 0]), candidate(1, 0, [0, 0, 2]), candidate(2, 0, [2, 2, 2]))], ENGINE)
    by_pair = weights(rows)
    assert by_pair[0, 1] < by_pair[2, 1]
    assert sum(by_pair.values()) == pytest.approx(1.0)


def test_a_label_far_down_where_few_are_given_counts_more_but_not_without_end():
    """Rank 1 is always labelled, rank 30 once in 60 jobs."""
    labelled = [
        group(
            number,
            candidate(100 * number, 1, [2]),
            candidate(100 * number + 1, 2, [1]),
            *(candidate(100 * number + rank, rank, [0] if (number, rank) == (0, 30) else []) for rank in range(3, 31)),
        )
        for number in range(60)
    ]
    by_pair = weights(pairwise_dataset(labelled, ENGINE))
    seen, deep = by_pair[0, 1], by_pair[0, 2]
    assert 2 * seen < deep <= MAX_BOOST * seen * 1.0001


def test_imported_labels_were_shown_nowhere_and_count_once():
    by_pair = weights(pairwise_dataset([group(0, candidate(0, 0, [2]), candidate(1, 0, [1]), candidate(2, 0, [0]))], ENGINE))
    assert list(by_pair.values()) == pytest.approx([1 / 3] * 3)


def test_logits_of_two_engines_are_never_compared():
    other = [replace(group, fingerprint="other") for group in groups(0, 3, 5, {})]
    assert pairwise_dataset([*other, *groups(1, 4, 5, {})], ENGINE).groups == tuple(groups(1, 4, 5, {}))


def test_what_says_nothing_is_left_out():
    """One candidate, equal grades, no labels, labels without a score."""
    unscored = replace(candidate(5, 1, [2]), features={})
    useless = [
        group(0, candidate(0, 1, [2])),
        group(1, candidate(0, 1, [1]), candidate(1, 2, [1])),
        group(2, candidate(0, 1, []), candidate(1, 2, [])),
        group(3, unscored, candidate(1, 2, [0])),
    ]
    rows = pairwise_dataset(useless, ENGINE)
    assert rows.groups == () and len(rows.better) == 0 and rows.features.shape == (0, len(NAMES))


def test_a_feature_that_older_runs_did_not_have_counts_as_zero():
    old = [
        replace(group, candidates=tuple(replace(c, features={"logit": c.features["logit"]}) for c in group.candidates))
        for group in groups(0, 10, 6, {})
    ]
    rows = pairwise_dataset(old, ENGINE)
    assert not rows.features[:, 1:].any()
    assert learned(old).coefficients == {"logit": 1.0}
