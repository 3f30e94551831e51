"""Put a place under a date at the right margin on a row of its own, above the item that it is level with but no part of."""

from collections.abc import Sequence

from preprocess.layout.glyphs import Row, TextFragment
from preprocess.lexicon.characters import BULLETS
from preprocess.lexicon.dates import is_date
from preprocess.lexicon.periods import is_range

_EDGE = 2.0  # points between the edges of lines on one margin
_FOLLOWS = 1.8  # em between their baselines
_APART = 2.0  # em to the text on their left
_LONGEST = 40  # characters
_ITEM = frozenset(BULLETS + "-–·*")


def side_notes_first(rows: Sequence[Row]) -> list[Row]:
    """Put each part of a row that goes on what stands at the right margin of the row above before its row. Linear."""
    ordered: list[Row] = []
    above: TextFragment | None = None  # at the margin, begun by a date
    for row in rows:
        last = row[-1]
        if above and len(row) > 1 and _goes_on(above, last, row):
            ordered += [[last], row[:-1]]
            above = last
            continue
        above = last if len(row) > 1 and (is_range(last.text) or is_date(last.text)) else None
        ordered.append(row)
    return ordered


def _goes_on(above: TextFragment, last: TextFragment, row: Row) -> bool:
    is_on_margin = min(abs(above.x0 - last.x0), abs(above.x1 - last.x1)) <= _EDGE and last.y - above.y <= _FOLLOWS * above.size
    is_note = len(last.text) <= _LONGEST and last.x0 - row[-2].x1 >= _APART * last.size
    return is_on_margin and is_note and row[0].text[0] in _ITEM
