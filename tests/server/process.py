"""Run the real app as a process of its own, on a free port."""

import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import httpx

from tests.warm.process import WarmProcess, start_warm

ROOT = Path(__file__).parents[2]


@contextmanager
def app_process(
    feedback: Path, *flags: str, port: int = 0, temp: Path | None = None, output: IO[bytes] | None = None
) -> Iterator[tuple[str, WarmProcess]]:
    """Yield the address and the process once its model is ready; end it with SIGTERM if it still runs.

    `temp` is its TMPDIR, `output` takes all that it says: without one, the process's `stdout`. Without a port it gets a free one.
    """
    port = port or free_port()
    _, *arguments = app_command(port)
    environment = app_environment() | ({"TMPDIR": str(temp)} if temp else {})
    process = start_warm(*arguments, "--feedback", str(feedback), *flags, environment=environment, output=output)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(process, address)
        yield address, process
    finally:
        process.terminate()
        process.wait(timeout=20)


def app_command(port: int) -> list[str]:
    """Return the command line that starts the app on this port of this machine."""
    return [sys.executable, "app.py", "--host", "127.0.0.1", "--port", str(port)]


def app_environment() -> dict[str, str]:
    """Return this process's environment without settings of the app, but for where its feedback lies."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RERANKER_") or name == "RERANKER_FEEDBACK"}
    return environment | {"HF_HUB_OFFLINE": "1"}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def _wait_until_ready(process: WarmProcess, address: str) -> None:
    deadline = time.monotonic() + 100
    with httpx.Client(base_url=address, trust_env=False, timeout=5) as client:
        while time.monotonic() < deadline:
            assert process.poll() is None, process.stdout.read() if process.stdout else "it ended by itself"
            try:
                if client.get("/healthz").json()["status"] == "ready":
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
    raise AssertionError("the app did not come up")
