"""What routes are sent, and what becomes of answers: the forms of each server, and everything that an answer may lack."""

import math
from typing import Any

import pytest

from reranker.engine import Query
from reranker.remote.connection import BadAnswer
from reranker.remote.routes import CLASSIFY, LABEL_SCORES, RERANK, TEXTS, V1_RERANK, Prompts, Route, log_odds, scale_of

PROMPTS = Prompts(Query("job", "instruction"), ["one", "two"], [1, 2], [[3, 4], [5]])

SGLANG = [
    {"score": 0.98, "document": None, "index": 1, "meta_info": {"id": "a1", "prompt_tokens": 91, "e2e_latency": 0.01}},
    {"score": 0.0, "document": None, "index": 0, "meta_info": {"id": "a2", "prompt_tokens": 88, "e2e_latency": 0.01}},
]
LLAMACPP = {
    "model": "qwen3-reranker",
    "object": "list",
    "usage": {"prompt_tokens": 179, "total_tokens": 179},
    "results": [{"index": 1, "relevance_score": 0.98}, {"index": 0, "relevance_score": 0.25}],
}
TEI = [{"index": 1, "score": 3.5}, {"index": 0, "score": -2.25}]
MLX = {
    "id": "rerank-5f2c",
    "model": "Qwen3-Reranker-0.6B-mxfp8",
    "results": [{"index": 0, "relevance_score": 0.25, "document": None}, {"index": 1, "relevance_score": 0.98, "document": None}],
    "usage": {"total_tokens": 179},
}
VLLM = {
    "id": "rerank-a7",
    "model": "qwen3-reranker",
    "usage": {"prompt_tokens": 179, "total_tokens": 179},
    "results": [
        {"index": 1, "document": {"text": "two", "multi_modal": None}, "relevance_score": 3.5},
        {"index": 0, "document": {"text": "one", "multi_modal": None}, "relevance_score": -2.25},
    ],
}
CLASSIFIED = {
    "id": "classify-1",
    "object": "list",
    "created": 1,
    "model": "qwen3-reranker",
    "data": [
        {"index": 0, "label": None, "probs": [-2.25], "num_classes": 1},
        {"index": 1, "label": None, "probs": [3.5], "num_classes": 1},
    ],
    "usage": {"prompt_tokens": 5, "total_tokens": 5, "completion_tokens": 0},
}
LABELLED = {"scores": [[0.25, 0.75], [1.0, 0.0]], "model": "qwen3-reranker", "usage": None, "object": "scoring"}


@pytest.mark.parametrize(
    ("route", "answer", "values"),
    [
        (V1_RERANK, SGLANG, [0.0, 0.98]),
        (V1_RERANK, LLAMACPP, [0.25, 0.98]),
        (RERANK, MLX, [0.25, 0.98]),
        (TEXTS, TEI, [-2.25, 3.5]),
        (V1_RERANK, VLLM, [-2.25, 3.5]),
        (CLASSIFY, CLASSIFIED, [-2.25, 3.5]),
        (LABEL_SCORES, LABELLED, [-math.log(3), math.log(1e30)]),
    ],
)
def test_recorded_answers(route: Route, answer: Any, values: list[float]):
    assert route.read(answer, 2) == pytest.approx(values)


@pytest.mark.parametrize(
    ("route", "answer"),
    [
        (V1_RERANK, SGLANG[:1]),
        (V1_RERANK, [*SGLANG, SGLANG[0]]),
        (V1_RERANK, [SGLANG[0], SGLANG[0]]),
        (V1_RERANK, [SGLANG[0], SGLANG[1] | {"index": 2}]),
        (V1_RERANK, [SGLANG[0], SGLANG[1] | {"index": -1}]),
        (V1_RERANK, [SGLANG[0], SGLANG[1] | {"index": "0"}]),
        (V1_RERANK, [SGLANG[0], SGLANG[1] | {"index": False}]),
        (V1_RERANK, [SGLANG[0], {"score": 0.5}]),
        (V1_RERANK, [SGLANG[0], {"index": 0}]),
        (V1_RERANK, [SGLANG[0], SGLANG[1] | {"score": "0.5"}]),
        (V1_RERANK, [SGLANG[0], SGLANG[1] | {"score": True}]),
        (V1_RERANK, {"results": None}),
        (V1_RERANK, {"error": "out of memory"}),
        (V1_RERANK, None),
        (V1_RERANK, ["0.1", "0.2"]),
        (CLASSIFY, {"data": [{"index": 0, "probs": [0.1, 0.9]}, {"index": 1, "probs": [0.1, 0.9]}]}),
        (CLASSIFY, {"data": CLASSIFIED["data"][:1]}),
        (CLASSIFY, SGLANG),
        (LABEL_SCORES, {"scores": [[0.25, 0.75]]}),
        (LABEL_SCORES, {"scores": [[0.25, 0.75], [1.0]]}),
        (LABEL_SCORES, {"scores": [0.25, 0.75]}),
    ],
)
def test_an_answer_that_is_not_one_score_a_document_is_refused(route: Route, answer: Any):
    with pytest.raises(BadAnswer):
        route.read(answer, 2)


@pytest.mark.parametrize("number", [None, math.nan, math.inf, -math.inf, 10**400])
def test_a_document_without_a_number_has_no_score_and_the_others_keep_theirs(number: Any):
    first, second = V1_RERANK.read([SGLANG[0], SGLANG[1] | {"score": number}], 2)
    assert math.isnan(first) and second == 0.98
    assert math.isnan(log_odds(first, "probability"))


def test_labels_without_numbers_have_no_score():
    assert all(map(math.isnan, LABEL_SCORES.read({"scores": [[None, 0.5], [0.0, 0.0]]}, 2)))


def test_token_ids_go_as_whole_prompts_to_vllm_and_apart_to_sglang():
    assert CLASSIFY.body("m", PROMPTS) == {"model": "m", "input": [[1, 2, 3, 4], [1, 2, 5]], "use_activation": False}
    assert LABEL_SCORES.body("m", PROMPTS) == {
        "model": "m",
        "query": [1, 2],
        "items": [[3, 4], [5]],
        "label_token_ids": [9693, 2152],
        "apply_softmax": True,
    }


def test_text_goes_with_the_instruction_by_both_names_and_no_null():
    body = V1_RERANK.body("m", PROMPTS)
    assert (body["query"], body["documents"], body["instruction"], body["instruct"]) == (
        "job",
        ["one", "two"],
        "instruction",
        "instruction",
    )
    assert body["top_n"] == 2 and body["model"] == "m" and None not in body.values()
    assert "model" not in V1_RERANK.body("", PROMPTS)
    assert TEXTS.body("", PROMPTS)["texts"] == ["one", "two"] and TEXTS.body("", PROMPTS)["truncate"] is False


def test_numbers_between_0_and_1_are_probabilities():
    assert scale_of([0.0, 0.5, 1.0]) == "probability"
    assert scale_of([0.5, -0.1]) == scale_of([0.5, 1.5]) == "log_odds"


def test_probabilities_become_log_odds_that_are_finite():
    assert log_odds(0.75, "probability") == pytest.approx(math.log(3))
    assert log_odds(0.0, "probability") == pytest.approx(math.log(1e-30))
    assert 15 < log_odds(1.0, "probability") < 20
    assert log_odds(-7.5, "log_odds") == -7.5
    with pytest.raises(BadAnswer):
        log_odds(1.5, "probability")
