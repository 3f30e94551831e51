"""The log says where and of what type, never what: no word of a job, a resume or a name, whatever is sent and whatever fails."""

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx
import pytest

from feedback.store.saved.presets import JOB as JOB_TEXT
from feedback.store.saved.presets import save
from feedback.store.store import FILE_NAME, Store
from i18n.texts import texts
from tests.server.guard.test_attacks import JOIN, UPLOAD, connection, event, file_data, news, session_name, upload
from tests.server.process import app_process
from tests.server.serving import PASSWORD, client_of, sign_in

ROOT = Path(__file__).parents[2]
MARKER = "Quentin 赵铁柱"
FORMS = [form.lower() for part in MARKER.split() for form in (part, ascii(part)[1:-1], str(part.encode())[2:-1], json.dumps(part)[1:-1])]

LIBRARY = """
import asyncio, logging, sys, threading, traceback, warnings

class Broken:
    def __del__(self):
        raise LookupError(marker)

def failing(*arguments):
    try:
        raise KeyError(marker)
    except KeyError as error:
        error.add_note(marker)
        raise ValueError(f"not one of {[marker]}") from error

def in_every_way():
    log = logging.getLogger("library")
    for tell in (traceback.print_exc, lambda: log.exception("of %s", marker), lambda: print(traceback.format_exc())):
        try:
            failing(marker)
        except ValueError:
            tell()
    try:
        raise ExceptionGroup(marker, [TypeError(marker), SyntaxError(marker, (marker, 1, 1, marker))])
    except ExceptionGroup:
        traceback.print_exc()
    log.warning(f"about {marker}")
    warnings.warn(f"about {marker}")
    print("about", marker)
    print("about", marker, file=sys.stderr)
    Broken()
    thread = threading.Thread(target=failing, args=(marker,))
    thread.start()
    thread.join()

    async def fail_later():
        failing()

    async def lose_a_task():
        asyncio.create_task(fail_later(), name=marker)
        await asyncio.sleep(0.01)

    asyncio.run(lose_a_task(), debug=True)
"""

PROGRAM = """
import logging, sys
from pathlib import Path
from server.private_log import keep_values_out_of_the_log
keep_values_out_of_the_log()
library = {"marker": sys.argv[1], "__name__": "library"}
exec(compile(sys.argv[2], "/x/site-packages/library.py", "exec"), library)
own = {"__name__": "own", "log": logging.getLogger("own")}
source = "def say(error): log.error('not kept: %s', error); print('own words')"
exec(compile(source, str(Path("server/own.py").resolve()), "exec"), own)
library["in_every_way"]()
own["say"](ValueError(sys.argv[1]))
library["failing"]()
"""


SAVED = "Backend of the Rosenheim office"
"""The name of a job that a colleague has saved. A wrong choice in the list that it is in must not be answered with it."""

PAGES = 8
"""So many pages send at the same time: most of an answer's time is waiting for Gradio to look into its queue."""

MULTIPART = {"Content-Type": "multipart/form-data; boundary=b"}


def is_clean(output: str) -> bool:
    """Return whether no form of the marker is in it."""
    return not [form for form in FORMS if form in output.lower()]


def test_the_scan_finds_what_it_looks_for():
    assert is_clean("ValueError at queueing.py:12")
    assert not any(is_clean(leak) for leak in (MARKER, repr(MARKER), ascii(MARKER), str(MARKER.encode()), json.dumps(MARKER)))


@pytest.mark.parametrize("flags", [(), ("-X", "dev", "-W", "always"), ("-W", "error::ResourceWarning")])
def test_no_road_to_the_console_carries_a_value_and_every_error_can_be_found(flags: tuple[str, ...]):
    command = [sys.executable, *flags, "-c", PROGRAM, MARKER, LIBRARY]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    said = done.stdout + done.stderr
    assert done.returncode == 1, "a bug still ends the program"
    assert is_clean(said), said
    for error in ("ValueError", "KeyError", "TypeError", "SyntaxError", "LookupError", "ExceptionGroup", "UserWarning"):
        assert error in said
    assert said.count("not kept: ValueError") == 1 and "own words" in said, "what the program says itself stays"
    assert said.count('File "/x/site-packages/library.py", line 13, in failing') == 5, "the chain of places"
    assert "/x/site-packages/library.py:26" in said, "of a message the place"


def malformed(client: httpx.Client) -> Iterator[tuple[str, dict | list | str]]:
    """Yield bodies of clicks that no page sends, by name, each with the marker in all its parts.

    Fields are read by their components: of clicks that send the same ones, one is malformed.
    """
    run = event(client, "rr-run")
    shapes = cycle({"text": MARKER, "list": [MARKER], "object": {MARKER: MARKER}}.items())
    config = client.get("/config").json()
    types = {component["id"]: component["type"] for component in config["components"]}
    seen: set[tuple[str, ...]] = set()
    for dependency in config["dependencies"]:
        if dependency["backend_fn"]:
            sent = run | {"fn_index": dependency["id"]}
            fields = tuple(types[number] for number in dependency["inputs"])
            if fields not in seen:
                seen.add(fields)
                for name, value in (next(shapes), next(shapes)):
                    yield f"{name} in all fields of {dependency['id']}", sent | {"data": [value] * len(fields)}
            yield f"event data of {dependency['id']}", sent | {"data": [None] * len(dependency["inputs"]), "event_data": MARKER}
    yield "too few values", run | {"data": [MARKER]}
    yield "too many values", run | {"data": [MARKER] * 100}
    yield "no values", run | {"data": MARKER}
    yield "a word for a number", run | {"fn_index": MARKER}
    yield "a word for the element", run | {"trigger_id": MARKER}
    yield "a name with blanks", run | {"session_hash": MARKER}
    yield "other fields", run | {MARKER: MARKER, "batched": MARKER, "simple_format": MARKER, "event_id": [MARKER]}
    yield "a list", [MARKER]
    yield "a file", run | {"data": file_data(f"/tmp/{MARKER}") * len(run["data"])}
    yield "cut off", json.dumps(run | {"data": [MARKER]})[:-9]


