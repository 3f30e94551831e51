"""Take what the law forbids to ask out of rubrics that were saved before it was refused, and name it where a job description is printed."""

from dataclasses import replace

from i18n.texts import Texts
from reranker.evidence.forbidden import forbidden
from reranker.evidence.requirements import REFUSED, parse_job
from reranker.rubric.criteria import Criterion, Rubric


def lawful(rubric: Rubric) -> tuple[Rubric, tuple[Criterion, ...]]:
    """Return the rubric with what the law forbids to ask ignored, as it is in a new one, and the criteria that counted until now."""
    refused = tuple(criterion for criterion in rubric.criteria if criterion.counts and forbidden(criterion.text))
    criteria = tuple(replace(criterion, kind=REFUSED) if criterion in refused else criterion for criterion in rubric.criteria)
    parsed = tuple(replace(asked, kind=REFUSED) if forbidden(asked.text) else asked for asked in rubric.parsed)
    return Rubric(criteria, parsed), refused


def left_out_said(job: str, words: Texts) -> str:
    """Return what a job description asks for that is not counted, by law, each with its ground; "" if there is nothing of the kind."""
    refused = [requirement.text for requirement in parse_job(job) if requirement.kind == REFUSED]
    said = [words("rubric.put_off_by_law", text=text, ground=words(f"ground.{why.ground}")) for text in refused if (why := forbidden(text))]
    return words("list.comma").join(said)
