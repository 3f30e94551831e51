"""Characters that are not what their boxes look like: fonts whose map says other letters than they draw, letters on one another.

Geometry only: which letters rise above the others or hang below the line, and which lie on which. Linear in the number of marks.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from preprocess.pdf.hidden.marks import Drawing, Mark
from preprocess.pdf.page_view import Box, View

_TALL, _LOW, _HANGING = frozenset("bdfhkl"), frozenset("acemnorsuvwxz"), frozenset("gpqy")
_SHAPED = _TALL | _LOW | _HANGING
_WINDOW, _STEP = 16, 4  # letters that are judged together
_FEWEST = 12
_FLAT = 0.15  # of the height of the tallest; letters that differ less are small capitals, of which nothing can be told
_HANGS = 0.12
_MOST_WRONG = 0.4  # of the letters of a window; an honest font has hardly any, other letters half
_SAME, _DIFFERENT = 8, 5  # letters in a row with boxes of one size, and how many of them are different
_LIES_ON = 0.5  # of the area of a letter
_NEIGHBOURS = 8


def other_letters(marks: Sequence[Mark], drawings: Sequence[Drawing], view: View) -> set[int]:
    """The places of marks whose letters rise and hang where other letters do: the font's map says something else than is drawn."""
    wrong: set[int] = set()
    for line in _lines(marks, drawings):
        letters = [(place, mark) for place, mark in line if mark.character in _SHAPED]
        if len(letters) < _FEWEST or round(drawings[letters[0][1].drawing].size.angle - view.rotation) % 360:
            continue
        for start in range(0, max(1, len(letters) - _WINDOW + _STEP), _STEP):
            window = letters[start : start + _WINDOW]
            if len(window) >= _FEWEST and _are_wrong([mark for _, mark in window]):
                wrong.update(range(window[0][0], window[-1][0] + 1))
    for _, group in groupby(enumerate(marks), key=lambda place_of: place_of[1].drawing):
        drawn = [place for place, _ in group]
        if len(wrong.intersection(drawn)) > len(drawn) / 2:
            wrong.update(drawn)
    return wrong


def of_one_size(marks: Sequence[Mark]) -> set[int]:
    """The places of different letters in a row whose ink has one and the same size: squares or dots, perhaps."""
    found: set[int] = set()
    letters = ((place, mark) for place, mark in enumerate(marks) if mark.character.isalnum())
    for _, group in groupby(letters, key=lambda letter: _size(letter[1].box)):
        run = list(group)
        if len(run) >= _SAME and len({mark.character for _, mark in run}) >= _DIFFERENT:
            found.update(place for place, _ in run)
    return found


def on_one_another(marks: Sequence[Mark]) -> set[int]:
    """The places of letters that lie on, or under, other characters of the same text object."""
    found: set[int] = set()
    for _, group in groupby(enumerate(marks), key=lambda place_of: place_of[1].drawing):
        drawn = list(group)
        if all(mark.box.x0 > (last.box.x0 + last.box.x1) / 2 for (_, last), (_, mark) in pairwise(drawn)):
            continue
        drawn.sort(key=lambda place_of: place_of[1].box.x0)
        for number, one in enumerate(drawn):
            for other in drawn[number + 1 : number + 1 + _NEIGHBOURS]:
                if other[1].box.x0 >= one[1].box.x1:
                    break
                found.update(place for (place, mark), (_, cover) in ((one, other), (other, one)) if _lies_on(mark, cover))
    return found


def _lines(marks: Sequence[Mark], drawings: Sequence[Drawing]) -> Iterator[list[tuple[int, Mark]]]:
    """Marks that stand next to each other, in drawing order, in one font and size. A ligature comes as its first letter."""
    line: list[tuple[int, Mark]] = []
    for place, mark in enumerate(marks):
        if line and line[-1][1].box == mark.box:
            continue
        if line and not _follows(line[-1][1], mark, drawings):
            yield line
            line = []
        line.append((place, mark))
    if line:
        yield line


def _follows(last: Mark, mark: Mark, drawings: Sequence[Drawing]) -> bool:
    one, other = drawings[last.drawing], drawings[mark.drawing]
    if one.font != other.font or abs(one.size.height - other.size.height) > 0.1:
        return False
    gap = mark.box.x0 - last.box.x1
    return abs(gap) < one.size.height and min(last.box.y1, mark.box.y1) > max(last.box.y0, mark.box.y0) - 0.5 * one.size.height


def _are_wrong(window: list[Mark]) -> bool:
    """Whether too many letters are tall, or hang, that should not, or the other way round."""
    base = median(mark.box.y1 for mark in window)
    heights = sorted(base - mark.box.y0 for mark in window)
    high, low = heights[-2], heights[len(heights) // 4]
    if high - low < _FLAT * high:
        return False
    middle = (high + low) / 2
    wrong = sum(
        (base - mark.box.y0 > middle) != (mark.character in _TALL)
        or (mark.character != "f" and (mark.box.y1 - base > _HANGS * high) != (mark.character in _HANGING))
        for mark in window
    )
    return wrong >= _MOST_WRONG * len(window)


def _size(box: Box) -> tuple[float, float]:
    return round(box.x1 - box.x0, 1), round(box.y1 - box.y0, 1)


def _lies_on(mark: Mark, cover: Mark) -> bool:
    """Whether a letter shares its place with another character that is not smaller, as a stroke through it or an accent is."""
    one, other = mark.box, cover.box
    if (
        one == other
        or mark.character == cover.character
        or not mark.character.isalnum()
        or other.y1 - other.y0 < _LIES_ON * (one.y1 - one.y0)
    ):
        return False
    width, height = min(one.x1, other.x1) - max(one.x0, other.x0), min(one.y1, other.y1) - max(one.y0, other.y0)
    return width > 0 and height > 0 and width * height > _LIES_ON * (one.x1 - one.x0) * (one.y1 - one.y0)
