"""A small gate: on groups that the judge has not seen, its order and its match points are as good as they were."""

from collections import Counter

import numpy as np
import pytest

from benchmarks.judge import judge_groups
from benchmarks.judge_figures import Judged, by_kind, orders, pairs, precision, recall, stuffed_in_front
from tests.encoder import JUDGE
from training.judge.figures import foreign_strength, mean_ndcg, within_resumes_auc
from training.judge.groups import read_groups

pytestmark = pytest.mark.long  # reranker/embedded/test_trades.py is the gate of ./test.sh without arguments

GROUPS = 5
"""The shortest of dev/; benchmarks/judge.py reads all."""


@pytest.fixture(scope="module")
def judged() -> Judged:
    short = sorted(read_groups("dev"), key=lambda group: sum(len(resume.text) for resume in group.resumes))
    return list(judge_groups(JUDGE, short[:GROUPS]))


def test_the_order_is_that_of_the_labels(judged: Judged):
    assert mean_ndcg(orders(judged)) >= 0.85
    assert stuffed_in_front(judged) == 0


def test_it_reads_the_requirement_and_not_the_style(judged: Judged):
    """With the requirements of another job even the best resumes prove next to nothing."""
    assert foreign_strength(pairs(judged)) <= 0.28
    assert within_resumes_auc(pairs(judged), None) >= 0.88


def test_what_is_found_is_there_and_what_is_there_is_found(judged: Judged):
    assert precision(judged) >= 0.7 and recall(judged) >= 0.75
    assert np.mean([point.status == "missing" for item in judged for point in item.foreign]) >= 0.75


def test_the_figures_by_kind_count_each_resume_once_and_its_pairs_by_their_labels(judged: Judged):
    kinds = by_kind(judged)
    assert sum(figures["resumes"] or 0 for figures in kinds.values()) == len(judged)
    assert list(kinds) == [kind for kind, _ in Counter(item.resume.kind for item in judged).most_common()]
    stuffed, plain = kinds["stuffed"], kinds["plain"]
    assert stuffed["pairs ordered right"] == 1 and (stuffed["pairs ordered right by BM25"] or 0) < 0.5, "it holds the job's own words"
    assert (plain["found: recall"] or 0) > 0.5 and all(figures.keys() == plain.keys() for figures in kinds.values())
