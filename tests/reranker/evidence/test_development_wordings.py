"""Numbers and lines of JDs in wordings by writers who saw no code (tests/data/facts/development): what is right stays right."""

import json
from pathlib import Path
from typing import Any

import pytest

from reranker.evidence.asks import asks_for_something
from reranker.evidence.facts import numbers
from tests.reranker.evidence.facts.verdicts import verdict_of

FOLDER = Path(__file__).parents[2] / "data" / "facts" / "development"
KNOWN_MISSES = {"We offer tuition support towards a master's degree after one year of service"}
"""May not grow."""


def wordings(kind: str) -> list[Any]:
    lines = [line for language in ("zh", "en") for line in (FOLDER / language / f"{kind}.jsonl").read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("wording", wordings("numbers"), ids=lambda wording: wording["resume"])
def test_a_number(wording: dict[str, str]):
    assert verdict_of(numbers, wording["requirement"], wording["resume"]) == wording["verdict"]


@pytest.mark.parametrize("wording", wordings("jd"), ids=lambda wording: wording["line"])
def test_a_line_of_a_job(wording: dict[str, Any]):
    assert (asks_for_something(wording["line"]) == wording["asks"]) is (wording["line"] not in KNOWN_MISSES)
