"""Find the lines that go on the one before whatever its words say: by the space between paragraphs, and by rows too long for their column.

In a narrow column a row that begins with its dates goes on below, too, and a sentence may end at the edge by chance.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from preprocess.cleaning.items import opens_deed
from preprocess.cleaning.margins import PlacedLine
from preprocess.cleaning.wraps import begins_something, first_unit, is_row, period_end
from preprocess.lexicon.characters import is_cjk, width
from preprocess.lexicon.headings import is_heading

_TIGHT, _LOOSE = 1.04, 1.1  # times the least distance of lines of a size
_NEAREST, _FARTHEST = 0.9, 2.3  # em between the lines of a block
_SPARE = 0.3  # em that a line may leave beside what did not fit on it
_SHORT = 2.0  # em that a line leaves beside what would have fitted: its end was meant
_FEWEST = 3  # lines apart from the one before, which show the habit
_UNSPACED = 0.1  # of them, ends of short lines that may have no space below
_INDENT = 2.7  # em
_FULL = 1.0  # em, less than a Chinese character
_FULL_LINES = 2  # others that show the edge of a column
_NARROW = 26  # em


class _Pair(NamedTuple):
    """Two lines of a block: the number of the lower one, their distance and the room that the upper one leaves, in em.

    The room is that beside what could not be parted from the lower one's start; many em where no edge is known. `begins`: by its words,
    the lower one begins something.
    """

    index: int
    distance: float
    room: float
    begins: bool


def going_on(texts: Sequence[str], places: Sequence[PlacedLine | None]) -> set[int]:
    """Return the lines that surely go on the line before them. Linear."""
    by_size: dict[int, list[_Pair]] = defaultdict(list)
    for index in range(1, len(texts)):
        above, below = places[index - 1], places[index]
        upper, lower = texts[index - 1], texts[index]
        if above and below and _are_of_a_block(above, below) and upper and lower and not is_row(upper):
            distance = (below.line.y0 - above.line.y0) / above.line.size
            pair = _Pair(index, distance, _room(above, lower), begins_something(upper, lower))
            if not (pair.begins and (is_heading(upper) or is_heading(lower))):
                by_size[round(2 * above.line.size)].append(pair)
    lines = {pair.index for pairs in by_size.values() for pair in _without_space(pairs)}
    full = Counter(_edge(place) for place in places if place and place.right is not None and _left_over(place) < _FULL)
    rows = (pair.index for pairs in by_size.values() for pair in pairs if not pair.begins and period_end(texts[pair.index - 1]))
    return lines | {index for index in rows if _is_rest(texts, places, index, full)}


def _are_of_a_block(above: PlacedLine, below: PlacedLine) -> bool:
    """Return whether one line stands right below another of its size, in one column and no table."""
    if above.column != below.column or above.line.cell or below.line.cell:
        return False
    em = above.line.size
    is_near = _NEAREST * em < below.line.y0 - above.line.y0 < _FARTHEST * em
    return is_near and abs(below.line.x0 - above.line.x0) <= _INDENT * em and abs(below.line.size - em) <= 0.1 * em


def _without_space(pairs: Sequence[_Pair]) -> list[_Pair]:
    """Return the pairs of a size between which there is no space and the upper line is full, if there is space where something ends."""
    least = min(pair.distance for pair in pairs)
    ends = [pair.distance > _LOOSE * least for pair in pairs if pair.room > _SHORT and not pair.begins]
    apart = sum(pair.distance > _LOOSE * least for pair in pairs)
    if apart < _FEWEST or ends.count(False) > _UNSPACED * apart:
        return []
    return [pair for pair in pairs if pair.distance < _TIGHT * least and pair.room < _SPARE and not pair.begins]


def _is_rest(texts: Sequence[str], places: Sequence[PlacedLine | None], index: int, full: Counter[tuple[int, ...]]) -> bool:
    """Return whether a line is what did not fit on a Chinese row that begins with its dates, in a narrow column whose edge others show."""
    above, below, upper, lower = places[index - 1], places[index], texts[index - 1], texts[index]
    if not above or not below or above.right is None or not is_cjk(upper[-1]) or not is_cjk(lower[0]) or opens_deed(lower):
        return False
    column = above.right - above.line.x0
    is_short = column < _NARROW * above.line.size and below.line.x1 - below.line.x0 < column / 2
    return is_short and _left_over(above) < _FULL and full[_edge(above)] > _FULL_LINES


def _edge(place: PlacedLine) -> tuple[int, ...]:
    return (*place.column, round(place.right or 0))


def _left_over(place: PlacedLine) -> float:
    return ((place.right or 0) - place.line.x1) / (place.line.size or 1.0)  # letters of no size are possible in a broken file


def _room(above: PlacedLine, lower: str) -> float:
    return 2 * _SHORT if above.right is None else _left_over(above) - 0.53 * width(first_unit(lower))
