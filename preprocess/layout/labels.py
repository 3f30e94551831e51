"""Put labels that are centred beside several lines of text on rows of their own, above it."""

from collections.abc import Sequence

from preprocess.layout.glyphs import Row

_FOLLOWS = 2.2  # em between the baselines of lines that follow each other


def labels_first(rows: Sequence[Row]) -> list[Row]:
    """Put the label of a table row before its text where it is centred beside several lines of it."""
    ordered = list(rows)
    for index in reversed(range(len(rows))):  # from the end, so that the rows still to come keep their places
        label, *text = rows[index]
        if (first := _top_of_stack(rows, index)) is not None:
            ordered[first : index + 1] = [[label], *rows[first:index], *([text] if text else [])]
    return ordered


def _top_of_stack(rows: Sequence[Row], index: int) -> int | None:
    """Return the first row of the stack of lines in whose middle, on the left, the row at `index` begins; None if there is none.

    More space above and below the stack than within shows that it is one cell; without it the label could as well begin a new entry.
    """
    label, *text = rows[index]
    first, last = index - 1, index + 1
    if first < 0 or last >= len(rows):
        return None
    edge = (text or rows[last])[0].x0
    leading = (rows[last][0].y - rows[first][0].y) / (2 if text else 1)
    within = 1.25 * leading

    def in_cell(row: Row) -> bool:
        return label.x1 <= row[0].x0 and abs(row[0].x0 - edge) < 2 * label.size

    if edge < label.x1 or leading > _FOLLOWS * label.size or not (in_cell(rows[first]) and in_cell(rows[last])):
        return None
    while first > 0 and rows[first][0].y - rows[first - 1][-1].y < within and in_cell(rows[first - 1]):
        first -= 1
    while last + 1 < len(rows) and rows[last + 1][-1].y - rows[last][0].y < within and in_cell(rows[last + 1]):
        last += 1
    is_apart = (first == 0 or rows[first][0].y - rows[first - 1][-1].y >= within) and (
        last + 1 == len(rows) or rows[last + 1][-1].y - rows[last][0].y >= within
    )
    is_centred = abs(rows[first][0].y + rows[last][0].y - 2 * label.y) < 0.8 * label.size
    return first if is_apart and is_centred else None
