"""Measure how much of a resume was copied from the job description: such words prove nothing."""

import re
from collections.abc import Set

SHINGLE = 12
"""Characters in a row that a resume and a job description hardly share unless one was copied from the other."""


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
    return "\n".join(line for line in text.split("\n") if copied_share(job_shingles, line) < 0.8)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).lower()
