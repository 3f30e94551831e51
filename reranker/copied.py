"""Measure how much of a resume was copied from the job description: such words prove nothing."""

import re
from collections.abc import Sequence, Set
from functools import lru_cache

from preprocess.lexicon.characters import width

SHINGLE = 12
"""Characters in a row that a resume and a job description hardly share unless one was copied from the other."""
_COPIED = 0.8
"""Share of a line from which on it is none of the candidate's own."""
_LEAST_COPIED = 50
"""Width of copied lines, all together: short demands may be worded alike by chance."""


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


def without_copied(job_shingles: Set[str], text: str) -> str:
    """Return the lines of a text of which a fifth or more is their own: what a job says of itself says nothing of a candidate."""
    return "\n".join(line for line in text.split("\n") if copied_share(job_shingles, line) < _COPIED)


def copied_lines(requirements: tuple[str, ...], lines: Sequence[str]) -> frozenset[int]:
    """Return the places of the lines of a resume that were copied from the requirements of the job; none, if they are very short."""
    job_shingles = _shingles_of(requirements)
    copied = frozenset(index for index, line in enumerate(lines) if copied_share(job_shingles, line) >= _COPIED)
    return copied if sum(width(lines[index]) for index in copied) >= _LEAST_COPIED else frozenset()


@lru_cache(maxsize=8)
def _shingles_of(requirements: tuple[str, ...]) -> Set[str]:
    return shingles("\n".join(requirements))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).lower()
