"""What operators ask: models, counters without anything about anybody, and a description that loads nothing from elsewhere."""

import re
from collections.abc import Iterator

import httpx
import pytest

from reranker.notice import Notice
from service.model import Model
from tests.server.api.serving import WordEngine, api
from tests.service.desk import ready


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with api(ready(WordEngine(score_scale="relative"))) as client:
        yield client


def test_the_one_model_is_described(client: httpx.Client):
    (model,) = client.get("/v1/models").json()["data"]
    assert model["id"] == "words" and model["object"] == "model" and model["max_model_len"] == 100 and model["has_probability"] is False


def test_counters_count_and_say_nothing_about_anybody(client: httpx.Client):
    client.post("/v1/rerank", json={"query": "zebra", "documents": ["quagga ENDLESS", "okapi"]}, headers={"Authorization": "Bearer gnu"})
    client.post("/v1/rerank", json={"query": "zebra"})
    client.get("/v1/zebra")
    answer = client.get("/metrics", params={"zebra": "okapi"})
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert {
        'reranker_requests_total{route="/v1/rerank",status="200"} 1.0',
        'reranker_requests_total{route="/v1/rerank",status="400"} 1.0',
        'reranker_documents_total{route="rerank"} 2.0',
        'reranker_documents_truncated_total{route="rerank"} 1.0',
        'reranker_request_seconds_count{route="/v1/rerank"} 2.0',
        "reranker_model_ready 1.0",
        "reranker_scoring_requests 0.0",
    } <= set(answer.text.splitlines())
    assert not re.search("zebra|quagga|okapi|gnu|127.0.0.1", answer.text)


def test_a_model_that_cannot_be_had_says_why_and_whether_to_come_again():
    for tries_again, retry in ((True, "30"), (False, None)):
        model = Model()
        model.failed(Notice("not_loaded", problem="why"), tries_again)
        with api(model) as client:
            answer = client.post("/v1/rerank", json={"query": "a", "documents": ["a"]})
            assert answer.status_code == 503 and "why" in answer.json()["message"] and answer.headers.get("retry-after") == retry
            assert client.get("/readyz").status_code == client.get("/v1/models").status_code == 503
            assert client.get("/healthz").json() == {"status": "failed", "model": None}
            assert "reranker_model_ready 0.0" in client.get("/metrics").text


def test_every_route_is_described_on_a_page_that_runs_and_loads_nothing(client: httpx.Client):
    paths = client.get("/v1/openapi.json").json()["paths"]
    wanted = {"/v1/rerank", "/v2/rerank", "/rerank", "/v1/rank", "/v1/read", "/v1/models", "/healthz", "/readyz", "/metrics"}
    assert wanted <= paths.keys()
    page = client.get("/v1/docs").text
    assert all(f" {path}</h2>" in page for path in paths) and "return_documents" in page and "multipart/form-data" in page
    assert not re.search(r"<script|<link|<img|src=|@import|url\(|https?:", page)


def test_an_unknown_path_gets_json(client: httpx.Client):
    for answer in (client.get("/v1/chat"), client.post("/v2/embed", json={}), client.get("/v1/rerank"), client.post("/metrics")):
        assert answer.status_code == 404 and answer.json()["message"]
