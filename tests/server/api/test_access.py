"""Who may use the API, and who may not: keys, this machine, proxies, other sites, guessers."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.responses import PlainTextResponse

from i18n.texts import texts
from server.api.access import ApiAccess
from server.auth.keys import Keys, add_key, remove_key
from server.auth.lockout import TRIES_PER_ADDRESS
from settings import Settings
from tests.server.api.serving import WordEngine, api
from tests.server.serving import PASSWORD, serving, sign_in
from tests.service.desk import ready

BODY = {"query": "python", "documents": ["python", "cook"]}


@pytest.fixture(scope="module")
def local() -> Iterator[httpx.Client]:
    """Yield the API without any key."""
    with api(ready(WordEngine())) as client:
        yield client


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "api_keys"


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def status(client: httpx.Client, headers: Any = None) -> int:
    return client.post("/v1/rerank", json=BODY, headers=headers).status_code


def test_without_keys_programs_on_this_machine_are_answered_whatever_key_they_send(local: httpx.Client):
    assert status(local) == status(local, bearer("what clients insist on")) == 200
    port = local.base_url.port
    assert status(local, {"Host": f"localhost:{port}"}) == status(local, {"Host": f"[::1]:{port}"}) == 200


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: https", "X-Forwarded-Host: a", "Forwarded: for=1", "Via: 1.1 a", "X-Real-IP: 1"],
)
def test_without_keys_what_a_proxy_passed_on_is_refused(local: httpx.Client, header: str):
    name, _, value = header.partition(": ")
    answer = local.post("/v1/rerank", json=BODY, headers={name: value})
    assert answer.status_code == 403 and "key add" in answer.json()["message"]
    assert local.get("/metrics", headers={name: value}).status_code == local.get("/v1/docs", headers={name: value}).status_code == 403
    assert local.get("/healthz", headers={name: value}).status_code == local.get("/readyz", headers={name: value}).status_code == 200


def test_without_keys_a_name_or_address_that_others_can_reach_is_refused(local: httpx.Client):
    """As behind a proxy that passes on the browser's Host, and adds no header of its own."""
    for host in ("192.0.2.7:7860", "[2001:db8::1]", "10.0.0.1"):
        assert status(local, {"Host": host}) == 403


def refused_from(address: str, file: Path, **settings: Any) -> int:
    """Return the status for a request from this address, straight into the middleware: no other machine is at hand."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    access = ApiAccess(PlainTextResponse("served"), Keys(file), Settings(**settings), lambda scope: texts("en"))
    headers = [(b"host", b"127.0.0.1:7860")]
    scope = {"type": "http", "method": "GET", "path": "/v1/models", "headers": headers, "client": (address, 1), "query_string": b""}
    asyncio.run(access(scope, receive, send))
    return sent[0]["status"]


def test_without_keys_only_loopback_is_answered_and_nobody_where_a_proxy_is_set_up(keys: Path):
    assert [refused_from(address, keys) for address in ("127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1")] == [200] * 4
    assert [refused_from(address, keys) for address in ("10.0.0.5", "192.168.1.2", "2001:db8::1", "::ffff:10.0.0.5", "", "unix:")] == [
        403
    ] * 6
    assert refused_from("127.0.0.1", keys, trusted_proxy="127.0.0.1") == refused_from("127.0.0.1", keys, root_path="/cv") == 403


def test_other_sites_are_refused(local: httpx.Client):
    """DNS rebinding (another name), forged forms and scripts (another origin), and links that only look."""
    assert status(local, {"Host": "evil.example"}) == 403
    for origin in ("http://evil.example", "null", f"https://{local.base_url.netloc.decode()}.evil.example"):
        assert status(local, {"Origin": origin}) == 403
    for site in ("cross-site", "same-site"):
        assert status(local, {"Sec-Fetch-Site": site}) == 403
        assert local.get("/v1/models", headers={"Sec-Fetch-Site": site}).status_code == 403
    assert local.options("/v1/rerank", headers={"Origin": "http://evil.example"}).status_code == 403
    assert local.post("/v1/rank", files={"job": b"x"}, headers={"Origin": "http://evil.example"}).status_code == 403
    answer = local.post("/v1/rerank", json=BODY, headers={"Origin": str(local.base_url).rstrip("/")})
    assert answer.status_code == 200 and "access-control-allow-origin" not in answer.headers


def test_with_keys_nobody_else_is_answered_and_keys_come_and_go_while_it_runs(tmp_path: Path, keys: Path):
    with api(ready(WordEngine()), tmp_path) as client:
        assert status(client) == 200
        key, other = add_key(keys, "ats"), add_key(keys, "other")
        answer = client.post("/v1/rerank", json=BODY)
        assert answer.status_code == 401 and answer.headers["www-authenticate"] == "Bearer" and "key add" in answer.json()["message"]
        assert [client.get(path).status_code for path in ("/v1/models", "/metrics", "/v1/docs", "/v1/openapi.json")] == [401] * 4
        assert status(client, bearer(key)) == status(client, bearer(other)) == status(client, {"Authorization": f"bearer  {key}"}) == 200
        assert status(client, bearer(key) | {"X-Forwarded-For": "10.0.0.5"}) == 200, "a key holds through a proxy"
        for wrong in (bearer(key[:-1]), bearer(f"{key}x"), {b"Authorization": "Bearer 密".encode()}, {"Authorization": f"Basic {key}"}):
            assert status(client, wrong) == 401
        remove_key(keys, "ats")
        assert status(client, bearer(key)) == 401 and status(client, bearer(other)) == 200
        keys.write_text("no hash at all")
        assert status(client, bearer(other)) == 200, "what the file last said holds"
        keys.unlink()
        assert status(client) == 401 and status(client, bearer(other)) == 200, "a file that is lost opens nothing"


def test_guessing_keys_is_limited(tmp_path: Path, keys: Path, caplog: pytest.LogCaptureFixture):
    key = add_key(keys, "ats")
    with caplog.at_level(logging.DEBUG), api(ready(WordEngine()), tmp_path) as client:
        assert [status(client) for _ in range(TRIES_PER_ADDRESS + 5)] == [401] * (TRIES_PER_ADDRESS + 5), "no key is no guess"
        assert [status(client, bearer(f"guess{number}")) for number in range(TRIES_PER_ADDRESS)] == [401] * TRIES_PER_ADDRESS
        answer = client.post("/v1/rerank", json=BODY, headers=bearer(key))
        assert answer.status_code == 429 and 0 < int(answer.headers["retry-after"]) <= 900
        assert "15 minutes" in answer.json()["message"]
    assert key not in caplog.text and "guess1" not in caplog.text


def test_a_key_opens_no_page_and_a_user_no_api(tmp_path: Path, keys: Path):
    key = add_key(keys, "ats")
    with serving(Settings(auth=f"hr:{PASSWORD}", feedback=str(tmp_path)), ready(WordEngine())) as client:
        assert client.get("/config", headers=bearer(key)).status_code == 401
        assert client.get("/", headers=bearer(key)).headers["location"] == "/login"
        assert status(client, bearer(key)) == 200
        assert sign_in(client, "hr").status_code == 303 and client.get("/config").status_code == 200
        assert status(client) == 401
