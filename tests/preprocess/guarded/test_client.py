"""What happens in a guarded process stays there: limits, crashes, lies, cancelling. The probes are real readers in real processes."""

import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from preprocess.document import Document, Line, Note, Page, Unreadable
from preprocess.guarded import client
from preprocess.guarded.children import FORK_SERVER
from preprocess.guarded.client import call_reader, read_guarded
from preprocess.guarded.document_json import decode_document, encode_document
from preprocess.guarded.pool import Pool, stop_readers
from preprocess.guarded.readers import READERS, Reader
from preprocess.guarded.sandbox import protection
from preprocess.read import read_document
from tests.data.make_docx import ordinary
from tests.data.make_hostile import long_docx
from tests.data.make_pdf import text_pdf
from tests.each import each
from tests.growth.clock import is_linear
from tests.preprocess.guarded.guarded_readers import processor_seconds_of_readers, workers
from tests.waiting import until

PROBES = ("report", "spin", "sleep", "hang_up", "fill", "flood", "lie", "crash", "raise_error", "write", "kill_parent")


@pytest.fixture(autouse=True)
def probes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROBES:
        monkeypatch.setitem(READERS, name, Reader("tests.preprocess.guarded.probes", name, seconds=2, memory=400_000_000))


def refusal(reader: str, data: bytes = b"x", *arguments: str) -> tuple[str, str]:
    with pytest.raises(Unreadable) as refused:
        call_reader(reader, data, *arguments, max_answer=5_000_000)
    return refused.value.reason, refused.value.detail


@pytest.mark.parametrize("forks", [True, False])
def test_a_reader_gets_its_file_and_nothing_else(monkeypatch: pytest.MonkeyPatch, forks: bool) -> None:
    monkeypatch.setenv("RERANKER_SECRET", "x")
    monkeypatch.setitem(READERS, "report", replace(READERS["report"], forks=forks))
    with Path("SECURITY.md").open("rb"):
        given = json.loads(call_reader("report", "张三".encode()))
    assert given["data"] == "张三"
    assert set(given["environment"]) <= {"LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "OPENBLAS_NUM_THREADS", "LC_CTYPE"}, (
        "the last one is Python's own"
    )
    assert given["descriptors"] == [0, 1, 2]


def test_reading_for_ever_filling_memory_and_flooding_are_ended_and_named() -> None:
    for reader in ("spin", "fill", "flood", "crash"):
        assert refusal(reader) == ("too_complex", ""), reader
    assert until(lambda: not workers())


def test_the_clock_ends_who_sleeps_and_who_hangs_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("preprocess.guarded.children.WAIT_SECONDS", 0.2)
    for reader, reason in (("sleep", "busy"), ("hang_up", "too_complex")):
        monkeypatch.setitem(READERS, reader, replace(READERS[reader], clock_seconds=1))
        assert refusal(reader) == (reason, "")
    assert until(lambda: not workers())


def test_a_file_that_the_clock_ended_is_read_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    left, exchange = [0.0, 60.0], client._exchange  # the machine is busy, and then it is not
    monkeypatch.setattr(client, "_exchange", lambda child, parts, take, _: exchange(child, parts, take, time.monotonic() + left.pop(0)))
    assert read_guarded("text", "张三，熟悉 Python".encode(), "a.txt").text == "张三，熟悉 Python"
    assert left == []


def test_a_mistake_of_ours_costs_its_file_only_and_no_file_can_be_written(tmp_path: Path) -> None:
    for reader, arguments in (("raise_error", ()), ("write", (str(tmp_path / "written"),))):
        assert refusal(reader, b"x", *arguments) == ("reader_failed", "1"), reader
    assert not (tmp_path / "written").exists() or not (tmp_path / "written").stat().st_size


