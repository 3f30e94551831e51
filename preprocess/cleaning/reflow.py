"""Join wrapped lines into paragraphs. A line end was a wrap if the next word would not have fitted on the line.

Words alone (wraps.py) tell few line ends from wraps; what tells is the layout: the line reaches the right edge of its column, and the
next one follows at the same distance and on the same left edge. Without a layout, the width of the text takes its place.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from preprocess.cleaning.items import are_deeds, are_items, are_people, is_stopped, is_unfinished, opens_deed, opens_item
from preprocess.cleaning.margins import PlacedLine, measure
from preprocess.cleaning.paragraph_ends import going_on
from preprocess.cleaning.placed import Pages
from preprocess.cleaning.wraps import first_unit, habits_of, is_lone_bullet, is_row, is_unspaced, joint, may_go_on, starts_item
from preprocess.document import Note
from preprocess.lexicon.characters import width

_INDENT = 2.7  # em; of a first line, or of the lines below a bullet
_HANGING = 0.3  # em; further in than a list item itself
_INDENTED, _DEEPEST, _HABIT = 0.9, 5.0, 2  # em of a hanging paragraph, and how many show the habit
_CELL_INDENT = 3  # em from the start of a row; a line further in goes on its last cell
_BLOCK = 1.2  # times the space between the lines of a block
_CELLS = re.compile(r"\s{2,}")
_WRAP_COLUMNS = (40, 130)  # half ems; narrower and wider text files are not wrapped by hand
_SURE_DEEDS = 2  # behind lines that are not full, that show the habit
_PARTED = 0.3  # of the column that a line may miss which ends with a hyphen, where the next one begins with a small letter


class Hanging(NamedTuple):
    """Habits of a document: whether it indents the further lines of list items (a line below a bullet itself begins something new then).

    `indent`: em by which those of paragraphs are, as of publications; 0 if they are not.
    """

    of_items: bool
    indent: float


def rejoin(pages: Pages, may_be_wrapped: bool = True) -> tuple[list[str], list[Note]]:
    """Return the lines of the document with wrapped ones joined, and notes of that. Lines are never reordered. Linear.

    Without a layout, lines of a format that has paragraphs cannot be wrapped.
    """
    texts = [line.text for page in pages for line in page.lines]
    places = [position for number, page in enumerate(pages) for position in measure(number, page)]
    column = _wrap_column([text for text, placed_line in zip(texts, places, strict=True) if placed_line is None]) if may_be_wrapped else 0
    paragraphs: list[list[str]] = []
    members: list[PlacedLine] = []  # where the lines of the last paragraph stand
    hanging = _hanging(texts, places)
    opening = _opening(texts, places)
    below = going_on(texts, places)
    for index, text in enumerate(texts):
        may_go_on_here = index > 0 and index not in opening
        if may_go_on_here and (index in below or _goes_on(texts[index - 1], text, places, index, members, column, hanging)):
            paragraphs[-1].append(text)
        else:
            paragraphs.append([text])
            members = []
        if placed_line := places[index]:
            members.append(placed_line)
    return _join(paragraphs)


_LISTING = ",，、"
"""In a column too narrow to tell whether its lines are full, these show that the next one goes on."""


def _join(paragraphs: list[list[str]]) -> tuple[list[str], list[Note]]:
    habits = habits_of("\n".join(line for paragraph in paragraphs for line in paragraph))
    whole: list[str] = []
    hyphens: Counter[str] = Counter()
    for lines in paragraphs:
        pieces = []
        for upper, lower in pairwise(lines):
            kept, between, word = joint(upper, lower, habits)
            pieces += [kept, between]
            hyphens.update([word] if word else [])
        whole.append("".join([*pieces, lines[-1]]))
    count = sum(len(lines) - 1 for lines in paragraphs)
    notes = [Note("hyphen_removed", None, word, "", times) for word, times in hyphens.items()]
    return whole, ([Note("lines_rejoined", count=count)] if count else []) + notes


def _goes_on(
    upper: str, lower: str, places: Sequence[PlacedLine | None], index: int, members: list[PlacedLine], column: int, hanging: Hanging
) -> bool:
    """Return whether the line at `index` continues the paragraph whose last line is `upper`."""
    above, below = places[index - 1], places[index]
    if not upper or not lower:
        return False
    if is_lone_bullet(upper):
        return not starts_item(lower) and not is_lone_bullet(lower) and (above is None) == (below is None)
    last_cell = _CELLS.split(upper)[-1]
    if above and above.line.cell:
        upper = last_cell
    is_within_sentence = lower[0].islower() or is_unspaced(lower[0])
    is_below_cell = above and below and is_within_sentence and below.line.x0 - above.line.x0 > _CELL_INDENT * above.line.size
    if (
        not may_go_on(last_cell if is_below_cell else upper, lower)
        or (above is None) != (below is None)
        or (above and below and above.line.cell != below.line.cell)
    ):
        return False
    if not above or not below:
        missing = column - width(upper)
        is_parted = upper[-1] == "-" and upper[-2:-1].isalnum() and lower[0].islower() and missing < _PARTED * column
        return bool(column) and not is_row(upper) and (is_parted or missing < width(first_unit(lower)) + (not is_unspaced(lower[0])))
    return (_is_full(above, lower) or (above.right is None and upper[-1] in _LISTING)) and (
        _follows(places, index, members, upper, hanging) if above.column == below.column else _follows_over(above, below, members, lower)
    )


def _is_full(line: PlacedLine, lower: str) -> bool:
    """Return whether the first word of the next line would not have fitted on this one."""
    if line.right is None:
        return False
    # The edge may be that of a line with a comma in the margin, and no Chinese line begins with one, so some end a character early.
    return line.right - line.line.x1 < (0.53 * width(first_unit(lower)) + 1.2) * line.line.size


def _follows(places: Sequence[PlacedLine | None], index: int, members: list[PlacedLine], upper: str, hanging: Hanging) -> bool:
    """Return whether the line stands right below the one before, in the column and at the line spacing of its paragraph."""
    above, below = members[-1].line, (places[index] or members[-1]).line
    em = above.size
    leading = below.y0 - above.y0
    if not 0.9 * em < leading < 2.3 * em or abs(below.size - em) > 0.1 * em:
        return False
    near = [_leading(places, index - 1), _leading(places, index + 1)]
    if any(other is not None and 0.9 * em < other < leading / 1.08 for other in near):
        return False
    first = members[0].line
    shift = (below.x0 - first.x0) / em
    if len(members) > 1:
        return abs(below.x0 - above.x0) < 0.6 * em
    if is_row(upper) and not first.cell:  # a cell of prose beside its label
        return shift > _CELL_INDENT and below.x0 < above.x1
    if starts_item(upper):
        return (_HANGING if hanging.of_items else -0.6) < shift < _INDENT
    return -_INDENT < shift < 0.6 or (hanging.indent > 0 and abs(shift - hanging.indent) < _HANGING)


def _hanging(texts: Sequence[str], places: Sequence[PlacedLine | None]) -> Hanging:
    """Return how the further lines of items and of paragraphs are indented."""
    of_items: list[float] = []
    of_paragraphs: Counter[float] = Counter()
    for (upper, above), (lower, below) in pairwise(zip(texts, places, strict=True)):
        if not (above and below and above.column == below.column and may_go_on(upper, lower) and _is_full(above, lower)):
            continue
        shift = (below.line.x0 - above.line.x0) / above.line.size
        if starts_item(upper):
            of_items.append(shift)
        if _INDENTED < shift < _DEEPEST and (starts_item(upper) or lower[0].islower()):
            of_paragraphs[round(shift, 1)] += 1
    hanging = sum(_HANGING <= shift < _INDENT for shift in of_items)
    indent, count = max(of_paragraphs.items(), key=lambda entry: entry[1], default=(0.0, 0))
    return Hanging(0 < hanging >= sum(abs(shift) < _HANGING for shift in of_items), indent if count >= _HABIT else 0.0)


def _opening(texts: Sequence[str], places: Sequence[PlacedLine | None]) -> set[int]:
    """Return the lines that begin an item of a list without bullets."""
    opening: set[int] = set()
    start = 0
    for index in range(1, len(texts) + 1):
        is_within = index < len(texts) and texts[index] and texts[index - 1] and _is_level(places[index - 1], places[index])
        if is_within and not _is_apart(places, index):
            continue
        if are_people(texts[start:index]):
            opening |= {line for line in range(start + 1, index) if not texts[line][0].islower()}
        elif are_items(texts[start:index]):
            opening |= {line for line in range(start + 1, index) if opens_item(texts[line]) and not is_unfinished(texts[line - 1])}
        else:
            opening |= _deeds(texts, places, start, index)
        start = index
    return opening


def _deeds(texts: Sequence[str], places: Sequence[PlacedLine | None], start: int, end: int) -> set[int]:
    """Return the lines that begin a deed (Built …, 负责 …), where several do behind lines that are not full, or all of a run of lines."""
    deeds = [line for line in range(start + 1, end) if opens_deed(texts[line]) and not is_unfinished(texts[line - 1])]
    sure = [texts[line - 1] for line in deeds if (above := places[line - 1]) and not _is_full(above, texts[line])]
    if len(sure) >= _SURE_DEEDS and not any(map(is_stopped, sure)):
        return set(deeds)
    edges = [start - 1, *(line for line in range(start, end) if not opens_deed(texts[line])), end]
    runs = [range(left + 1, right) for left, right in pairwise(edges)]
    return {line for run in runs if are_deeds([texts[line] for line in run]) for line in run}


def _is_apart(places: Sequence[PlacedLine | None], index: int) -> bool:
    """Return whether there is more space above a line than between its neighbours."""
    leading = _leading(places, index)
    near = [other for other in (_leading(places, index - 1), _leading(places, index + 1)) if other and other > 0]
    return leading is not None and bool(near) and leading > _BLOCK * min(near)


def _is_level(above: PlacedLine | None, below: PlacedLine | None) -> bool:
    """Return whether two lines are of one block: on one left edge, of one size, one below the other."""
    if not above or not below:
        return above is below
    em = above.line.size
    is_near = 0.9 * em < below.line.y0 - above.line.y0 < 2.3 * em
    return is_near and abs(below.line.x0 - above.line.x0) < 0.6 * em and abs(below.line.size - em) < 0.1 * em


def _leading(places: Sequence[PlacedLine | None], index: int) -> float | None:
    """Return the distance of a line from the one before it, if that is in the same column and of the same size."""
    if not 0 < index < len(places):
        return None
    above, below = places[index - 1], places[index]
    if not above or not below or above.column != below.column or abs(above.line.size - below.line.size) > 0.1 * above.line.size:
        return None
    return below.line.y0 - above.line.y0


def _follows_over(above: PlacedLine, below: PlacedLine, members: list[PlacedLine], lower: str) -> bool:
    """Return whether a paragraph continues at the top of the next page or column, on the same left edge of it."""
    if abs(above.line.size - below.line.size) > 0.1 * above.line.size or not (is_unspaced(lower[0]) or lower[0].islower()):
        return False
    if above.page == below.page:
        return not is_row(above.line.text)
    shift = below.line.x0 - above.line.x0
    is_hanging = len(members) == 1 and starts_item(above.line.text)
    return below.page == above.page + 1 and -_INDENT * above.line.size < shift < (_INDENT if is_hanging else 0.6) * above.line.size


def _wrap_column(texts: Sequence[str]) -> int:
    """Return the width in half ems that many lines nearly reach and few exceed, at which the text was wrapped; 0 if it was not."""
    counts = Counter(width(text) for text in texts)
    low, high = _WRAP_COLUMNS
    most, column = 0, 0
    for candidate in range(low, high + 1):
        near = sum(counts[candidate - less] for less in range(6))
        if counts[candidate] and near > most:
            most, column = near, candidate
    longer = sum(count for columns, count in counts.items() if columns > column)
    long = sum(count for columns, count in counts.items() if columns > column / 2)
    return column if most >= 3 and most >= 0.25 * long and longer <= 0.05 * long else 0
