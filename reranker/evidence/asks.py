"""Tell whether a line of a job description asks for something: perks, pay, the company's own words and waivers ("学历不限") do not.

A logistic regression over the kinds of the line's clauses, the facts that it names and its character n-grams; the weights
(asks_weights.npz) are made by benchmarks/fit_asks.py, which also prints how often it is right on lines of writers it has not seen.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from preprocess.lexicon.characters import ENGLISH_SENTENCE_END, SENTENCE_END, width
from preprocess.screening.model import ngram_buckets
from reranker.evidence.clause_kinds import demands, kinds
from reranker.evidence.facts import certificates, degrees, languages, numbers, years
from reranker.evidence.facts.mentions import folded

FEATURE_SCALE = 0.3
"""Weight of a feature beside the n-grams of a line, whose squares add up to 1."""
LONG, LONGEST = 160, 400
"""Width from which a line is read sentence by sentence, and characters that are read at once."""
_SENTENCE_END = re.compile(rf"{ENGLISH_SENTENCE_END.pattern}|(?<=[{SENTENCE_END}])")
_KINDS = ("demand", "waiver", "offer", "unknown")


@dataclass(frozen=True)
class AskingWeights:
    """`ngrams` by bucket, `features` and `bias`."""

    ngrams: np.ndarray
    features: np.ndarray
    bias: float


DOUBT = -0.25
"""Log-odds from which a line is kept: a requirement that is lost costs more than an offer that is shown."""


@lru_cache(maxsize=4000)
def asks_for_something(line: str, doubt: float = DOUBT) -> bool:
    """Return whether a line, or any sentence of a long one, demands, prefers or describes something that a candidate may have or do.

    `doubt` is the log-odds from which it does.
    """
    if len(line) > LONGEST:
        return any(asks_for_something(line[start : start + LONGEST], doubt) for start in range(0, len(line), LONGEST))
    sentences = [sentence for sentence in _SENTENCE_END.split(line) if sentence.strip()]
    if width(line) > LONG and len(sentences) > 1:
        return any(asks_for_something(sentence, doubt) for sentence in sentences)
    model = weights()
    buckets = buckets_of(line)
    score = float(model.ngrams[buckets].sum()) / max(1, len(buckets)) ** 0.5 + model.bias
    return score + float(model.features @ features(line)) > doubt


@cache
def weights() -> AskingWeights:
    """Load the shipped weights, once."""
    with np.load(Path(__file__).with_name("asks_weights.npz")) as file:
        return AskingWeights(file["ngrams"].astype(np.float32) * float(file["step"]), file["features"], float(file["bias"]))


def buckets_of(line: str) -> np.ndarray:
    """Return the buckets of a line's character n-grams, without regard to script, width and case of letters."""
    return ngram_buckets(folded(line).lower())


def features(line: str) -> np.ndarray:
    """Return what the words and the facts of a line say of it, each 0 or FEATURE_SCALE."""
    of_clauses = kinds(line)
    facts = [module.asked(line) is not None for module in (degrees, languages, certificates, numbers, years)]
    said = [kind in of_clauses for kind in _KINDS] + [of_clauses[:1] == [kind] for kind in _KINDS]
    return np.array([*said, demands(of_clauses), *facts, any(facts)], dtype=np.float32) * FEATURE_SCALE
