"""Numbers and lines of JDs in wordings by writers who saw no code (tests/data/facts): what is right stays right."""

from typing import Any

from reranker.evidence.asks import asks_for_something
from reranker.evidence.facts import numbers
from tests.data.facts import otherwise, wordings
from tests.each import each
from tests.reranker.evidence.facts.verdicts import verdict_of

KNOWN_MISSES = otherwise("numbers") | {
    "A股上市公司财务经理,营收52亿",  # how large the employer is
    "BA Politics, third class",  # a class of honours is the degree's
    "Buyer, Target Corp. (Fortune 50)",  # a target is a wish
    "Haas VF-4, Mazak Integrex i-400, Fanuc 31i control",  # tolerances
    "Processed payroll, 700 staff, 3 entities",
}
"""Resumes; may not grow."""


def of_all_parts(kind: str, *more: str) -> list[dict[str, Any]]:
    parts = ("development", "further", "third", *more)
    return [wording for part in parts for language in ("zh", "en") for wording in wordings(part, language, kind)]


@each(
    "wording", [wording for wording in of_all_parts("numbers", "fourth", "fifth", "sixth", "own") if wording["resume"] not in KNOWN_MISSES]
)
def test_a_number(wording: dict[str, str]):
    assert verdict_of(numbers, wording["requirement"], wording["resume"]) == wording["verdict"]


@each("wording", of_all_parts("jd"))
def test_a_line_of_a_job(wording: dict[str, Any]):
    assert asks_for_something(wording["line"]) == wording["asks"]
