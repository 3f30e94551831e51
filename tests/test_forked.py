"""Tests in several processes: each is run and reported once with its own output, and a process that is lost is a failure."""

import re
import subprocess
import sys
from pathlib import Path

from tests.server.process import ROOT

TESTS = {
    "test_a": "import os\ndef test_passes(): pass\ndef test_is_lost(): os._exit(0)\ndef test_is_not_run(): pass",
    "test_b": "import pytest\n@pytest.mark.parametrize('n', range(5))\ndef test_passes(n): print('said by b')",
    "test_c": "def test_fails():\n    print('said by c')\n    assert 1 == 2\ndef test_passes(): pass",
    "test_d": "import pytest\n@pytest.fixture(scope='session')\ndef end():\n    yield\n    open(__file__ + '.ended', 'w').close()\n"
    "def test_skips(end): pytest.skip('not here')",
}


def test_every_test_is_reported_and_a_lost_process_is_a_failure(tmp_path: Path):
    for name, text in TESTS.items():
        (tmp_path / f"{name}.py").write_text(text, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider", "--processes", "3", "-q", tmp_path]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert run.returncode == 1, run.stdout + run.stderr
    assert "2 failed, 7 passed, 1 skipped" in run.stdout
    failed = re.findall(r"^FAILED \S+/(\S+)", run.stdout, re.MULTILINE)
    assert sorted(failed) == ["test_a.py::test_is_lost", "test_c.py::test_fails"]
    assert (tmp_path / "test_d.py.ended").exists()
    assert "said by c" in run.stdout and "said by b" not in run.stdout
