"""Join the lines of one table cell to one text where they are short and wrapped, else to lines that know the edges of their cell."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from preprocess.layout.glyphs import Row, TextFragment
from preprocess.lexicon.characters import CJK

_WHOLE = 60  # characters; a longer text stands on lines of its own
_LABEL, _LABEL_LINES = 5, 3  # characters of a line of a label that is broken by hand, and its lines
_CENTRED = 0.3  # em by which the middle of a centred line misses that of its cell
_SPARE = 0.3  # em that a full line may leave
_ENDS_EARLY = 0.95  # of the width of a cell, which the last line of a text seldom fills
_CHINESE = re.compile(rf"[{CJK} ]+")
_IN_BRACKETS = re.compile(r"[（(].{1,12}[）)]")


def first_word_width(text: str, width: float) -> float:
    """Return the width of what cannot be parted from the start of a text of a width: a word, or a Chinese character."""
    return width * (1 if text[0] >= "⺀" else len(text.split(None, 1)[0]) + 1) / len(text)


def cell_rows(rows: Sequence[Row], edges: tuple[float, float]) -> list[Row]:
    """Return the rows of a cell whose text lies between two edges."""
    lines = [row[0] for row in rows]
    if len(rows) < 2 or any(len(row) > 1 for row in rows):
        return list(rows)
    texts = [line.text for line in lines]
    is_short = sum(map(len, texts)) <= _WHOLE and not any(text.endswith("-") for text in texts)
    ends_early = lines[-1].x1 - lines[-1].x0 < _ENDS_EARLY * (edges[1] - edges[0])  # else the lines may be as long as each other by chance
    if (is_short and ends_early and all(_is_full(upper, lower, edges) for upper, lower in pairwise(lines))) or _is_label(texts):
        text = texts[0]
        for lower in texts[1:]:
            text += ("" if max(text[-1], lower[0]) >= "⺀" else " ") + lower
        text = text.replace(" ", "") if _is_label(texts) else text
        return [[replace(lines[0], text=text, x0=min(line.x0 for line in lines), x1=max(line.x1 for line in lines))]]
    return [[replace(line, cell=edges)] for line in lines]


def beside(row: Row, cell: Row) -> Row:
    """Return a row with the line of a further cell."""
    return [*row, replace(cell[0], opens_cell=bool(row)), *cell[1:]]


def _is_full(upper: TextFragment, lower: TextFragment, edges: tuple[float, float]) -> bool:
    """Return whether the first word of a line would not have fitted on the line above."""
    is_centred = abs(upper.x0 + upper.x1 - edges[0] - edges[1]) < 2 * _CENTRED * upper.size
    room = edges[1] - edges[0] - (upper.x1 - upper.x0) if is_centred else edges[1] - upper.x1
    return room < first_word_width(lower.text, lower.x1 - lower.x0) + _SPARE * upper.size


def _is_label(texts: Sequence[str]) -> bool:
    """Return whether lines are a few Chinese characters each, or a text and its remark in brackets: broken by hand, to fit the cell."""
    if len(texts) == 2 and len(texts[0]) <= 2 * _LABEL and _IN_BRACKETS.fullmatch(texts[1]):
        return True
    return len(texts) <= _LABEL_LINES and all(len(text) <= _LABEL and _CHINESE.fullmatch(text) for text in texts)
