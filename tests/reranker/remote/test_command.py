"""`./start.sh rank --model http://…`, whole: what it says, what it ranks, and what it says when the server goes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import cli
from tests.encoder import JUDGE
from tests.reranker.remote.stub import StubServer

JOB = "任职要求：\n1. 五年以上 Java 后端开发经验\n2. 熟悉分布式系统"
RESUMES = {
    "a.txt": "平面设计师，熟练使用 Photoshop。",
    "b.txt": "五年 Java 后端开发经验，熟悉分布式系统。",
    "c.txt": "会计，熟悉报表与税务。",
}


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    (tmp_path / "JD.txt").write_text(JOB, "utf-8")
    (tmp_path / "resumes").mkdir()
    for name, text in RESUMES.items():
        (tmp_path / "resumes" / name).write_text(text, "utf-8")
    return ["rank", "--job", str(tmp_path / "JD.txt"), "--resumes", str(tmp_path / "resumes"), "--language", "en", "--json", "--offline"]


def test_it_ranks_and_says_where_resumes_went(
    arguments: list[str], serve: Callable[..., StubServer], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("RERANKER_REMOTE_KEY", "s3cret")
    monkeypatch.setattr(cli, "Judge", lambda: JUDGE)
    server = serve(key="s3cret")
    assert cli.main([*arguments, "--model", server.url]) == 0
    captured = capsys.readouterr()
    answer = json.loads(captured.out)
    assert answer["rows"][0]["name"] == "b.txt" and len(answer["rows"]) == 3
    assert (answer["model"]["sends_to"], answer["model"]["dtype"]) == (f"127.0.0.1:{server.port}", "vLLM /classify")
    assert f"are sent to 127.0.0.1:{server.port}" in captured.err
    assert "s3cret" not in captured.out + captured.err


def test_a_server_that_dies_is_said_with_what_to_do(
    arguments: list[str], serve: Callable[..., StubServer], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(cli, "Judge", lambda: JUDGE)
    server = serve()
    server.faults = [*[None] * 5, "die"]  # the check is done by then
    assert cli.main([*arguments, "--model", server.url]) == 1
    assert "No server answers any more" in capsys.readouterr().err


def test_an_address_outside_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    assert cli.main([*arguments, "--model", "http://203.0.113.7:9"]) == 1
    assert "--allow-remote" in capsys.readouterr().err
