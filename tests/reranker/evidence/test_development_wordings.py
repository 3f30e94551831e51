"""Numbers and lines of JDs in wordings by writers who saw no code (tests/data/facts/development): what is right stays right."""

from typing import Any

import pytest

from reranker.evidence.asks import asks_for_something
from reranker.evidence.facts import numbers
from tests.data.facts import wordings
from tests.reranker.evidence.facts.verdicts import verdict_of

KNOWN_MISSES = {"We offer tuition support towards a master's degree after one year of service"}
"""May not grow."""


def both_languages(kind: str) -> list[dict[str, Any]]:
    return [wording for language in ("zh", "en") for wording in wordings("development", language, kind)]


@pytest.mark.parametrize("wording", both_languages("numbers"), ids=lambda wording: wording["resume"])
def test_a_number(wording: dict[str, str]):
    assert verdict_of(numbers, wording["requirement"], wording["resume"]) == wording["verdict"]


@pytest.mark.parametrize("wording", both_languages("jd"), ids=lambda wording: wording["line"])
def test_a_line_of_a_job(wording: dict[str, Any]):
    assert (asks_for_something(wording["line"]) == wording["asks"]) is (wording["line"] not in KNOWN_MISSES)
