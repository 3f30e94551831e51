"""Find resumes that repeat an earlier one: the same file twice, or a copy with another name, phone or a few other words.

Texts are compared as sets of word runs (shingles; Broder 1997), exactly: all pairs of one upload. Nothing is dropped.
"""

import re
import zlib
from collections.abc import Sequence

import numpy as np

RUN = 4
"""Words in a shingle; a Chinese character is a word."""
MIN_SIMILARITY = 0.6
"""Jaccard similarity of the shingles from which a text repeats another."""
MIN_WORDS = 40
"""Shorter texts are duplicates only when they are equal."""
MAX_SHINGLES = 4000
"""Of longer texts those with the smallest hashes are compared, an unbiased sample."""

_CONTACT = re.compile(r"[^\s@]{1,64}+@\S+|(?:https?://|www\.)\S+|\+?\d[\d\s()-]{6,}\d|\d{4}[-./年]\d{1,2}[月]?")
_WORD = re.compile(r"[^\W_\u3400-\u9fff]+|[\u3400-\u9fff]")


def duplicates(texts: Sequence[str]) -> list[int | None]:
    """Return for each text the index of the first earlier one that it repeats, or nearly so; None if there is none.

    Case, spaces, punctuation and contact data make no difference. 200 resumes take well under a second.
    """
    words = [_words(text) for text in texts]
    shingles = [_shingles(own_words) for own_words in words]
    similar = _similarity(shingles) >= MIN_SIMILARITY
    first: dict[tuple[str, ...], int] = {}
    repeated: list[int | None] = []
    for index, own_words in enumerate(words):
        similar_indexes = np.flatnonzero(similar[index, :index]) if len(own_words) >= MIN_WORDS else ()
        earlier = [first[key] for key in [tuple(own_words)] if own_words and key in first] + [
            int(other) for other in similar_indexes if len(words[other]) >= MIN_WORDS
        ]
        repeated.append(min(earlier, default=None))
        first.setdefault(tuple(own_words), index)
    return repeated


def _words(text: str) -> list[str]:
    return _WORD.findall(_CONTACT.sub(" ", text.casefold()))


def _shingles(words: list[str]) -> np.ndarray:
    """Return the sorted distinct hashes of the runs."""
    hashes = np.array([zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words], dtype=np.uint64)
    runs = np.zeros(max(0, len(words) - RUN + 1), dtype=np.uint64)
    for offset in range(RUN):
        runs = (runs ^ hashes[offset : offset + len(runs)]) * np.uint64(0x9E3779B97F4A7C15)
        runs ^= runs >> np.uint64(29)
    return np.unique(runs)[:MAX_SHINGLES]


def _similarity(shingles: list[np.ndarray]) -> np.ndarray:
    """Return the Jaccard similarity of all pairs, (n, n)."""
    from scipy.sparse import csr_array  # here: takes time to import, which the start of the app need not wait for

    sizes = np.array([len(hashes) for hashes in shingles])
    if not sizes.sum():
        return np.zeros((len(shingles), len(shingles)))
    _, columns = np.unique(np.concatenate(shingles), return_inverse=True)
    has = csr_array((np.ones(len(columns), dtype=np.int32), columns, np.concatenate([[0], sizes.cumsum()])))
    common = (has @ has.T).toarray()
    return common / np.maximum(sizes[:, None] + sizes[None, :] - common, 1)
