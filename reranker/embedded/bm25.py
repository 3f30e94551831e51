"""Compute BM25 of one resume against a job description, without a corpus: a score that never depends on the other resumes.

Robertson & Zaragoza (2009), eq. 3.15, with two changes: the inverse document frequency, which needs a corpus, is replaced by a
fixed weight per kind of term (a technology says more than two neighbouring Chinese characters do), and the average length is a
constant. The sum is divided by its largest possible value, so that the result is between 0 and 1.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from functools import lru_cache

from preprocess.lexicon.characters import CJK
from preprocess.tech_stack.normalise import skills_of_resume

K1 = 1.2
B = 0.5
AVERAGE_LENGTH = 800
"""Terms in an ordinary resume of one to two pages."""
SKILL_WEIGHT, WORD_WEIGHT, BIGRAM_WEIGHT = 3.0, 1.0, 0.5

_SKILL = "skill:"
_WORD = re.compile(r"[a-z][a-z0-9+#.]*[a-z0-9+#]")
_CHINESE = re.compile(f"[{CJK}]+")
_STOP = frozenset(
    "and the of to in for with on at by an or is are be as you we our your from that this will have has able using use work experience "
    "including etc strong good knowledge skills ability team years plus must preferred role looking other not all who it its".split()
)


def bm25(job: str, resume: str) -> float:
    """Return the BM25 score, 0 to 1, of a resume for a job description; repeated mentions of a term add less and less."""
    return bm25_of_terms(_job_terms(job), terms(resume))


@lru_cache(maxsize=8)
def _job_terms(job: str) -> Collection[str]:
    """Return the terms of a job description, which all resumes are compared with."""
    return terms(job)


def bm25_of_terms(wanted: Collection[str], counts: Mapping[str, int]) -> float:
    """Return `bm25` for terms already split: those of the job (`wanted`), and those of the resume with their `counts`."""
    if not wanted or not counts:
        return 0.0
    length = sum(counts.values()) / AVERAGE_LENGTH
    total = best = 0.0
    for term in sorted(set(wanted)):  # sorted: floating-point sums depend on the order, and that of a set changes between processes
        weight = term_weight(term)
        frequency = counts.get(term, 0)
        total += weight * frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * length))
        best += weight * (K1 + 1)
    return total / best


@lru_cache(maxsize=4)  # a resume's are asked for by its score and by its features; no more texts stay in memory
def terms(text: str) -> Mapping[str, int]:
    """Return the terms of a text with their counts: technologies as "skill:Name", English words in lower case, Chinese bigrams."""
    skills = skills_of_resume(text)
    counts = Counter(f"{_SKILL}{mention.canonical}" for mention in skills)
    rest, position = [], 0
    for mention in skills:  # what is counted as a technology is not counted as a word again
        rest.append(text[position : mention.start])
        position = mention.end
    plain = " ".join([*rest, text[position:]]).lower()
    counts.update(word for word in _WORD.findall(plain) if word not in _STOP)
    for run in _CHINESE.findall(plain):
        counts.update(run[index : index + 2] for index in range(len(run) - 1))
    return counts


def is_technology(term: str) -> bool:
    """Return whether a term of `terms` is a technology."""
    return term.startswith(_SKILL)


def term_weight(term: str) -> float:
    """Return how much a term of `terms` says."""
    if is_technology(term):
        return SKILL_WEIGHT
    return WORD_WEIGHT if term[0].isascii() else BIGRAM_WEIGHT
