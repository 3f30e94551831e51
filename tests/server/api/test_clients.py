"""Clients of other rerank services against the real app: Cohere's own, unchanged, and what the others were seen to send.

`tests/data/api_requests.json` holds those requests as benchmarks/api_clients.py makes them: the packages clash with each other, so they are
not installed here.
"""

import asyncio
import json
import tempfile
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO, Any

import httpx
import pytest

from server.auth.keys import add_key
from tests.server.process import app_process
from tests.server.serving import client_of

QUERY = "Python backend engineer who runs Kubernetes"
DOCUMENTS = ["Cooks in a restaurant", "Python engineer since 2018, runs Kubernetes clusters", "Java developer, some Python"]
RECORDED = json.loads((Path(__file__).parents[2] / "data" / "api_requests.json").read_text("utf-8"))

Running = tuple[str, str, IO[bytes]]


@cache
def cohere() -> Any:
    """Return Cohere's client, by name and when it is needed: importing it takes two seconds, and type checking it many more."""
    return import_module("cohere")


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    """Yield address, key and log of the app with the offline judge."""
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("w+b") as log:
        key = add_key(Path(folder) / "api_keys", "ats")
        with app_process(Path(folder), "--model", "embedded", "--language", "en", output=log) as (address, _):
            yield address, key, log


@pytest.fixture(scope="module")
def expected(running: Running) -> list[tuple[int, float]]:
    """Return index and score of each document as the route itself gives them."""
    with client_of(running[0]) as client:
        body = {"query": QUERY, "documents": DOCUMENTS}
        answer = client.post("/v1/rerank", json=body, headers={"Authorization": f"Bearer {running[1]}"}, timeout=110).json()
    results = [(result["index"], result["relevance_score"]) for result in answer["results"]]
    assert [index for index, _ in results] == [1, 2, 0]
    return results


def read(answer: Any) -> list[tuple[int, float]]:
    return [(result.index, result.relevance_score) for result in answer.results]


@pytest.mark.long
def test_cohere_v2(running: Running, expected: list[tuple[int, float]]):
    address, key, _ = running
    for base in (address, f"{address}/", f"{address}/v1"):
        client = cohere().ClientV2(api_key=key, base_url=base)
        assert read(client.rerank(model="rerank-v3.5", query=QUERY, documents=DOCUMENTS)) == expected
    answer = client.rerank(model="m", query=QUERY, documents=DOCUMENTS, top_n=1, max_tokens_per_doc=None)
    assert read(answer) == expected[:1] and answer.id
    assert answer.meta and answer.meta.warnings and "no probability" in answer.meta.warnings[0]
    assert answer.meta.tokens and answer.meta.tokens.input_tokens == sum(map(len, DOCUMENTS))


@pytest.mark.long
def test_cohere_v1(running: Running, expected: list[tuple[int, float]]):
    client = cohere().Client(api_key=running[1], base_url=running[0])
    people = [{"text": text, "name": "x"} for text in DOCUMENTS]
    given: Any = {"query": QUERY, "documents": people, "return_documents": True, "max_chunks_per_doc": 10, "rank_fields": ["text"]}
    answer = client.rerank(model=None, **given)
    assert read(answer) == expected
    assert [result.document.text for result in answer.results if result.document] == [DOCUMENTS[index] for index, _ in expected]


async def _async_rerank(address: str, key: str) -> Any:
    async with cohere().AsyncClientV2(api_key=key, base_url=address) as client:
        return await client.rerank(model="m", query=QUERY, documents=DOCUMENTS)


@pytest.mark.long
def test_cohere_async(running: Running, expected: list[tuple[int, float]]):
    assert read(asyncio.run(_async_rerank(*running[:2]))) == expected


@pytest.mark.long
def test_cohere_understands_what_is_refused(running: Running):
    address, key, _ = running
    with pytest.raises(cohere().UnauthorizedError) as refused:
        cohere().ClientV2(api_key="wrong", base_url=address).rerank(model="m", query=QUERY, documents=DOCUMENTS)
    assert "not valid" in refused.value.body["message"]
    client = cohere().ClientV2(api_key=key, base_url=address)
    with pytest.raises(cohere().BadRequestError) as refused:
        client.rerank(model="m", query=QUERY, documents=[])
    assert "nothing to rerank" in refused.value.body["message"]
    with pytest.raises(import_module("cohere.core.api_error").ApiError) as refused:
        client.rerank(model="m", query=QUERY, documents=["a"] * 201)
    assert refused.value.status_code == 413


def _cohere(answer: Any) -> list[tuple[int, float]]:
    assert isinstance(answer["id"], str) and isinstance(answer["meta"]["billed_units"]["search_units"], int)
    return [(result["index"], result["relevance_score"]) for result in answer["results"]]


def _vllm(answer: Any) -> list[tuple[int, float]]:
    assert all(result["document"]["text"] == DOCUMENTS[result["index"]] for result in answer["results"])
    assert isinstance(answer["usage"]["total_tokens"], int)
    return _cohere(answer)


def _infinity(answer: Any) -> list[tuple[int, float]]:
    assert all(result["document"] == DOCUMENTS[result["index"]] for result in answer["results"])
    assert answer["usage"]["total_tokens"] >= answer["usage"]["prompt_tokens"]
    return _cohere(answer)


def _tei(answer: Any) -> list[tuple[int, float]]:
    assert all(result["text"] == DOCUMENTS[result["index"]] for result in answer)
    return [(result["index"], result["score"]) for result in answer]


READERS = {"litellm hosted_vllm": _vllm, "litellm jina_ai": _vllm, "litellm infinity": _infinity, "litellm huggingface": _tei}
"""Who needs other keys than Cohere's clients do."""


@pytest.mark.parametrize("request_", RECORDED, ids=lambda recorded: recorded["client"])
def test_what_other_clients_send_is_answered_as_they_read_it(running: Running, expected: list[tuple[int, float]], request_: dict[str, Any]):
    address, key, _ = running
    headers = {"Authorization": f"Bearer {key}", "Content-Type": request_["content_type"]}
    answer = httpx.post(f"{address}{request_['path']}", json=request_["body"], headers=headers, timeout=110, trust_env=False)
    assert answer.status_code == 200, answer.text
    assert READERS.get(request_["client"], _cohere)(answer.json()) == expected


def test_the_log_has_neither_keys_nor_texts(running: Running):
    log = running[2]
    log.seek(0)
    said = log.read().decode()
    assert "Server started" in said
    assert not [text for text in (running[1], "wrong", QUERY, *DOCUMENTS) if text in said]
