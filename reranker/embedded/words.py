"""Compare a resume with a job by its words, as far as the job is one of technologies, which everybody names alike.

The judge has seen few such jobs (docs/judge.md). There BM25 orders ordinary resumes better, elsewhere and among traps far worse. So words
count by the square of the share that technologies have in the words of the job, and not for a job that names few. And whoever
lists much gets no more than MOST times what lines about work say.
"""

from collections.abc import Set
from dataclasses import dataclass

from preprocess.lexicon.characters import is_chinese, simplified
from reranker.embedded.bm25 import bm25_of_terms, is_technology, term_weight, terms
from reranker.evidence.resume_text.lines import read_lines

WEIGHT = 10.0
"""The weight of words beside what is proven, times the square of the share of technologies. On the public set nDCG@5 is 0.90 with 0, 0.95
with 10 (either half of the jobs) and 0.96 with 30; on training/judge/data/dev 0.898, 0.897 and 0.895 (docs/LOG.md)."""
MOST = 3.0
"""With 2 the public set needs twice the WEIGHT; without a limit a resume that lists all keywords comes among the first three."""
LEAST = 4
"""Technologies: fewer may be named by any job, Excel and its like, and a short one would be half made of them."""


@dataclass(frozen=True)
class JobWords:
    """The terms of a job, those of them that are technologies, and how much words count for it (0..1; the rest is what is proven)."""

    terms: Set[str]
    technologies: Set[str]
    is_chinese: bool
    share: float


def job_words(job: str) -> JobWords:
    """Return what a job's words ask of a resume."""
    every = frozenset(terms(simplified(job)))
    technologies = frozenset(filter(is_technology, every))
    is_of_technologies = len(technologies) >= LEAST
    weight = WEIGHT * (sum(map(term_weight, technologies)) / sum(map(term_weight, every))) ** 2 if is_of_technologies else 0.0
    return JobWords(every, technologies, is_chinese(job), weight / (1 + weight))


def said(job: JobWords, resume: str) -> float:
    """Return how much of a job's words a resume says, 0..1. Of one in another language only the technologies are compared."""
    wanted = job.terms if is_chinese(resume) == job.is_chinese else job.technologies
    lines = read_lines(resume)
    of_work = (line for index, line in enumerate(lines.lines) if lines.is_work[index] and index not in lines.listed)
    anywhere, at_work = (bm25_of_terms(wanted, terms(simplified(text))) for text in (resume, "\n".join(of_work)))
    return min(anywhere, MOST * at_work)
