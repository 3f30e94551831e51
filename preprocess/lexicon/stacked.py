"""Spell headings and labels written downwards, in pieces of a character or a word per line: 工/作/经/历, WORK/EXPERIENCE."""

import re
from collections.abc import Sequence

from preprocess.lexicon.characters import CJK, has_cjk
from preprocess.lexicon.field_labels import label_kind
from preprocess.lexicon.headings import is_heading

PIECE = re.compile(rf"[{CJK}]{{1,4}}|[A-Za-z&]|[A-Z][A-Za-z]{{2,15}}")
LONGEST = 12
"""Pieces of one heading."""


def spelt(pieces: Sequence[str]) -> str:
    """Return the heading or label that the pieces spell together, "" where they spell none, or are headings each."""
    if len(pieces) < 2 or all(map(is_heading, pieces)):
        return ""
    are_letters = all(len(piece) == 1 for piece in pieces)
    word = (" " if not has_cjk(pieces[0]) and not are_letters else "").join(pieces)
    return word if (len(word) > 2 or has_cjk(word)) and _is_named(word) else ""


def spelt_first(pieces: Sequence[str]) -> tuple[int, str]:
    """Return how many pieces from the first on spell a heading or label, the longest they can, and that; 0 and "" where none do."""
    return next(((stop, word) for stop in range(min(len(pieces), LONGEST), 1, -1) if (word := spelt(pieces[:stop]))), (0, ""))


def _is_named(word: str) -> bool:
    return is_heading(word) or label_kind(word) is not None
