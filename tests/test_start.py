"""start.sh on machines that are not ready, and programs started as `python FILE` with any Python: one clear line each and a non-zero exit.

Each runs the real script in a folder of its own.
"""

import os
import shutil
import stat
import subprocess
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return checkout_in(tmp_path)


def checkout_in(parent: Path) -> Path:
    """Put the shell scripts and requirements in an empty folder, with a `bin` folder that goes first on PATH."""
    folder = parent / "checkout"
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    for name in ("start.sh", "test.sh", "constraints.txt", *[path.name for path in ROOT.glob("requirements*.txt")]):
        shutil.copy(ROOT / name, folder / name)
    (folder / "bin").mkdir()
    return folder


def fake_command(checkout: Path, name: str, script: str):
    path = checkout / "bin" / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def start(checkout: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    path = f"{checkout / 'bin'}:{os.environ['PATH']}"
    return subprocess.run(
        ["./start.sh"],
        cwd=checkout,
        env={**os.environ, "PATH": path, "RERANKER_LANGUAGE": "en", **environment},
        capture_output=True,
        text=True,
        timeout=100,
    )


UNREACHABLE = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_EXTRA_INDEX_URL": "", "PIP_FIND_LINKS": "", "PIP_RETRIES": "0"}


def started_unreachable(checkout: Path) -> subprocess.CompletedProcess[str]:
    return start(checkout, **UNREACHABLE, PIP_CONFIG_FILE=os.devnull, PIP_CACHE_DIR=str(checkout / "cache"))


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """Return a checkout whose virtual environment was made by a start that could download nothing, and what that start said."""
    folder = checkout_in(tmp_path_factory.mktemp("begun"))
    return folder, started_unreachable(folder)


def test_a_python_too_old_is_named(checkout: Path):
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        fake_command(checkout, name, 'case "$1" in --version) echo "Python 3.8.10";; *) exit 1;; esac')
    result = start(checkout)
    assert result.returncode != 0
    assert "Python 3.11 or newer is needed; found: Python 3.8.10" in result.stderr
    assert not (checkout / ".venv").exists()


def test_a_full_disk_is_named_before_anything_is_installed(checkout: Path):
    fake_command(checkout, "df", "echo 'Filesystem 1024-blocks Used Available'; echo '/dev/sda 100 99 1048576 99% /'")
    result = start(checkout)
    assert result.returncode != 0
    assert "Only 1 GB are free" in result.stderr
    assert not (checkout / ".venv").exists()
    assert "磁盘只剩 1 GB" in start(checkout, RERANKER_LANGUAGE="zh").stderr
    for locale, said in (("zh_CN.UTF-8", "磁盘只剩 1 GB"), ("en_US.UTF-8", "Only 1 GB are free"), ("C", "磁盘只剩 1 GB")):
        assert said in start(checkout, RERANKER_LANGUAGE="", LC_ALL=locale).stderr


def test_an_environment_without_pip_as_a_first_start_that_was_ended_leaves_it_is_made_again(checkout: Path):
    venv.create(checkout / ".venv", with_pip=False)
    fake_command(checkout, "python3.11", 'case "$*" in --version) echo "Python 3.11.7";; "-m venv .venv") touch made; exit 1;; esac')
    assert "Could not create .venv" in start(checkout).stderr and (checkout / "made").exists()


@pytest.mark.long
def test_a_broken_download_is_one_clear_line_and_is_tried_again(begun: tuple[Path, subprocess.CompletedProcess[str]]):
    checkout, first = begun
    for result in (first, started_unreachable(checkout)):
        assert result.returncode != 0
        assert "could not be downloaded or installed" in result.stderr
        assert not list((checkout / ".venv").glob("installed-*")), "a failed install must not count as done"


PIP_SAYS = """\
Looking in links: /opt/wheels
Collecting torch==2.13.0 (from -r requirements.txt (line 61))
  Downloading torch-2.13.0-cp311-cp311-manylinux_2_28_x86_64.whl.metadata (30 kB)
Collecting numpy==2.4.6 (from -r requirements.txt (line 26))
  Downloading numpy-2.4.6-cp311-cp311-manylinux_2_28_x86_64.whl (17.0 MB)
  Using cached gradio-6.31.0-py3-none-any.whl (19 MB)
  Downloading torch-2.13.0-cp311-cp311-manylinux_2_28_x86_64.whl (899.8 MB)
  Using cached scipy-1.17.1-cp311-cp311-manylinux_2_28_x86_64.whl (35.1 MB)
  Using cached psutil-7.2.2-cp36-abi3-manylinux_2_28_x86_64.whl (1.5 MB)
Installing collected packages: torch, numpy, gradio, scipy, psutil
Successfully installed gradio-6.31.0 numpy-2.4.6 psutil-7.2.2 scipy-1.17.1 torch-2.13.0"""


def test_what_takes_long_is_told_line_by_line(checkout: Path):
    """As pip prints it: every size from 10 MB on, downloaded or from its cache."""
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    packages = checkout / ".venv" / "lib" / "python3.11" / "site-packages"
    packages.mkdir(parents=True)
    looks = checkout / "looks"
    looks.touch()
    unpack = f"mkdir {packages}/torch-2.13.0.dist-info {packages}/numpy-2.4.6.dist-info; n=$(wc -l <{looks})"
    unpack += f"; until [ $(wc -l <{looks}) -ge $((n + 2)) ]; do /bin/sleep 0.05; done"
    python.write_text(f"#!/bin/sh\n[ \"$2\" = pip ] || exit 0\ncat <<'END'\n{PIP_SAYS}\nEND\n{unpack}\n")
    fake_command(checkout, "sleep", f"echo >>{looks}; exec /bin/sleep 0.1")  # for ten seconds
    python.chmod(0o755)
    fake_command(checkout, "df", "echo 'Filesystem 1024-blocks Used Available'; echo '/dev/sda 99999999 9 99999990 1% /'")
    told = start(checkout).stderr.splitlines()
    assert told[0].startswith("Installing packages of requirements.txt")
    assert told[1:] == [
        *PIP_SAYS.splitlines()[4:8],
        "  Everything is downloaded. Packages to install now: 5",
        "  2 packages are in place",
    ]
    assert (checkout / ".venv" / "install.log").read_text().strip() == PIP_SAYS


def test_wheels_in_the_folder_are_all_that_is_installed_from(begun: tuple[Path, subprocess.CompletedProcess[str]]):
    checkout, _ = begun
    (checkout / "offline" / "wheels").mkdir(parents=True)
    result = start(checkout, PIP_FIND_LINKS="", PIP_CONFIG_FILE=os.devnull)
    shutil.rmtree(checkout / "offline")
    assert result.returncode != 0 and "They come from offline/wheels" in result.stderr
    log = (checkout / ".venv" / "install.log").read_text()
    assert "Looking in links: offline/wheels" in log and "Looking in indexes" not in log


MODULES = ("eval", "user", "key", "doctor", "backup", "restore")
"""Commands that are modules of the checkout."""


def installed(checkout: Path, program: str, script: str) -> Path:
    """Make a checkout with everything installed, whose `program` is this script; return a folder in it to call from."""
    (checkout / "scripts" / "environment.sh").write_text("install() { :; }\n")
    programs = checkout / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("python", "ruff", "basedpyright"):
        (programs / name).write_text(f"#!/bin/sh\n{script if name == program else ':'}\n")
        (programs / name).chmod(0o755)
    elsewhere = checkout / "elsewhere"
    elsewhere.mkdir()
    return elsewhere


def said_from(folder: Path, *command: str) -> str:
    """Return what a command prints that is run in this folder."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment["PATH"] = f"{folder.parent / 'bin'}:{environment['PATH']}"
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("command", ["app", "rank", "read", "tune", *MODULES])
def test_relative_paths_are_those_of_the_caller(checkout: Path, command: str):
    """Each command runs the checkout's program in the folder of whoever calls it, and takes no module from there."""
    elsewhere = installed(checkout, "python", 'echo "$PWD|$PYTHONPATH|$*"')
    arguments = ["--job", "jd.txt"] if command == "app" else [command, "--job", "jd.txt"]
    folder, path, program = said_from(elsewhere, "../start.sh", *arguments).split("|")
    assert (folder, path) == (str(elsewhere), str(checkout) if command in MODULES else "")
    assert program.endswith("--job jd.txt")
    assert program.startswith((str(checkout), "-P -m "))


@pytest.fixture
def bare_python(begun: tuple[Path, subprocess.CompletedProcess[str]]) -> Path:
    """Return a Python without any of our packages."""
    return begun[0] / ".venv" / "bin" / "python"


@pytest.mark.skipif(not (ROOT / ".venv").exists(), reason="the packages are not in .venv")
def test_a_python_without_packages_hands_over_to_ours(bare_python: Path, tmp_path: Path):
    command = [bare_python, ROOT / "feedback_tune.py", "--help"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=100)
    assert result.returncode == 0 and "--dry-run" in result.stdout


def test_a_venv_without_packages_is_not_asked_again(bare_python: Path, tmp_path: Path):
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "own_python.py", tmp_path / "scripts")
    (tmp_path / ".venv").symlink_to(bare_python.parents[1])
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


