"""Find entries beside what they are about: dates in a margin beside jobs, cells of a table without borders, labels that wrap.

Their left side looks like a column of its own, but each block of it begins level with a block of the right side, which those of a sidebar
do not. Entries are read one after the other, and each cell of one as a whole.
"""

from collections.abc import Sequence
from itertools import pairwise

from preprocess.layout.cells import first_word_width
from preprocess.layout.entry_rows import TABLE, Entries, is_in
from preprocess.layout.glyphs import WIDE_GAP, Row, TextFragment
from preprocess.lexicon.dates import is_date
from preprocess.lexicon.headings import heading_kind
from preprocess.lexicon.periods import is_range

_LEVEL = 0.35  # em between the baselines of a block and of the block beside it
_TIGHTEST, _WIDEST = 1.0, 1.7  # em between lines that follow each other in a block
_NEW_BLOCK = 1.25  # times that distance
_BEGINS = 1.12  # times the distance between the lines of the right side, above one that begins a block
_FEWEST, _FEWEST_SURE, _FEWEST_TALL = 3, 2, 2  # entries; dates in a margin leave less doubt
_LARGER = 1.1  # times the size of what stands below a heading
_NARROW = 6  # em; lines in narrower columns all look full


def find_entries(rows: Sequence[Row], start: int, end: int, x: float, em: float) -> Entries | None:
    """Return the entries in a stretch of rows that leaves the gutter before `x` free; None if there are none. Linear."""
    columns = _columns([fragment for row in rows[start:end] for fragment in row], em)
    if len(columns) >= TABLE:
        x = columns[1][0] - 1
    left = [[fragment for fragment in row if fragment.x0 < x] for row in rows[start:end]]
    right = [[fragment for fragment in row if fragment.x0 >= x] for row in rows[start:end]]
    keys, right_pitch = [index for index, row in enumerate(left) if row], _pitch(right)
    pitch = min(_pitch(left), right_pitch)
    begun = [lower for upper, lower in pairwise(keys) if _is_apart(left, upper, lower, pitch) or _heads(left, right, upper, lower)]
    heads = {index for index, row in enumerate(right) if row and keys and index > keys[0] and not left[index] and _is_headed(row)}
    blocks = sorted({*keys[:1], *begun, *heads})
    if not blocks or any(row and heading_kind(row[0].text) is None for row in right[: blocks[0]]):
        return None
    across: set[int] = set()
    first: list[int] = []
    edge = max(fragment.x1 for row in rows for fragment in row)
    for index, following in pairwise([*blocks, len(left)]):
        if index in heads or not any(right[index:following]):
            across.update(range(index, following))
        elif _is_headed(left[index]) and _is_headed(right[index]):
            return None  # sections of two columns, which begin level
        elif right[index] and _is_level(left[index], right[index]) and _begins(left, right, index, first, right_pitch):
            are_lines = _are_lines(rows[start + index : start + following], left[index:following], columns, edge)
            first += range(index, following) if are_lines else [index]
        else:
            return None
    while first and across and max(across) > first[-1]:  # what follows the last entry is none of them
        last = min(index for index in across if index > first[-1])
        left, right = left[:last], right[:last]
        across = {index for index in across if index < last}
    if len(first) > 1 and start and first[0] == 0 and _goes_on_from(rows[start - 1], rows[start], pitch):
        across.add(first.pop(0))
    is_table = len(columns) >= TABLE
    if not _are_enough(_without(left, across), right, first, len(columns)) or (
        is_table and not _are_cells(rows[start:], first, across, columns, len(left), pitch)
    ):
        return None
    begin = start + first[0]
    inner = frozenset(start + index for index in across if index > first[0])
    places = columns if is_table else ((0.0, x), (x, float("inf")))
    return Entries(begin, start + len(left), tuple(start + index for index in first), inner, places)


def _columns(fragments: Sequence[TextFragment], em: float) -> tuple[tuple[float, float], ...]:
    """Return the columns that no fragment runs over, from left to right."""
    columns: list[tuple[float, float]] = []
    for fragment in sorted(fragments, key=lambda fragment: fragment.x0):
        if columns and fragment.x0 - columns[-1][1] < WIDE_GAP * em:
            columns[-1] = columns[-1][0], max(columns[-1][1], fragment.x1)
        else:
            columns.append((fragment.x0, fragment.x1))
    return tuple(columns)


def _pitch(side: Sequence[Row]) -> float:
    """Return the distance of lines that follow each other, in em."""
    closest = [_distance(upper, lower) for upper, lower in pairwise([row for row in side if row])]
    return min(max(min(closest, default=_WIDEST), _TIGHTEST), _WIDEST)


def _distance(upper: Row, lower: Row) -> float:
    return (lower[0].y - upper[0].y) / max(upper[0].size, lower[0].size)


def _is_apart(side: Sequence[Row], upper: int, lower: int, pitch: float) -> bool:
    return _distance(side[upper], side[lower]) > _NEW_BLOCK * pitch


def _heads(left: Sequence[Row], right: Sequence[Row], upper: int, lower: int) -> bool:
    """Return whether one of two rows stands between entries, as the heading of a section does."""
    if not right[lower]:
        return bool(right[upper]) and _is_heading(left[lower], left[upper])
    return not any(right[upper:lower]) and _is_heading(left[upper], left[lower])


