"""The rank command as a user runs it: real files, both engines; JSON, exit codes, exports, mixed and bad input.

One test of each outcome is a process of its own, that of a good one forked; the others call `main`, as that process does.
"""

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

import cli
from tests.commands import run_here
from tests.warm.process import run_warm

ROOT = Path(__file__).parents[1]
ENGLISH = ROOT / "examples" / "en"


def run_process(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "cli.py", "rank", "--language", "en", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110)


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return run_here(cli.main, "rank", "--language", "en", *arguments)


@pytest.fixture(scope="module")
def english() -> tuple[Path, list[Path]]:
    (job,) = ENGLISH.glob("JD*")
    resumes = sorted(path for path in ENGLISH.iterdir() if path != job)
    return job, [next(path for path in resumes if path.suffix == kind) for kind in (".pdf", ".docx", ".txt")]


def test_json_with_the_embedded_engine_and_one_bad_file(english, tmp_path):
    _, resumes = english
    job, empty = tmp_path / "JD.txt", tmp_path / "empty.pdf"
    job.write_text("Requirements\n- 5 years of backend development in Go or Java\n- Experience with payment systems", "utf-8")
    empty.touch()
    arguments = ["--job", job, "--resumes", *resumes, empty, "--model", "embedded", "--json", "--output", tmp_path / "out.xlsx"]
    result = run_warm("cli.py", "rank", "--language", "en", *arguments)
    assert result.returncode == 0, result.stderr
    answer = json.loads(result.stdout)
    assert set(answer) == {"model", "query", "job", "rows", "rejected", "timing", "run_id"}
    assert set(answer["timing"]) == {"load_s", "score_s", "total_s"}
    assert [row["rank"] for row in answer["rows"]] == list(range(1, len(resumes) + 1))
    assert sorted(row["previous_rank"] for row in answer["rows"]) == list(range(1, len(resumes) + 1))
    fields = {"rank", "previous_rank", "id", "name", "logit", "probability", "features", "match_points", "notes"}
    assert all(fields <= set(row) for row in answer["rows"])
    assert all(row["probability"] is None for row in answer["rows"]), "the stand-in has no probability"
    (rejected,) = answer["rejected"]
    assert (rejected["name"], rejected["reason"]) == ("empty.pdf", "empty_file") and rejected["message"]
    first = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]
    names = {str(cell.value) for row in first.iter_rows() for cell in row}
    assert {path.name for path in resumes} <= names


def test_the_real_qwen3_path_with_seeded_random_weights(english, small, tiny_checkpoint):
    (job, _), (_, resumes) = small, english
    result = run("--job", job, "--resumes", *resumes, "--model", tiny_checkpoint, "--precision", "fp32", "--json", "--batch-size", "2")
    assert result.returncode == 0, result.stderr
    assert "batch size 2" in result.stderr and "Loading model from" in result.stderr and "Model loaded in" in result.stderr
    rows = json.loads(result.stdout)["rows"]
    assert len(rows) == len(resumes) and all(0 < row["probability"] < 1 for row in rows)
    assert [row["logit"] for row in rows] == sorted((row["logit"] for row in rows), reverse=True)


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, list[Path]]:
    """Return a job with one requirement and three resumes of a line, for what does not depend on what stands in them."""
    job, resumes = tmp_path / "JD.txt", [tmp_path / f"{name}.txt" for name in ("Ann", "Bo", "Cy")]
    job.write_text("Requirements\n- Python experience", "utf-8")
    for resume in resumes:
        resume.write_text(f"{resume.stem}\nBuilt services with Python for {len(resume.stem)} years", "utf-8")
    return job, resumes


@pytest.mark.long
def test_check_int8_compares_and_keeps_the_result(small, tiny_checkpoint, monkeypatch, capsys):
    kept = []
    monkeypatch.setattr(cli, "save_check", lambda agreement, fingerprint: kept.append(agreement))
    job, resumes = small
    arguments = ["rank", "--language", "en", "--job", str(job), "--resumes", *map(str, resumes), "--check-int8"]
    assert cli.main([*arguments, "--model", str(tiny_checkpoint), "--device", "cpu", "--precision", "fp32"]) == 0
    (agreement,) = kept
    assert agreement.documents == len(resumes) and not agreement.holds, "three are too few to decide"
    assert f"INT8 beside FP32 on {len(resumes)} resumes: rank correlation" in capsys.readouterr().err
    assert cli.main([*arguments, "--model", "embedded"]) == 0
    assert len(kept) == 1 and "needs the real model" in capsys.readouterr().err