@pytest.mark.long
def test_malformed_requests_are_refused_in_words_and_leave_nothing_in_the_log(tmp_path: Path):
    flags = ("--model", "embedded", "--auth", f"ann:{PASSWORD},bo:{PASSWORD}", "--language", "en")
    save(Store(tmp_path / FILE_NAME), JOB_TEXT, SAVED, "熟悉 Python", "bo")
    with ThreadPoolExecutor(1) as reader, app_process(tmp_path, *flags) as (address, process), client_of(address) as ann:
        assert process.stdout
        log = reader.submit(process.stdout.read)  # a pipe that nobody empties would stop the server
        assert sign_in(ann, "ann").status_code == 303
        answers = dict(send_all(address, ann))
        process.terminate()
        said = log.result()
    assert "Ready in" in said, "the log is there to be looked at"
    assert is_clean(said), [line for line in said.splitlines() if not is_clean(line)]
    assert "/site-packages/gradio/" in said and "gradio.exceptions.Error" in said, "what failed can be found"
    failures = [line for answer in answers.values() for line in answer.splitlines() if '"success":false' in line]
    assert len(failures) > 5
    assert all(texts("en")("page.step_failed") in line and SAVED not in line and is_clean(line) for line in failures)
    for name, answer in answers.items():
        assert "Traceback" not in answer and "[{" not in answer[:9], name
    for name in ("too few values", "a word for a number", "a name with blanks", "a list", "cut off", "a cancelled event"):
        assert json.loads(answers[name]) == {"detail": texts("en")("refused.body")}, name


def send_as_page(client: httpx.Client, number: int, bodies: list[tuple[str, dict | list | str]]) -> list[tuple[str, str]]:
    """Send these bodies one after the other, as clicks of the page of this number."""
    answers = []
    for name, body in bodies:
        if isinstance(body, dict) and body["session_hash"] != MARKER:
            body |= {"session_hash": session_name("page", number)}
        content = body if isinstance(body, str) else json.dumps(body)
        answer = client.post(JOIN, content=content, headers={"Content-Type": "application/json"})
        assert answer.status_code < 500, name
        heard = news(client, body["session_hash"]) if answer.status_code == 200 and isinstance(body, dict) else ""
        answers.append((name, answer.text + heard))
    return answers


def send_all(address: str, client: httpx.Client) -> Iterator[tuple[str, str]]:
    """Send everything malformed; the answers by name."""
    bodies = list(malformed(client))
    assert len(bodies) > 60
    with ThreadPoolExecutor(PAGES) as pages:
        for answers in pages.map(lambda number: send_as_page(client, number, bodies[number::PAGES]), range(PAGES)):
            yield from answers
    cancel = {"session_hash": "malformed", "fn_index": 0, "event_id": MARKER}
    requests: list[tuple[str, str, str, dict[str, Any]]] = [
        ("a cancelled event", "POST", "/gradio_api/cancel", {"json": cancel}),
        ("a reset", "POST", "/gradio_api/reset", {"json": {MARKER: MARKER}}),
        ("a stream", "GET", "/gradio_api/queue/data", {"params": {"session_hash": MARKER}}),
        ("no stream", "GET", "/gradio_api/queue/data", {"params": {MARKER: MARKER}}),
        ("a heartbeat", "GET", f"/gradio_api/heartbeat/{MARKER}", {}),
        ("progress", "GET", "/gradio_api/upload_progress", {"params": {"upload_id": MARKER}}),
        ("a path", "GET", f"/{MARKER}", {}),
        ("a static file", "GET", f"/static/js/{MARKER}", {}),
        ("an asset", "GET", f"/assets/{MARKER}", {}),
        ("a login", "POST", "/login", {"files": {"username": (MARKER, MARKER.encode()), "password": (MARKER, b"")}}),
        ("a login that is none", "POST", "/login", {"content": MARKER.encode(), "headers": {"Content-Type": "multipart/form-data"}}),
        ("an upload that is none", "POST", UPLOAD, {"content": MARKER.encode(), "headers": {"Content-Type": "multipart/form-data"}}),
        ("an upload without a name", "POST", UPLOAD, {"content": f"--b\r\n{MARKER}".encode(), "headers": MULTIPART}),
        ("a tab", "GET", "/alive", {"headers": {"X-Reranker-Tab": ascii(MARKER)}}),
    ]
    for name, method, path, sent in requests:
        yield name, client.request(method, path, **sent).text
    assert upload(client, f"{MARKER}.txt", MARKER.encode()).status_code == 200
    with connection(address, client, f"GET /{MARKER!a} HTTP/9.9", f"X-{MARKER!a}") as raw:
        yield "no request", raw.recv(65536).decode()
