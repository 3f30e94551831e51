"""The gate: noise is refused, what is real passes, and nobody is judged on labels that they learned from."""

import json
from collections import Counter
from dataclasses import asdict, replace
from datetime import datetime, timedelta

import numpy as np
import pytest

from feedback.labels import FULL, NONE, Group, Term, Weights
from feedback.learning.features import NAMES
from feedback.learning.gate import LEAST_GROUPS, GateVerdict, JobKinds, judge, out_of_fold
from feedback.learning.learn import Fit, folds, learn
from feedback.learning.metrics import MEASURES, interval, measures
from feedback.learning.pairs import PairwiseDataset, pairwise_dataset
from feedback.learning.report import Report, tune
from feedback.learning.term_table import term_table
from tests.feedback.numbers import ENGINE, candidate, chance_of_at_least, group, groups

LIKING = {"projects": 6.0}


def measured(scores: list[float], grades: list[float]) -> dict[str, float]:
    return dict(zip(MEASURES, measures(np.array(scores), np.array(grades)), strict=True))


def test_random_labels_are_refused():
    """Ten groups of three labels that know nothing: at most 5 % pass, as far as 16 can tell; benchmarks/feedback.py counts more."""
    reasons = Counter(tune(groups(seed, 10, 3), ENGINE, seed=seed).verdict.reason for seed in range(16))
    assert chance_of_at_least(reasons[""], 16, 0.05) > 0.05, reasons
    assert set(reasons) <= {"", "nothing_learned", "within_noise"}


def test_a_real_preference_passes_with_ten_groups():
    passed = [tune(groups(seed, 10, 10, {"projects": 8.0}), ENGINE) for seed in range(3)]
    assert sum(report.accepted for report in passed) >= 2
    report = next(report for report in passed if report.accepted)
    assert report.verdict.over_model and report.verdict.learned and report.verdict.model
    assert report.weights.coefficients["projects"] > 0 and report.more_groups == 0
    assert report.weights.fingerprint == ENGINE
    assert report.verdict.over_model["ndcg"].low > 0 and report.verdict.over_model["pairwise"].low > 0
    assert report.verdict.learned["ndcg"].value > report.verdict.model["ndcg"].value


def test_with_few_groups_nothing_is_tried():
    report = tune(groups(0, LEAST_GROUPS - 1, 10, {"projects": 8.0}), ENGINE)
    assert report.verdict.reason == "too_few_groups" and not report.accepted
    assert report.weights.coefficients == {"logit": 1.0}
    assert report.more_groups == 1


@pytest.mark.parametrize(
    "labelled",
    [
        [],
        [group(0)],
        [group(number, candidate(number, 1, [2])) for number in range(12)],
        [group(number, candidate(2 * number, 1, [1]), candidate(2 * number + 1, 2, [1])) for number in range(12)],
        [group(number, candidate(2 * number, 1, [2]), candidate(2 * number + 1, 2, [0])) for number in range(12)],
        groups(0, 12, 2, {}),
    ],
    ids=["nothing", "empty group", "one candidate", "equal grades", "equal features", "two candidates"],
)
def test_thin_labels_neither_crash_nor_pass(labelled):
    report = tune(labelled, ENGINE)
    assert not report.accepted
    assert json.loads(json.dumps(asdict(report), allow_nan=False))["verdict"]["reason"]


def test_a_group_does_not_influence_its_own_judgement():
    """All labels of one group turned round: the scores that judge it stay the same to the last bit."""
    original = groups(0, 12, 8, LIKING)
    turned = [
        replace(
            group,
            candidates=tuple(
                replace(c, labels=tuple(replace(label, grade=FULL + NONE - label.grade) for label in c.labels)) for c in group.candidates
            ),
        )
        if index == 5
        else group
        for index, group in enumerate(original)
    ]
    before, after = (pairwise_dataset(labelled, ENGINE) for labelled in (original, turned))
    parts, alike = folds(12, 10, 0), np.ones((12, 12))
    scores_before, scores_after = (out_of_fold(rows, term_table(rows, {}), parts, alike).scores for rows in (before, after))
    assert np.array_equal(scores_before[before.rows(5)], scores_after[after.rows(5)])
    assert not np.array_equal(scores_before, scores_after), "the others did learn from it"


def test_a_term_counts_only_where_the_groups_learned_from_speak_for_it():
    """Six jobs speak for it. One of them alone does not; nor do the jobs that never ask for it."""
    jobs = [
        replace(
            group(
                number,
                *(
                    replace(
                        candidate(10 * number + index, index + 1, [2 if index < 3 else 0]),
                        text="压到 5 万 QPS" if index < 3 else "整理资料",
                    )
                    for index in range(6)
                ),
            ),
            job="任职要求：高并发经验" if number < 6 else "任职要求：熟悉 Excel",
        )
        for number in range(10)
    ]
    rows = pairwise_dataset(jobs, ENGINE)
    terms = term_table(rows, {Term("高并发", "#万qps"): None})
    values = terms.values(np.arange(10))
    assert values[rows.rows(0)].tolist() == [1, 1, 1, 0, 0, 0]
    assert not values[rows.rows(9)].any()
    assert terms.values(np.array([1, 2, 3, 4, 5]))[rows.rows(0)].tolist() == [1, 1, 1, 0, 0, 0]
    assert not terms.values(np.array([0, 6, 7, 8, 9])).any()


