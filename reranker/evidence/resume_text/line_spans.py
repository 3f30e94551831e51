"""Cut a text into lines without bullets, and long lines at the ends of sentences."""

import re
from collections.abc import Iterator
from itertools import pairwise

from preprocess.lexicon.characters import ENGLISH_SENTENCE_END, LIST_MARKS, SENTENCE_END, width

LONG_LINE = 160
_LEAD = re.compile(rf"[\s{LIST_MARKS}]*(?:\d{{1,2}}\s?[、.)）](?!\d))?\s*")
_SENTENCE = re.compile(f"[^{SENTENCE_END}]+(?:[{SENTENCE_END}]+|$)|[{SENTENCE_END}]+")


def line_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each line without its bullet; long ones are cut at sentence ends, and hard where there are none."""
    for line in re.finditer(r"[^\r\n]+", text):
        lead = _LEAD.match(text, line.start(), line.end())
        start = lead.end() if lead else line.start()
        for left, right in _sentences(text, start, line.end()):
            piece = text[left:right]
            left, right = left + len(piece) - len(piece.lstrip()), right - len(piece) + len(piece.rstrip())
            if width(text[left:right]) >= 4:
                yield left, right


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if end - start <= LONG_LINE:
        yield start, end
        return
    for sentence in _SENTENCE.finditer(text, start, end):
        cuts = [sentence.start(), *(match.end() for match in ENGLISH_SENTENCE_END.finditer(text, *sentence.span())), sentence.end()]
        for left, right in pairwise(cuts):
            for cut in range(left, right, 3 * LONG_LINE):
                yield cut, min(right, cut + 3 * LONG_LINE)
