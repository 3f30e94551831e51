"""`./start.sh read` as a person runs it, on real files; what it shows is what a ranking scores."""

import json
import subprocess
import zipfile
from pathlib import Path

import pytest

import cli
from i18n.texts import texts
from preprocess.intake import File
from preprocess.pipeline import read_resume
from tests.commands import run_here
from tests.warm.process import run_warm

ROOT = Path(__file__).parents[1]
(RESUME,) = (ROOT / "examples" / "en").glob("*.txt")
(JOB,) = (ROOT / "examples" / "en").glob("JD*")


def read_process(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return run_warm("cli.py", "read", "--language", "en", *arguments)


def read(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return run_here(cli.main, "read", "--language", "en", *arguments)


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """Return a ZIP of a resume that needs cleaning, an empty file and a good one."""
    path = tmp_path / "pile.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "林晓\nWork\n精通ＲｅａｃｔＪＳ\u200b与 k8s，五年后端开发。")
        archive.writestr("b.txt", b"")
        archive.writestr("c.txt", RESUME.read_bytes())
    return path


def test_json_has_the_text_as_scored_the_notes_the_refusal_and_the_requirements(pile):
    result = read_process(pile, "--json", "--job", JOB)
    assert result.returncode == 0, result.stderr
    answer = json.loads(result.stdout)
    assert set(answer) == {"files", "job", "requirements", "refused_requirements"}
    assert all(set(file) == {"name", "files", "text", "notes", "refused"} for file in answer["files"])
    files = {Path(file["name"]).name: file for file in answer["files"]}
    assert set(files) == {"a.txt", "b.txt", "c.txt"}, "each file of an archive has an entry of its own"
    assert files["c.txt"]["text"] == read_resume(File(RESUME.name, RESUME.read_bytes())).text, "exactly what a ranking scores"
    assert "React" in files["a.txt"]["text"] and "Kubernetes" in files["a.txt"]["text"] and "\u200b" not in files["a.txt"]["text"]
    notes = {note["code"]: note for note in files["a.txt"]["notes"]}
    assert set(notes["tech_name"]) == {"code", "page", "before", "after", "count", "places"} and "invisible_removed" in notes
    assert answer["job"]["text"] and answer["job"]["notes"] == []
    assert files["b.txt"]["refused"]["reason"] == "empty_file" and files["b.txt"]["refused"]["message"]
    assert files["a.txt"]["refused"] is None
    assert {requirement["kind"] for requirement in answer["requirements"]} >= {"must"} and all(
        requirement["text"] for requirement in answer["requirements"]
    )


def test_text_shows_the_same_for_people(pile):
    result = read(pile, "--job", JOB)
    assert result.returncode == 0 and "==== a.txt" in result.stdout and "Kubernetes" in result.stdout
    assert "Could not be read: " in result.stdout, "the refusal says why"
    assert f"* {texts('en')('kind.must')}: " in result.stdout


def test_nothing_readable_and_a_bad_job_are_told_by_exit_code_1(tmp_path):
    empty = tmp_path / "empty.pdf"
    empty.touch()
    nothing = read(empty, "--json")
    assert nothing.returncode == 1 and json.loads(nothing.stdout)["files"][0]["refused"]["reason"] == "empty_file"
    no_job = read(RESUME, "--job", tmp_path / "none.txt")
    assert no_job.returncode == 1 and "none.txt" in no_job.stderr and not no_job.stdout
