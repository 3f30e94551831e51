"""Score resumes offline with the encoder from the wheel: a stand-in for Qwen3-Reranker that needs no download and gives no probability.

Each requirement of the job is compared with the lines of the resume (see match_points.py); their coverage, the technologies in common,
the closeness of the two texts as a whole and BM25 are added up. Text that is copied from the job takes away as much as its share of
the resume; technologies of the job that stand in keyword lists only take away the square of theirs. The instruction is not
understood and changes nothing: only the real model follows it.
"""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from reranker.embedded.bm25 import bm25_of_terms, terms
from reranker.encoder.encoder import Encoder
from reranker.engine import EngineInfo, EngineOptions, IdAndText, Query, Score
from reranker.evidence.match_points import find_evidence
from reranker.evidence.requirements import Requirement, split_job

MAX_CHARACTERS = 20_000
"""Longer resumes are cut here, at about ten pages."""

WEIGHTS = {
    "must_coverage": 0.28,
    "duty_coverage": 0.16,
    "nice_coverage": 0.04,
    "skill_coverage": 0.12,
    "field": 0.20,
    "semantic": 0.12,
    "bm25": 0.08,
}
SHINGLE = 12
"""Characters in a row that a resume and a job description hardly share unless one was copied from the other."""


@dataclass(frozen=True)
class _Job:
    """What is worked out of a job description once, for all its resumes."""

    text: str
    requirements: tuple[Requirement, ...]
    terms: Set[str]
    shingles: Set[str]


class EmbeddedEngine:
    """An `engine.Engine` around the small encoder; its scores are between 0 and 1 and mean nothing by themselves."""

    def __init__(self, encoder: Encoder):
        self._encoder = encoder
        self.info = EngineInfo(
            name="multilingual-e5-small + BM25 (stand-in)",
            device="cpu",
            dtype="INT4",
            max_tokens=MAX_CHARACTERS,
            batch_size=1,
            fingerprint=encoder.fingerprint,
            score_scale="relative",
            heeds_instruction=False,
            is_fallback=True,
        )
        self._job: _Job | None = None  # of the last call: a scheduler asks batch by batch

    def score(self, query: Query, documents: Iterable[IdAndText], batch_size: int | None = None) -> Iterator[Score]:
        """Yield one Score per document, one at a time and in the order given; see `engine.Engine.score`.

        `tokens` and `truncated` count characters here. `batch_size` and the query's instruction are ignored.
        """
        job = self._parsed(query.job)
        for index, (_, document) in enumerate(documents):
            text = document[:MAX_CHARACTERS]
            yield Score(index, self._score(job, text), len(text), len(document) - len(text))

    def forget(self, query: Query) -> None:
        """Drop the parsed job description; see `engine.Engine.forget`."""
        self._job = None

    def _parsed(self, text: str) -> _Job:
        job = self._job
        if job is None or job.text != text:
            requirements = split_job(text) or (Requirement(text[:500], "must", ()),)
            job = self._job = _Job(text, requirements, frozenset(terms(text)), shingles(text))
        return job

    def _score(self, job: _Job, text: str) -> float:
        features = dict(find_evidence(job.requirements, text, self._encoder).features)
        features["bm25"] = bm25_of_terms(job.terms, terms(text))
        merit = sum(weight * features[name] for name, weight in WEIGHTS.items())
        return merit * (1 - copied_share(job.shingles, text)) * (1 - features["listed_only"] ** 2)


def open_embedded(options: EngineOptions) -> EmbeddedEngine:
    """Return the embedded engine around `options.encoder`; the other options are ignored."""
    return EmbeddedEngine(options.encoder)


def shingles(text: str) -> Set[str]:
    """Return the set of all runs of SHINGLE characters in a text, in lower case and without white space."""
    plain = _squeezed(text)
    return frozenset(plain[start : start + SHINGLE] for start in range(len(plain) - SHINGLE + 1))


def copied_share(job_shingles: Set[str], text: str) -> float:
    """Return the share (0 to 1) of a resume's characters that are in the job description too, in runs of at least SHINGLE characters."""
    plain = _squeezed(text)
    copied = end = 0
    for start in range(len(plain) - SHINGLE + 1):
        if plain[start : start + SHINGLE] in job_shingles:
            copied += start + SHINGLE - max(start, end)
            end = start + SHINGLE
    return copied / len(plain) if plain else 0.0


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).lower()
