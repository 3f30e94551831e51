"""deploy/nginx.conf on a real nginx, before two servers: its key, its paths, and what happens when one of them dies."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from reranker.engine import Query
from reranker.remote.engine import RemoteEngine
from tests.engines import with_ids
from tests.reranker.remote.conftest import connect, models_folder, said, serve, tokenizer, tokenizer_at_hand  # noqa: F401
from tests.reranker.remote.stub import StubServer
from tests.server.process import free_port
from tests.waiting import until

CONF = Path(__file__).parents[2] / "deploy" / "nginx.conf"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
RESUMES = [f"第 {number} 份：{number} 年 Java 后端" for number in range(30)]

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")


@dataclass(frozen=True)
class Front:
    """nginx with the shipped configuration, what it says, and the two servers behind it."""

    url: str
    servers: list[StubServer]
    log: Path


@pytest.fixture
def front(tmp_path: Path, serve: Callable[..., StubServer]) -> Iterator[Front]:  # noqa: F811
    servers, port = [serve(), serve()], free_port()
    conf = CONF.read_text("utf-8")
    for old, new in (
        ("127.0.0.1:8000", f"127.0.0.1:{servers[0].port}"),
        ("127.0.0.1:8001", f"127.0.0.1:{servers[1].port}"),
        ("listen 8080", f"listen 127.0.0.1:{port}"),
        ("pid /tmp/resume-reranker-nginx.pid", f"pid {tmp_path}/nginx.pid"),
    ):
        assert conf.count(old) == 1
        conf = conf.replace(old, new)
    (tmp_path / "nginx.conf").write_text(conf.replace("worker_processes auto", "worker_processes 1"), "utf-8")
    command = [str(NGINX), "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"), "-e", "stderr"]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert tested.returncode == 0, tested.stderr
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen([*command, "-g", "daemon off;"], stderr=log)
    url = f"http://127.0.0.1:{port}"
    assert until(lambda: process.poll() is None and _answers(url))
    yield Front(url, servers, tmp_path / "log")
    process.terminate()
    process.wait(timeout=10)


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/nothing", trust_env=False).status_code == 404
    except httpx.HTTPError:
        time.sleep(0.05)
        return False


def test_only_with_the_key_and_only_what_is_needed(front: Front):
    with httpx.Client(base_url=front.url, trust_env=False) as client:
        assert [client.get(path).status_code for path in ("/v1/models", "/classify")] == [401, 401]
        assert client.post("/classify", json={}, headers={"Authorization": "Bearer change-this-ke"}).status_code == 401
        key = {"Authorization": "Bearer change-this-key"}
        assert client.get("/v1/models", headers=key).status_code == 200
        assert [client.get(path, headers=key).status_code for path in ("/metrics", "/v1/completions", "/docs", "/classify/x")] == [404] * 4


def test_a_job_keeps_its_server_and_a_killed_one_loses_nothing(front: Front, connect: Callable[..., RemoteEngine]):  # noqa: F811
    engine = connect(front.url, remote_key="change-this-key", batch_size=4)
    before = [server.scored for server in front.servers]
    query = Query("招聘 Java 后端", "Rank resumes by match")
    known = {score.index: score.logit for score in engine.score(query, with_ids(RESUMES))}
    scored = [server.scored - already for server, already in zip(front.servers, before, strict=True)]
    assert sorted(scored) == [0, 30], "one server has the job's prefix"
    victim, other = front.servers if scored[0] else front.servers[::-1]
    victim.faults = [None, "die"]
    again = {score.index: score.logit for score in engine.score(query, with_ids(RESUMES))}
    assert again == known
    assert victim.faults == [] and other.scored > 0


def test_resumes_are_not_written_to_disk(front: Front):
    body = {"model": "m", "query": "q", "documents": ["Java " * 40_000]}  # nginx buffers 16 KB unless told otherwise
    key = {"Authorization": "Bearer change-this-key"}
    assert httpx.post(f"{front.url}/v1/rerank", json=body, headers=key, trust_env=False, timeout=30).status_code == 400
    assert len(str(front.servers[0].posted + front.servers[1].posted)) > 200_000
    log = front.log.read_text("utf-8")
    assert "temporary file" not in log and "Java" not in log
