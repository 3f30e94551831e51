"""Python, packages, disk and memory: fine here, and each is seen when it is not."""

from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pytest

from service.doctor import machine
from service.doctor.machine import GIB, available_memory, check_disk, check_memory, check_packages, check_python
from tests.faults.test_disk_full import no_byte_more


def test_a_python_that_is_too_old_or_untried_is_told():
    assert [check_python(number).state for number in ((3, 10), (3, 11), (3, 13), (3, 14))] == ["fail", "ok", "ok", "warn"]


def test_packages_are_compared_with_the_pins(tmp_path: Path):
    assert check_packages().state == "ok"
    pins = tmp_path / "requirements.txt"
    pins.write_text(
        f'# a comment\n-r other.txt\nnumpy=={version("numpy")}\nlxml==0.0.1\nno-such-package==1.0\nold==1; python_version < "3"\n'
    )
    result = check_packages(pins)
    assert result.state == "fail" and result.finding.values["packages"] == f"lxml {version('lxml')}, no-such-package 0"


def test_a_disk_that_takes_no_byte_fails(tmp_path: Path):
    assert check_disk(tmp_path / "not" / "there" / "yet").state in ("ok", "warn")
    with no_byte_more():
        result = check_disk(tmp_path)
    assert result.state == "fail" and result.finding.values["problem"] == "File too large" and result.remedy


class Usage(NamedTuple):
    free: int


@pytest.mark.parametrize(("free", "state"), [(10**8, "fail"), (10**9, "warn"), (10**10, "ok")])
def test_little_free_space_is_told(free: int, state: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(machine, "disk_usage", lambda folder: Usage(free))
    assert check_disk(tmp_path).state == state


def test_the_model_needs_more_memory_than_the_stand_in():
    states = [(check_memory(True, free).state, check_memory(False, free).state) for free in (GIB // 2, 2 * GIB, 5 * GIB)]
    assert states == [("fail", "fail"), ("warn", "ok"), ("ok", "ok")]


def test_the_limit_of_a_container_counts(tmp_path: Path):
    unlimited = available_memory(tmp_path)
    (tmp_path / "memory.max").write_text("300000\n")
    (tmp_path / "memory.current").write_text("100000\n")
    assert available_memory(tmp_path) == 200_000
    (tmp_path / "memory.max").write_text("max\n")
    assert available_memory(tmp_path) > 200_000 and unlimited > 200_000
