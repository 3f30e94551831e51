"""What feedback brings to a ranking: nothing by default; accepted terms as match points, as a feature, and as a sentence."""

from pathlib import Path

import pytest

from feedback.glossary.glossary import abstract
from feedback.glossary.terms import decide, propose
from feedback.labels import Term, Weights
from feedback.learning.features import NAMES
from feedback.learning.learned import MAX_TERMS, Learned, learned, with_company_terms
from feedback.learning.versions import activate, add_weights
from feedback.store.recording import as_run
from feedback.store.store import Store
from preprocess.document import Resume
from reranker.engine import Query
from reranker.judge.judge import Judge
from reranker.ranking import rank
from reranker.rows import contributions
from tests.encoder import JUDGE
from tests.ui.samples import CountingEngine

TERM = Term(abstract("青鸟平台"), abstract("万级QPS"))  # house words: nobody else can know what 青鸟 is
BUSY = Term(abstract("高并发"), abstract("万级QPS"))
QUERY = Query("任职要求：\n1. 有青鸟平台系统经验\n2. 熟悉账务核算", "instruction")
RESUMES = [
    Resume("a" * 64, "长.txt", "负责内部管理系统的日常开发与维护工作，参与需求讨论，按时完成排期内的各项工作任务。"),
    Resume("b" * 64, "短.txt", "网关峰值稳定在万级 QPS。"),
]


@pytest.fixture(scope="module")
def judge() -> Judge:
    return JUDGE


def ranked(judge: Judge, known: Learned):
    options = {"weights": known.weights.coefficients, "describe": known.describe, "glossary_span": known.glossary_span}
    return rank(QUERY, RESUMES, CountingEngine(), judge, **options)


def test_without_feedback_the_order_is_the_models_and_every_feature_is_kept_for_labels(judge: Judge):
    ranking = ranked(judge, Learned())
    assert [row.name for row in ranking.rows] == ["长.txt", "短.txt"], "the engine likes length"
    assert all(row.rank == row.model_rank and set(row.features) == set(NAMES) for row in ranking.rows)
    assert contributions(ranking.rows[0], ranking.rows, Learned().weights.coefficients) == {}


def test_learned_weights_move_the_order_and_say_why(judge: Judge):
    known = Learned(Weights(1, {"logit": 1.0, "glossary": 100.0}, "0"), (TERM,))
    first, second = ranked(judge, known).rows
    assert [(row.name, row.rank, row.model_rank) for row in (first, second)] == [("短.txt", 1, 2), ("长.txt", 2, 1)]
    assert contributions(first, (first, second), known.weights.coefficients) == {"glossary": 50.0}
    assert contributions(second, (first, second), known.weights.coefficients) == {"glossary": -50.0}


def test_an_accepted_term_answers_a_requirement_word_for_word_and_only_in_part(judge: Judge):
    def answer(known: Learned):
        (row,) = (row for row in ranked(judge, known).rows if row.name == "短.txt")
        return next(point for point in row.match_points or () if "青鸟" in point.requirement)

    assert answer(Learned()).status == "missing"
    point = answer(Learned(glossary=(TERM,)))
    assert (point.status, point.quote) == ("partial", "网关峰值稳定在万级 QPS")
    assert RESUMES[1].text[point.start : point.end] == point.quote


def test_what_is_in_force_comes_from_the_store_and_only_for_its_engine(tmp_path: Path):
    store = Store(tmp_path / "feedback.sqlite3")
    propose(store, {TERM: {}, Term("a", "b"): {}})
    decide(store, TERM, True, "amy")
    decide(store, Term("a", "b"), False, "amy")
    version = add_weights(store, Weights(0, {"logit": 1.0, "glossary": 2.0}, "f00d"), [], {}, "amy")
    assert learned(store, "f00d") == Learned(glossary=(TERM,)), "kept is not in use"
    activate(store, version, "amy")
    assert learned(store, "f00d").weights == Weights(version, {"logit": 1.0, "glossary": 2.0}, "f00d")
    assert learned(store, "other").weights == Weights()


def test_one_sentence_of_company_terms_and_only_of_those_that_the_job_calls_for():
    assert with_company_terms("Rank.", "招聘会计", [BUSY]) == "Rank."
    assert with_company_terms("Rank.", "有高并发经验", [BUSY]) == 'Rank.\nIn resumes for this company, "高并发" is shown by "N万qps".'
    many = [Term("高并发", f"说法{number}") for number in "甲乙丙丁戊己庚"]
    assert with_company_terms("", "高并发", many).count("shown by") == MAX_TERMS


def test_a_ranking_is_kept_with_what_learning_needs(judge: Judge, tmp_path: Path):
    store = Store(tmp_path / "feedback.sqlite3")
    ranking = ranked(judge, Learned())
    about = {"at": 1.0, "weights_version": 3, "settings": {"batch_size": 2}, "user": "amy"}
    kept = store.run(store.add_run(as_run(ranking, QUERY, RESUMES, CountingEngine.info, **about)))
    assert (kept.job, kept.instruction, kept.weights_version, kept.user, kept.at) == (QUERY.job, QUERY.instruction, 3, "amy", 1.0)
    assert [(row.name, row.rank, row.text, dict(row.features)) for row in kept.rows] == [
        (row.name, row.rank, RESUMES[row.input_position - 1].text, dict(row.features)) for row in ranking.rows
    ]
