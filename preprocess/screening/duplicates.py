"""Which resumes of a pile repeat an earlier one: the same file twice, or a copy with another name, phone or a few other words.

Texts are compared as sets of word runs (shingles; Broder 1997), exactly: a pile is small enough for all pairs. Nothing is dropped.
"""

import re
import zlib
from collections.abc import Sequence

import numpy as np

from preprocess.lexicon.characters import CJK

RUN = 4
"""Words in a shingle; a Chinese character is a word."""
SIMILAR = 0.6
"""Shared shingles over all shingles of the two (Jaccard) from which a text repeats another."""
LEAST_WORDS = 40
"""Shorter texts are duplicates only when they are equal."""
MOST_SHINGLES = 4000
"""Of longer texts those with the smallest hashes are compared, an unbiased sample."""

_CONTACT = re.compile(r"[^\s@]{1,64}+@\S+|(?:https?://|www\.)\S+|\+?\d[\d\s()-]{6,}\d|\d{4}[-./年]\d{1,2}[月]?")
_WORD = re.compile(rf"[^\W_{CJK}]+|[{CJK}]")


def duplicates(texts: Sequence[str]) -> list[int | None]:
    """For each text the index of the first earlier one that it repeats, or nearly so; None where there is none.

    Case, spaces, punctuation and contact data make no difference. 200 resumes take well under a second.
    """
    words = [_words(text) for text in texts]
    shingles = [_shingles(one) for one in words]
    similar = _similarity(shingles) >= SIMILAR
    first: dict[tuple[str, ...], int] = {}
    found: list[int | None] = []
    for place, one in enumerate(words):
        near = np.flatnonzero(similar[place, :place]) if len(one) >= LEAST_WORDS else ()
        earlier = [first[key] for key in [tuple(one)] if one and key in first] + [int(at) for at in near if len(words[at]) >= LEAST_WORDS]
        found.append(min(earlier, default=None))
        first.setdefault(tuple(one), place)
    return found


def _words(text: str) -> list[str]:
    return _WORD.findall(_CONTACT.sub(" ", text.casefold()))


def _shingles(words: list[str]) -> np.ndarray:
    """Sorted hashes of the runs, each once."""
    hashes = np.array([zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words], dtype=np.uint64)
    runs = np.zeros(max(0, len(words) - RUN + 1), dtype=np.uint64)
    for offset in range(RUN):
        runs = (runs ^ hashes[offset : offset + len(runs)]) * np.uint64(0x9E3779B97F4A7C15)
        runs ^= runs >> np.uint64(29)
    return np.unique(runs)[:MOST_SHINGLES]


def _similarity(shingles: list[np.ndarray]) -> np.ndarray:
    """Jaccard similarity of all pairs."""
    from scipy.sparse import csr_array  # here: takes time to import, which the start of the app need not wait for

    sizes = np.array([len(one) for one in shingles])
    if not sizes.sum():
        return np.zeros((len(shingles), len(shingles)))
    _, columns = np.unique(np.concatenate(shingles), return_inverse=True)
    has = csr_array((np.ones(len(columns), dtype=np.int32), columns, np.concatenate([[0], sizes.cumsum()])))
    common = (has @ has.T).toarray()
    return common / np.maximum(sizes[:, None] + sizes[None, :] - common, 1)
