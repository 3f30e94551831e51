"""List everything that is done with the text of a resume and of a job description after it was read, as steps with a name."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

import numpy as np

from feedback.glossary.ngrams import abstract
from preprocess.document import Document, Line, Page, Unreadable
from preprocess.fold import folded_resume
from preprocess.pasted import split
from preprocess.pipeline import Cleaning, prepare
from preprocess.screening.duplicates import duplicates
from preprocess.tech_stack.normalise import skills_of_resume
from reranker.embedded.bm25 import bm25_of_terms, terms
from reranker.evidence.match_points import find_evidence
from reranker.evidence.outcomes import outcomes
from reranker.evidence.requirements import split_job
from reranker.evidence.resume_text.lines import read_lines, read_own_lines

JOB = "任职要求：\n1. 熟悉 Kubernetes 和 Go，三年以上后端经验\n2. 本科及以上学历，计算机相关专业\n3. 有支付合规经验，英语流利\n"
LIMIT = 2_000_000  # above what any of the texts grows to


class OneVector:
    """Stands in for the sentence encoder, whose time is bounded by the number of lines that it is given."""

    def _vectors(self, texts: Sequence[str]) -> np.ndarray:
        return np.full((len(texts), 384), 384**-0.5, dtype=np.float32)

    queries = passages = _vectors

    def adapted(self, texts: Sequence[str], adapter: Mapping[str, np.ndarray]) -> np.ndarray:
        return self._vectors(texts)


def _document(text: str) -> Document:
    return Document("张三_简历.txt", "text", (Page(tuple(Line(line.rstrip()) for line in text.split("\n"))),))


def _prepared(cleaning: Cleaning) -> Callable[[str], object]:
    return lambda text: prepare(_document(text), cleaning, LIMIT, JOB, OneVector())


STAGES: dict[str, Callable[[str], object]] = {
    "cleaned": _prepared(Cleaning()),
    "as it is": _prepared(Cleaning(denoise=False, tech_stack=False)),
    "blind": _prepared(Cleaning(denoise=False, tech_stack=False, blind=True, hide_schools=True)),
    "duplicates": lambda text: duplicates([text, text + "。"]),
    "evidence": lambda text: find_evidence(split_job(JOB), text, OneVector()),  # type: ignore[arg-type]
    "outcomes": outcomes,
    "job": split_job,
    "job against resume": lambda text: bm25_of_terms(terms(text), terms(text)),
    "pasted": split,
    "terms": abstract,
}


REMEMBERED = (folded_resume, skills_of_resume, terms, read_lines, read_own_lines)
"""What steps remember of the last few texts."""


def seconds(stage: str, text: str) -> float:
    """Return the processor time of a stage over a text, as if nothing of it were known."""
    for function in REMEMBERED:
        function.cache_clear()
    start = time.thread_time()
    with suppress(Unreadable):  # nothing but signs: nothing is left to score
        STAGES[stage](text)
    return time.thread_time() - start