def test_a_deleted_text_keeps_the_feature_that_was_stored():
    labelled = group(0, candidate(0, 1, [2], glossary=0.5), candidate(1, 2, [0]))
    rows = pairwise_dataset([replace(labelled, job="高并发")], ENGINE)
    assert term_table(rows, {Term("高并发", "#万qps"): None}).values(np.array([0])).tolist() == [0.5, 0.0]


def test_tuning_twice_on_the_same_labels_changes_nothing():
    labelled = groups(0, 20, 10, LIKING)
    first = tune(labelled, ENGINE)
    assert first.accepted
    again = tune(labelled, ENGINE, active=replace(first.weights, version=1))
    assert again.verdict.reason == "unchanged"
    assert tune(labelled[::-1], ENGINE) == first, "the order of the groups does not matter"


def test_weights_that_are_in_use_and_better_stay():
    """In use is the rule by which the labels were made: nothing learned from few of them is better."""
    report = tune(groups(0, 20, 10, LIKING), ENGINE, active=Weights(3, {"logit": 1.0, **LIKING}, ENGINE))
    assert report.verdict.reason == "worse_than_active"
    assert report.verdict.over_model and report.verdict.over_model["ndcg"].low > 0


def test_weights_of_another_engine_are_not_in_use():
    report = tune(groups(0, 20, 10, LIKING), ENGINE, active=Weights(3, {"logit": 1.0, **LIKING}, "other engine"))
    assert report.accepted
    assert report.verdict.active == report.verdict.model


def test_ndcg_top3_and_pairs_of_a_case_worked_out_by_hand():
    """Grades 0, 2, 1 in this order: gains 0, 3, 1 at discounts 1, 0.6309, 0.5; the best order has 3, 1, 0."""
    metrics = measured([3.0, 2.0, 1.0], [0, 2, 1])
    assert metrics["ndcg"] == pytest.approx((3 * 0.63093 + 1 * 0.5) / (3 + 0.63093), abs=1e-5)
    assert metrics["top3"] == 1.0
    assert metrics["pairwise"] == pytest.approx(1 / 3)


def test_only_the_first_five_and_the_first_three_count():
    assert measured([6, 5, 4, 3, 2, 1], [0, 0, 0, 0, 0, 2])["ndcg"] == 0.0
    assert measured([6, 5, 4, 3], [0, 0, 0, 2])["top3"] == 0.0
    assert measured([6, 5, 4, 3], [0, 0, 2, 0])["top3"] == 1.0


def test_equal_scores_count_as_the_wrong_order():
    assert measured([1.0, 1.0], [2, 0]) == measured([0.0, 1.0], [2, 0])


def test_ndcg_is_that_of_a_standard_library():
    """ir-measures has linear gains: graded by our gains, it must find the same."""
    ir_measures = pytest.importorskip("ir_measures")
    dice = np.random.default_rng(0)
    for _ in range(20):
        scores, grades = dice.random(12), dice.integers(0, 3, 12)
        if len(set(grades)) == 1:
            continue
        judged = [ir_measures.Qrel("q", str(index), int(2**grade - 1)) for index, grade in enumerate(grades)]
        run = [ir_measures.ScoredDoc("q", str(index), float(score)) for index, score in enumerate(scores)]
        expected = ir_measures.calc_aggregate([ir_measures.nDCG @ 5], judged, run)[ir_measures.nDCG @ 5]
        assert measured(scores.tolist(), grades.tolist())["ndcg"] == pytest.approx(expected)


def test_an_interval_holds_the_mean_and_narrows_with_more_groups():
    dice = np.random.default_rng(1)
    few, many = interval(dice.normal(0.2, 1, 20)), interval(dice.normal(0.2, 1, 2000))
    assert few.low < few.value < few.high
    assert many.high - many.low < (few.high - few.low) / 5


def counted(*made) -> Report:
    return tune(list(made), ENGINE)


def test_the_counts_say_what_was_labelled_and_how_far_raters_agree():
    """Two raters on two candidates: once of one mind, once not."""
    both = group(0, candidate(0, 1, [2, 2]), candidate(1, 2, [0, 1]), candidate(2, 3, [1]))
    other = replace(group(1, candidate(3, 1, [2])), fingerprint="other")
    counts = counted(both, other, group(2, candidate(4, 1, []))).counts
    assert (counts.groups, counts.informative, counts.labels, counts.raters, counts.left_out) == (1, 1, 5, 2, 1)
    assert (counts.agreement, counts.compared) == (0.5, 2)
    assert counted(group(0, candidate(0, 1, [2]))).counts.agreement is None


