"""Guess cheaply how well a resume fits a job: whom a slow engine scores first, and whom it scores at all of a pool too large for it.

The guess is BM25 plus how near the resume's passages are to the requirements for the sentence encoder. BM25 alone finds nearly
everybody who writes in the language of the job, and nobody else. It is no score: what it leaves out is ranked nowhere.
benchmarks/prefilter.py prints how many of the best it keeps.
"""

from collections.abc import Callable, Sequence

import numpy as np

from preprocess.lexicon.characters import has_cjk
from reranker.embedded.bm25 import bm25_of_terms, terms
from reranker.encoder.encoder import Encoder
from reranker.engine import Query
from reranker.evidence.requirements import split_job
from reranker.evidence.similarity import NEUTRAL
from reranker.judge.combine import WEIGHTS

Guess = Callable[[str], float]
"""The text of a resume → how well it fits; higher is better, and only comparable for one query."""

ENCODER_WEIGHT = 4.0
"""Cosines differ less than half as much between resumes as BM25 does, which says nothing where the languages differ."""

_PASSAGE = 400
"""Characters of a passage: a job of a career, or some lines of it."""
_MAX_PASSAGES = 20


def cheap_guess(query: Query, encoder: Encoder) -> Guess:
    """Return the guess by BM25 and the encoder."""
    by_words, by_meaning = bm25_guess(query), encoder_guess(query, encoder)
    return lambda text: by_words(text) + ENCODER_WEIGHT * by_meaning(text)


def bm25_guess(query: Query) -> Guess:
    """Return the guess by BM25 alone."""
    wanted = terms(query.job)
    return lambda text: bm25_of_terms(wanted, terms(text))


def encoder_guess(query: Query, encoder: Encoder) -> Guess:
    """Return the guess by the encoder alone: for each requirement the nearest passage, averaged by how much the requirement counts.

    How near passages are to sentences that ask for nothing is subtracted: to a job in Chinese all English is further than all Chinese.
    """
    requirements = split_job(query.job)
    asked = encoder.queries([requirement.text for requirement in requirements] or [query.job[:500]])
    weights = np.array([WEIGHTS[requirement.kind] for requirement in requirements] or [1.0])
    is_chinese = 10 * sum(map(has_cjk, query.job)) > len(query.job)  # technologies and names are Latin in any language
    neutral = encoder.queries([sentence for sentence in NEUTRAL if has_cjk(sentence) == is_chinese])

    def guess(text: str) -> float:
        passages = encoder.passages(_passages(text)).T
        return float(np.average((asked @ passages).max(axis=1), weights=weights) - (neutral @ passages).max(axis=1).mean())

    return guess


def _passages(text: str) -> Sequence[str]:
    """Return the text in pieces of about _PASSAGE characters, of whole lines where these are shorter; of a long text the first ones."""
    passages, lines, length = [], [], 0
    for line in text[: _PASSAGE * _MAX_PASSAGES].split("\n"):
        for start in range(0, len(line), _PASSAGE):
            lines.append(line[start : start + _PASSAGE])
            length += len(lines[-1])
            if length >= _PASSAGE:
                passages.append("\n".join(lines))
                lines, length = [], 0
    passages.append("\n".join(lines))
    return [passage for passage in passages if passage.strip()] or [""]
