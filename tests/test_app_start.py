"""A start of app.py that cannot work ends with one clear line and a code that is not 0."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

from feedback.one_app import claim
from feedback.store.store import FILE_NAME, Store
from i18n.texts import texts
from tests.server.process import app_command, app_environment, free_port
from tests.warm.process import run_warm


def start(port: int, *flags: str) -> subprocess.CompletedProcess[str]:
    """Start the app, which ends by itself."""
    _, *arguments = app_command(port)
    return run_warm(*arguments, *flags, environment=app_environment())


@pytest.mark.parametrize(
    ("flags", "said", "code"),
    [
        (["--port", "99999", "--language", "en"], "--port must be 1…65535, not 99999", 2),
        (["--users", "{folder}/none"], "./start.sh user add 用户名 --users {folder}/none", 2),
        (["--auth", "a:b"], "--auth 中 a 的密码太短：至少 8 个字符", 2),
        (["--host", "203.0.113.9"], "--host 203.0.113.9 不是这台机器的地址", 1),
        (["--host", "no-such-name.invalid", "--language", "en"], "--host no-such-name.invalid is no address of this machine", 1),
        (["--model", "/nowhere/at/all"], "--model /nowhere/at/all：没有这个文件夹", 1),
        (["--feedback", "/proc/nowhere"], "--feedback /proc/nowhere: 没有这个文件或文件夹", 1),
        (["--feedback", "/proc/version"], "--feedback：/proc/version 不能用（不是文件夹）", 2),
    ],
)
def test_what_cannot_work_ends_with_one_clear_line(flags: list[str], said: str, code: int, tmp_path: Path):
    result = start(free_port(), *[flag.replace("{folder}", str(tmp_path)) for flag in flags])
    assert result.returncode == code
    assert said.replace("{folder}", str(tmp_path)) in result.stdout + result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert "http://127" not in result.stdout, "it never said that it had started"


def test_a_folder_that_another_app_serves_is_left_to_that_one(tmp_path: Path):
    folder = tmp_path / "feedback"
    Store(folder / FILE_NAME).close()
    claimed = claim(folder, "127.0.0.1:7860")
    result = start(free_port(), "--feedback", str(folder), "--language", "en")
    os.close(claimed)
    assert result.returncode == 1 and texts("en")("start.second_app", folder=folder, address="127.0.0.1:7860") in result.stderr
    with Store(folder / FILE_NAME).reading() as db:
        assert db.execute("SELECT count(*) FROM audit").fetchone() == (0,), "nothing was swept, no pool opened or closed"


def test_a_busy_port_is_told_at_once():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = start(port)
    assert result.returncode == 1
    assert f"127.0.0.1:{port}" in result.stderr and f"--port {port + 1}" in result.stderr
    assert len(result.stderr.splitlines()) == 1
