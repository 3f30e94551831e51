"""Metrics on labelled candidates: by hand on small cases, the same as the gate's on random ones, intervals, and what is left out."""

import math
import random

import numpy as np
import pytest

from evaluation.evaluate import MIN_JOBS, Judgement, evaluate, grades, has_full, is_comparable, measure, pairwise_accuracy, to_groups
from feedback.labels import FULL, NONE, PARTIAL, Candidate, Group, Label
from feedback.learning.metrics import measures
from preprocess.document import Resume
from tests.feedback.stored import id_of

pytest.importorskip("ir_measures")


def group_of(*given: int | tuple[int, ...]) -> Group:
    """Return a job whose candidates have these grades, one tuple per candidate that several people judged."""
    labels = [grade if isinstance(grade, tuple) else (grade,) for grade in given]
    candidates = [
        Candidate(str(index), "", 0, {}, "", tuple(Label(f"r{rater}", grade) for rater, grade in enumerate(of_one)))
        for index, of_one in enumerate(labels)
    ]
    return Group("job", "job", "", tuple(candidates))


def in_order(group: Group) -> list[float]:
    """Return scores that leave the candidates where they are."""
    return [-float(index) for index in range(len(group.candidates))]


def measured(*given: int | tuple[int, ...]) -> dict[str, float]:
    group = group_of(*given)
    return {metric: float(values[0]) for metric, values in measure([group], [in_order(group)]).items()}


def judgement(job: str, resume: str, grade: int, job_id: str = "") -> Judgement:
    return Judgement(job_id, Resume(id_of(job), "", job), Resume(id_of(resume), "", resume), Label("anna", grade))


def test_each_metric_is_what_one_gets_by_hand():
    metrics = measured(PARTIAL, NONE, NONE, FULL)
    best = 3 / math.log2(2) + 1 / math.log2(3)
    assert metrics["ndcg_5"] == pytest.approx((1 / math.log2(2) + 3 / math.log2(5)) / best)
    assert metrics["ndcg_10"] == metrics["ndcg_5"]
    assert (metrics["top_3"], metrics["top_5"], metrics["mrr"]) == (0.0, 1.0, 0.25)
    assert metrics["pairwise"] == pytest.approx(2 / 5), "of five pairs of different grade, the two of PARTIAL and NONE are right"


def test_a_perfect_order_has_one_everywhere_and_its_reverse_does_not():
    assert set(measured(FULL, FULL, PARTIAL, NONE, NONE, NONE).values()) == {1.0}
    assert max(measured(NONE, NONE, NONE, NONE, NONE, FULL).values()) < 0.5


def test_depth_ends_where_the_name_says():
    sixth = measured(NONE, NONE, NONE, NONE, NONE, FULL, NONE)
    assert (sixth["ndcg_5"], sixth["top_5"]) == (0.0, 0.0)
    assert sixth["ndcg_10"] > 0.3 and sixth["mrr"] == pytest.approx(1 / 6)
    assert measured(*[NONE] * 9, FULL)["ndcg_10"] > 0.2
    assert measured(*[NONE] * 10, FULL)["ndcg_10"] == 0.0


def test_the_same_figures_as_the_gate_of_the_learner():
    """Of what both have, on orders without ties, mean grades of several people among them."""
    draw = random.Random(7)
    for _ in range(50):
        group = group_of(*(tuple(draw.choices((NONE, PARTIAL, FULL), k=draw.randint(1, 4))) for _ in range(draw.randint(2, 12))))
        scores = draw.sample(range(100), len(group.candidates))
        if not is_comparable(group):
            continue
        metrics = {metric: values[0] for metric, values in measure([group], [scores]).items()}
        ndcg, top3, pairwise = measures(np.array(scores, float), np.array(grades(group)))
        assert metrics["ndcg_5"] == pytest.approx(ndcg, abs=2e-3)
        assert metrics["pairwise"] == pytest.approx(pairwise)
        assert metrics["top_3"] == top3 if has_full(group) else np.isnan(metrics["top_3"])


def test_equal_scores_keep_the_order_given():
    for given in ((FULL, NONE, PARTIAL), (NONE, PARTIAL, FULL)):
        group = group_of(*given)
        tied = {metric: values[0] for metric, values in measure([group], [[0.5] * 3]).items()}
        assert tied == measured(*given)
    assert measured(FULL, NONE, PARTIAL) != measured(NONE, PARTIAL, FULL)


def test_pairs_of_equal_grade_do_not_count():
    assert pairwise_accuracy([2, 2, 0, 0]) == 1.0
    assert pairwise_accuracy([0, 2, 2]) == 0.0


