"""Measure what the start costs:  python benchmarks/start.py [--times 5] [--model embedded] [--compiling]

Starts the app anew several times and prints for each start the processor seconds of the process and its children by the page's first
answer, those of its main thread alone, and those by the time that the model is ready; then the lowest of each. Beside other programs the
seconds of the processor say more than the clock, and the lowest more than the mean. With --compiling Python finds none of the modules
compiled, as at the first start after an installation that compiles nothing.
"""

import argparse
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import psutil

from benchmarks.record import machine
from benchmarks.visitors import SECONDS_TO_START, Wrong, started, status
from tests.server.process import free_port

_LOOK_S = 0.02


@dataclass(frozen=True)
class Cost:
    """Processor seconds of a start: by the page's first answer, of the main thread by then, by the time that the model is ready."""

    page: float
    main_thread: float
    ready: float


def main() -> None:
    """Print the costs of some starts and the lowest of each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--model", default="embedded", help="a folder with weights, or embedded")
    parser.add_argument("--compiling", action="store_true", help="with no module compiled")
    options = parser.parse_args()
    print(f"{machine()}, Python {sys.version.split()[0]}; processor seconds")
    print("  page  main thread  ready")
    costs = []
    for _ in range(options.times):
        costs.append(_start(options.model, options.compiling))
        _say(costs[-1])
    print("lowest")
    _say(Cost(*map(min, zip(*map(astuple, costs), strict=True))))


def _say(cost: Cost) -> None:
    print(f"{cost.page:6.2f} {cost.main_thread:12.2f} {cost.ready:6.2f}", flush=True)


def _start(model: str, compiling: bool) -> Cost:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        environment = {"PYTHONPYCACHEPREFIX": str(folder / "compiled")} if compiling else {}
        port = free_port()
        process = started(model, folder / "server.log", port, environment)
        address, deadline = f"http://127.0.0.1:{port}", time.monotonic() + SECONDS_TO_START
        try:
            page = None
            while page is None or status(address) != "ready":
                if process.poll() is not None or time.monotonic() > deadline:
                    raise Wrong((folder / "server.log").read_text("utf-8"))
                with suppress(OSError):
                    if page is None:
                        urllib.request.urlopen(address, timeout=SECONDS_TO_START).read()
                        page, main_thread = _seconds(process.pid), _main_thread(process.pid)
                time.sleep(_LOOK_S)
            return Cost(page, main_thread, _seconds(process.pid))
        finally:
            process.terminate()
            process.wait(timeout=20)


def _seconds(pid: int) -> float:
    """Return what the process and its children have taken so far."""
    used = 0.0
    for process in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            used += sum(process.cpu_times()[:4])  # its own, and of its children that have ended
    return used


def _main_thread(pid: int) -> float:
    return next(thread.user_time + thread.system_time for thread in psutil.Process(pid).threads() if thread.id == pid)


if __name__ == "__main__":
    main()
