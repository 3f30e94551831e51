"""POST /rerank: what clients may send, and what they get, over real HTTP."""

import json
import math
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from reranker.instructions import MODEL_CARD_INSTRUCTION, TEMPLATES
from reranker.rows import sigmoid
from tests.server.api.serving import GatedEngine, WordEngine, api, wait_until_idle
from tests.service.desk import ready

QUERY = "python kubernetes go"
DOCUMENTS = ["cook", "python kubernetes", "python"]
"""Their logits are −1, 1 and 0."""

ENGINE = WordEngine()


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with api(ready(ENGINE), max_files=5, max_characters=1000) as client:
        yield client


def rerank(client: httpx.Client, path: str = "/v1/rerank", **body: Any) -> Any:
    answer = client.post(path, json={"query": QUERY, "documents": DOCUMENTS, **body})
    assert answer.status_code == 200, answer.text
    return answer.json()


def order(answer: Any) -> list[int]:
    return [result["index"] for result in answer["results"]]


@pytest.mark.parametrize("path", ["/v1/rerank", "/v2/rerank", "/rerank", "/v1/v2/rerank", "/infinity/rerank"])
def test_every_spelling_answers_alike_best_first(client: httpx.Client, path: str):
    answer = rerank(client, path, model="rerank-v3.5")
    assert list(answer) == ["id", "model", "results", "meta", "usage"]
    assert answer["model"] == "words", "not the one that was asked for, but the one that scored"
    assert order(answer) == [1, 2, 0]
    assert [result["relevance_score"] for result in answer["results"]] == [sigmoid(1), sigmoid(0), sigmoid(-1)]
    assert all(list(result) == ["index", "relevance_score"] for result in answer["results"])
    tokens = sum(map(len, DOCUMENTS))
    assert answer["usage"] == {"prompt_tokens": tokens, "total_tokens": tokens}
    assert answer["meta"]["is_probability"] is True and answer["meta"]["score_scale"] == "probability"
    assert answer["meta"]["warnings"] == answer["meta"]["truncated"] == answer["meta"]["ignored"] == []


def test_nulls_count_as_absent_and_unknown_fields_are_named(client: httpx.Client):
    nulls = dict.fromkeys(("model", "top_n", "return_documents", "instruction", "instruct", "rank_fields", "texts", "max_tokens_per_doc"))
    assert order(rerank(client, **nulls)) == [1, 2, 0]
    answer = rerank(client, max_tokens_per_doc=4096, max_chunks_per_doc=10, truncate_prompt_tokens=None, priority=0)
    assert order(answer) == [1, 2, 0]
    assert answer["meta"]["ignored"] == ["max_chunks_per_doc", "max_tokens_per_doc", "priority"]


def test_top_n_cuts_the_list_and_zero_is_all_of_it(client: httpx.Client):
    assert order(rerank(client, top_n=1)) == [1]
    assert order(rerank(client, top_n=0)) == order(rerank(client, top_n=99)) == [1, 2, 0]


def test_documents_come_back_as_each_client_reads_them(client: httpx.Client):
    assert rerank(client, return_documents=True)["results"][0]["document"] == {"text": "python kubernetes"}
    assert rerank(client, "/infinity/rerank", return_documents=True)["results"][0]["document"] == "python kubernetes"


def test_of_an_object_its_text_is_read_or_the_fields_that_are_asked_for(client: httpx.Client):
    people = [{"text": "python", "title": "go"}, {"title": "python kubernetes go", "years": 3}, "cook"]
    texts = {result["index"]: result["document"]["text"] for result in rerank(client, documents=people, return_documents=True)["results"]}
    assert texts == {0: "python", 1: "title: python kubernetes go\nyears: 3", 2: "cook"}
    asked = rerank(client, documents=people[:2], rank_fields=["title"], return_documents=True)
    assert {result["index"]: result["document"]["text"] for result in asked["results"]} == {0: "go", 1: "python kubernetes go"}


def test_one_text_counts_as_a_list_of_it(client: httpx.Client):
    assert order(rerank(client, documents="python")) == [0]


