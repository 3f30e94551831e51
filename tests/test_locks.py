"""Locks and bill of materials say what requirements.txt says; scripts/lock.sh writes the former anew."""

import re
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


def test_the_bill_names_what_is_installed_and_the_models():
    components = {component["name"]: component for component in bill()["components"]}
    for pin in PINS:
        if pin.marker is None or pin.marker.evaluate():
            assert components[canonicalize_name(pin.name)]["version"] == version(pin.name)
    models = [component for component in components.values() if component["type"] == "machine-learning-model"]
    assert len(models) == 3 and all(re.fullmatch("[0-9a-f]{64}", model["hashes"][0]["content"]) for model in models)
