"""Run the real server on a free port and users who speak to it as browsers do: upload, queue, stream of events, a session a page.

For the benchmarks over HTTP. Every text carries a mark, so that a lost, doubled or mixed-up answer is seen.
"""

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psutil

from tests.server.process import free_port

ROOT = Path(__file__).parents[1]
SECONDS_TO_START = 300
SKILLS = "Python Java Go Kubernetes Docker PyTorch TensorFlow MySQL Redis Kafka Spark Flink React Vue Linux Elasticsearch".split()


class Wrong(Exception):
    """The server lost, doubled or mixed up something."""


class _Gone(Exception):
    """The user has left while an answer came."""


@dataclass(frozen=True)
class RunningApp:
    """A running app: where it is, and its process id."""

    address: str
    pid: int


def started(model: str, log: Path, port: int, environment: Mapping[str, str] = {}) -> subprocess.Popen[bytes]:
    """Start the app with this model (a folder or "embedded"). What it prints is added to `log`, its data lie beside that."""
    command = [sys.executable, "app.py", "--host", "127.0.0.1", "--port", str(port), "--offline", "--model", model]
    command += ["--feedback", str(log.parent / "feedback")]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("RERANKER_")}
    inherited["TMPDIR"] = str(log.parent)  # what it leaves behind goes with that folder
    with log.open("ab") as output:
        return subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, env=inherited | dict(environment))


def until_ready(process: subprocess.Popen[bytes], port: int) -> tuple[float, float, float]:
    """Wait until the model is loaded; return the seconds until the page was up, processor seconds by then, and seconds until ready."""
    start = time.perf_counter()
    page_up, used = None, 0.0
    while (state := status(f"http://127.0.0.1:{port}")) != "ready":
        if state and page_up is None:
            page_up, used = time.perf_counter() - start, _processor_seconds(process.pid)
        if process.poll() is not None or time.perf_counter() - start > SECONDS_TO_START:
            raise Wrong("the app did not come up")
        time.sleep(0.05)
    ready = time.perf_counter() - start
    return page_up or ready, used or _processor_seconds(process.pid), ready


