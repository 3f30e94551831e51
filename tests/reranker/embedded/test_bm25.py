"""BM25 without a corpus: between 0 and 1, saturating, blind to other resumes and to the order of words in memory."""

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from reranker.embedded.bm25 import bm25, terms

JOB = "熟悉 Kubernetes、Python，负责推理服务开发"


def test_more_of_what_is_wanted_scores_higher():
    both = bm25(JOB, "使用 Python 在 Kubernetes 上开发推理服务")
    python_only = bm25(JOB, "使用 Python 写脚本")
    neither = bm25(JOB, "负责出纳与报税")
    assert both > python_only > neither >= 0


def test_repeating_a_word_adds_less_and_less():
    once, twice, often = (bm25(JOB, "Python " * times + "其他 内容" * 50) for times in (1, 2, 100))
    assert twice - once > 0
    assert often < 3 * once


def test_an_alias_counts_as_the_technology():
    assert bm25("k8s", "熟悉 Kubernetes") == bm25("Kubernetes", "熟悉 Kubernetes") > 0


def test_terms_are_technologies_words_and_pairs_of_characters():
    assert terms("熟悉 React.js developer 推理服务") == {"skill:React": 1, "developer": 1, "熟悉": 1, "推理": 1, "理服": 1, "服务": 1}


@given(st.text(max_size=200), st.text(max_size=200))
def test_always_between_0_and_1(job, resume):
    assert 0 <= bm25(job, resume) <= 1


def test_the_same_in_every_process():
    code = (
        f"from reranker.embedded.bm25 import bm25; print(repr(bm25({JOB!r} * 3, '使用 Python 在 Kubernetes 上开发推理服务 api rpc grpc')))"
    )
    values = {
        subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True).stdout
        for seed in ("1", "2", "3")
    }
    assert len(values) == 1
