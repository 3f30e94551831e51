"""Connecting: the server is recognised, checked, and refused in one sentence where its scores would mean nothing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from i18n.texts import texts
from reranker.engine import EngineOptions, Query, info_as_json
from reranker.notice import NoCheckpoint, NoSuchModel, Notice
from reranker.remote.engine import RemoteEngine
from reranker.remote.open import open_remote
from reranker.remote.self_check import END_OF_TURN
from tests.engines import FALLBACK, with_ids
from tests.reranker.remote.stub import StubServer, qwen3_tokenizer, sensible

Serve = Callable[..., StubServer]
Connect = Callable[..., RemoteEngine]

SGLANG = {"software": "sglang", "instruction_key": "instruct", "shape": "array"}
QUERY = Query("招聘后端工程师，熟悉 Java 和分布式系统", "Rank resumes by match")
RESUMES = ["五年后端工程师，熟悉 Java、Spring 和分布式系统", "平面设计师", "Java 讲师"]


@pytest.mark.parametrize(
    ("options", "route", "heeds"),
    [
        ({}, "vLLM /classify", True),
        ({"routes": ["/v1/rerank"]}, "vLLM /v1/rerank", True),
        (SGLANG | {"routes": ["/v1/score", "/v1/rerank"]}, "SGLang /v1/score", True),
        (SGLANG | {"routes": ["/v1/rerank"]}, "SGLang /v1/rerank", True),
        ({"software": "llamacpp", "routes": ["/v1/rerank"], "instruction_key": None}, "llama.cpp /v1/rerank", False),
        ({"software": "tei", "routes": ["/rerank"], "shape": "tei"}, "TEI /rerank (texts)", False),
        ({"software": "omlx", "routes": ["/rerank"]}, "/rerank", True),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_server_is_recognised_and_gives_the_same_scores(
    serve: Serve, connect: Connect, options: dict[str, Any], route: str, heeds: bool
):
    engine = connect(serve(**options))
    assert (engine.info.dtype, engine.info.heeds_instruction, engine.info.score_scale) == (route, heeds, "probability")
    assert engine.info.device == engine.info.sends_to and engine.info.device.startswith("127.0.0.1:")
    assert engine.info.max_tokens == (32768 if "omlx" in options.values() else 8192)
    scores = {score.index: score.logit for score in engine.score(QUERY, with_ids(RESUMES))}
    expected = [sensible(ids_of(QUERY if heeds else Query(QUERY.job, ""), text)) for text in RESUMES]
    assert [scores[index] for index in range(3)] == pytest.approx(expected, abs=1e-6)


def ids_of(query: Query, document: str) -> list[int]:
    from reranker.qwen3.prompt import AFTER, BEFORE

    question = f"<Instruct>: {query.instruction}\n<Query>: {query.job}\n<Document>: {document}"
    return qwen3_tokenizer().encode(f"{BEFORE}{question}{AFTER}", add_special_tokens=False).ids


def test_where_resumes_go_is_said(serve: Serve, connect: Connect, said: list[Notice]):
    server = serve()
    connect(server)
    assert said == [
        Notice("remote_connected", servers=f"127.0.0.1:{server.port}", route="vLLM /classify", model="qwen3-reranker"),
    ]
    assert f"127.0.0.1:{server.port}" in texts("zh").notice(said[0])


def test_an_instruction_without_effect_is_said_and_no_error(serve: Serve, connect: Connect, said: list[Notice]):
    engine = connect(serve(software="llamacpp", routes=["/v1/rerank"], instruction_key=None))
    assert not engine.info.heeds_instruction
    assert said[0].code == "remote_instruction_fixed"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"log_odds": lambda ids: 0.25}, "remote_same_score"),
        ({"log_odds": lambda ids: -sensible(ids)}, "remote_wrong_order"),
        ({"software": "llamacpp", "routes": ["/v1/rerank"], "log_odds": lambda ids: sensible(ids) - 55}, "remote_no_head"),
        ({"routes": ["/rerank"], "cut_silently_at": 512}, "remote_truncates"),
        ({"routes": []}, "remote_no_route"),
        ({"routes": ["/rerank"], "change": lambda answer: {"results": answer["results"][1:]}}, "remote_no_route"),
        ({"key": "k2"}, "remote_key"),
    ],
)
def test_scores_without_meaning_are_refused_in_one_sentence(serve: Serve, connect: Connect, options: dict[str, Any], code: str):
    with pytest.raises(NoCheckpoint) as error:
        connect(serve(**options), remote_key="k1")
    assert error.value.notice.code == code
    assert "127.0.0.1:" in texts("en").notice(error.value.notice) and "127.0.0.1:" in texts("zh").notice(error.value.notice)


def test_a_server_that_puts_control_tokens_together_again_is_refused(serve: Serve, connect: Connect):
    server = serve(routes=["/v1/rerank"])
    server.undoes_spaces = True
    with pytest.raises(NoCheckpoint) as error:
        connect(server)
    assert error.value.notice.code == "remote_control_tokens"


def test_a_server_that_refuses_long_texts_is_said_to(serve: Serve, connect: Connect):
    """llama.cpp with its usual batch size, which it does not tell."""
    server = serve(software="llamacpp", routes=["/v1/rerank"], max_tokens=512)
    server.about = lambda path: {"data": [{"id": "m", "owned_by": "llamacpp"}]} if path == "/v1/models" else None
    with pytest.raises(NoCheckpoint) as error:
        connect(server)
    assert error.value.notice.code == "remote_refuses_long"
    assert "-ub 32768" in texts("en").notice(error.value.notice)


def test_the_model_that_is_named_must_be_there(serve: Serve, connect: Connect):
    server = serve(model="bge")
    assert connect(f"{server.url}#bge").info.name == "bge"
    with pytest.raises(NoCheckpoint) as error:
        connect(f"{server.url}#qwen3")
    assert error.value.notice == Notice("remote_no_model", server=f"127.0.0.1:{server.port}", model="qwen3", models="bge")


def test_another_copy_of_this_app_may_have_no_probability(serve: Serve, connect: Connect):
    """GET /v1/models tells what its engine says of itself."""
    told = info_as_json(replace(FALLBACK, max_tokens=20_000)) | {"max_model_len": 20_000}
    engine = connect(serve(software="local", told=told, routes=["/v1/rerank"]))
    assert (engine.info.score_scale, engine.info.is_fallback, engine.info.max_tokens) == ("relative", True, 20_000)
    other = connect(serve(software="local", told=told | {"fingerprint": "f2"}, routes=["/v1/rerank"]))
    assert other.info.fingerprint != engine.info.fingerprint


def test_the_key_goes_to_every_route_and_into_no_text(serve: Serve, connect: Connect, said: list[Notice]):
    server = serve(key="s3cret")
    engine = connect(server, remote_key="s3cret")
    list(engine.score(QUERY, with_ids(RESUMES)))
    assert {headers["Authorization"] for _, headers, _ in server.posted} == {"Bearer s3cret"}
    options = EngineOptions("http://127.0.0.1", True, "auto", "auto", 0, None, said.append, remote_key="s3cret")  # pyright: ignore
    assert "s3cret" not in f"{said}{engine.info}{options}{vars(engine)}"


def test_an_address_outside_is_refused_before_anything_is_sent():
    def dns(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if host == "inside" else ["203.0.113.7"]

    said: list[Notice] = []
    judge: Any = None
    for model in ("http://203.0.113.7:9", "http://outside:9", "http://inside:9,http://outside:9"):
        with pytest.raises(NoSuchModel) as error:
            open_remote(EngineOptions(model, True, "auto", "auto", 0, judge, said.append), dns)
        assert error.value.notice.code == "remote_not_private"


def test_a_name_that_points_elsewhere_later_is_not_followed(serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch):
    """The check and the connection use one look-up; the next connection looks again."""
    server, answers = serve(), [["127.0.0.1"], ["127.0.0.1"], ["203.0.113.7"]]
    asked: list[str] = []

    def dns(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers[min(len(asked), 3) - 1]

    judge: Any = None
    engine = open_remote(EngineOptions(f"http://box:{server.port}", True, "auto", "auto", 0, judge, print), dns)
    assert len(list(engine.score(QUERY, with_ids(RESUMES)))) == 3
    assert len(asked) == 2 and server.posted[0][1]["Host"] == f"box:{server.port}"


def test_of_several_addresses_the_one_that_answers_is_taken(serve: Serve):
    """As "localhost" is ::1 first on many machines."""
    server = serve()
    judge: Any = None
    options = EngineOptions(f"http://localhost:{server.port}", True, "auto", "auto", 0, judge, print)
    engine = open_remote(options, lambda host, port: ["127.0.0.9", "127.0.0.1"])
    assert len(list(engine.score(QUERY, with_ids(RESUMES)))) == 3
    assert engine.info.sends_to == f"localhost:{server.port}"


def test_no_server_there_may_come_later(connect: Connect, serve: Serve):
    server = serve()
    server.stop()
    with pytest.raises(NoCheckpoint) as error:
        connect(server)
    assert error.value.notice.code == "remote_silent" and not isinstance(error.value, NoSuchModel)


def test_one_that_is_down_or_different_is_left_out_and_said(connect: Connect, serve: Serve, said: list[Notice]):
    dead, good, other = serve(), serve(), serve(log_odds=lambda ids: sensible(ids) - 1)
    dead.stop()
    engine = connect(dead, good, other)
    assert [notice.code for notice in said] == ["remote_silent", "remote_differs", "remote_connected"]
    assert len(list(engine.score(QUERY, with_ids(RESUMES)))) == 3
    assert engine.info.device == ", ".join(f"127.0.0.1:{server.port}" for server in (dead, good, other))


def test_the_fingerprint_is_of_server_model_and_route(connect: Connect, serve: Serve):
    server = serve()
    first = connect(server).info.fingerprint
    assert connect(server).info.fingerprint == first
    assert connect(server, serve()).info.fingerprint == first, "another copy of it is the same engine"
    server.routes = ("/v1/rerank",)
    second = connect(server).info.fingerprint
    server.model = "other"
    assert len({first, second, connect(server).info.fingerprint, connect(serve()).info.fingerprint}) == 4


def test_what_the_check_sends_to_text_routes_has_no_control_tokens(connect: Connect, serve: Serve):
    server = serve(routes=["/v1/rerank"])
    connect(server)
    sent = [text for path, _, body in server.posted if path == "/v1/rerank" for text in body["documents"]]
    assert any("< |im_end|>" in text for text in sent) and END_OF_TURN not in "".join(sent)
