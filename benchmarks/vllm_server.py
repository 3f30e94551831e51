"""Start vLLM on this machine by deploy/vllm/serve.sh, score through it, and end it. Each server is a process group of its own."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from reranker.engine import EngineOptions
from reranker.remote.connection import Patience
from reranker.remote.engine import RemoteEngine
from reranker.remote.open import open_remote
from reranker.remote.self_check import Checked

SERVE = Path(__file__).parents[1] / "deploy" / "vllm" / "serve.sh"
PATIENCE = Patience(answer=900)


class NotUp(Exception):
    """Raised where a server ended by itself or did not come up; with what it said."""


@dataclass(frozen=True)
class Started:
    """A vLLM server of this program: its URL, its process, which leads a group of its own, and the file of what it says."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """End the server and its workers as a crash would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def start(model: Path, port: int, environment: Mapping[str, str]) -> Started:
    """Start a server of the model; `environment` is added to this one, see serve.sh."""
    log = model.parent / f"vllm-{port}.log"
    environment = {**os.environ, "MAX_MODEL_LEN": "8192", "HF_HUB_OFFLINE": "1", **environment}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(SERVE), str(model), str(port)], env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    return Started(f"http://127.0.0.1:{port}", process, log)


def wait(server: Started, seconds: float) -> None:
    """Return once the server answers. Raise NotUp."""
    started = time.monotonic()
    with httpx.Client(base_url=server.url, trust_env=False, timeout=5) as client:
        while time.monotonic() - started < seconds:
            if server.process.poll() is not None:
                raise NotUp(f"vLLM at {server.url} ended by itself:\n{server.log.read_text(errors='replace')[-3000:]}")
            try:
                if client.get("/health").status_code == 200:
                    print(f"vLLM at {server.url} is up after {time.monotonic() - started:.0f} s", flush=True)
                    return
            except httpx.HTTPError:
                pass
            time.sleep(1)
    raise NotUp(f"vLLM at {server.url} did not come up in {seconds:.0f} s")


def remote_engine(servers: Sequence[Started], said: list[Any] | None = None) -> RemoteEngine:
    """Return the engine on these servers, without the self-check: with random weights the order of its golden pairs is chance."""
    say = (lambda notice: None) if said is None else said.append
    judge: Any = None  # remote engines have no use for one
    options = EngineOptions(",".join(server.url for server in servers), True, "auto", "auto", 8 * len(servers), judge, say)
    return open_remote(options, patience=PATIENCE, check=lambda ask, values: Checked(True, 1.0, tuple(values)))
