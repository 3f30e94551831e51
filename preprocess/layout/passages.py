"""Find on which lines of the pages a passage of the clean text stands, although cleaning has joined lines and renamed or removed words."""

import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from preprocess.document import Line, Page
from preprocess.tech_stack.normalise import normalise

_GRAM = 4  # letters in a row
_LEAST_SHARE = 0.5  # of the passage's grams that are on the lines found
_LEAST_LETTERS = 2
_MOST_PLACES = 200  # of a gram or a passage; more of them are a file's filling


class LineOnPage(NamedTuple):
    """A line with its place, on the page of this number (from 0)."""

    page: int
    line: Line


class PageText:
    """The letters and digits of pages, searched for passages."""

    def __init__(self, pages: Sequence[Page]):
        self._lines = [LineOnPage(number, line) for number, page in enumerate(pages) if page.width for line in page.lines]
        parts = [_letters(placed.line.text) for placed in self._lines]
        self._starts = list(accumulate(map(len, parts), initial=0))[:-1]
        self._letters = "".join(parts)
        self._grams: dict[str, list[int]] = defaultdict(list)
        for position in range(len(self._letters) - _GRAM + 1):
            positions = self._grams[self._letters[position : position + _GRAM]]
            if len(positions) < _MOST_PLACES:
                positions.append(position)

    def lines(self, passage: str, share: float) -> list[LineOnPage]:
        """Return the lines that a passage stands on; [] if it is not there, or changed beyond recognition.

        Of several places the one nearest to `share` of the text (0 to 1) counts.
        """
        wanted = _letters(passage)
        if len(wanted) < _LEAST_LETTERS:
            return []
        near = share * len(self._letters)
        span = self._exactly(wanted, near) or self._nearly(wanted, near)
        if not span:
            return []
        first, last = (bisect_right(self._starts, position) - 1 for position in (span[0], span[1] - 1))
        return [placed for placed in self._lines[first : last + 1] if placed.line.x1 > placed.line.x0]

    def _exactly(self, wanted: str, near: float) -> tuple[int, int] | None:
        positions, position = [], self._letters.find(wanted)
        while position >= 0 and len(positions) < _MOST_PLACES:
            positions.append(position)
            position = self._letters.find(wanted, position + 1)
        start = min(positions, key=lambda position: abs(position - near), default=None)
        return None if start is None else (start, start + len(wanted))

    def _nearly(self, wanted: str, near: float) -> tuple[int, int] | None:
        """Return the span of a place that has most of the passage's grams, in their order but for what was added or removed."""
        room = max(_GRAM, len(wanted) // 4)
        matches = [
            (position, index) for index in range(len(wanted) - _GRAM + 1) for position in self._grams.get(wanted[index : index + _GRAM], ())
        ]
        shifts = Counter((position - index) // room for position, index in matches)
        best = max(shifts, key=lambda shift: (shifts[shift] + shifts[shift + 1], -abs(shift * room - near)), default=None)
        if best is None:
            return None
        chosen = [(position, index) for position, index in matches if (position - index) // room in (best, best + 1)]
        if len({index for _, index in chosen}) < _LEAST_SHARE * (len(wanted) - _GRAM + 1):
            return None
        positions = [position for position, _ in chosen]
        return min(positions), max(positions) + _GRAM


def _letters(text: str) -> str:
    """Return the letters and digits of a text, with technologies by the names that cleaning gives them."""
    named, _ = normalise(unicodedata.normalize("NFKC", text))
    return "".join(filter(str.isalnum, named.casefold()))
