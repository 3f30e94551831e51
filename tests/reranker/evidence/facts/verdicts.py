"""Tell what a kind of facts says of a resume, as tests ask for it."""

from types import ModuleType
from typing import Any

from reranker.evidence.facts.contract import Verdict


def verdict_of(facts: ModuleType, requirement: str, resume: str, *today: Any) -> Verdict:
    """Return how far a resume meets a requirement, which has to demand something of that kind."""
    demand = facts.asked(requirement)
    assert demand is not None
    return facts.answer(demand, facts.stated(resume, *today)).verdict