def test_a_bundle_is_made_where_the_caller_says(checkout: Path):
    elsewhere = installed(checkout, "python", "exit 1")
    script = checkout / "scripts" / "make_offline_bundle.sh"
    script.write_text('#!/bin/sh\necho "$PWD|$*"\n')
    assert said_from(elsewhere, "../start.sh", "bundle", "usb") == f"{elsewhere}|usb"


def test_tests_that_are_named_are_looked_for_where_the_caller_is(checkout: Path):
    """What is no file there is left as it is: a mark, or a path in the checkout."""
    elsewhere = installed(checkout, "python", 'echo "$PWD"; printf "%s\\n" "$@"')
    fake_command(checkout, "id", "echo 1000")  # nothing is installed for the browser
    (elsewhere / "test_mine.py").touch()
    folder, *arguments = said_from(
        elsewhere, "../test.sh", "test_mine.py::test_a[b c]", "tests/test_start.py", "-m", "not long"
    ).splitlines()
    assert folder == str(checkout)
    assert arguments[-4:] == [f"{elsewhere}/test_mine.py::test_a[b c]", "tests/test_start.py", "-m", "not long"]
    _, *arguments = said_from(elsewhere, "../test.sh").splitlines()
    assert arguments[-2:] == ["-m", "not growth and not long"]
