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
    "must_strength",
    "must_missing",
    "duty_strength",
    "nice_strength",
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

    Those of the match points are `Evidence.features`, `glossary` is the value of `glossary.share`, the last five are those of
    `wording.wording`. Linear time.
    """
    return {
        "logit": logit,
        **evidence.features,
        "bm25": bm25(query.job, resume_text),
        "glossary": share(query.job, resume_text, glossary),
        **wording(resume_text),
    }