def test_without_an_instruction_the_one_of_the_model_card_is_asked(client: httpx.Client):
    for body, asked in (({}, MODEL_CARD_INSTRUCTION), ({"instruction": "Find cooks"}, "Find cooks"), ({"instruct": "Find"}, "Find")):
        answer = rerank(client, documents=[f"new {asked}"], **body)
        assert ENGINE.queries[-1].instruction == answer["meta"]["instruction"] == asked
        assert ENGINE.queries[-1].job == QUERY


def test_log_odds_on_request(client: httpx.Client):
    for answer in (rerank(client, raw_scores=True), rerank(client, use_activation=False)):
        assert [result["relevance_score"] for result in answer["results"]] == [1, 0, -1]
        assert answer["meta"]["score_scale"] == "log-odds" and answer["meta"]["is_probability"] is False


def test_texts_as_tei_names_them_get_its_bare_array(client: httpx.Client):
    body = {"query": QUERY, "texts": DOCUMENTS, "raw_scores": False, "truncation_direction": "Right", "return_text": True, "top_n": 2}
    assert client.post("/rerank", json=body).json() == [
        {"index": 1, "score": sigmoid(1), "text": "python kubernetes"},
        {"index": 2, "score": sigmoid(0), "text": "python"},
    ]


def test_what_was_not_read_to_its_end_is_said_or_refused(client: httpx.Client):
    answer = rerank(client, documents=["cook", "python ENDLESS"], top_n=1)
    assert answer["meta"]["truncated"] == [{"index": 1, "unread": 7}]
    assert answer["meta"]["warnings"] == ["1 document was not read to the end; meta.truncated says which."]
    body = {"query": QUERY, "texts": ["cook", "python ENDLESS"]}
    refused = client.post("/rerank", json=body)
    assert refused.status_code == 413 and "7 tokens" in refused.json()["message"]
    assert len(client.post("/rerank", json=body | {"truncate": True}).json()) == 2


def test_half_characters_and_control_tokens_come_through(client: httpx.Client):
    content = json.dumps({"query": "a\ud800", "documents": ["\udfff<|im_end|>"], "return_documents": True})
    answer = client.post("/v1/rerank", content=content, headers={"Content-Type": "application/json"})
    assert answer.json()["results"][0]["document"] == {"text": "?<|im_end|>"}


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ({}, 400, "query"),
        ({"query": "a"}, 400, "documents"),
        ({"query": "a", "documents": []}, 400, "documents"),
        ({"query": "a", "documents": [1]}, 400, "documents.0"),
        ({"query": "a", "documents": [{}]}, 400, "Document 0 has no text"),
        ({"query": "a", "documents": [{"text": None}]}, 400, "Document 0 has no text"),
        ({"query": "a", "documents": ["b"], "top_n": -1}, 400, "top_n: must not be less than 0"),
        ({"documents": 1}, 400, "query: is missing; documents: must be a text, or must be a list"),
        ({"query": "a", "documents": ["b"] * 6}, 413, "More than 5"),
        ({"query": "a", "documents": ["b", "c" * 1001]}, 413, "Document 1 is longer than 1,000"),
        ({"query": "a" * 1001, "documents": ["b"]}, 413, "query is longer"),
        ({"query": "a", "documents": ["b"], "instruction": "c" * 4001}, 413, "4,000"),
        ([], 400, "JSON object"),
    ],
)
def test_what_cannot_be_answered_gets_a_sentence(client: httpx.Client, body: Any, status: int, says: str):
    answer = client.post("/v2/rerank", json=body)
    assert answer.status_code == status and says in answer.json()["message"]
    assert answer.json()["detail"] == answer.json()["message"]


@pytest.mark.parametrize("content", ["", "{", "[" * 100_000, '"a"', b"\xff"])
def test_what_is_no_json_is_refused(client: httpx.Client, content: str | bytes):
    answer = client.post("/v1/rerank", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400 and "JSON object" in answer.json()["message"]


def test_a_body_that_does_not_say_that_it_is_json_is_refused(client: httpx.Client):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "application/jsonp", ""):
        answer = client.post("/v1/rerank", content=json.dumps({"query": "a", "documents": ["b"]}), headers={"Content-Type": kind})
        assert answer.status_code == 415 and "application/json" in answer.json()["message"]


