"""Many users at once, over HTTP:  python benchmarks/load.py [--model FOLDER | --layers 4] [--users 8] [--resumes 6]

Starts the real server on a free port of 127.0.0.1 and speaks to it as browsers do (upload, queue, stream of events), a session a user.
0. How long the page and then the model take to come up, the weights being in the file cache.
1. Users upload resumes of their own and rank them at the same time: resumes per second, latency, and that nothing is lost or mixed up.
2. A ranking of 3 resumes alone, and beside one of 200 in another session; then that one is stopped: how long until the engine is free.
Every text is new, so no cache helps. Exit code 1 when a row is missing, doubled or another user's; a missed target is only printed.

Without --model it takes a seeded random Qwen3. The narrow one scores in no time: it shows what everything around the model costs, and
beside 200 resumes mostly their match points. With --layers it has the real width, with 28 the real size: fairness of scoring.
"""

import argparse
import json
import math
import os
import platform
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import httpx  # noqa: E402
import torch  # noqa: E402

from tests.data.random_qwen3 import write_random_qwen3  # noqa: E402

BIG, SMALL, ROUNDS, TARGET = 200, 3, 3, 3.0
SECONDS_TO_START = 300
SKILLS = "Python Java Go Kubernetes Docker PyTorch TensorFlow MySQL Redis Kafka Spark Flink React Vue Linux Elasticsearch".split()


class Wrong(Exception):
    """The server lost, doubled or mixed up something."""


