"""kill −9 of the server during a run, of a process that labels, of one that tunes: what was acknowledged is there, the next start works."""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import httpx
import psutil
import pytest

import feedback_tune
from feedback.labels import FULL, Weights
from feedback.learning.tuning import apply, learn_from_store
from feedback.learning.versions import activate, active, add_weights, versions
from feedback.store import database
from feedback.store.history import entries
from feedback.store.store import FILE_NAME, Store
from server.uploads import open_upload_folder
from settings import Settings
from tests.data.make_hostile import long_docx
from tests.encoder import ENCODER
from tests.faults.page import press, pressed, told
from tests.feedback.stored import id_of, run_of
from tests.server.guard.test_attacks import JOIN, event, file_data, upload
from tests.server.process import app_process, free_port
from tests.server.serving import client_of, serving
from tests.service.desk import ready
from tests.test_feedback_tune import fill
from tests.waiting import until
from tests.warm.process import WarmProcess

ROOT = Path(__file__).parents[2]
JOB = "任职要求：\n1. 熟悉 Python，三年以上经验\n2. 熟悉 Kubernetes"
RESUMES = "\n---\n".join(f"候选人 {number}：熟悉 Python 与 Kubernetes，负责平台开发。\n" + "参与过项目。\n" * 40 for number in range(120))


@contextmanager
def started(
    feedback: Path, port: int, temp: Path, log: IO[bytes] | None = None, auth: str = ""
) -> Iterator[tuple[httpx.Client, WarmProcess]]:
    """Yield the real app on this port, ready; ended with SIGTERM if it still runs. `log` gets all that it says."""
    with (
        Path(os.devnull).open("wb") as nowhere,
        app_process(feedback, "--model", "embedded", "--auth", auth, port=port, temp=temp, output=log or nowhere) as (address, process),
        client_of(address) as client,
    ):
        yield client, process


