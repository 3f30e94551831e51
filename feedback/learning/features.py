"""Compute the features of one resume for one job; the learned order is by a weighted sum of them."""

from collections.abc import Sequence

from feedback.glossary.glossary import share
from feedback.labels import Term
from feedback.learning.wording import wording
from reranker.embedded.bm25 import bm25
from reranker.engine import Query
from reranker.evidence.match_points import Evidence

NAMES = (
    "logit",
    "must_coverage",
    "nice_coverage",
    "duty_coverage",
    "skill_coverage",
    "strength",
    "bm25",
    "glossary",
    "quantified",
    "ownership",
    "collaboration",
    "projects",
    "tenure",
)
"""Every feature that weights may have a coefficient for. All but the logit are in 0..1."""


def extract(query: Query, resume_text: str, logit: float, evidence: Evidence, glossary: Sequence[Term]) -> dict[str, float]:
    """Return all features of NAMES for one resume. `evidence` is that of the resume for this job, `glossary` the accepted terms.

    `strength` is the mean strength of the musts' match points, `glossary` the value of `glossary.share`; the last five are those of
    `wording.wording`. Linear time.
    """
    must = [point.strength for point in evidence.points if point.kind == "must"]
    return {
        "logit": logit,
        **{name: evidence.features[name] for name in ("must_coverage", "nice_coverage", "duty_coverage", "skill_coverage")},
        "strength": sum(must) / len(must) if must else 0.0,
        "bm25": bm25(query.job, resume_text),
        "glossary": share(query.job, resume_text, glossary),
        **wording(resume_text),
    }
