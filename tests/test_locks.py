"""Locks and bill of materials say what requirements.txt says; scripts/lock.sh writes the former anew."""

import re
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.bill_of_materials import bill

ROOT = Path(__file__).parents[1]
PINS = [Requirement(line) for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines() if line and line[0] != "#"]
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)[^\n]*\\\n((?:    --hash=sha256:[0-9a-f]{64}[^\n]*\n)+)", re.MULTILINE)


@pytest.mark.parametrize("lock", ["usual", "linux-cpu"])
def test_every_pin_is_locked_with_hashes(lock: str):
    text = (ROOT / "locks" / f"{lock}.txt").read_text("utf-8")
    locked = {(canonicalize_name(name), number.partition("+")[0]) for name, number, _ in LOCKED.findall(text)}
    assert len(locked) == len(re.findall(r"^\S", text, re.MULTILINE)) > 80, "each with its hashes"
    wanted = [pin for pin in PINS if lock == "usual" or pin.marker is None or "darwin" not in str(pin.marker) or "!=" in str(pin.marker)]
    pinned = {(canonicalize_name(pin.name), next(iter(pin.specifier)).version) for pin in wanted}
    assert pinned <= locked, "run scripts/lock.sh"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return what scripts/pin.sh reads and writes."""
    (tmp_path / "scripts").mkdir()
    for file in (*ROOT.glob("requirements*.txt"), ROOT / "constraints.txt"):
        shutil.copy(file, tmp_path)
    shutil.copytree(ROOT / "locks", tmp_path / "locks")
    shutil.copy(ROOT / "scripts" / "pin.sh", tmp_path / "scripts")
    return tmp_path


def pin(clone: Path, lock_script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run scripts/pin.sh with another lock.sh, which needs no package index."""
    lock = clone / "scripts" / "lock.sh"
    lock.write_text(f"#!/usr/bin/env bash\n{lock_script}\n", "utf-8")
    lock.chmod(0o755)
    return subprocess.run([clone / "scripts" / "pin.sh", *arguments], capture_output=True, text=True)


def texts_of(clone: Path) -> dict[str, str]:
    return {file.name: file.read_text("utf-8") for file in clone.glob("**/*.txt")}


def test_one_command_changes_a_pin_everywhere_and_names_what_comes_along(clone: Path):
    before = texts_of(clone)
    new_lock = "sed -i -e 's/^packaging==.*/packaging==99.1 \\\\/' -e '1i something-new==1.0 \\\\' locks/*.txt"
    done = pin(clone, new_lock, "Packaging", "99.1")
    assert done.returncode == 0 and "Pinned Packaging 99.1 in: requirements.txt constraints.txt" in done.stderr
    assert [line for line in done.stderr.splitlines() if "not in constraints.txt" in line] == ["not in constraints.txt: something-new==1.0"]
    after = texts_of(clone)
    changed = {name: set(after[name].splitlines()) - set(before[name].splitlines()) for name in after}
    assert changed["requirements.txt"] == changed["constraints.txt"] == {"packaging==99.1"}
    assert "packaging==99.1 \\" in changed["usual.txt"] and "packaging==99.1 \\" in changed["linux-cpu.txt"]
    assert after.keys() == before.keys() and not changed["requirements-dev.txt"]


def test_a_version_that_goes_with_no_other_pin_changes_nothing(clone: Path):
    before = texts_of(clone)
    done = pin(clone, "echo half >locks/usual.txt; exit 1", "packaging", "99.1")
    assert done.returncode == 1 and "Nothing was changed" in done.stderr
    assert texts_of(clone) == before
    assert pin(clone, "exit 1", "torch", "99.1").returncode == pin(clone, "exit 1", "no-such-package", "1").returncode == 1
    assert texts_of(clone) == before


@pytest.mark.parametrize(("system", "sign"), [("darwin", "=="), ("linux", "!=")])
def test_of_several_pins_that_of_the_named_system_changes(clone: Path, system: str, sign: str):
    before = texts_of(clone)
    refused = pin(clone, "exit 1", "torch", "99.1")
    assert refused.returncode == 1 and "scripts/pin.sh torch 99.1 darwin" in refused.stderr
    assert pin(clone, "exit 1", "torch", "99.1", "windows").returncode == 2
    assert pin(clone, "exit 1", "packaging", "99.1", system).returncode == 1, "it has one pin for all systems"
    assert pin(clone, ":", "torch", "99.1", system).returncode == 0
    after = texts_of(clone)
    changed = {name: set(after[name].splitlines()) - set(before[name].splitlines()) for name in after}
    assert {name: lines for name, lines in changed.items() if lines} == {"requirements.txt": {f'torch==99.1; sys_platform {sign} "darwin"'}}


def test_the_bill_names_what_is_installed_and_the_models():
    components = {component["name"]: component for component in bill()["components"]}
    for pin in PINS:
        if pin.marker is None or pin.marker.evaluate():
            assert components[canonicalize_name(pin.name)]["version"] == version(pin.name)
    models = [component for component in components.values() if component["type"] == "machine-learning-model"]
    assert len(models) == 3 and all(re.fullmatch("[0-9a-f]{64}", model["hashes"][0]["content"]) for model in models)
