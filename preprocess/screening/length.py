"""Note that next to nothing was read of a file: it is no resume, or most of it was lost. It is ranked all the same."""

import re

from preprocess.document import Note
from preprocess.lexicon.characters import CJK

_FEW = 15
"""Words, each Chinese character counted as one: fewer say next to nothing of anybody."""

_WORD = re.compile(rf"[{CJK}]|[^\W\d_{CJK}]+")


def little_text(text: str) -> list[Note]:
    """Return a note with the number of words, for a text with hardly any; numbers are none. Linear."""
    count = 0
    for count, _ in enumerate(_WORD.finditer(text), start=1):
        if count == _FEW:
            return []
    return [Note("little_text", count=count)]
