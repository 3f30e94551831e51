"""Convert the cells of a sheet to lines in reading order: labels beside their values, headings on lines of their own."""

import re

from preprocess.docx.table import join_row
from preprocess.lexicon.characters import is_cjk
from preprocess.lexicon.field_labels import label_kind
from preprocess.lexicon.headings import heading_kind, is_heading
from preprocess.tables.grid import Sheet

_STACKED = 2  # characters of a line of a label that is written downwards
_MIN_STACKED = 2
_LONGEST_FORM = 500  # rows; a longer sheet is a table of records, in which looking for labels takes seconds
_BULLET = re.compile(r"^[•●○◦■□▪◆◇]\s*(?=\S)")

Row = list[tuple[int, str]]


def sheet_lines(sheet: Sheet) -> list[str]:
    """Return the lines of a sheet. A cell with line breaks keeps them."""
    if len(sheet.rows) > _LONGEST_FORM:
        return [line for _, cells in sheet.lines_of_cells() for line in "  ".join(text for _, text in cells).split("\n")]
    numbered = [(row, [(column, unstacked(text)) for column, text in cells]) for row, cells in sheet.lines_of_cells()]
    lines: list[str] = []
    index = 0
    while index < len(numbered):
        row, cells = numbered[index]
        following = [cells for _, cells in numbered[index + 1 : index + 3]]
        if paired := _label_pairs(cells, following):
            lines += join_row([[text] for text in paired])
            index += 2
            continue
        column, first = cells[0]
        if len(cells) > 1 and sheet.heights.get((row, column), 1) > 1 and is_heading(first):  # beside the whole section
            lines.append(first)
            cells = cells[1:]
        if len(cells) > 1 and all(label_kind(text) or heading_kind(text) for _, text in cells):  # heads of columns
            lines.append("  ".join(text for _, text in cells))
        else:
            lines += join_row([[_BULLET.sub("- ", line.strip()) for line in text.split("\n") if line.strip()] for _, text in cells])
        index += 1
    return lines


def unstacked(text: str) -> str:
    """Return a label or heading that is written downwards (工/作/经/历) or wrapped (出生/年月) as one word, any other text as it is."""
    lines = text.split()
    if len(lines) < 2 or not all(len(line) <= _STACKED and is_cjk(line[0]) for line in lines):
        return text
    word = "".join(lines)
    return word if is_heading(word) or label_kind(word) else text


def is_label(text: str) -> bool:
    """Return whether a cell says what stands beside or below it."""
    return label_kind(text) not in (None, "column") or heading_kind(text) is not None


def _label_pairs(cells: Row, following: list[Row]) -> list[str]:
    """Return labels and values in turn if this row has labels only, and one row of values stands below them; else nothing."""
    if len(cells) < _MIN_STACKED or not following or not all(is_label(text) for _, text in cells):
        return []
    values = dict(following[0])
    if not values.keys() <= {column for column, _ in cells} or any(is_label(text) or "\n" in text for text in values.values()):
        return []
    below = following[1] if len(following) > 1 else []
    if len(below) > 1 and not any(is_label(text) for _, text in below):  # a table with several rows
        return []
    return [text for column, label in cells for text in (label, values.get(column, "")) if text]