def test_a_body_above_the_limit_is_refused(client: httpx.Client):
    answer = client.post("/v1/rerank", content=b" " * 8_000_001, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413 and "8 MB" in answer.json()["message"]


def test_the_language_is_that_of_the_settings():
    with api(ready(WordEngine()), language="zh") as client:
        assert "没有可排序的文本" in client.post("/v1/rerank", json={"query": "a"}).json()["message"]


def test_a_judge_without_probabilities_says_so():
    judge = WordEngine(score_scale="relative", heeds_instruction=False, is_fallback=True)
    with api(ready(judge)) as client:
        answer = rerank(client, instruction="Find cooks")
        assert [result["relevance_score"] for result in answer["results"]] == [1, 0, -1]
        assert answer["meta"]["is_probability"] is False and answer["meta"]["score_scale"] == "relative"
        no_probability, ignored = answer["meta"]["warnings"]
        assert "no probability" in no_probability and "had no effect" in ignored
        assert len(rerank(client, instruction=TEMPLATES["tech"])["meta"]["warnings"]) == 1, "a template is understood"


def test_a_score_that_is_no_number_fails_the_request_and_names_no_text():
    class Broken(WordEngine):
        def score(self, query, documents, batch_size=None):
            for score in super().score(query, documents, batch_size):
                yield type(score)(score.index, math.nan, 1)

    with api(ready(Broken())) as client:
        answer = client.post("/v1/rerank", json={"query": QUERY, "documents": ["secret"]})
        assert answer.status_code == 500 and "secret" not in answer.text
        assert "model could not score" in answer.json()["message"]


def test_whoever_hangs_up_is_no_longer_scored_for():
    engine = GatedEngine()
    with api(ready(engine), max_files=1000) as client:
        with pytest.raises(httpx.ReadTimeout):
            client.post("/v1/rerank", json={"query": QUERY, "documents": [f"{number}" for number in range(1000)]}, timeout=0.3)
        wait_until_idle(client, engine.gate.release)
        assert 0 < len(engine.documents) < 1000
        assert 'reranker_requests_total{route="/v1/rerank",status="499"} 1.0' in client.get("/metrics").text


@pytest.mark.long
def test_whoever_hangs_up_while_waiting_for_a_turn_is_not_scored_for_at_all():
    engine = GatedEngine()
    with api(ready(engine)) as client:
        first = threading.Thread(target=client.post, args=("/v1/rerank",), kwargs={"json": {"query": QUERY, "documents": ["first"]}})
        first.start()
        while not engine.documents:
            time.sleep(0.02)
        for path in ("/v1/rerank", "/v1/rank"):
            body = {"query": QUERY, "documents": ["second"], "job": QUERY, "resumes": ["second python"]}
            with pytest.raises(httpx.ReadTimeout):
                client.post(path, json=body, timeout=1)
        wait_until_idle(client, engine.gate.release)
        first.join()
    assert engine.documents == ["first"]


def test_requests_take_turns_at_the_model():
    engine = GatedEngine()
    with api(ready(engine)) as client:
        bodies = [{"query": QUERY, "documents": [f"{name} {number}" for number in range(5)]} for name in ("first", "second")]
        threads = [threading.Thread(target=client.post, args=("/v1/rerank",), kwargs={"json": body}) for body in bodies]
        for count, thread in enumerate(threads, start=1):
            thread.start()
            while f"reranker_scoring_requests {count}.0" not in client.get("/metrics").text:
                time.sleep(0.02)
        wait_until_idle(client, engine.gate.release)
        for thread in threads:
            thread.join()
    names = [document.split()[0] for document in engine.documents]
    assert names.index("second") < len(names) - 1 - names[::-1].index("first"), "the second need not wait for all of the first"
    assert names.count("first") == names.count("second") == 5
