"""Guess cheaply how well a resume fits a job: whom a slow engine scores first, and whom it scores at all of a pool too large for it.

By words, with BM25, in a millisecond: it finds nearly everybody who writes in the language of the job, and nobody else. So the judge reads
those who write in another one, and what it says is remembered for the match points. (The sentence encoder is no cheaper than two thirds of
the judge.) A guess is no score. benchmarks/prefilter.py prints how many of the best it finds.
"""

from collections.abc import Callable

from preprocess.lexicon.characters import is_chinese, simplified
from reranker.embedded.bm25 import bm25_of_terms, terms
from reranker.engine import Query
from reranker.evidence.requirements import split_job
from reranker.evidence.resume_text.wishes import without_wishes
from reranker.judge.combine import combined
from reranker.judge.judge import Judge

Guess = Callable[[str], float]
"""The text of a resume → how well it fits; higher is better, and only comparable for one query."""

BEST_BY_WORDS = 0.3
"""Guess for the best of a pile by BM25: where the judge finds everything proven, it counts as much."""


def cheap_guess(query: Query, judge: Judge) -> Guess:
    """Return the guess by words, or by the judge where these are of another language than the job's."""
    by_words, by_judge, is_chinese_job = words_guess(query), judge_guess(query, judge), is_chinese(query.job)

    def guess(text: str) -> float:
        return by_words(text) if is_chinese(text) == is_chinese_job else BEST_BY_WORDS * by_judge(text)

    return guess


def words_guess(query: Query) -> Guess:
    """Return the guess by BM25 alone."""
    wanted = terms(simplified(query.job))
    return lambda text: bm25_of_terms(wanted, terms(simplified(text)))


def judge_guess(query: Query, judge: Judge) -> Guess:
    """Return how far the judge finds that a resume proves the requirements, 0..1."""
    requirements = split_job(query.job)
    texts, kinds = [requirement.text for requirement in requirements], [requirement.kind for requirement in requirements]
    return lambda text: combined([verdict.strength for verdict in judge.verdicts(texts, without_wishes(text))], kinds)
