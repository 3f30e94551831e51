"""Collect what feedback adds to a ranking: weights, the features that they apply to, and the company's accepted terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from feedback.glossary.glossary import applying, find
from feedback.glossary.terms import ACCEPTED, accepted_near, terms
from feedback.labels import MODEL_ORDER, Strength, Term, Weights
from feedback.learning.features import extract
from feedback.learning.job_vectors import LearnedJobs, job_vector, job_vectors
from feedback.learning.resemblance import is_near, strength
from feedback.learning.versions import NoSuchWeights, active, is_outdated, jobs_of_weights, keep_jobs_of_weights, texts_of_jobs
from feedback.store.store import Store
from reranker.encoder.encoder import Encoder
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
        spans = (find(resume, term.resume_term) for term in applying(requirement, self.glossary))
        return next((span for span in spans if span), None)


def learned(store: Store, fingerprint: str) -> Learned:
    """Return the weights and accepted terms in force, for the engine with this fingerprint; `for_job` says how far for one job."""
    accepted = tuple(entry.term for entry in terms(store, ACCEPTED))
    try:
        weights = active(store, fingerprint)
    except NoSuchWeights as error:
        return Learned(MODEL_ORDER, accepted, error.version)
    return Learned(MODEL_ORDER, accepted, outdated=weights.version) if is_outdated(weights) else Learned(weights, accepted)


def for_job(store: Store, known: Learned, job: str, encoder: Encoder) -> Learned:
    """Return what is in force, as strong as it is for this job: weights by its resemblance to theirs, and only the terms of jobs like it.

    The job is encoded only if something was learned.
    """
    if not known.weights.version and not known.glossary:
        return known
    vector = job_vector(job, encoder)
    glossary = accepted_near(store, lambda jobs: is_near(vector, jobs.vectors), encoder.fingerprint)
    if not known.weights.version:
        return replace(known, glossary=glossary)
    jobs = jobs_learned_from(store, known.weights.version, encoder)
    value = strength(vector, jobs.vectors) if jobs else Strength(1.0)
    return replace(known, weights=known.weights.at(value), glossary=glossary)


def jobs_learned_from(store: Store, version: int, encoder: Encoder) -> LearnedJobs | None:
    """Return the jobs that weights were learned from; None if that is not known.

    Weights of an earlier release have no vectors: these are made of the stored job descriptions once, and kept. Where retention has deleted
    all of these, the weights go on in full, as the person who applied them has seen them, until something is learned again.
    """
    if jobs := jobs_of_weights(store, version, encoder.fingerprint):
        return jobs
    vectors = list(job_vectors(store, texts_of_jobs(store, version), encoder).values())
    if not vectors:
        return None
    jobs = LearnedJobs(encoder.fingerprint, np.stack(vectors))
    keep_jobs_of_weights(store, version, jobs)
    return jobs


def with_company_terms(instruction: str, job: str, glossary: Sequence[Term]) -> str:
    """Return the instruction with a sentence about at most MAX_TERMS accepted terms that the job uses; unchanged if there are none."""
    called = applying(job, glossary)[:MAX_TERMS]
    if not called:
        return instruction
    meanings = "; ".join(f'"{_shown(term.job_term)}" is shown by "{_shown(term.resume_term)}"' for term in called)
    return f"{instruction}\nIn resumes for this company, {meanings}."


def _shown(term: str) -> str:
    return term.replace("#", "N")
