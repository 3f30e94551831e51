"""One server over HTTP: what is tried again, what is believed, and whose certificate."""

import json
import shutil
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from reranker.remote import connection
from reranker.remote.connection import BadAnswer, Connection, Patience, RequestRefused, ServerDown
from reranker.remote.target import Target, parse_targets
from tests.reranker.remote.stub import StubServer

Serve = Callable[..., StubServer]

BODY = {"query": "java", "documents": ["java", "go"], "instruction": "x"}


def connected(server: StubServer) -> Connection:
    return Connection(parse_targets(server.url)[0], "127.0.0.1", patience=Patience(backoff=0.01))


@pytest.mark.parametrize("faults", [[500], [502, 503], [429, 429], ["reset"], [408]], ids=str)
def test_what_may_pass_is_tried_again(serve: Serve, faults: list[int | str]):
    server = serve()
    server.faults = [*faults]
    assert len(connected(server).post("/rerank", BODY)["results"]) == 2
    assert len(server.posted) == len(faults) + 1


@pytest.mark.parametrize("fault", [500, 429, "reset"])
def test_what_does_not_pass_is_not_tried_for_ever(serve: Serve, fault: int | str):
    server = serve()
    server.faults = [fault] * 9
    with pytest.raises(ServerDown):
        connected(server).post("/rerank", BODY)
    assert len(server.posted) == (2 if fault == "reset" else 3)


@pytest.mark.parametrize("fault", [400, 401, 404, 413, 422, "redirect"])
def test_a_refusal_is_not_tried_again(serve: Serve, fault: int | str):
    server = serve()
    server.faults = [fault]
    with pytest.raises(RequestRefused) as error:
        connected(server).post("/rerank", BODY)
    assert error.value.status == (307 if fault == "redirect" else fault) and len(server.posted) == 1
    assert "java" not in str(error.value), "servers quote what they were sent"


def test_what_is_no_json_is_refused(serve: Serve):
    server = serve()
    server.faults = ["page"]
    with pytest.raises(BadAnswer):
        connected(server).post("/rerank", BODY)


def test_an_answer_without_end_is_not_read(serve: Serve, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connection, "MOST_BYTES", 1_000)
    server = serve(change=lambda answer: answer | {"padding": "x" * 2_000})
    with pytest.raises(BadAnswer, match="too large"):
        connected(server).post("/rerank", BODY)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a certificate of its own making for "gpu-box", with the key in the same file."""
    if not (openssl := shutil.which("openssl")):
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("certificate")
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subject = ["-subj", "/CN=gpu-box", "-addext", "subjectAltName=DNS:gpu-box"]
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *files, *subject], check=True, capture_output=True
    )
    (folder / "both.pem").write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
    return folder / "both.pem"


@pytest.mark.parametrize(("name", "is_known", "answers"), [("gpu-box", True, True), ("gpu-box", False, False), ("other-box", True, False)])
def test_a_certificate_must_be_known_and_of_that_name(
    serve: Serve, certificate: Path, monkeypatch: pytest.MonkeyPatch, name: str, is_known: bool, answers: bool
):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = serve(tls=context)
    if is_known:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    https = Connection(Target("https", name, server.port, "", ""), "127.0.0.1", patience=Patience(backoff=0.01))
    if answers:
        assert len(https.post("/rerank", BODY)["results"]) == 2
        assert server.posted[0][1]["Host"] == f"gpu-box:{server.port}"
    else:
        with pytest.raises(ServerDown, match="CERTIFICATE_VERIFY_FAILED"):
            https.post("/rerank", BODY)
        assert json.dumps(server.posted) == "[]", "no text was sent"
