"""Take out of a rubric that was saved earlier what the law forbids to ask: versions from before that was refused still count it."""

from dataclasses import replace

from reranker.evidence.forbidden import forbidden
from reranker.evidence.requirements import REFUSED
from reranker.rubric import Criterion, Rubric


def lawful(rubric: Rubric) -> tuple[Rubric, tuple[Criterion, ...]]:
    """Return the rubric with what the law forbids to ask ignored, as it is in a new one, and the criteria that counted until now."""
    refused = tuple(criterion for criterion in rubric.criteria if criterion.counts and forbidden(criterion.text))
    criteria = tuple(replace(criterion, kind=REFUSED) if criterion in refused else criterion for criterion in rubric.criteria)
    parsed = tuple(replace(asked, kind=REFUSED) if forbidden(asked.text) else asked for asked in rubric.parsed)
    return Rubric(criteria, parsed), refused