def _goes_on_from(above: Row, row: Row, pitch: float) -> bool:
    """Return whether a row goes on the block above it, as the last line of an address does that is longer than its neighbour's."""
    return abs(above[0].x0 - row[0].x0) < 1 and above[0].size == row[0].size and _distance(above, row) <= _NEW_BLOCK * pitch


def _is_heading(row: Row, below: Row) -> bool:
    return _is_headed(row) or (len(row) == 1 and row[0].size > _LARGER * below[0].size)


def _is_headed(row: Row) -> bool:
    return len(row) == 1 and heading_kind(row[0].text) is not None


def _is_level(left: Row, right: Row) -> bool:
    return abs(left[-1].y - right[0].y) <= _LEVEL * max(left[-1].size, right[0].size)


def _begins(left: Sequence[Row], right: Sequence[Row], index: int, first: Sequence[int], pitch: float) -> bool:
    """Return whether a block begins on the right: beside a period, or with more space above it than between lines."""
    if not first or is_range(_text(left, index, index + 1)):
        return True
    above = next(number for number in range(index - 1, -1, -1) if right[number])
    if _is_heading(right[above], right[index]):
        return True
    return _distance(right[above], right[index]) > _BEGINS * pitch


def _text(side: Sequence[Row], index: int, following: int) -> str:
    return " ".join(fragment.text for row in side[index:following] for fragment in row)


def _are_lines(rows: Sequence[Row], left: Sequence[Row], columns: Sequence[tuple[float, float]], edge: float) -> bool:
    """Return whether rows that follow each other closely are one line each, of which no cell goes on on the next one.

    The last column ends where the text of the page does, at `edge`.
    """
    if not all(row and len(whole) > len(row) for row, whole in zip(left, rows, strict=True)):
        return False
    texts = [" ".join(fragment.text for fragment in row) for row in left]
    dates = sum(is_range(text) or is_date(text) for text in texts)
    if 0 < dates < len(texts) or any(is_range(" ".join(texts[:count])) for count in range(2, len(texts) + 1)):
        return False
    columns = [*columns[:-1], (columns[-1][0], max(columns[-1][1], edge))]
    wraps = [[_goes_on(upper, lower, column) for upper, lower in pairwise(rows)] for column in columns]
    ends_early = [not _goes_on(rows[-1], rows[-1], column) for column in columns]  # as a text does, which seldom fills its last line
    return not any(early and all(column) for early, column in zip(ends_early, wraps, strict=True)) and not any(
        sum(level) > 1 for level in zip(*wraps, strict=True)
    )


def _goes_on(upper: Row, lower: Row, column: tuple[float, float]) -> bool:
    """Return whether the first word of a cell's line would not have fitted on the line above."""
    last = [fragment for fragment in upper if is_in(fragment, column)]
    following = next((fragment for fragment in lower if is_in(fragment, column)), None)
    if not last or not following or last[-1].text.endswith((":", "：")) or column[1] - column[0] < _NARROW * following.size:
        return False
    first_word = first_word_width(following.text, following.x1 - following.x0)
    is_ranged_left = abs(last[0].x0 - following.x0) < 0.5 * following.size
    return column[1] - column[0] - (last[-1].x1 - (column[0] if is_ranged_left else last[0].x0)) < first_word


def _without(side: Sequence[Row], across: set[int]) -> list[Row]:
    return [[] if index in across else row for index, row in enumerate(side)]


def _are_enough(left: Sequence[Row], right: Sequence[Row], first: Sequence[int], columns: int) -> bool:
    """Return whether there are so many entries, and several of them of more than a line, that they stand side by side on purpose."""
    bands = list(pairwise([*first, len(left)]))
    heights = [[sum(map(bool, side[index:following])) for side in (left, right)] for index, following in bands]
    keys = [_text(left, index, following) for index, following in bands]
    is_table = columns >= TABLE
    if 2 * sum(not any(map(str.isalnum, key)) for key in keys) > len(keys):
        return False  # bullets
    if not is_table and 2 * sum(key > text for key, text in heights) > len(keys):
        return False  # lines, each of which has something on the right that belongs to it
    dates = [is_range(key) or is_date(key) for key in keys]
    are_blocks = all(min(height) > 1 for height in heights) and all(len(row) < 2 for row in left)
    is_sure = is_table or all(dates) or are_blocks
    return len(bands) >= (_FEWEST_SURE if is_sure else _FEWEST) and sum(max(height) > 1 for height in heights) >= _FEWEST_TALL


def _are_cells(
    rows: Sequence[Row], first: Sequence[int], across: set[int], columns: Sequence[tuple[float, float]], end: int, pitch: float
) -> bool:
    """Return whether in each column blocks begin only where entries do."""
    for column in columns[1:]:
        above: Row | None = None
        for index in range(first[0], end):
            inside = [fragment for fragment in rows[index] if is_in(fragment, column)]
            if not inside or index in across:
                continue
            if index not in first and (above is None or _distance(above, inside) > _NEW_BLOCK * pitch):
                return False
            above = inside
    return True
