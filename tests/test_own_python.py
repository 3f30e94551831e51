"""Files that people start as `python FILE` find our packages, whichever Python that is."""

import shutil
import subprocess
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a Python without any package."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, symlinks=True)
    return folder / "bin" / "python"


@pytest.mark.skipif(not (ROOT / ".venv").exists(), reason="the packages are not in .venv")
def test_a_python_without_packages_hands_over_to_ours(bare_python: Path, tmp_path: Path):
    command = [bare_python, ROOT / "feedback_tune.py", "--help"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=100)
    assert result.returncode == 0 and "--dry-run" in result.stdout


def test_a_venv_without_packages_is_not_asked_again(tmp_path: Path):
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "own_python.py", tmp_path / "scripts")
    venv.create(tmp_path / ".venv", symlinks=True)
    command = [tmp_path / ".venv" / "bin" / "python", "-c", "import scripts.own_python"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=100)
    assert result.returncode == 1 and "./start.sh once" in result.stderr


def test_before_the_first_start_it_says_what_to_do(bare_python: Path, tmp_path: Path):
    (tmp_path / "scripts").mkdir()
    for name in ("app.py", "feedback_tune.py", "scripts/own_python.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("app.py", "feedback_tune.py"):
        result = subprocess.run([bare_python, name], capture_output=True, text=True, cwd=tmp_path, timeout=100)
        assert result.returncode == 1
        assert result.stderr.splitlines() == [result.stderr.strip()] and "./start.sh once" in result.stderr
