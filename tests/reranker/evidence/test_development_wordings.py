"""Numbers and lines of JDs in wordings by writers who saw no code (tests/data/facts): what is right stays right."""

from typing import Any

from reranker.evidence.asks import asks_for_something
from reranker.evidence.facts import numbers
from tests.data.facts import wordings
from tests.each import each
from tests.reranker.evidence.facts.verdicts import verdict_of


def of_all_parts(kind: str) -> list[dict[str, Any]]:
    parts = ("development", "further", "third")
    return [wording for part in parts for language in ("zh", "en") for wording in wordings(part, language, kind)]


@each("wording", of_all_parts("numbers"))
def test_a_number(wording: dict[str, str]):
    assert verdict_of(numbers, wording["requirement"], wording["resume"]) == wording["verdict"]


@each("wording", of_all_parts("jd"))
def test_a_line_of_a_job(wording: dict[str, Any]):
    assert asks_for_something(wording["line"]) == wording["asks"]
