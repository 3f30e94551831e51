"""Join headings and labels written downwards, a character or two per line, beside their text: 工/作/经/历, S/K/I/L/L/S."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

from preprocess.layout.glyphs import TextFragment
from preprocess.lexicon.stacked import LONGEST, PIECE, spelt, spelt_first

_LEADING = 2.6  # em between the baselines of a stack, at most
_APART = 1.35  # times the line spacing; more space shows that another text begins

Stack = list[TextFragment]


def with_whole_stacks(fragments: Sequence[TextFragment]) -> list[TextFragment]:
    """Return the fragments with each stack that spells a heading or a label as one, above the first line of the text beside it."""
    stacks = [stack for column in _columns(fragments) for stack in _spelling(column)]
    if not stacks:
        return list(fragments)
    pieces = {id(piece) for stack in stacks for piece in stack}
    others = [fragment for fragment in fragments if id(fragment) not in pieces]
    return others + _whole(sorted(stacks, key=lambda stack: stack[0].y), others)


def _columns(fragments: Iterable[TextFragment]) -> list[Stack]:
    """Group what may be pieces of stacks by the middle of their column, words by its left edge, from top to bottom."""
    by_place: dict[tuple[bool, int], Stack] = defaultdict(list)
    for fragment in fragments:
        if PIECE.fullmatch(fragment.text):
            is_word = len(fragment.text) > 1 and fragment.text.isascii()
            x = fragment.x0 if is_word else (fragment.x0 + fragment.x1) / 2
            by_place[is_word, round(2 * x / fragment.size)].append(fragment)  # within half an em
    return [sorted(column, key=lambda piece: piece.y) for column in by_place.values() if len(column) > 1]


def _spelling(column: Stack) -> Iterable[Stack]:
    """Yield the stacks of a column that spell something."""
    start = 0
    while start < len(column) - 1:
        count, _ = spelt_first([piece.text for piece in column[start : _reach(column, start)]])
        if count:
            yield column[start : start + count]
        start += max(count, 1)


def _reach(column: Stack, start: int) -> int:
    stop = start + 1
    while stop < min(len(column), start + LONGEST) and _follows(column[stop - 1], column[stop]):
        stop += 1
    return stop


def _follows(upper: TextFragment, lower: TextFragment) -> bool:
    return 0.7 < (lower.y - upper.y) / upper.size < _LEADING and abs(lower.size - upper.size) < 0.1 * upper.size


def _whole(stacks: Sequence[Stack], others: Sequence[TextFragment]) -> list[TextFragment]:
    """Join each stack and put it above the first line of the text beside it, which is centred beside the stack or begins level with it."""
    edge = min(stack[0].x1 for stack in stacks)
    baselines = sorted({round(fragment.y, 1) for fragment in others if fragment.x0 >= edge})
    whole: list[TextFragment] = []
    floor = -inf  # what lies above it belongs to the stack before
    for stack, below in zip(stacks, [*stacks[1:], None], strict=True):
        ceiling = _border(baselines, stack, floor, below[0].y if below else inf)
        first, size = _first_line(baselines, stack, floor, ceiling), stack[0].size
        whole.append(replace(stack[0], text=spelt([piece.text for piece in stack]), y=first - 0.7 * size))
        floor = ceiling
    return whole


def _border(baselines: Sequence[float], stack: Stack, floor: float, end: float) -> float:
    """Return the last line of the text beside a stack: that before the first, or before the next stack the widest, gap below it.

    Of gaps as wide as each other it is the one that leaves the stack in the middle of its text.
    """
    lines = [y for y in baselines if stack[0].y - 0.1 <= y < end]
    lines += [y for y in baselines if y >= end][:1]
    gaps = [(lower - upper, upper) for upper, lower in pairwise(lines) if lower > stack[-1].y]
    if not gaps:
        return lines[-1] if lines else stack[-1].y
    if end < inf:
        widest = [upper for gap, upper in gaps if gap > 0.95 * max(gaps)[0]]
        middle = (stack[0].y + stack[-1].y) / 2
        first = _begin_of_block([y for y in baselines if floor < y < stack[-1].y] or [stack[0].y], stack[0].size)
        return min(widest, key=lambda upper: abs(first + upper - 2 * middle))
    leading = min(gap for gap, _ in gaps)
    return next((upper for gap, upper in gaps if gap > _APART * leading), lines[-1])


def _first_line(baselines: Sequence[float], stack: Stack, floor: float, last: float) -> float:
    """Return the first line of the text beside a stack: as far above its middle as the last one is below it, or level with its top."""
    size = stack[0].size
    middle = (stack[0].y + stack[-1].y) / 2
    top = max(floor + 0.1, min(stack[0].y - 0.5 * size, 2 * middle - last - 0.5 * size))
    lines = [y for y in baselines if top <= y <= max(last, stack[-1].y)]
    level = next((index for index, y in enumerate(lines) if y >= stack[0].y - 0.5 * size), 0)
    return min(_begin_of_block(lines[: level + 1], size), stack[0].y) if lines else stack[0].y


def _begin_of_block(baselines: Sequence[float], size: float) -> float:
    """Return the first of the lines that follow each other down to the last one without a wider gap."""
    first = baselines[-1]
    leading = min([2 * size, *(lower - upper for upper, lower in pairwise(baselines))])
    for upper, lower in reversed(list(pairwise(baselines))):
        if lower - upper > _APART * leading:
            break
        first = upper
    return first
