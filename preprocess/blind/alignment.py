"""Find where a passage of a masked text stands in the own text: masking leaves lines out, changes others, and keeps their order."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, takewhile

_REACH = 60
"""Lines that may be gone in a row before one that stays: a block of personal facts is shorter."""


def paired_lines(lines: Sequence[str], masked: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (line, masked line) of the lines that masking kept or changed."""
    after = 0
    for before, line in enumerate(lines):
        if after == len(masked):
            return
        is_gone = line != masked[after] and masked[after] != "" and masked[after] in lines[before + 1 : before + _REACH]
        if not is_gone and (line != masked[after] and not masked[after].strip() and line.strip()):
            is_gone = True  # a line that is gone before an empty one
        if not is_gone:
            yield before, after
            after += 1


class Alignment:
    """The places of a masked text in the text that it was masked from."""

    def __init__(self, masked: str, own: str):
        self._masked, self._own = masked.split("\n"), own.split("\n")
        self._starts, self._own_starts = _starts(self._masked), _starts(self._own)
        pairs = [(after, before) for before, after in paired_lines(self._own, self._masked)]
        self._same = {after: before for after, before in pairs if self._masked[after] == self._own[before]}
        self._known = sorted(self._same)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the own text the characters `start` to `end` of the masked one stand; of a changed line at least what changed."""
        return self._place(start, is_end=False), self._place(max(start, end - 1), is_end=True)

    def _place(self, offset: int, is_end: bool) -> int:
        """Return the place of the character at `offset`, or the place after it."""
        line = bisect_right(self._starts, offset) - 1
        own, within = self._own_line(line), offset - self._starts[line] + is_end
        text, own_text = self._masked[line], self._own[own]
        before = _common(text, own_text)
        after = min(_common(text[::-1], own_text[::-1]), len(text) - before, len(own_text) - before)
        if within > before and within < len(text) - after:  # in what masking changed
            within = len(own_text) - after if is_end else before
        elif within > before:
            within += len(own_text) - len(text)
        return self._own_starts[own] + within

    def _own_line(self, line: int) -> int:
        """Return the line of the own text that a masked line is: the likest of those between its neighbours that stayed as they were."""
        if line in self._same:
            return self._same[line]
        at = bisect_right(self._known, line)
        first = self._same[self._known[at - 1]] + 1 if at else 0
        last = self._same[self._known[at]] if at < len(self._known) else len(self._own)
        text = self._masked[line]

        def likeness(own: int) -> int:
            return _common(text, self._own[own]) + _common(text[::-1], self._own[own][::-1])

        return max(range(first, last), key=likeness, default=min(first, len(self._own) - 1))


def _starts(lines: Sequence[str]) -> list[int]:
    return list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))


def _common(first: str, second: str) -> int:
    """Return how many characters two texts have in common at their beginnings."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))