@contextmanager
def running(model: str, log: Path, environment: Mapping[str, str] = {}) -> Iterator[RunningApp]:
    """Yield the app on a free port, with its model (a folder or "embedded") loaded. What it prints goes to `log`, its data beside that."""
    port = free_port()
    process = started(model, log, port, environment)
    try:
        page_up, used, ready = until_ready(process, port)
        page = f"Page up {page_up:.1f} s after the start ({used:.1f} s of processor time)"
        print(f"{page}, ready after {ready:.1f} s (reading the weights: {_reading(model):.1f} s)")
        yield RunningApp(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


def status(address: str) -> str | None:
    """Return what the app at this address says of its model: "ready", say; None while it does not answer."""
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:  # httpx takes 30 ms of a core to make a client
            return json.load(answer)["status"]
    except OSError:
        return None


def _processor_seconds(pid: int) -> float:
    """Return what the process has taken so far: on a busy machine it says more than the clock."""
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def _reading(model: str) -> float:
    """Return the seconds to read the files with the weights once, here where nothing else is loaded."""
    start = time.perf_counter()
    for path in Path(model).glob("*.safetensors"):
        with path.open("rb") as file:
            while file.read(2**24):
                pass
    return time.perf_counter() - start


def _nothing() -> None:
    pass


class User:
    """One browser tab: a session of its own, events found by the `elem_id` of the component that they hang on."""

    def __init__(self, address: str, statuses: Counter[int] | None = None):
        """Count every answer's status in `statuses`."""
        counted = {"response": [lambda answer: statuses.update([answer.status_code])]} if statuses is not None else {}
        self._http = httpx.Client(base_url=address, timeout=60, trust_env=False, event_hooks=counted)  # the stream has a heartbeat
        self._url = urlsplit(address)
        self._session = uuid.uuid4().hex[:11]
        config = self._http.get("/config").raise_for_status().json()
        self._events: list[dict[str, Any]] = config["dependencies"]
        self._components = {part["id"]: part["props"] for part in config["components"]}
        self._ids = {props["elem_id"]: number for number, props in self._components.items() if props.get("elem_id")}
        self._heartbeat: socket.socket | None = None
        self.key = ""
        """Of the browser's tab."""

        self.has_rows = threading.Event()
        """Set once the stream of `rank` has shown a row."""

    def open(self, key: str) -> str:
        """Load the page as a new one of the tab `key` (32 hex digits); the board once what the tab has in work is done, "" without any."""
        old, self.key = self._heartbeat, key
        self._http.get("/").raise_for_status()
        self._session = uuid.uuid4().hex[:11]
        heartbeat = f"GET /gradio_api/heartbeat/{self._session} HTTP/1.1\r\nHost: {self._url.netloc}\r\n\r\n"
        self._heartbeat = socket.create_connection((self._url.hostname or "", self._url.port or 0), timeout=60)
        self._heartbeat.sendall(heartbeat.encode())
        loading = next(event for event in self._events if event["targets"][0][1] == "load")
        _, tab_key, _ = loading["inputs"]
        shown = self._board(loading, self._finish(self._join(loading, {tab_key: key})))
        if old:
            old.close()
        return shown

    def close(self) -> None:
        """Close the page without a word to the server."""
        if self._heartbeat:
            self._heartbeat.close()
            self._heartbeat = None

    def upload(self, files: Mapping[str, str | bytes]) -> None:
        """Put files (content by name) on the pile."""
        contents = {name: content.encode() if isinstance(content, str) else content for name, content in files.items()}
        parts = [("files", (name, content)) for name, content in contents.items()]
        paths = self._http.post("/gradio_api/upload", files=parts).raise_for_status().json()
        sent = [{"path": path, "orig_name": name, "meta": {"_type": "gradio.FileData"}} for path, name in zip(paths, files, strict=True)]
        self._press("rr-files", {"rr-files": sent})

    def load_example(self) -> int:
        """Press the button for the example, and return how many resumes are on the pile once all are read."""
        event = self._event("rr-example")
        pile = self._finish(self._join(event, {}))[event["outputs"].index(self._ids["rr-pile"])]
        markup = pile if isinstance(pile, str) else pile["value"]
        return len(re.findall(r'data-remove="document"', markup))

    def clear(self) -> None:
        """Take everything off the pile."""
        self._press("rr-pile", {}, {"remove": "all"})

    def rank(self, job: str, pasted: str = "") -> tuple[float, str]:
        """Return the seconds from the press of the button to the last news, and the board as it then is."""
        start = time.perf_counter()
        board = self._press("rr-run", {"rr-job": job, "rr-pasted": pasted})
        return time.perf_counter() - start, board

    def rank_and_stop(self, job: str) -> str:
        """Press the button, and the stop button when the first news comes; the board as it then is."""
        event = self._event("rr-run")
        return self._board(event, self._finish(self._join(event, {self._ids["rr-job"]: job}), self.stop))

    def rank_and_vanish(self, job: str) -> None:
        """Press the button, and listen no more when the first news comes: what a page does that is loaded again or closed."""

        def vanish() -> None:
            raise _Gone

        with suppress(_Gone):
            self._finish(self._join(self._event("rr-run"), {self._ids["rr-job"]: job}), vanish)

    def label(self, resume_id: str, grade: int) -> str:
        """Label a candidate of the last ranking; what the page says once it is saved."""
        event = self._event("rr-board")
        output = self._finish(self._join(event, {}, {"label": resume_id, "grade": grade, "reason": ""}))
        return output[event["outputs"].index(self._ids["rr-saved"])]

    def stop(self) -> None:
        """Press the stop button; the answer comes on the stream of the run that it ends."""
        self._join(self._event("rr-stop"), {})

    def _press(self, elem_id: str, filled_in: Mapping[str, Any], clicked: Any = None) -> str:
        """Trigger this component's event, all other fields as on a fresh page; the board when everything in work is done."""
        event = self._event(elem_id)
        return self._board(event, self._finish(self._join(event, {self._ids[name]: value for name, value in filled_in.items()}, clicked)))

    def _event(self, elem_id: str) -> dict[str, Any]:
        return next(event for event in self._events if event["backend_fn"] and event["targets"][0][0] == self._ids[elem_id])

    def _board(self, event: dict[str, Any], output: list[Any]) -> str:
        board = output[event["outputs"].index(self._ids["rr-board"])]
        return board if isinstance(board, str) else board.get("value") or ""  # an update without a value: it is as it was

    def _join(self, event: dict[str, Any], values: Mapping[int, Any], clicked: Any = None) -> str:
        data = [values.get(number, self._components[number].get("value")) for number in event["inputs"]]
        target = event["targets"][0][0]
        body = {"fn_index": event["id"], "data": data, "event_data": clicked, "trigger_id": target, "session_hash": self._session}
        return self._http.post("/gradio_api/queue/join", json=body).raise_for_status().json()["event_id"]

    def _finish(self, event_id: str, on_news: Callable[[], None] = _nothing) -> list[Any]:
        """Read the stream until the server closes it; this event's output. `on_news` is called once, when the first of it comes."""
        result = None
        with self._http.stream("GET", "/gradio_api/queue/data", params={"session_hash": self._session}) as stream:
            for line in filter(lambda line: line.startswith("data:"), stream.raise_for_status().iter_lines()):
                message = json.loads(line.removeprefix("data:"))
                if "rr-row" in line:
                    self.has_rows.set()
                if message["msg"].startswith("process_") and message["msg"] != "process_starts" and message["event_id"] == event_id:
                    on_news()
                    on_news = _nothing
                if message["msg"] == "process_completed" and message["event_id"] == event_id:
                    if not message["success"]:
                        raise Wrong(f"an event failed: {message['output']}")
                    result = message["output"]["data"]
                if message["msg"] == "close_stream":
                    break  # and hang up, as a browser does
        if result is None:
            raise Wrong("the stream ended without a result")
        return result


@dataclass(frozen=True)
class Shown:
    """A row of the board: the mark in its name, what else stands there ("" where there is nothing), marks of the resumes it quotes."""

    mark: str
    rank: str
    name: str
    score: str
    resume_id: str
    quoted: frozenset[str]


def rows(board: str) -> list[Shown]:
    """Return the rows of a board. See ui/html/listing/rows.py."""
    patterns = (
        r'class="rr-name" title="(?:Reference X|resume-)([^"\s]+?)(?:\.\w+)?"',
        r'class="rr-rank"><b>(\d+)</b>',
        r'class="rr-name" title="([^"]*)"',
        r'class="rr-band" title="[^"]*?([\d.]+%)"',
        r'data-resume="(\w+)"',
    )
    parts = board.split('<button type="button" class="rr-row"')[1:]
    texts = [[unescape(match[1]) if (match := re.search(pattern, part)) else "" for pattern in patterns] for part in parts]
    quoted = [frozenset(re.findall(r"at company ([\w-]+)(?=[^\w…-])", part)) for part in parts]  # a quote may be cut off in its mark
    return [Shown(*text[:5], quoted=marks) for text, marks in zip(texts, quoted, strict=True)]


def unread(board: str) -> dict[str, str]:
    """Return the files that could not be read, and the reason of each. See ui/html/listing/rows.py."""
    section = board.partition('<section class="rr-unread">')[2]
    return {unescape(name): unescape(reason) for name, reason in re.findall(r"<li><b>(.*?)</b><span>(.*?)</span></li>", section)}


def check(board: str, marks: list[str], names: Mapping[str, str] = {}, reasons: Mapping[str, str] = {}) -> list[Shown]:
    """Return the rows of a board. Raises Wrong unless it is a finished ranking of exactly these, each once, with a rank, a score and quotes
    of its own; under its name, where `names` has one for the mark; and beside it just the files of `reasons`, with these.
    """
    shown = rows(board)
    if sorted(row.mark for row in shown) != sorted(marks) or 'class="rr-summary"' not in board:
        raise Wrong(f"not a ranking of {marks}: {shown} in {re.sub('<[^>]*>', ' ', board)[:300]}")
    if unread(board) != reasons:
        raise Wrong(f"beside {marks} were not read {unread(board)}, not {reasons}")
    for rank, row in enumerate(shown, start=1):
        own_name = row.name == names.get(row.mark, row.name)
        if row.rank != str(rank) or not row.score.endswith("%") or not own_name or not row.quoted <= {row.mark}:
            raise Wrong(f"row {rank} of {marks} is {row}")
    return shown


def job(key: str) -> str:
    """Return a job description; no two keys share more than the first word."""
    skills = _skills(key)
    must = "".join(f"- At least 3 years with {skill}\n" for skill in skills[:5])
    return f"Job {key}: backend engineer\nRequirements:\n{must}Responsibilities:\n- Run the {skills[5]} platform of team {key}\n"


def resume(mark: str) -> str:
    """Return a short resume whose name, which is that of its row where it is pasted, carries its mark, as do its lines."""
    skills = _skills(mark)
    jobs = (f"20{15 + turn}: at company {mark} {skills[turn]} and {skills[-turn - 1]} for {turn + 2} services" for turn in range(6))
    return "\n".join((f"Name: Reference X{mark}", f"Skills: {', '.join(skills[:6])}", "Work experience", *jobs))


def file_name(mark: str, ending: str = "txt") -> str:
    """Return the name of the file of the resume with this mark."""
    return f"resume-{mark}.{ending}"


def _skills(key: str) -> list[str]:
    """Return all skills, in an order that depends on the key."""
    return sorted(SKILLS, key=lambda skill: uuid.uuid5(uuid.NAMESPACE_OID, key + skill))
