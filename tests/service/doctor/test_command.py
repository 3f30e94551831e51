"""./start.sh doctor: one line a check with its remedy, JSON on demand, and an exit code for scripts."""

import json
import shutil
import socket
from pathlib import Path

import pytest

from service.doctor.command import main
from tests.commands import run_here


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_wrong_is_told_with_its_remedy_and_the_exit_code(language: str, tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run_here(main, "--language", language, "--model", str(tmp_path), "--host", "127.0.0.1", "--port", str(port))
    assert result.returncode == 1
    lines = result.stdout.splitlines()
    [index] = [number for number, line in enumerate(lines) if line.startswith("✗") and f"127.0.0.1:{port}" in line]
    assert lines[index + 1].startswith("    → ") and f"--port {port + 1}" in lines[index + 1]
    assert sum(line.startswith("✗") for line in lines) == 2, "the port, and the folder without weights"
    assert lines[-1].startswith("有 2 项不对" if language == "zh" else "2 of these are wrong")


def test_json_has_every_check_once_and_those_that_could_not_be_made(tmp_path: Path):
    result = run_here(main, "--json", "--model", str(tmp_path), "--host", "127.0.0.1", "--port", "1", "--language", "en")
    answer = json.loads(result.stdout)
    states = {check["name"]: check["state"] for check in answer["checks"]}
    assert answer["ok"] is False and result.returncode == 1
    assert states["weights"] == "fail" and states["sandbox"] in ("ok", "warn")
    assert {states[name] for name in ("tokenizer", "parity", "golden", "half_precision", "speed")} == {"unchecked"}
    assert all(check["remedy"] for check in answer["checks"] if check["state"] in ("warn", "fail"))


def test_a_setting_that_cannot_be_used_is_bad_usage():
    result = run_here(main, "--port", "99999")
    assert result.returncode == 2 and "--port" in result.stderr


def test_a_damaged_file_breaks_one_check_and_not_the_others(tiny_checkpoint: Path, tmp_path: Path):
    folder = tmp_path / "damaged"
    shutil.copytree(tiny_checkpoint, folder)
    data = (folder / "tokenizer.json").read_bytes()
    (folder / "tokenizer.json").write_bytes(data[:5000] + b"{{{" + data[5003:])
    result = run_here(main, "--json", "--model", str(folder), "--host", "127.0.0.1", "--language", "en")
    checks = {check["name"]: check for check in json.loads(result.stdout)["checks"]}
    assert result.returncode == 1 and checks["device"]["state"] == "fail" and checks["device"]["remedy"]
    assert checks["speed"]["state"] == "unchecked" and checks["sandbox"]["state"] in ("ok", "warn")
