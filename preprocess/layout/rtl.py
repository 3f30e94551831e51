"""Read a page from right to left: its letters as words, its columns from the right. Knows no order within a line (`bidi`)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from preprocess.layout.bidi import has_rtl
from preprocess.layout.columns import Row, in_reading_order
from preprocess.layout.glyphs import WIDE_GAP, TextFragment, needs_space

_LEVEL = 0.1  # em between baselines of letters of one word
_OVERLAP = 0.5  # em


def from_the_right(fragments: Sequence[TextFragment]) -> list[Row]:
    """Arrange fragments into rows, each from left to right as it is drawn: what the page's mirror image gives, read from the left."""
    mirrored = [_mirrored(fragment) for line in _lines(fragments) for fragment in _with_whole_words(line)]
    return [[_mirrored(fragment) for fragment in reversed(row)] for row in in_reading_order(mirrored)]


def _mirrored(fragment: TextFragment) -> TextFragment:
    return replace(fragment, x0=-fragment.x1, x1=-fragment.x0)


def _lines(fragments: Iterable[TextFragment]) -> list[list[TextFragment]]:
    """Group fragments by their baselines, from left to right. Linear but for the sorting."""
    lines: list[list[TextFragment]] = []
    for fragment in sorted(fragments, key=lambda fragment: fragment.y):
        if lines and fragment.y - lines[-1][0].y < _LEVEL * fragment.size:
            lines[-1].append(fragment)
        else:
            lines.append([fragment])
    return [sorted(line, key=lambda fragment: fragment.x0) for line in lines]


def _with_whole_words(line: Sequence[TextFragment]) -> list[TextFragment]:
    """Join letters of Arabic or Hebrew, which are a fragment each, with what stands close to them."""
    runs = [[line[0]]]
    for left, right in pairwise(line):
        gap = (right.x0 - left.x1) / min(left.size, right.size)
        if has_rtl(left.text + right.text) and -_OVERLAP < gap < WIDE_GAP:
            runs[-1].append(right)
        else:
            runs.append([right])
    return [_joined(run) for run in runs]


def _joined(run: Sequence[TextFragment]) -> TextFragment:
    pieces = [run[0].text]
    for left, right in pairwise(run):
        gap = (right.x0 - left.x1) / min(left.size, right.size)
        pieces.append(" " if right.spaced or needs_space(left.text[-1], right.text[0], gap) else "")
        pieces.append(right.text)
    biggest = max(run, key=lambda fragment: fragment.size)
    return replace(biggest, text="".join(pieces), x0=run[0].x0, x1=max(fragment.x1 for fragment in run), spaced=run[0].spaced)
