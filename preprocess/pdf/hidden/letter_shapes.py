"""Find letters whose shapes contradict their characters (fonts with a false map), and letters drawn over one another.

Geometry only: which letters rise above the others or hang below the line, and which overlap. Linear in the number of marks.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from preprocess.pdf.hidden.marks import CharacterMark, TextObject
from preprocess.pdf.page_view import PageView, Rect

_TALL, _LOW, _HANGING = frozenset("bdfhkl"), frozenset("acemnorsuvwxz"), frozenset("gpqy")
_SHAPED = _TALL | _LOW | _HANGING
_WINDOW, _STEP = 16, 4  # letters that are judged together
_MIN_LETTERS = 12
_FLAT = 0.15  # of the height of the tallest; letters that differ less are small capitals, of which nothing can be told
_HANGS = 0.12
_MAX_WRONG = 0.4  # of the letters of a window; an honest font has hardly any, other letters half
_SAME, _DIFFERENT = 8, 5  # letters in a row with boxes of one size, and how many of them are different
_LIES_ON = 0.5  # of the area of a letter
_NEIGHBOURS = 8


def mismapped_letters(marks: Sequence[CharacterMark], drawings: Sequence[TextObject], view: PageView) -> set[int]:
    """Return the indexes of marks whose letters rise and hang where other letters would: the font maps glyphs to false characters."""
    wrong: set[int] = set()
    for line in _lines(marks, drawings):
        letters = [(index, mark) for index, mark in line if mark.character in _SHAPED]
        if len(letters) < _MIN_LETTERS or round(drawings[letters[0][1].drawing].size.angle - view.rotation) % 360:
            continue
        for start in range(0, max(1, len(letters) - _WINDOW + _STEP), _STEP):
            window = letters[start : start + _WINDOW]
            if len(window) >= _MIN_LETTERS and _are_wrong([mark for _, mark in window]):
                wrong.update(range(window[0][0], window[-1][0] + 1))
    for _, group in groupby(enumerate(marks), key=lambda entry: entry[1].drawing):
        drawn = [index for index, _ in group]
        if len(wrong.intersection(drawn)) > len(drawn) / 2:
            wrong.update(drawn)
    return wrong


def equal_sized_letters(marks: Sequence[CharacterMark]) -> set[int]:
    """Return the indexes of different letters in a row whose ink has one size: perhaps squares or dots."""
    flagged: set[int] = set()
    letters = ((index, mark) for index, mark in enumerate(marks) if mark.character.isalnum())
    for _, group in groupby(letters, key=lambda letter: _size(letter[1].box)):
        run = list(group)
        if len(run) >= _SAME and len({mark.character for _, mark in run}) >= _DIFFERENT:
            flagged.update(index for index, _ in run)
    return flagged


def overlapping_letters(marks: Sequence[CharacterMark]) -> set[int]:
    """Return the indexes of letters that lie over or under other characters of the same text object."""
    flagged: set[int] = set()
    for _, group in groupby(enumerate(marks), key=lambda entry: entry[1].drawing):
        drawn = list(group)
        if all(mark.box.x0 > (last.box.x0 + last.box.x1) / 2 for (_, last), (_, mark) in pairwise(drawn)):
            continue
        drawn.sort(key=lambda entry: entry[1].box.x0)
        for number, letter in enumerate(drawn):
            for neighbour in drawn[number + 1 : number + 1 + _NEIGHBOURS]:
                if neighbour[1].box.x0 >= letter[1].box.x1:
                    break
                flagged.update(index for (index, mark), (_, cover) in ((letter, neighbour), (neighbour, letter)) if _lies_on(mark, cover))
    return flagged


def _lines(marks: Sequence[CharacterMark], drawings: Sequence[TextObject]) -> Iterator[list[tuple[int, CharacterMark]]]:
    """Yield marks that stand next to each other, in drawing order, in one font and size. A ligature comes as its first letter."""
    line: list[tuple[int, CharacterMark]] = []
    for index, mark in enumerate(marks):
        if line and line[-1][1].box == mark.box:
            continue
        if line and not _follows(line[-1][1], mark, drawings):
            yield line
            line = []
        line.append((index, mark))
    if line:
        yield line


def _follows(last: CharacterMark, mark: CharacterMark, drawings: Sequence[TextObject]) -> bool:
    before, after = drawings[last.drawing], drawings[mark.drawing]
    if before.font != after.font or abs(before.size.height - after.size.height) > 0.1:
        return False
    gap = mark.box.x0 - last.box.x1
    return abs(gap) < before.size.height and min(last.box.y1, mark.box.y1) > max(last.box.y0, mark.box.y0) - 0.5 * before.size.height


def _are_wrong(window: list[CharacterMark]) -> bool:
    """Return whether too many letters of the window are tall, or hang, that should not, or the other way round."""
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
    return wrong >= _MAX_WRONG * len(window)


def _size(box: Rect) -> tuple[float, float]:
    return round(box.x1 - box.x0, 1), round(box.y1 - box.y0, 1)


def _lies_on(mark: CharacterMark, cover: CharacterMark) -> bool:
    """Return whether a letter shares its place with another character that is not smaller, as a stroke through it or an accent is."""
    rect, cover_rect = mark.box, cover.box
    if (
        rect == cover_rect
        or mark.character == cover.character
        or not mark.character.isalnum()
        or cover_rect.y1 - cover_rect.y0 < _LIES_ON * (rect.y1 - rect.y0)
    ):
        return False
    width, height = min(rect.x1, cover_rect.x1) - max(rect.x0, cover_rect.x0), min(rect.y1, cover_rect.y1) - max(rect.y0, cover_rect.y0)
    return width > 0 and height > 0 and width * height > _LIES_ON * (rect.x1 - rect.x0) * (rect.y1 - rect.y0)
