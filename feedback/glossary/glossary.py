"""Apply a company's accepted terms: find which of them a job uses, which of these a resume has, and where."""

import re
from collections.abc import Sequence
from functools import lru_cache

from feedback.glossary.ngrams import abstract, has_term
from feedback.labels import Term
from preprocess.lexicon.characters import SENTENCE_END
from preprocess.tech_stack.normalise import normalise

__all__ = ["abstract", "applying", "find", "share"]

_CLAUSE = re.compile(rf"[^\n\r，,、|{SENTENCE_END}]+(?:,(?=\d)[^\n\r，,、|{SENTENCE_END}]+)*")
"""Terms never reach across these marks; a comma between digits is part of a number."""


def applying(job: str, terms: Sequence[Term]) -> tuple[Term, ...]:
    """Return the terms whose `job_term` is in the job description."""
    texts = _asked_in(job)
    return tuple(term for term in terms if any(has_term(text, term.job_term) for text in texts))


@lru_cache(maxsize=64)
def _asked_in(job: str) -> tuple[str, str]:
    """Return the job description as it is written, and with the usual names of technologies: a term may have either."""
    return abstract(job), abstract(normalise(job)[0])


def share(job: str, resume: str, terms: Sequence[Term]) -> float:
    """Return the share (0 to 1) of the job terms in the job description for which the resume has a `resume_term`; 0 if there are none."""
    called = applying(job, terms)
    if not called:
        return 0.0
    text = abstract(resume)
    answered = {term.job_term for term in called if has_term(text, term.resume_term)}
    return len(answered) / len({term.job_term for term in called})


def find(resume: str, resume_term: str) -> tuple[int, int] | None:
    """Return (start, end) of the first clause of the resume with the term, or None. Abstracting moves offsets but keeps clauses."""
    for match in _CLAUSE.finditer(resume):
        if has_term(abstract(match.group()), resume_term):
            clause = match.group()
            start = match.start() + len(clause) - len(clause.lstrip())
            return start, start + len(clause.strip())
    return None
