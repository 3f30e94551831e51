"""The readers' sandbox: tried from inside, and told when it does not hold."""

import socket
from pathlib import Path

import pytest

from preprocess.guarded.readers import READERS, Reader
from preprocess.guarded.sandbox import Protection, protection
from preprocess.guarded.sandbox.probe import CONNECT, READ, RUN, WRITE, probe
from service.doctor.readers import check_sandbox, sandbox_result


def test_a_reader_of_this_machine_cannot_get_out():
    assert check_sandbox().state == ("ok" if all(protection()) else "warn")


def test_each_attempt_works_where_nothing_confines_it(tmp_path: Path):
    file = tmp_path / "letter.txt"
    file.write_text("hello")
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert probe(b"", str(file), str(server.getsockname()[1])) == [READ, WRITE, CONNECT, RUN]


@pytest.mark.parametrize(
    ("worked", "kernel", "state"),
    [
        ([], Protection(True, True), "ok"),
        ([READ], Protection(True, True), "fail"),
        ([READ], Protection(False, True), "warn"),
        ([READ, CONNECT], Protection(False, True), "fail"),
        ([CONNECT], Protection(True, False), "warn"),
        ([READ, WRITE, CONNECT, RUN], Protection(False, False), "warn"),
    ],
)
def test_what_got_out_is_wrong_only_where_the_kernel_could_have_stopped_it(worked: list[str], kernel: Protection, state: str):
    result = sandbox_result(worked, kernel)
    assert result.state == state and (result.remedy is None) == (state == "ok")


def test_a_reader_that_does_not_start_fails(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(READERS, "probe", Reader("no.such.module", "probe"))
    assert check_sandbox().finding.key == "doctor.sandbox_not_started"
