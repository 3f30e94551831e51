"""Time what a newcomer waits for:  python benchmarks/first_start.py [--folder FOLDER] [--language en] [--json FILE] [FLAGS OF ./start.sh]

Clones this checkout's last commit into a new folder, runs ./start.sh there, waits for the page, presses the button for the example and the
one that ranks, and prints the seconds since the beginning of each step. Every line that ./start.sh prints is shown with its second, and
the longest time without one: is there progress in words?

The packages come from wherever pip gets them here, into a .venv of the new folder: run it twice, for the first time warms pip's cache.
Without flags the judge that ships ranks (--model embedded): weights from a hub take as long as the network does. The folder, some
gigabytes, is deleted at the end.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.record import machine, write_record  # noqa: E402
from benchmarks.visitors import User, Wrong, rows, status  # noqa: E402
from service.job import read_job  # noqa: E402
from settings import Settings  # noqa: E402
from tests.server.process import free_port  # noqa: E402

WANTED_S = 75
LONGEST_S = 1800
"""Seconds until it is given up."""


class Said:
    """Shows the lines of a process with their second since `start`, and knows for how long it was silent."""

    def __init__(self, start: float):
        self._start, self._moments = start, [0.0]

    def listen(self, process: subprocess.Popen[str]) -> None:
        """Read until the process ends."""
        assert process.stdout
        for line in process.stdout:
            self._moments.append(time.perf_counter() - self._start)
            print(f"{self._moments[-1]:7.1f} s  | {line.rstrip()}", flush=True)

    def longest_silence(self, until: float) -> float:
        """Return the most seconds between two lines before this second."""
        moments = [*(moment for moment in self._moments if moment < until), until]
        return max(after - before for before, after in pairwise(moments))


def main() -> int:
    """Print the seconds from cloning to each step and the longest silence, and write them to a file if one is named; return 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, help="where the new folder is made; default: that for temporary files")
    parser.add_argument("--language", choices=("zh", "en"), default="zh", help="of the page and of the examples")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    options, flags = parser.parse_known_args()
    job = read_job(next((ROOT / "examples" / options.language).glob("JD_*")), Settings()).text
    print(machine())
    with tempfile.TemporaryDirectory(dir=options.folder, prefix="first-start-", ignore_cleanup_errors=True) as folder:
        steps, silence = first_start(Path(folder) / "clone", job, options.language, flags or ["--model", "embedded"])
    print("\n".join(["", *(f"{name:18}{seconds:7.1f} s" for name, seconds in steps.items())]))
    print(f"{'longest silence':18}{silence:7.1f} s")
    print(f"wanted: all rows within {WANTED_S} s of the beginning: {'met' if steps['all rows'] <= WANTED_S else 'MISSED'}")
    if options.json:
        write_record(options.json, {"steps": {name: round(seconds, 1) for name, seconds in steps.items()}, "silence": round(silence, 1)})
    return 0


def first_start(clone: Path, job: str, language: str, flags: list[str]) -> tuple[dict[str, float], float]:
    """Return the seconds since the beginning of each step, and the longest silence before the page was up. Raise Wrong if it fails."""
    start = time.perf_counter()
    steps: dict[str, float] = {}

    def done(step: str) -> None:
        steps[step] = time.perf_counter() - start
        print(f"{steps[step]:7.1f} s  {step}", flush=True)

    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    done("cloned")
    port, said = free_port(), Said(start)
    command = ["./start.sh", "--host", "127.0.0.1", "--port", str(port), "--language", language, *flags]
    process = subprocess.Popen(command, cwd=clone, env=newcomer(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    threading.Thread(target=said.listen, args=(process,), daemon=True).start()
    try:
        for step in ("packages there", "page up", "engine ready"):
            while not is_done(step, clone, port):
                if process.poll() is not None or time.perf_counter() - start > LONGEST_S:
                    raise Wrong(f"not reached: {step}")
                time.sleep(0.1)
            done(step)
        user = User(f"http://127.0.0.1:{port}")
        count = user.load_example()
        done("examples read")
        threading.Thread(target=lambda: user.has_rows.wait(LONGEST_S) and done("first row"), daemon=True).start()
        _, board = user.rank(job)
        done("all rows")
        if len(rows(board)) != count:
            raise Wrong(f"{len(rows(board))} rows for {count} examples")
        return steps, said.longest_silence(steps["page up"])
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=20)


def is_done(step: str, clone: Path, port: int) -> bool:
    """Return whether this step is done."""
    if step == "packages there":
        return (clone / ".venv" / "installed-requirements.txt").exists()
    said = status(f"http://127.0.0.1:{port}")
    return said == "ready" if step == "engine ready" else said is not None


def newcomer() -> Mapping[str, str]:
    """Return this process's environment without settings of the app, and without what belongs to the virtual environment that runs this."""
    own = ("RERANKER_", "VIRTUAL_ENV", "PYTHON")
    path = os.pathsep.join(entry for entry in os.environ["PATH"].split(os.pathsep) if entry != str(Path(sys.executable).parent))
    return {name: value for name, value in os.environ.items() if not name.startswith(own)} | {"PATH": path}


if __name__ == "__main__":
    sys.exit(main())
