"""Collect what feedback adds to a ranking: weights, the features that they apply to, and the company's accepted terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from feedback.glossary.glossary import applying, find
from feedback.glossary.terms import ACCEPTED, terms
from feedback.labels import MODEL_ORDER, Term, Weights
from feedback.learning.features import extract
from feedback.learning.versions import NoSuchWeights, active, is_outdated
from feedback.store.store import Store
from reranker.engine import Query
from reranker.evidence.match_points import Evidence

MAX_TERMS = 5
"""So many company terms at most go into an instruction: it stays one sentence."""


@dataclass(frozen=True)
class Learned:
    """By default: the model's own order, no terms."""

    weights: Weights = MODEL_ORDER
    glossary: tuple[Term, ...] = ()
    unreadable: int = 0
    """The version in use that the store cannot give, so that the order is the model's own; 0: there is none. A person has to be told."""

    outdated: int = 0
    """The version in use that was learned on features of an earlier release, so that the order is the model's own; 0: there is none."""

    @property
    def options(self) -> dict[str, Any]:
        """Those of `ranking.rank_stream` that feedback decides about."""
        return {"weights": self.weights.coefficients, "describe": self.describe, "glossary_span": self.glossary_span}

    def describe(self, query: Query, resume: str, logit: float, evidence: Evidence) -> Mapping[str, float]:
        """Return the features of one resume (a `ranking.Describe`), also without weights: a label on this ranking will learn from them."""
        return extract(query, resume, logit, evidence, self.glossary)

    def glossary_span(self, requirement: str, resume: str) -> tuple[int, int] | None:
        """Return (start, end) of the first company term in the resume that answers the requirement, or None (a `match_points.OwnWords`)."""
        found = (find(resume, term.resume_term) for term in applying(requirement, self.glossary))
        return next((span for span in found if span), None)


def learned(store: Store, fingerprint: str) -> Learned:
    """Return the weights and accepted terms to rank with now, for the engine with this fingerprint."""
    accepted = tuple(entry.term for entry in terms(store, ACCEPTED))
    try:
        weights = active(store, fingerprint)
    except NoSuchWeights as error:
        return Learned(MODEL_ORDER, accepted, error.version)
    return Learned(MODEL_ORDER, accepted, outdated=weights.version) if is_outdated(weights) else Learned(weights, accepted)


def with_company_terms(instruction: str, job: str, glossary: Sequence[Term]) -> str:
    """Return the instruction with a sentence about at most MAX_TERMS accepted terms that the job uses; unchanged if there are none."""
    called = applying(job, glossary)[:MAX_TERMS]
    if not called:
        return instruction
    meanings = "; ".join(f'"{_shown(term.job_term)}" is shown by "{_shown(term.resume_term)}"' for term in called)
    return f"{instruction}\nIn resumes for this company, {meanings}."


def _shown(term: str) -> str:
    return term.replace("#", "N")
