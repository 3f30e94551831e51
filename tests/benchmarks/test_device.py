"""The benchmark for whoever has a GPU or a Mac, in small and on the CPU: every phase works, and the table says what came out.

Most here without processes of their own; `python -m benchmarks.device --quick` is the whole of it.
"""

import json
import re
import sys
import time
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from benchmarks.device.__main__ import about, in_child, main, measured, phases, work
from benchmarks.device.phases import QUICK, Figures, run
from benchmarks.device.report import draw, lines, summary
from reranker.qwen3.prompt import PromptTokenizer

pytestmark = [pytest.mark.long, pytest.mark.timeout(400)]  # ten phases in one fixture: on a machine that does much else they take minutes


@pytest.fixture(scope="module", autouse=True)
def one_tokenizer() -> Iterator[None]:
    """Read the tokenizer, which takes most of the time, once."""
    read = cache(PromptTokenizer)
    with pytest.MonkeyPatch.context() as patch:
        for module in ("benchmarks.device.phases", "benchmarks.workload", "reranker.qwen3.engine"):
            patch.setattr(f"{module}.PromptTokenizer", read)
        yield


@pytest.fixture(scope="module")
def results(tiny_checkpoint: Path) -> dict[str, Figures]:
    """Return the figures of each phase."""
    names = [name for name in phases("cpu", has_vllm=False) if "CrossEncoder" not in name and "int8" not in name]
    return dict(measured([*names, "method vLLM"], lambda name: run_or_say(name, tiny_checkpoint)))


@pytest.fixture(scope="module")
def figures(results: dict[str, Figures], tiny_checkpoint: Path) -> Figures:
    return about("cpu", tiny_checkpoint, QUICK) | summary(results, *work(tiny_checkpoint, QUICK))


def run_or_say(name: str, folder: Path) -> Figures:
    if name == "method vLLM":
        return {"failed": "no time left"}
    if name == "shortage":  # its process may not grow
        command = [sys.executable, "-m", "benchmarks.device", "--quick", "--device", "cpu", "--model", str(folder), "--phase", name]
        return in_child(command, time.monotonic() + 100)
    return run(name, folder, "cpu", QUICK)


def test_every_phase_works_and_what_was_not_run_is_said(figures: Figures):
    assert figures["phases"].keys() == {"start", "piles", "users", "batches", "shortage"}
    assert figures["failed"] == {"method vLLM": "no time left"}


def test_our_scores_are_the_model_cards(figures: Figures):
    methods = {method["name"]: method for method in figures["methods"]}
    assert figures["reference"] == "model card fp32"
    assert methods["ours fp32"]["max_difference"] < 1e-4
    assert methods["ours bf16"]["max_difference"] < 0.2
    assert all(0 < method["share_of_roof"] < 1 for method in methods.values())


def test_a_pile_is_scored_as_a_whole_and_one_more_without_the_job(figures: Figures):
    piles = figures["phases"]["piles"]
    assert [(pile["resumes"], pile["scored"]) for pile in piles["piles"]] == [(4, 4), (12, 12)]
    assert piles["one_more_s"] > 0
    assert figures["phases"]["users"].keys() >= {"alone_s", "beside_s"}


def test_memory_that_runs_out_is_refused_in_words_and_changes_no_score(figures: Figures):
    shortage = figures["phases"]["shortage"]
    assert shortage["refused"] == "no_memory_for_resume"
    assert shortage["scored"] == shortage["resumes"] == 4
    assert shortage["difference"] == shortage["difference_after"] == 0


def test_the_table_has_a_line_for_everything(figures: Figures):
    table = "\n".join(lines(figures))
    for words in (
        "its figures mean nothing",
        "first layers in bf16",
        "ours fp32",
        "one more",
        "12 resumes",
        "batches of 1:",
        "memory capped at",
    ):
        assert words in table
    assert "method vLLM: no time left" in table


def test_the_command_prints_the_table_and_writes_what_it_measured(
    results: dict[str, Figures],
    figures: Figures,
    tiny_checkpoint: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    """Its phases, each a process there, are those that this module has run already."""

    def phase_of(command: list[str], end: float) -> Figures:
        assert "--quick" in command and command[command.index("--model") + 1] == str(tiny_checkpoint.resolve())
        return results.get(command[command.index("--phase") + 1], {"failed": "not run here"})

    file = tmp_path / "new folder" / "device.json"
    monkeypatch.setattr("benchmarks.device.__main__.in_child", phase_of)
    monkeypatch.setattr("benchmarks.device.__main__.measure_vllm", lambda *_: {"failed": "not run here"})
    monkeypatch.setattr(sys, "argv", ["device", "--quick", "--device", "cpu", "--model", str(tiny_checkpoint), "--json", str(file)])
    main()
    told, record = capsys.readouterr().out, json.loads(file.read_text("utf-8"))
    assert "ours fp32" in told and "12 resumes" in told and f"written: {file}" in told
    assert record["command"].startswith("python device --quick") and re.fullmatch(r"[0-9a-f]{7,}\+?", record["commit"])
    assert record["device"] == "cpu" and record["quick"] and record["phases"].keys() == figures["phases"].keys()
    assert [method["name"] for method in record["methods"]] == [method["name"] for method in figures["methods"]]
    assert "not run here" in record["failed"]["method ours int8"]
    if find_spec("matplotlib"):
        assert file.with_suffix(".png").stat().st_size > 10_000
    else:
        assert "no picture: matplotlib is not installed" in told


def test_the_picture_is_drawn_where_matplotlib_is(figures: Figures, tmp_path: Path):
    pytest.importorskip("matplotlib", reason="in requirements-benchmarks.txt")
    draw(figures, tmp_path / "device.png")
    assert (tmp_path / "device.png").read_bytes().startswith(b"\x89PNG")


def test_a_phase_that_fails_hangs_or_comes_too_late_is_said():
    later = time.monotonic() + 60
    assert in_child([sys.executable, "-c", "print('news'); print('{\"a\": 1}')"], later) == {"a": 1}
    assert in_child([sys.executable, "-c", "raise ValueError('no such device')"], later) == {"failed": "ValueError: no such device"}
    assert in_child([sys.executable, "-c", "import time; time.sleep(60)"], time.monotonic() + 5.2) == {"failed": "cut off: the time is up"}
    assert in_child([sys.executable, "-c", "print({})"], time.monotonic() + 1) == {"failed": "no time left"}
