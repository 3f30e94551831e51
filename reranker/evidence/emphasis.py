"""Turn a query into what an engine asks of a resume that does not read instructions: the job's requirements, and those of a template."""

import re

from preprocess.lexicon.characters import CJK
from reranker.engine import Query
from reranker.evidence.requirements import Requirement, split_job
from reranker.instructions import emphasis

EMPHASIS = "emphasis"
"""The kind of a demand that the instruction makes, beside "must", "nice" and "duty"."""
_CHINESE = re.compile(f"[{CJK}]")


def demands(query: Query) -> tuple[Requirement, ...]:
    """Return what the query's instruction demands beside the job, in the job's language; nothing for an instruction that is no template."""
    emphasised = emphasis(query.instruction)
    texts = emphasised.demands if emphasised else ()
    in_english = _CHINESE.search(query.job) is None
    return tuple(Requirement(text[in_english], EMPHASIS, ()) for text in texts)


def requirements_of(query: Query, heeds_instruction: bool) -> tuple[Requirement, ...]:
    """Return the requirements of the job, with the instruction's demands for an engine that does not heed instructions by itself."""
    return split_job(query.job) if heeds_instruction else (*split_job(query.job), *demands(query))