def test_square_brackets_in_names_and_resumes_are_text(tmp_path):
    """The console library would take them for markup: [/b] ends what nobody began, an error."""
    job, resume, empty = tmp_path / "JD.txt", tmp_path / "a [b] (c).txt", tmp_path / "[red]empty.txt"
    job.write_text("任职要求：\n1. 熟悉 Python", "utf-8")
    resume.write_text("[/b] 使用 Python 开发 [link]接口[/x]", "utf-8")
    empty.touch()
    result = run("--job", job, "--resumes", resume, empty, "--model", "embedded")
    assert result.returncode == 0, result.stderr
    assert "[/b] 使用" in result.stdout and "[red]empty.txt" in result.stdout and "a [b]" in result.stdout


def test_the_table_names_everyone_and_the_progress_goes_to_stderr(small):
    job, resumes = small
    result = run("--job", job, "--resumes", job.parent, "--model", "embedded", "--template", "manager")
    assert result.returncode == 0, result.stderr
    for path in resumes:
        assert path.stem in result.stdout
    assert "JD" not in result.stdout, "the job lies in the same folder"
    assert "Scoring" in result.stderr and "Scoring" not in result.stdout


def test_nothing_to_rank_is_exit_code_1(english, tmp_path):
    (tmp_path / "page.pdf").write_text("<html><body>not a PDF</body></html>")
    result = run("--job", english[0], "--resumes", tmp_path, "--model", "embedded", "--json")
    assert result.returncode == 1
    assert json.loads(result.stdout)["rows"] == []
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["--resumes", "examples"],
        ["--job", "README.md", "--resumes", "examples", "--template", "tech", "--instruction", "both"],
        ["--job", "README.md", "--resumes", "examples", "--output", "out.doc"],
        ["--job", "README.md", "--resumes", "examples", "--batch-size", "many"],
    ],
)
def test_bad_usage_is_exit_code_2_and_one_clear_message(arguments):
    result = run(*arguments)
    assert result.returncode == 2
    assert result.stderr.strip() and "Traceback" not in result.stderr


def test_the_process_ends_with_the_exit_code_and_one_clear_message():
    result = run_process("--job", "no-such-file.pdf", "--resumes", "examples")
    assert result.returncode == 2
    assert result.stderr.strip() and "Traceback" not in result.stderr


def test_a_named_model_that_is_not_there_is_an_error_not_a_stand_in(english, tmp_path):
    result = run("--job", english[0], "--resumes", ENGLISH, "--model", tmp_path / "missing", "--offline")
    assert result.returncode == 1
    assert "missing" in result.stderr and "Traceback" not in result.stderr


def test_a_pool_is_ranked_into_a_file_of_rows_and_goes_on_from_there(small, tmp_path):
    job, resumes = small
    arguments = ["--job", job, "--resumes", job.parent, "--model", "embedded", "--output", tmp_path / "result.jsonl", "--top", "2"]
    result = run(*arguments)
    assert result.returncode == 0, result.stderr
    rows = [json.loads(line) for line in (tmp_path / "result.jsonl").read_text("utf-8").splitlines()]
    assert [row["rank"] for row in rows] == [1, 2] and all(row["match_points"] for row in rows)
    assert f"{len(resumes)} ranked" in result.stderr and "personal data" in result.stderr
    said = result.stderr.splitlines()
    assert len(said) == len(set(said)), "nothing is said twice"
    again = run(*arguments, "--json")
    assert f"{len(resumes)} files were known" in again.stderr
    assert [row["id"] for row in json.loads(again.stdout)["rows"]] == [row["id"] for row in rows]


@pytest.mark.parametrize(
    "flags",
    [
        ["--top", "5"],
        ["--prefilter", "0", "--output", "r.jsonl"],
        ["--output", "r.jsonl", "--keep"],
        ["--output", "r.jsonl", "--max-files", "9"],
    ],
)
def test_flags_that_do_not_go_with_a_pool_are_bad_usage(flags, small):
    result = run("--job", small[0], "--resumes", small[0].parent, *flags)
    assert result.returncode == 2 and result.stderr.strip() and "Traceback" not in result.stderr
