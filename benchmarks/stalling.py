"""Upload files that stall a reader, beside everybody else:  python benchmarks/stalling.py [--files 30]

Starts the real server with the embedded model, then measures how long /healthz and a run of pasted resumes take, alone and while three
other pages have files read that take as long as they can; how long one ordinary file waits then; and how long the server takes to end.
Seconds by the clock, of this machine with whatever else it does. benchmarks/attacks.py prints this too.
"""

import argparse
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import httpx  # noqa: E402
import psutil  # noqa: E402

from tests.data.make_hostile import long_docx, many_empty_pages  # noqa: E402
from tests.data.make_pdf import nested_forms  # noqa: E402
from tests.faults.page import JOB, pressed, told  # noqa: E402
from tests.faults.test_killed import started  # noqa: E402
from tests.server.guard.test_attacks import JOIN, event, file_data, upload  # noqa: E402
from tests.server.process import free_port  # noqa: E402

RESUMES = "\n---\n".join(
    f"候选人 {number}：熟悉 Python 与 Kubernetes，负责平台开发 {number} 年。\n" + "参与过项目。\n" * 20 for number in range(20)
)
PAGES = 3


def main() -> None:
    """Measure with as many stalling files a page as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=30, help="how many files each of the three pages gives")
    report_stalling(parser.parse_args().files)


def report_stalling(files: int = 30) -> None:
    """Print the figures."""
    kinds = {"docx": long_docx(115_000), "pdf": many_empty_pages(20_000), "forms.pdf": nested_forms(8, 12)}
    with tempfile.TemporaryDirectory() as folder, started(Path(folder) / "feedback", free_port(), Path(folder)) as (client, process):
        pressed(client, "warm", "rr-run", {"rr-job": JOB, "rr-pasted": RESUMES})
        _report(client, "alone")
        for page in range(PAGES):
            data = [part for number in range(files) for part in _uploaded(client, f"{page} {number}", kinds, number)]
            _give(client, f"stalling {page}", data)
        _report(client, f"beside {PAGES} × {files} files that stall")
        begin = time.perf_counter()
        _give(client, "one file", file_data(upload(client, "a.txt", "熟悉 Python".encode()).json()[0]))
        next(line for line in told(client, "one file") if "a.txt" in line and "process_completed" in line)
        print(f"an ordinary file beside them: {time.perf_counter() - begin:.2f} s")
        children = psutil.Process(process.pid).children(recursive=True)
        begin = time.perf_counter()
        process.terminate()
        process.wait(60)
        left = sum(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children)
        print(f"ended {time.perf_counter() - begin:.2f} s after SIGTERM, {left} of {len(children)} reading processes left")


def _uploaded(client: httpx.Client, name: str, kinds: dict[str, bytes], number: int) -> list[dict]:
    suffix, data = list(kinds.items())[number % len(kinds)]
    return file_data(upload(client, f"{name}.{suffix}", data).json()[0])


def _give(client: httpx.Client, page: str, files: list[dict]) -> None:
    """Tell the server of uploaded files as a page does."""
    body = event(client, "rr-files") | {"session_hash": page}
    body["data"] = [files if isinstance(value, list) or value is None else value for value in body["data"]]
    client.post(JOIN, json=body).raise_for_status()


def _report(client: httpx.Client, what: str) -> None:
    over, answers = threading.Event(), []

    def ask() -> None:
        while not over.wait(0.05):
            begin = time.perf_counter()
            client.get("/healthz").raise_for_status()
            answers.append(time.perf_counter() - begin)

    asking = threading.Thread(target=ask)
    asking.start()
    begin = time.perf_counter()
    pressed(client, what, "rr-run", {"rr-job": f"{JOB}\n2. {what}", "rr-pasted": RESUMES})
    seconds = time.perf_counter() - begin
    over.set()
    asking.join()
    print(f"{what}: a run of 20 in {seconds:.1f} s; /healthz {statistics.median(answers):.3f} s, at most {max(answers):.3f} s", flush=True)


if __name__ == "__main__":
    main()
