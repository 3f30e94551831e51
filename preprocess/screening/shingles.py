"""Hash a text as the set of its word runs (shingles; Broder 1997), for comparing many texts. Does not compare them.

Case, spaces, punctuation and contact data make no difference. Words are found and hashed for a block of texts at a time, by numpy:
a Python object for each word would take longer than everything else that is done with a text of a large pile.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

import numpy as np

RUN = 4
"""Words in a shingle; a Chinese character is a word."""
MAX_SHINGLES = 4000
"""Of longer texts those with the smallest hashes are kept, an unbiased sample."""

_BLOCK = 100_000
"""Characters that are worked on at a time: what numpy makes of them stays in the processor's cache."""
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)

_URL = re.compile(r"(?:https?://|www\.)\S+")
_NUMBER = re.compile(r"\d(?:[\d\s()-]{6,}\d|\d{3}[-./年]\d{1,2}月?)")
"""A phone number or a date. Begins with the one thing that all of them begin with, which the search skips to."""
_MAIL_BEGINS = re.compile(r"[^\s@]{1,64}\Z")
_MAIL_ENDS = re.compile(r"@\S+")

_OTHER, _LETTER, _CHINESE = 0, 1, 2
_TABLED = 0x20000
"""Characters from here on are Chinese ones that are written together with other letters."""


@dataclass(frozen=True)
class Shingles:
    """`hashes` are sorted, each once. `digest` is that of the words in order, empty where there are none."""

    word_count: int
    digest: bytes
    hashes: np.ndarray


def shingles(texts: Sequence[str]) -> Iterator[Shingles]:
    """Yield the shingles of each text. Linear in the characters."""
    block: list[str] = []
    characters = 0
    for text in texts:
        block.append(_without_contacts(text.casefold()))
        characters += len(text)
        if characters >= _BLOCK:
            yield from _of_block(block)
            block, characters = [], 0
    yield from _of_block(block)


def _without_contacts(text: str) -> str:
    if "@" in text:
        text = _without_mail(text)
    return _NUMBER.sub(" ", _URL.sub(" ", text))


def _without_mail(text: str) -> str:
    """From each @, to both sides: a pattern that begins with what may stand before an @ would be tried at every character."""
    pieces, position = [], 0
    for match in _MAIL_ENDS.finditer(text):
        begin = _MAIL_BEGINS.search(text[max(position, match.start() - 64) : match.start()])
        if begin:
            pieces.append(text[position : match.start() - len(begin[0])])
            position = match.end()
    return " ".join([*pieces, text[position:]])


def _of_block(texts: Sequence[str]) -> Iterator[Shingles]:
    codes = np.frombuffer("\n".join([*texts, ""]).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = _kinds()[np.minimum(codes, _TABLED)]
    begins = kinds == _CHINESE
    begins[1:] |= (kinds[1:] == _LETTER) & (kinds[:-1] != _LETTER)
    begins[:1] |= kinds[:1] == _LETTER
    words = _word_hashes(codes, kinds, begins)
    runs = _run_hashes(words)
    ends_of_texts = np.cumsum([len(text) + 1 for text in texts])
    first = 0
    for end in np.cumsum(begins)[ends_of_texts - 1].tolist() if texts else ():
        own = words[first:end]
        digest = blake2b(own.tobytes(), digest_size=16).digest() if len(own) else b""
        yield Shingles(len(own), digest, _sorted_once(runs[first : max(first, end - RUN + 1)])[:MAX_SHINGLES])
        first = end


def _word_hashes(codes: np.ndarray, kinds: np.ndarray, begins: np.ndarray) -> np.ndarray:
    """The sum over a word's characters of a hash of the character and its place in the word."""
    inside = np.flatnonzero(kinds)
    starts = np.flatnonzero(begins[inside])
    if not len(starts):
        return np.zeros(0, dtype=np.uint64)
    places = np.arange(len(inside)) - np.repeat(starts, np.diff(starts, append=len(inside)))
    hashes = _mixed(codes[inside] + places.astype(np.uint64) * np.uint64(0x110000) + np.uint64(1))
    return _mixed(np.add.reduceat(hashes, starts))


def _run_hashes(words: np.ndarray) -> np.ndarray:
    """Of the RUN words from each word on."""
    runs = np.zeros(max(0, len(words) - RUN + 1), dtype=np.uint64)
    for offset in range(RUN):
        runs = _mixed(runs ^ words[offset : offset + len(runs)])
    return runs


def _mixed(numbers: np.ndarray) -> np.ndarray:
    numbers = numbers * _MULTIPLIER
    return numbers ^ (numbers >> np.uint64(29))


def _sorted_once(numbers: np.ndarray) -> np.ndarray:
    """As np.unique, which takes longer for the few hundred shingles of a resume."""
    numbers = np.sort(numbers)
    if len(numbers) < 2:
        return numbers
    is_new = np.empty(len(numbers), dtype=bool)
    is_new[0] = True
    np.not_equal(numbers[1:], numbers[:-1], out=is_new[1:])
    return numbers[is_new]


@cache
def _kinds() -> np.ndarray:
    """The kind of each character below _TABLED, and that of all the others."""
    kinds = np.full(_TABLED + 1, _LETTER, dtype=np.uint8)
    kinds[:_TABLED] = [character.isalnum() for character in map(chr, range(_TABLED))]
    kinds[0x3400:0xA000] = _CHINESE
    return kinds
