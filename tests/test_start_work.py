"""What the page needs to answer for the first time: only that is imported, compiled and built before. Times are in docs/speed.md."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.server.process import ROOT, app_environment

NOT_NEEDED = {
    "cv2",
    "matplotlib",
    "modelscope_hub",
    "onnxruntime",
    "openpyxl",
    "pandas",
    "pypinyin",
    "rapidocr",
    "reportlab",
    "scipy",
    "sympy",
    "torch",
    "transformers",
}
"""Packages that take a tenth of a second or more to import, or belong to files and models that nobody has asked for yet."""


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what tests/start_probe.py tells of a start in a process of its own, which has imported nothing before."""
    folder = tmp_path_factory.mktemp("start")
    command = [sys.executable, "-m", "tests.start_probe", str(folder / "feedback")]
    run = subprocess.run(command, cwd=ROOT, env=app_environment() | {"TMPDIR": str(folder)}, capture_output=True, timeout=120)
    assert run.returncode == 0, run.stderr.decode()
    return json.loads(run.stdout)


def test_the_page_answers_in_both_languages(start: dict[str, Any]):
    assert start["status"] == 200 and start["english"]


def test_packages_that_it_does_not_need_are_not_imported(start: dict[str, Any]):
    assert {"gradio", "numpy"} <= set(start["packages"])
    assert NOT_NEEDED & set(start["packages"]) == set()


def test_few_patterns_are_compiled(start: dict[str, Any]):
    assert start["patterns"] > 1000
    assert start["compiled"] < 100


def test_one_application_and_the_page_in_one_language_are_made(start: dict[str, Any]):
    assert start["gradio_applications"] == 1
    assert start["languages"] == 1


def test_garbage_is_collected_again_without_what_stays(start: dict[str, Any]):
    assert start["collects"] and start["frozen"] > 100_000
