"""Join the cells of a table row to lines: label grids read as `姓名：张三  电话：…`, cells that hold whole paragraphs keep them."""

import re

from preprocess.lexicon.characters import CJK, is_cjk
from preprocess.lexicon.field_labels import label_kind
from preprocess.lexicon.headings import heading_kind
from preprocess.lexicon.periods import is_range

_WHOLE_PARAGRAPH = 60  # characters; a longer cell stands on a line of its own
_SHORT = 3  # Chinese characters
_PERIOD_LINES = 2  # of a cell with a period, and perhaps a place
_NO_LABELS = frozenset({None, "photo", "column"})  # a place for a picture and the head of a column have no value beside them
_NAMING = frozenset({"summary", "hobbies", "skills", "certificates", "languages", "objective"})
"""Sections short enough to stand in a cell beside their heading."""


def join_row(cells: list[list[str]]) -> list[str]:
    """Return the lines of one row from the lines of its cells: short cells side by side on one line, the others one below the other."""
    cells = _with_period(cells)
    lines: list[str] = []
    pending = ""  # short cells so far
    after_label = False
    for cell in cells:
        if not cell:
            after_label = False
            continue
        label = len(cell) == 1 and _is_label(cell[0])
        if after_label and not label and len(cell) == 1:
            pending += _colon(pending) + cell[0]
        elif len(cell) == 1 and _heads_section(cell[0]):  # beside other text nobody would know it for a heading
            lines += [pending, cell[0]] if pending else [cell[0]]
            pending = ""
        elif len(cell) == 1 and len(cell[0]) <= _WHOLE_PARAGRAPH:
            pending += ("  " if pending else "") + (re.sub(rf"(?<=[{CJK}])\s+(?=[{CJK}])", "", cell[0]) if label else cell[0])
        else:
            lines += [pending] if pending else []
            lines += cell
            pending = ""
        after_label = label
    return [*lines, pending] if pending else lines


def _with_period(cells: list[list[str]]) -> list[list[str]]:
    """Return the cells with a period, and a city under it, from the last one behind the first line of the text that it stands beside."""
    if len(cells) < 2 or len(cells[-2]) < 2 or not 0 < len(cells[-1]) <= _PERIOD_LINES or not is_range(cells[-1][0]):
        return cells
    (period, *city), (first, *text) = cells[-1], cells[-2]
    return [*cells[:-2], [f"{first}  {period}", *city, *text]]


def _is_label(text: str) -> bool:
    return text.endswith((":", "：")) or label_kind(text) not in _NO_LABELS or heading_kind(text) in _NAMING


def _heads_section(text: str) -> bool:
    """Return whether a cell is the heading of a section that has entries below it or beside it; "项目" may head a column as well."""
    is_plain = len(text.split()) > 1 or (len(text) > _SHORT and is_cjk(text[-1]))
    return is_plain and label_kind(text) is None and heading_kind(text) not in (None, *_NAMING)


def _colon(before: str) -> str:
    if before.endswith(":"):
        return " "
    if before.endswith("："):
        return ""
    return "：" if is_cjk(before[-1]) else ": "
