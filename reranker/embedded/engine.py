"""Score resumes offline by the judge's verdicts: a stand-in for Qwen3-Reranker that needs no download and gives no probability.

The score of a resume is the weighted mean of how far it proves the requirements of the job, musts before duties before what is nice to
have; for a job that names many technologies also how much of its words the resume says (words.py); less the share of it that is copied
from the job. Of instructions, only the templates are understood: they add demands of their own (see instructions.py).
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from hashlib import sha256

from preprocess.tech_stack.normalise import normalise
from reranker.copied import copied_share, shingles, without_copied
from reranker.embedded import words
from reranker.engine import EngineInfo, EngineOptions, IdAndText, Query, Score
from reranker.evidence.answers import WEIGHTS as ANSWER_WEIGHTS
from reranker.evidence.emphasis import demands
from reranker.evidence.facts import years
from reranker.evidence.forbidden import forbidden, without_forbidden
from reranker.evidence.match_points import find_evidence
from reranker.evidence.requirements import Requirement, split_job
from reranker.evidence.soft import SOFT
from reranker.instructions import emphasis
from reranker.judge.combine import WEIGHTS, weighted_mean
from reranker.judge.judge import Judge

MAX_CHARACTERS = 20_000
"""Longer resumes are cut here, at about ten pages."""


@dataclass(frozen=True)
class JobText:
    """The parts of a job's own text to look for in resumes: its words, and runs of it that were copied."""

    words: words.JobWords
    shingles: Set[str]


def job_text(job: str) -> JobText:
    """Return what is looked for of a job's text, worked out once for all resumes."""
    return JobText(words.job_words(job), shingles(job) | shingles(normalise(job)[0]))  # resumes have the usual names, a copy as well


def offline_score(proven: float, job: JobText, resume: str) -> float:
    """Return the score, 0..1, of a resume that proves what the job asks so far (0..1): with its words, less what is copied."""
    share = job.words.share
    in_words = words.said(job.words, without_copied(job.shingles, resume)) if share else 0.0
    return ((1 - share) * proven + share * in_words) * (1 - copied_share(job.shingles, resume))


@dataclass(frozen=True)
class _Asked:
    """A query with what is worked out of it once for all its resumes; `weights` say how much each requirement counts."""

    query: Query
    requirements: tuple[Requirement, ...]
    weights: tuple[float, ...]
    text: JobText


class EmbeddedEngine:
    """An `engine.Engine` around the judge; its scores are between 0 and 1 and only say who is before whom."""

    def __init__(self, judge: Judge):
        self._judge = judge
        self.info = EngineInfo(
            name="multilingual-e5-small, trained as judge (stand-in)",
            device="cpu",
            dtype="BF16" if judge.in_bfloat16 else "FP32",
            max_tokens=MAX_CHARACTERS,
            batch_size=1,
            fingerprint=sha256(f"{judge.fingerprint} {words.WEIGHT} {words.MOST}".encode() + ANSWER_WEIGHTS.read_bytes()).hexdigest(),
            score_scale="relative",
            heeds_instruction=False,
            is_fallback=True,
        )
        self._asked: _Asked | None = None  # of the last call: a scheduler asks batch by batch

    def score(self, query: Query, documents: Iterable[IdAndText], batch_size: int | None = None) -> Iterator[Score]:
        """Yield one Score per document, one at a time and in the order given; see `engine.Engine.score`.

        `tokens` and `truncated` count characters here; `batch_size` is ignored.
        """
        asked = self._worked_out(query)
        for index, (_, document) in enumerate(documents):
            text = document[:MAX_CHARACTERS]
            points = find_evidence(asked.requirements, text, self._judge).points
            proven = weighted_mean([point.strength for point in points], asked.weights)
            yield Score(index, offline_score(proven, asked.text, text), len(text), len(document) - len(text))

    def forget(self, query: Query) -> None:
        """Drop the parsed query; see `engine.Engine.forget`."""
        self._asked = None

    def _worked_out(self, query: Query) -> _Asked:
        asked = self._asked
        if asked is None or asked.query != query:
            asked = self._asked = _work_out(query)
        return asked


def open_embedded(options: EngineOptions) -> EmbeddedEngine:
    """Return the embedded engine around `options.judge`; the other options are ignored."""
    return EmbeddedEngine(options.judge)


def _work_out(query: Query) -> _Asked:
    requirements = split_job(query.job) or _whole(query.job)
    emphasised = emphasis(query.instruction)
    of_years = emphasised.years if emphasised else 1.0
    is_soft_only = all(requirement.kind == SOFT for requirement in requirements)
    weights = [
        (1.0 if is_soft_only else WEIGHTS[requirement.kind]) * (of_years if years.asked(requirement.text) else 1.0)
        for requirement in requirements
    ]
    demanded = demands(query)
    return _Asked(query, (*requirements, *demanded), (*weights, *(WEIGHTS[demand.kind] for demand in demanded)), job_text(query.job))


def _whole(job: str) -> tuple[Requirement, ...]:
    """Return the beginning of a job that is no list of requirements as one, without what the law forbids to ask."""
    text = job[:500]
    text = without_forbidden(text) if forbidden(text) else text
    return (Requirement(text, "must", ()),) if text.strip() else ()