@each(
    "lie",
    [
        b"",
        b"[]",
        b'["docx", 1, []]',
        b'["docx", [[0, 0, [5]]], []]',
        b'["docx", [[0, 0, [["x", NaN, 0, 0, 0, 0, 0]]]], []]',
        b'["docx", [], [["n", "x", "", "", 1]]]',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_nothing_that_a_reader_says_is_believed(lie: bytes) -> None:
    with pytest.raises(Unreadable, match="reader_failed"):
        decode_document(call_reader("lie", lie), "x")


def test_a_document_comes_through_the_pipe_as_it_was() -> None:
    lines = (Line("张三 \ud800\0", 1.5, 2, 3, 4, 10.5, 90), Line(""), Line("no box"))
    document = Document("x.pdf", "pdf", (Page(lines, 595, 842), Page(())), (Note("page_cap", 30, "a", "b", 2), Note("x")))
    assert decode_document(encode_document(document), "x.pdf") == document


def test_when_the_process_that_forks_is_lost_the_file_is_tried_once_more_and_the_next_one_is_read() -> None:
    read_document(b"Python", "a.txt")
    before = FORK_SERVER.pid
    psutil.Process(before).kill()
    assert read_document(b"Python", "a.txt").kind == "text"
    assert FORK_SERVER.pid != before
    code = "1" if protection().seccomp else "start"  # where it can kill: twice is its own fault
    assert refusal("kill_parent") == ("reader_failed", code)
    assert read_document(b"Python", "a.txt").kind == "text"


@pytest.mark.parametrize(
    ("reader", "data"), [("zip", long_docx(110_000)), ("pdf", text_pdf(*(["Python and Go, ten years of both"] * 60 for _ in range(30))))]
)
def test_a_file_over_its_budget_is_refused_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch, reader: str, data: bytes) -> None:
    good = {"zip": ordinary(), "pdf": text_pdf(["Python"])}[reader]
    monkeypatch.setitem(READERS, reader, replace(READERS[reader], seconds=1, memory=1 << 30 if reader == "zip" else 90_000_000))
    with pytest.raises(Unreadable, match="too_complex"):
        read_guarded(reader, data, "hostile")
    monkeypatch.undo()
    assert read_guarded(reader, good, "good").pages


def test_a_text_of_any_length_costs_the_server_no_more_than_its_bytes() -> None:
    for data in ("年".encode() * 390_000, b"a\n" * 600_000, b"x" * 20_000_000):
        with pytest.raises(Unreadable, match="too_long"):
            read_document(data, "a.txt")
    for data, name in ((bytes(20_000_000), "a.pdf"), (b" " * 2_000_000, "a.docx")):
        with pytest.raises(Unreadable, match="empty_file"):
            read_document(data, name)


@pytest.mark.growth
@pytest.mark.parametrize("piece", ["年", "a\n", "熟悉 Python，", "\f-\n", "[x](y) **z** "])
def test_reading_text_grows_with_its_length(piece: str) -> None:
    def seconds(size: int) -> float:
        data = (piece * size)[:size].encode()
        before = processor_seconds_of_readers()
        read_guarded("text", data, "a.md")
        return processor_seconds_of_readers() - before

    read_guarded("text", b"Python", "a.md")  # the process that forks is there
    assert is_linear(seconds, 37_500)


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool(2, extra=1)
    yield pool
    pool.cancel_all()


def test_cancelling_an_upload_kills_what_runs_and_drops_what_waits(pool: Pool) -> None:
    started = []

    def job() -> bytes:
        started.append(1)
        return call_reader("sleep", b"x")

    upload, results = pool.upload(), []
    thread = threading.Thread(target=lambda: results.extend(upload.map([job] * 50)))
    thread.start()
    assert until(lambda: len(workers()) == 2)
    assert until(lambda: all(worker.nice() >= os.nice(0) + 5 for worker in workers()))
    upload.cancel()
    thread.join(10)
    assert not thread.is_alive() and results == [] and len(started) == 2
    assert until(lambda: not workers())
    assert pool.upload().run(lambda: call_reader("lie", b"the pool goes on")) == b"the pool goes on"


def test_whoever_closes_the_answers_cancels_the_rest(pool: Pool) -> None:
    answers = pool.upload().map([lambda: call_reader("lie", b"first"), *[lambda: call_reader("sleep", b"x")] * 10])
    assert next(answers) == b"first"
    assert until(lambda: len(workers()) == 2)
    answers.close()
    assert until(lambda: not workers())


def test_stopping_leaves_no_process_and_reading_can_begin_again() -> None:
    read_document(b"Python", "a.txt")
    outcomes: list[str] = []

    def job() -> None:
        with pytest.raises(Unreadable) as refused:
            call_reader("sleep", b"x")
        outcomes.append(refused.value.reason)

    threads = [threading.Thread(target=job, daemon=True) for _ in range(2)]
    fork_server = psutil.Process(FORK_SERVER.pid)
    for thread in threads:
        thread.start()
    assert until(lambda: len(workers()) == 2)
    processes = [fork_server, *workers()]
    stop_readers()
    assert until(lambda: not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes))
    assert read_document(b"Python", "a.txt").kind == "text"
    stop_readers()