class User:
    """One browser tab: a session of its own, events found by the `elem_id` of the component that they hang on."""

    def __init__(self, address: str):
        self._http = httpx.Client(base_url=address, timeout=60, trust_env=False)  # the stream has a heartbeat every 15 s
        self._session = uuid.uuid4().hex
        config = self._http.get("/config").raise_for_status().json()
        self._events: list[dict[str, Any]] = config["dependencies"]
        self._components = {part["id"]: part["props"] for part in config["components"]}
        self._ids = {props["elem_id"]: number for number, props in self._components.items() if props.get("elem_id")}
        self.has_rows = threading.Event()
        """Set once the stream of `rank` has shown a row."""

    def upload(self, files: dict[str, str]) -> None:
        """Put resumes (text by name) on the pile."""
        parts = [("files", (name, text.encode())) for name, text in files.items()]
        paths = self._http.post("/gradio_api/upload", files=parts).raise_for_status().json()
        sent = [{"path": path, "orig_name": name, "meta": {"_type": "gradio.FileData"}} for path, name in zip(paths, files, strict=True)]
        self._finish(*self._press("rr-files", {"rr-files": sent}))

    def rank(self, job: str, pasted: str = "") -> tuple[float, str]:
        """Seconds from the press of the button to the last news, and the board as it then is."""
        start = time.perf_counter()
        return self._finish(*self._press("rr-run", {"rr-job": job, "rr-pasted": pasted}), start)

    def stop(self) -> None:
        """Press the stop button; the answer comes on the stream of the run that it ends."""
        self._press("rr-stop", {})

    def _press(self, elem_id: str, filled_in: dict[str, Any]) -> tuple[str, int]:
        """Trigger this component's event, all other fields as on a fresh page. Returns its id and the place of the board in its output."""
        target = self._ids[elem_id]
        event = next(event for event in self._events if event["backend_fn"] and event["targets"][0][0] == target)
        values = {self._ids[name]: value for name, value in filled_in.items()}
        data = [values.get(number, self._components[number].get("value")) for number in event["inputs"]]
        body = {"fn_index": event["id"], "data": data, "event_data": None, "trigger_id": target, "session_hash": self._session}
        answer = self._http.post("/gradio_api/queue/join", json=body).raise_for_status().json()
        return answer["event_id"], event["outputs"].index(self._ids["rr-board"])

    def _finish(self, event_id: str, board: int, start: float = 0.0) -> tuple[float, str]:
        """Read the stream until the server closes it; seconds from `start` to this event's last message, and the board in that."""
        result = None
        with self._http.stream("GET", "/gradio_api/queue/data", params={"session_hash": self._session}) as stream:
            for line in filter(lambda line: line.startswith("data:"), stream.raise_for_status().iter_lines()):
                message = json.loads(line.removeprefix("data:"))
                if "rr-row" in line:
                    self.has_rows.set()
                if message["msg"] == "process_completed" and message["event_id"] == event_id:
                    if not message["success"]:
                        raise Wrong(f"an event failed: {message['output']}")
                    result = time.perf_counter() - start, message["output"]["data"][board]
        if result is None:
            raise Wrong("the stream ended without a result")
        return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="a folder with weights; default: random ones")
    parser.add_argument("--layers", type=int, help="of random weights of the real width (28: the real size); default: narrow ones")
    parser.add_argument("--users", type=int, default=8)
    parser.add_argument("--resumes", type=int, default=6, help="of each user")
    options = parser.parse_args()
    machine = f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores"
    print(f"{machine}, torch {torch.__version__}, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as temporary:
        full = options.layers is not None
        model = options.model or write_random_qwen3(Path(temporary) / "model", full=full, layers=options.layers)
        log = Path(temporary) / "server.log"
        try:
            with running(model.resolve(), log) as address:
                User(address).rank(job("warm"), resume("warm"))  # the first ranking loads things
                print(log.read_text("utf-8").strip())  # which model, precision and device, and why
                print(f"Jobs of {len(job('1'))} characters, resumes of {len(resume('1-1'))}")
                together(address, options.users, options.resumes)
                fairness(address)
        except (Wrong, httpx.HTTPError) as error:
            print(f"FAILED: {type(error).__name__}: {error}\nThe server said:\n{log.read_text('utf-8')}")
            return 1
    return 0


@contextmanager
def running(model: Path, log: Path) -> Iterator[str]:
    """The app on a free port, with its model loaded; yields its address. What it prints goes to `log`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "app.py", "--host", "127.0.0.1", "--port", str(port), "--offline", "--model", str(model)]
    command += ["--feedback", str(log.parent / "feedback")]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RERANKER_")}
    environment["TMPDIR"] = str(log.parent)  # what it leaves behind goes with that folder
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, env=environment)
    address = f"http://127.0.0.1:{port}"
    start = time.perf_counter()
    try:
        page_up = None
        while (status := _status(address)) != "ready":
            if status and page_up is None:
                page_up = time.perf_counter() - start
            if process.poll() is not None or time.perf_counter() - start > SECONDS_TO_START:
                raise Wrong("the app did not come up")
            time.sleep(0.05)
        ready = time.perf_counter() - start
        print(f"Page up {page_up or ready:.1f} s after the start, ready after {ready:.1f} s (reading the weights: {_reading(model):.1f} s)")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _status(address: str) -> str | None:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:  # httpx takes 30 ms of a core to make a client
            return json.load(answer)["status"]
    except OSError:
        return None


def _reading(model: Path) -> float:
    """Seconds to read the files with the weights once, here where nothing else is loaded."""
    start = time.perf_counter()
    for path in model.glob("*.safetensors"):
        with path.open("rb") as file:
            while file.read(2**24):
                pass
    return time.perf_counter() - start


def together(address: str, users: int, resumes: int) -> None:
    """Everyone uploads, then everyone presses the button; prints the figures. Raises Wrong unless everyone has their own rows."""
    marks = [[f"{user}-{number}" for number in range(resumes)] for user in range(users)]
    piles = [{file_name(mark): resume(mark) for mark in marks[user]} for user in range(users)]
    tabs = [User(address) for _ in piles]
    with ThreadPoolExecutor(users) as pool:
        start = time.perf_counter()
        list(pool.map(User.upload, tabs, piles))
        uploaded = time.perf_counter()
        results = list(pool.map(User.rank, tabs, [job(str(user)) for user in range(users)]))
        done = time.perf_counter()
    for own, (_, board) in zip(marks, results, strict=True):
        check(board, own, uploaded=True)
    latencies = sorted(seconds for seconds, _ in results)
    p95 = latencies[math.ceil(0.95 * users) - 1]
    print(f"{users} users × {resumes} resumes at once: nothing lost, {users * resumes / (done - uploaded):.1f} resumes/s ranked")
    print(f"  all uploads {uploaded - start:.1f} s; latency of a ranking: p50 {statistics.median(latencies):.1f} s, p95 {p95:.1f} s")


def fairness(address: str) -> None:
    """A small ranking alone and beside a big one, medians; then the big one is stopped."""
    visitor, crowd = User(address), User(address)

    def small(key: str, size: int = SMALL) -> float:
        marks = [f"{key}-{number}" for number in range(size)]
        seconds, board = visitor.rank(job(key), "\n---\n".join(map(resume, marks)))
        check(board, marks)
        return seconds

    one_alone = small("one", 1)
    alone = statistics.median(small(f"alone{turn}") for turn in range(ROUNDS))
    with ThreadPoolExecutor(1) as pool:
        big = pool.submit(crowd.rank, job("big"), "\n---\n".join(resume(f"big-{number}") for number in range(BIG)))
        try:
            while not crowd.has_rows.wait(0.05) and not big.done():
                pass
            beside = []
            while len(beside) < ROUNDS and not big.done():
                seconds = small(f"beside{len(beside)}")
                if not big.done():
                    beside.append(seconds)
        finally:
            start = time.perf_counter()
            crowd.stop()
        small("after", 1)
        free = time.perf_counter() - start
        whole, board = big.result(timeout=60)
    scored = [mark for mark, *_ in rows(board)]
    if len(set(scored)) != len(scored) or not all(mark.startswith("big-") for mark in scored):
        raise Wrong(f"the board of the stopped ranking has {scored}")
    if not beside:
        print(f"{BIG} resumes were done in {whole:.1f} s, before {SMALL} beside them: take --layers 4 or more")
        return
    ratio = statistics.median(beside) / alone
    print(f"{SMALL} resumes alone {alone:.2f} s (median of {ROUNDS}), beside a ranking of {BIG} {alone * ratio:.2f} s (of {len(beside)})")
    print(f"  ratio {ratio:.1f}x; target <= {TARGET:.0f}x: {'met' if ratio <= TARGET else 'MISSED'}")
    if 'class="rr-summary warn"' in board:
        print(f"stopped with {len(scored)} of {BIG} scored: 1 resume returns {free:.2f} s after the press (alone {one_alone:.2f} s)")
    else:
        print(f"the ranking of {BIG} ended by itself after {whole:.1f} s: stopping was not measured")


def check(board: str, marks: list[str], uploaded: bool = False) -> None:
    """Raises Wrong unless the board is a finished ranking of exactly these: each once, under its own name, with a rank and a score."""
    found = rows(board)
    if sorted(mark for mark, *_ in found) != sorted(marks) or 'class="rr-summary"' not in board or "rr-unread" in board:
        raise Wrong(f"not a ranking of {marks}: {found}")
    for place, (mark, rank, name, score) in enumerate(found, start=1):
        if rank != str(place) or not score.endswith("%") or (uploaded and name != file_name(mark)):
            raise Wrong(f"row {place} of {marks} is {found[place - 1]}")


def rows(board: str) -> list[tuple[str, ...]]:
    """The mark in the name, rank, name and score of each row, "" for what a row does not have. See ui/results.py."""
    patterns = (
        r'class="rr-name" title="(?:Reference X|resume-)(\S+?)(?:\.txt)?"',
        r'class="rr-rank"><b>(\d+)</b>',
        r'class="rr-name" title="([^"]*)"',
        r'class="rr-band" title="[^"]*?([\d.]+%)"',
    )
    parts = board.split('<button type="button" class="rr-row"')[1:]
    return [tuple(unescape(found[1]) if (found := re.search(pattern, part)) else "" for pattern in patterns) for part in parts]


def job(key: str) -> str:
    """A job description; no two keys share more than the first word."""
    skills = _skills(key)
    must = "".join(f"- At least 3 years with {skill}\n" for skill in skills[:5])
    return f"Job {key}: backend engineer\nRequirements:\n{must}Responsibilities:\n- Run the {skills[5]} platform of team {key}\n"


def resume(mark: str) -> str:
    """A short resume whose name, which is that of its row where it is pasted, carries its mark."""
    skills = _skills(mark)
    jobs = (f"20{15 + turn}: at company {mark} {skills[turn]} and {skills[-turn - 1]} for {turn + 2} services" for turn in range(6))
    return "\n".join((f"Name: Reference X{mark}", f"Skills: {', '.join(skills[:6])}", "Work experience", *jobs))


def file_name(mark: str) -> str:
    return f"resume-{mark}.txt"


def _skills(key: str) -> list[str]:
    """All skills, in an order that depends on the key."""
    return sorted(SKILLS, key=lambda skill: uuid.uuid5(uuid.NAMESPACE_OID, key + skill))


if __name__ == "__main__":
    sys.exit(main())