def test_a_mean_grade_nearer_to_full_than_to_partial_is_a_hit():
    assert measured((FULL, PARTIAL), NONE)["mrr"] == 1.0
    assert math.isnan(measured((FULL, PARTIAL, PARTIAL), NONE)["mrr"])


def test_jobs_without_a_full_match_count_for_ndcg_but_for_no_hit_rate():
    groups = [group_of(PARTIAL, NONE), group_of(NONE, FULL), group_of(FULL, NONE)]
    results = evaluate(groups, {"engine": [in_order(group) for group in groups]}, "engine")["engine"]
    assert (results["ndcg_5"].jobs, results["pairwise"].jobs) == (3, 3)
    assert (results["top_3"].jobs, results["mrr"].jobs) == (2, 2)
    assert results["mrr"].value.value == pytest.approx(0.75)
    nobody = evaluate([groups[0]], {"engine": [[1.0, 0.0]]}, "engine")["engine"]
    assert set(nobody) == {"ndcg_5", "ndcg_10", "pairwise"}


def test_only_jobs_with_two_grades_can_be_compared():
    assert is_comparable(group_of(FULL, NONE)) and is_comparable(group_of((FULL, PARTIAL), PARTIAL))
    assert not is_comparable(group_of(FULL)) and not is_comparable(group_of(NONE, NONE)) and not is_comparable(group_of((2, 0), 1))


def test_lines_become_jobs_in_order_of_mention_and_a_resume_judged_twice_has_the_mean_grade():
    groups = to_groups(
        [
            judgement("a", "x", FULL),
            judgement("b", "x", NONE),
            judgement("a", "y", NONE),
            judgement("a", "x", PARTIAL),
            judgement("b", "z", FULL),
        ]
    )
    assert [(group.job, [candidate.text for candidate in group.candidates], grades(group)) for group in groups] == [
        ("a", ["x", "y"], [1.5, 0.0]),
        ("b", ["x", "z"], [0.0, 2.0]),
    ]
    assert [group.job_id for group in groups] == [id_of("a"), id_of("b")]


def test_two_openings_with_one_text_are_two_jobs():
    assert len(to_groups([judgement("a", "x", 2, "1"), judgement("a", "y", 0, "2"), judgement("a", "z", 0, "1")])) == 2


def test_a_clear_difference_is_told_from_noise():
    draw = random.Random(1)
    groups = [group_of(*draw.sample((FULL, PARTIAL, PARTIAL, NONE, NONE, NONE), 6)) for _ in range(40)]
    right = [grades(group) for group in groups]
    noise = [[draw.random() for _ in group.candidates] for group in groups]
    more_noise = [[draw.random() for _ in group.candidates] for group in groups]
    results = evaluate(groups, {"good": right, "random": noise, "other": more_noise}, "random")
    assert {result.verdict for result in results["random"].values()} == {0}
    assert results["random"]["mrr"].difference is None
    assert results["good"]["ndcg_5"].verdict == results["good"]["pairwise"].verdict == 1
    assert results["other"]["ndcg_5"].verdict == results["other"]["pairwise"].verdict == 0
    against_good = evaluate(groups, {"good": right, "random": noise}, "good")
    assert against_good["random"]["ndcg_5"].verdict == -1
    value = results["random"]["ndcg_5"].value
    assert 0.0 < value.low < value.value < value.high < 1.0
    again = evaluate(groups, {"good": right, "random": noise, "other": more_noise}, "random")
    assert again == results


def test_a_difference_is_paired_job_by_job():
    """Jobs of very different difficulty: the two means overlap widely, and yet one order is better in every job."""
    sizes = [2 + index for index in range(30)]
    groups = [group_of(*[NONE] * size, FULL) for size in sizes]
    last = [in_order(group) for group in groups]
    one_up = [[*scores[:-1], scores[-2] + 0.5] for scores in last]
    results = evaluate(groups, {"last": last, "one_up": one_up}, "last")
    better, worse = results["one_up"]["mrr"], results["last"]["mrr"]
    assert better.verdict == 1 and better.value.low < worse.value.high


def test_a_few_jobs_give_no_verdict_and_one_job_no_interval():
    for jobs, verdict in ((MIN_JOBS - 1, 0), (MIN_JOBS, 1)):
        groups = [group_of(NONE, FULL)] * jobs
        results = evaluate(groups, {"bad": [[1.0, 0.0]] * jobs, "good": [[0.0, 1.0]] * jobs}, "bad")
        assert results["good"]["pairwise"].verdict == verdict
    alone = evaluate([group_of(NONE, FULL)], {"bad": [[1.0, 0.0]]}, "bad")["bad"]["pairwise"].value
    assert (alone.value, alone.low, alone.high) == (0.0, -math.inf, math.inf)
