"""No regular expression of the package takes more than linear time: one that does lets a text of a few pages stop the page for everyone."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.growth.pump_all import MOST, growth
from tests.growth.pumps import pumps

OWN_PAGE = "server/guard/headers.py"
"""Reads the page that the server itself made, never what somebody sent."""

PROGRAM = Path(__file__).parent / "growth" / "pump_all.py"


@pytest.mark.growth
def test_every_pattern_of_the_package_takes_linear_time():
    run = subprocess.run([sys.executable, str(PROGRAM)], capture_output=True, text=True, check=True)
    result = json.loads(run.stdout)
    assert [pattern for pattern in result["growing"] if not pattern.startswith(OWN_PAGE)] == []
    assert result["unseen"] == [], "no sample runs these calls: add one to tests/growth/samples.py"
    assert result["patterns"] > 1_000


@pytest.mark.growth
@pytest.mark.parametrize(
    "source",
    [r"\S+@\S+", r"[ \t]+$", r"<[^>]*>"],
)
def test_a_quadratic_pattern_is_found(source: str):
    pattern = re.compile(source)
    assert any(growth(pattern, {"search"}, pump) > MOST for pump in pumps(pattern))


@pytest.mark.growth
@pytest.mark.parametrize("source", [r"[^\s@]{1,64}+@\S+", r"(?<!\s)\s*+[,;]\s*", r"\w+", r"<[^<>]*>", r"\b(?:cut|reduc\w*) [^\n]{0,24}\d"])
def test_a_linear_pattern_is_not(source: str):
    pattern = re.compile(source)
    assert all(growth(pattern, {"search"}, pump) <= MOST for pump in pumps(pattern))