@pytest.mark.long
def test_a_server_that_is_killed_during_a_run_starts_again_with_every_label_and_no_half_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The server that starts again is one of this process: it does what app.py does, without the seconds of its imports."""
    port = free_port()
    with started(tmp_path, port, tmp_path) as (client, process):
        done = pressed(client, "page", "rr-run", {"rr-job": JOB, "rr-pasted": "张三，熟悉 Python。\n---\n李四，会计，三年经验。"})
        assert "process_completed" in done
        store = Store(tmp_path / FILE_NAME)
        resume = store.run(1).rows[0].resume_id
        assert "data-news" in pressed(client, "page", "rr-board", clicked={"label": resume, "grade": FULL}), "acknowledged"
        press(client, "page", "rr-run", {"rr-job": JOB, "rr-pasted": RESUMES})
        next(line for line in told(client, "page") if "rr-row" in line)  # some are ranked already
        process.kill()
        process.wait()
    left = list(tmp_path.glob("reranker-uploads-*"))
    assert len(left) == 1, "the killed process could not clear up"
    assert [entry.run_id for entry in entries(store)] == [1], "a run that did not end is not in the history"
    assert [label.grade for label in store.labels_of_run(1)[resume]] == [FULL]
    store.close()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    mine = open_upload_folder()  # as app.py does first of all
    assert not left[0].exists(), "what lay in its folder of uploads is gone"
    assert mine.exists()
    again = Store(tmp_path / FILE_NAME)
    with serving(Settings(), ready(), again, port) as client:
        assert "process_completed" in pressed(client, "page", "rr-run", {"rr-job": JOB, "rr-pasted": "王五，熟悉 Python。"})
        assert again.damaged is None and [entry.run_id for entry in entries(again)] == [2, 1]
    again.close()


@pytest.mark.long
def test_a_server_that_is_ended_while_it_reads_leaves_no_process_and_no_file(tmp_path: Path):
    """Of files that take seconds each: some are being read, the others wait."""
    with started(tmp_path / "feedback", free_port(), tmp_path) as (client, process):
        assert list(tmp_path.glob("reranker-uploads-*")), "the folder of uploads, while it runs"
        slow = long_docx(100_000)
        files = [data for number in range(30) for data in file_data(upload(client, f"{number}.docx", slow).json()[0])]
        body = event(client, "rr-files")
        body["data"] = [files if isinstance(value, list) or value is None else value for value in body["data"]]
        assert client.post(JOIN, json=body).status_code == 200
        server = psutil.Process(process.pid)
        assert until(lambda: len(server.children(recursive=True)) >= 3), "one that forks, and those that read"
        assert client.get("/healthz").status_code == 200
        processes = server.children(recursive=True)
        process.terminate()
        assert process.wait(timeout=30) in (0, 143)
        assert until(lambda: not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes))
    assert list(tmp_path.glob("reranker-uploads-*")) == []


def test_two_servers_leave_each_other_their_folder_of_uploads(tmp_path: Path):
    script = "import sys, tempfile; from server.uploads import open_upload_folder; print(open_upload_folder(), flush=True); input()"
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    folders = []
    processes = []
    for _ in range(2):
        processes.append(
            subprocess.Popen(
                [sys.executable, "-c", script], cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        )
        folders.append(Path(processes[-1].stdout.readline().strip()))
    assert all(folder.is_dir() and folder.stat().st_mode & 0o777 == 0o700 for folder in folders)
    for process in processes:
        process.kill()
        process.communicate()


@pytest.mark.long
def test_twenty_kills_at_any_moment_of_writing_lose_no_label_that_was_acknowledged(tmp_path: Path):
    """A writer that says a number after each commit, ended at moments spread over a few commits."""
    path = tmp_path / FILE_NAME
    store = Store(path)
    run = store.add_run(run_of("job", ["a"]))
    store.close()
    acknowledged = set()
    for attempt in range(20):
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            own = Store(path)
            for number in range(100_000):
                own.label(run, id_of("a"), f"anna {attempt}", number % 3, str(number))
                os.write(writing, f"{number}\n".encode())
        os.close(writing)
        said = os.read(reading, 2)
        time.sleep(0.0007 * attempt)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := os.read(reading, 65536):
            said += more
        os.close(reading)
        acknowledged |= {(f"anna {attempt}", int(number)) for number in said.split()}
    store = Store(path)
    with store.reading() as db:
        kept = {(rater, int(reason)) for rater, reason in db.execute("SELECT rater, reason FROM labels")}
    assert store.damaged is None and len({rater for rater, _ in acknowledged}) == 20
    assert acknowledged <= kept
    store.close()


@pytest.fixture(scope="module")
def labelled() -> Iterator[bytes]:
    """Yield a database in which twelve jobs teach something, and version 1 of the weights is in use."""
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), jobs=12)
        store = Store(Path(folder) / FILE_NAME)
        activate(store, add_weights(store, Weights(0, {"logit": 1.0, "quantified": 0.01}, "f00d"), [], {}, "amy"), "amy")
        store.close()
        yield (Path(folder) / FILE_NAME).read_bytes()


@pytest.mark.long
@pytest.mark.parametrize("killed_at", ["INSERT INTO weights", "INSERT INTO learned_from", "INSERT INTO activations"])
def test_tuning_that_is_killed_leaves_the_old_weights_whole_and_can_be_done_again(tmp_path: Path, labelled: bytes, killed_at: str):
    (tmp_path / FILE_NAME).write_bytes(labelled)
    child = os.fork()
    if not child:
        tune_until(killed_at, tmp_path)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    store = Store(tmp_path / FILE_NAME)
    assert store.damaged is None
    assert dict(active(store, "f00d").coefficients) == {"logit": 1.0, "quantified": 0.01}, "the old ones, not half of the new"
    assert apply(store, learn_from_store(store, "f00d", ENCODER), "amy") == (3 if killed_at.endswith("activations") else 2)
    assert versions(store)[0].is_active and active(store, "f00d").coefficients["quantified"] > 0.01
    store.close()


def tune_until(statement: str, folder: Path) -> None:
    """Tune as feedback_tune.py does, up to this statement in the database. Ends the process, which is a copy of this one, in any case."""

    def watched(path: Path, mode: str) -> sqlite3.Connection:
        db = connect(path, mode)
        db.set_trace_callback(lambda sql: os.kill(os.getpid(), signal.SIGKILL) if sql.startswith(statement) else None)
        return db

    connect, database._connect = database._connect, watched
    try:
        feedback_tune.main(["--feedback", str(folder)])
    finally:
        os._exit(1)