def test_the_trend_is_by_week_and_of_the_first_three_places():
    monday = datetime(2026, 3, 2, 9)
    trend = counted(
        group(0, candidate(0, 1, [2]), candidate(1, 2, [0]), candidate(2, 4, [2]), at=monday.timestamp()),
        group(1, candidate(3, 3, [2]), candidate(4, 0, [2]), at=(monday + timedelta(days=6)).timestamp()),
        group(2, candidate(5, 1, [0]), at=(monday + timedelta(days=7)).timestamp()),
    ).trend
    assert [(week.monday, week.precision) for week in trend] == [("2026-03-02", 2 / 3), ("2026-03-09", 0.0)]


def test_a_gain_within_noise_says_how_many_more_groups_would_show_it():
    for seed in (1, 4, 7):
        report = tune(groups(seed, 10, 6, {"projects": 3.0}), ENGINE)
        assert report.verdict.reason == "within_noise" and (report.more_groups or 0) > 0


def test_effects_are_in_units_of_the_logit():
    """A liking of 6 for a feature of spread 0.29 beside a logit of spread 2: 0.87 of the logit's effect."""
    effects = {effect.name: effect for effect in tune(groups(0, 60, 10, LIKING), ENGINE).effects}
    assert tuple(effects) == NAMES
    assert effects["logit"].effect == 1.0
    assert effects["projects"].effect == pytest.approx(6 * 0.29 / 2, rel=0.25)
    assert effects["bm25"].effect == effects["bm25"].coefficient == 0.0


def before(feature: str, labelled: list[Group]) -> list[Group]:
    """Return the groups as they were stored when there was no such feature."""
    return [
        replace(
            group,
            candidates=tuple(
                replace(ranked, features={name: value for name, value in ranked.features.items() if name != feature})
                for ranked in group.candidates
            ),
        )
        for group in labelled
    ]


def test_a_feature_that_was_not_computed_teaches_nothing():
    labelled, column = groups(0, 12, 6), NAMES.index("bm25")
    dataset = pairwise_dataset([*before("bm25", labelled[:6]), *labelled[6:]], ENGINE)
    is_old, values = dataset.group < 6, dataset.features[:, column]
    assert np.allclose(values[is_old], values[~is_old].mean()) and values[~is_old].std() > 0
    assert not pairwise_dataset(before("bm25", labelled), ENGINE).features[:, column].any()


def two_kinds(liking: float) -> PairwiseDataset:
    """Return twenty jobs that like projects much, and ten of another kind that like them so much."""
    return pairwise_dataset([*groups(0, 20, 10, {"projects": 8.0}), *other_numbers(groups(1, 10, 10, {"projects": liking}))], ENGINE)


def other_numbers(labelled: list[Group]) -> list[Group]:
    return [replace(group, job_id=f"k{group.job_id}") for group in labelled]


@pytest.fixture(scope="module")
def opposed() -> tuple[PairwiseDataset, Fit]:
    """Return jobs of two kinds with opposite likings, and what is learned from all of them."""
    dataset = two_kinds(-2.0)
    return dataset, learn(dataset, term_table(dataset, {}), np.arange(30))


def verdict_of(opposed: tuple[PairwiseDataset, Fit], alike_elsewhere: float) -> GateVerdict:
    dataset, fit = opposed
    kind = np.array([0] * 20 + [1] * 10)
    jobs = JobKinds(np.where(kind[:, None] == kind[None, :], 1.0, alike_elsewhere), kind)
    return judge(dataset, term_table(dataset, {}), fit, Weights(), ENGINE, jobs)


def test_weights_that_harm_a_kind_of_job_that_was_held_out_are_refused(opposed: tuple[PairwiseDataset, Fit]):
    verdict = verdict_of(opposed, alike_elsewhere=1.0)
    assert verdict.reason == "worse_elsewhere"
    assert [(kind.jobs, kind.strength) for kind in verdict.kinds] == [(20, 1.0), (10, 1.0)]
    assert verdict.kinds[1].change["ndcg"].high < 0


def test_where_kinds_do_not_resemble_each_other_a_held_out_one_keeps_the_models_order(opposed: tuple[PairwiseDataset, Fit]):
    verdict = verdict_of(opposed, alike_elsewhere=0.0)
    assert verdict.reason == "", "of both kinds it has seen enough itself"
    assert verdict.elsewhere and verdict.elsewhere_in_full
    assert all(effect.value == effect.low == effect.high == 0 for effect in verdict.elsewhere.values())
    assert verdict.kinds[1].strength == 0 and verdict.kinds[1].in_full["ndcg"].high < 0, "the report says what it would have been"


def test_a_held_out_job_is_ordered_as_strong_as_it_resembles_the_others():
    dataset = two_kinds(8.0)
    terms, parts = term_table(dataset, {}), [np.arange(20, 30)]
    none, half, full = (out_of_fold(dataset, terms, parts, np.full((30, 30), alike)) for alike in (0.0, 0.5, 1.0))
    rows, logit = dataset.group >= 20, dataset.features[:, NAMES.index("logit")]
    assert np.array_equal(none.scores[rows], logit[rows]) and np.array_equal(full.scores[rows], full.in_full[rows])
    assert np.allclose(half.scores[rows], (none.scores + full.scores)[rows] / 2)
