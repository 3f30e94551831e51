"""feedback_tune.py as a person runs it: imports, learns, applies or refuses, goes back.

One run is a process of its own; the others call `main`, as that process does.
"""

import csv
import json
import subprocess
from pathlib import Path

import pytest

import feedback_tune
from feedback.learning.versions import versions
from feedback.store.store import FILE_NAME, Run, RunRow, Store
from tests.commands import run_here
from tests.engines import engine_info
from tests.warm.process import run_warm

ROOT = Path(__file__).parents[1]


def tune(folder: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    return run_here(feedback_tune.main, "--feedback", folder, *flags)


def tune_process(folder: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    return run_warm("feedback_tune.py", "--feedback", folder, *flags)


def fill(folder: Path, jobs: int, follows_model: bool = False) -> None:
    """Store labelled runs of a made-up engine in which, unless the labels follow the model, those with quantified results are right."""
    store = Store(folder / FILE_NAME)
    for job in range(jobs):
        rows = []
        for index in range(6):
            features = {"logit": 3.0 - index, "quantified": float(index % 3 == 2), "must_coverage": 0.5}
            rows.append(RunRow(f"{job:032x}{index:032x}", f"{index}.txt", f"resume {job} {index}", index + 1, index + 1, features))
        engine = engine_info(fingerprint="f00d")
        run = store.add_run(Run(f"job {job}", "", {}, engine, 0, "", 1.7e9 + job * 86_400, tuple(rows)))
        for index, row in enumerate(rows):
            good = index < 2 if follows_model else index % 3 == 2
            store.label(run, row.resume_id, "amy", 2 if good else 0)
    store.close()


def test_it_learns_applies_and_goes_back(tmp_path: Path):
    fill(tmp_path, jobs=12)
    proposed = json.loads(tune(tmp_path, "--dry-run", "--json").stdout)
    assert proposed["applied"] is None and proposed["report"]["verdict"]["reason"] == ""
    assert versions(Store(tmp_path / FILE_NAME)) == []

    applied = tune(tmp_path, "--language", "en")
    assert applied.returncode == 0, applied.stderr
    assert "Passed" in applied.stdout and "This company values more: results in figures." in applied.stdout
    (version,) = versions(Store(tmp_path / FILE_NAME))
    assert version.is_active and version.weights.coefficients["quantified"] > 0 and version.weights.fingerprint == "f00d"

    again = json.loads(tune(tmp_path, "--json").stdout)
    assert (again["applied"], again["report"]["verdict"]["reason"]) == (None, "unchanged")

    back = tune(tmp_path, "--rollback")
    assert back.returncode == 0 and "0" in back.stdout
    assert not any(version.is_active for version in versions(Store(tmp_path / FILE_NAME)))
    assert tune(tmp_path, "--rollback", "1").returncode == 0
    assert tune(tmp_path, "--rollback", "7").returncode == 2


def test_labels_that_agree_with_the_model_change_nothing(tmp_path: Path):
    fill(tmp_path, jobs=12, follows_model=True)
    answer = json.loads(tune(tmp_path, "--json").stdout)
    assert answer["applied"] is None and answer["report"]["verdict"]["reason"] in ("nothing_learned", "within_noise")


def test_nothing_labelled_is_said_and_is_no_success(tmp_path: Path):
    Store(tmp_path / FILE_NAME).close()
    result = tune(tmp_path, "--model", "embedded")
    assert result.returncode == 1 and "标注还太少" in result.stdout
    process = tune_process(tmp_path, "--rollback")
    assert process.returncode == 1 and process.stderr == tune(tmp_path, "--rollback").stderr


def test_imported_labels_are_scored_once_and_bad_lines_are_named(tmp_path: Path):
    with (tmp_path / "labels.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["job", "resume", "label"])
        for skill in ("Java", "Go"):
            writer.writerow([f"{skill} 开发\n任职要求：\n1. 熟悉 {skill}", f"使用 {skill} 开发接口", "完全匹配"])
            writer.writerow([f"{skill} 开发\n任职要求：\n1. 熟悉 {skill}", f"会计，了解 {skill}", "不匹配"])
        writer.writerow(["a job", "a resume", "perhaps"])
    first = tune(tmp_path, "--model", "embedded", "--json")
    assert first.returncode == 0, first.stderr
    counts = json.loads(first.stdout)["report"]["counts"]
    assert (counts["groups"], counts["labels"], counts["informative"]) == (2, 4, 2)
    assert "新增 4 条" in first.stderr and "第 14 行：标注应为" in first.stderr and "岗位 2/2" in first.stderr
    second = tune(tmp_path, "--json")
    assert "岗位" not in second.stderr, "what was scored is not scored again"
    assert json.loads(second.stdout)["report"]["counts"] == counts


@pytest.mark.parametrize("flag", [["--rollback", "x"], ["--feedback", "/dev/null/no"]])
def test_wrong_usage_is_one_line(tmp_path: Path, flag: list[str]):
    result = tune(tmp_path, *flag)
    assert result.returncode == 2 and len(result.stderr.strip().splitlines()) == 1, result.stderr


def test_label_files_keep_to_the_limits_of_the_command_line(tmp_path: Path):
    Store(tmp_path / FILE_NAME).close()
    (tmp_path / "large.csv").write_text("job,resume,label\nj,a,2\n" + "\n" * 1024 * 1024)
    (tmp_path / "labels.csv").write_text(f"job,resume,label\nj,{'long ' * 10},2\nj,fits,2\n")
    result = tune(tmp_path, "--model", "embedded", "--language", "en", "--max-file-mb", "1", "--max-characters", "20")
    assert "Larger than the limit of 1 MB per file" in result.stderr + result.stdout
    assert "More than 20 characters" in result.stderr + result.stdout
    store = Store(tmp_path / FILE_NAME)
    with store.reading() as db:
        assert db.execute("SELECT text FROM resumes").fetchall() == [("fits",)]
    store.close()
