"""Find resumes that repeat an earlier one: the same file twice, or a copy with another name, phone or a few other words.

Texts are compared as sets of shingles, and only those that can be similar: two texts have at most the rare shingles in common that an
inverted index counts for each pair, and as many frequent ones as either has. Nothing is dropped.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from preprocess.screening.shingles import Shingles, shingles

MIN_SIMILARITY = 0.6
"""Shared shingles over all shingles of the two (Jaccard) from which a text repeats another."""
MIN_WORDS = 40
"""Shorter texts are duplicates only when they are equal."""
RARE = 20
"""In so many texts at most a shingle is rare, and pairs of texts are found by it."""
MAX_BY_TEMPLATE = 500
"""A text of mostly frequent shingles is looked at beside so many earlier ones of its kind."""
MAX_COMPARED = 50
"""A text is compared with so many others: beyond all that occurs in piles of people, so that no pile takes longer than its size."""

_MOST_SLOTS = 2**27
_COUNTED = 255
_BLOCK = 1000


def duplicates(texts: Sequence[str]) -> list[int | None]:
    """Return for each text the index of the first earlier one that it repeats, or nearly so; None if there is none.

    Case, spaces, punctuation and contact data make no difference. Linear in the pile.
    """
    pile = list(shingles(texts))
    firsts: dict[bytes, int] = {}
    for index, text in enumerate(pile):
        firsts.setdefault(text.digest, index)
    indices = [index for index in firsts.values() if pile[index].word_count >= MIN_WORDS]
    near = {indices[later]: indices[earlier] for later, earlier in _near_duplicates([pile[index] for index in indices]).items()}
    repeated: list[int | None] = []
    for index, text in enumerate(pile):
        first = firsts[text.digest]
        if first == index:
            repeated.append(near.get(index))
        else:  # whatever its equal repeats, it repeats too
            repeated.append(near.get(first, first) if text.word_count else None)
    return repeated


def _near_duplicates(pile: Sequence[Shingles]) -> dict[int, int]:
    """By index, the first earlier index whose text is similar."""
    counts = _text_counts(pile)
    indices: list[int] = []  # of the texts that have enough in common with others; all that follows is by index in this list
    rare: list[np.ndarray] = []
    frequent: list[int] = []
    for index, text in enumerate(pile):
        own = counts[_slots(text, counts)]
        is_rare = (own > 1) & (own <= RARE)
        frequent_count = int(np.count_nonzero(own > RARE))
        if np.count_nonzero(is_rare) + frequent_count >= MIN_SIMILARITY * len(own):
            indices.append(index)
            rare.append(text.hashes[is_rare])
            frequent.append(frequent_count)
    sizes = np.array([len(pile[index].hashes) for index in indices])
    candidates: dict[int, list[int]] = defaultdict(list)
    for later, earlier in _pairs_by_template(sizes, np.array(frequent)):
        candidates[later] += earlier
    for later, earlier in _pairs_by_rare(rare, sizes, np.array(frequent)):
        candidates[later] += earlier
    near = {}
    for later, earlier in candidates.items():
        text = pile[indices[later]].hashes
        for index in sorted(set(earlier)):
            if _is_similar(text, pile[indices[index]].hashes):
                near[indices[later]] = indices[index]
                break
    return near


def _text_counts(pile: Sequence[Shingles]) -> np.ndarray:
    """Return the number of texts that have a shingle, up to _COUNTED, in a table by `_slots`; shingles in one slot are counted together."""
    slots = 2 ** max(16, (4 * sum(len(text.hashes) for text in pile)).bit_length())
    counts = np.zeros(min(slots, _MOST_SLOTS), dtype=np.uint8)
    for text in pile:
        own = _slots(text, counts)
        counts[own] = np.minimum(counts[own], _COUNTED - 1) + 1
    return counts


def _slots(text: Shingles, counts: np.ndarray) -> np.ndarray:
    return (text.hashes & np.uint64(len(counts) - 1)).view(np.int64)


def _needed(size: int | np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return the number of shingles that two texts of these sizes must have in common to be similar."""
    return MIN_SIMILARITY / (1 + MIN_SIMILARITY) * (size + other) - 1e-6


def _pairs_by_template(sizes: np.ndarray, frequent: np.ndarray) -> Iterator[tuple[int, list[int]]]:
    """(index, earlier indices) of texts that may be similar by what many have: all copies of one text, or one large template."""
    of_template = np.flatnonzero(frequent >= MIN_SIMILARITY * sizes)
    for number, later in enumerate(of_template.tolist()):
        earlier = of_template[: min(number, MAX_BY_TEMPLATE)]
        common = np.minimum(frequent[earlier], frequent[later])
        yield later, earlier[common >= _needed(sizes[later], sizes[earlier])][:MAX_COMPARED].tolist()


def _pairs_by_rare(rare: Sequence[np.ndarray], sizes: np.ndarray, frequent: np.ndarray) -> Iterator[tuple[int, list[int]]]:
    """(index, earlier indices) of texts that have rare shingles in common, and may have enough in common in all."""
    from scipy.sparse import csr_array  # here: takes time to import, which the start of the app need not wait for

    if not sum(map(len, rare)):
        return
    names, columns = np.unique(np.concatenate(rare), return_inverse=True)
    ends = np.cumsum([0, *map(len, rare)])
    has = csr_array((np.ones(len(columns), dtype=np.int32), columns, ends), shape=(len(rare), len(names)))
    had_by = has.T.tocsr()
    for begin in range(0, len(rare), _BLOCK):
        common = (has[begin : begin + _BLOCK] @ had_by).tocoo()
        later, earlier = common.row + begin, common.col
        most = common.data + np.minimum(frequent[later], frequent[earlier])
        may_be = (earlier < later) & (most >= _needed(sizes[later], sizes[earlier]))
        by_later: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for index, candidate, count in zip(later[may_be].tolist(), earlier[may_be].tolist(), common.data[may_be].tolist(), strict=True):
            by_later[index].append((-count, candidate))
        for index, counted in by_later.items():
            yield index, [candidate for _, candidate in sorted(counted)[:MAX_COMPARED]]


def _is_similar(first: np.ndarray, second: np.ndarray) -> bool:
    together = np.sort(np.concatenate((first, second)))
    common = np.count_nonzero(together[1:] == together[:-1])
    return bool(common / max(len(together) - common, 1) >= MIN_SIMILARITY)
