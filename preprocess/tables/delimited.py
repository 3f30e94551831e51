"""Read CSV and TSV as one sheet: the delimiter gives most rows the same number of cells; csv.Sniffer failed on all our samples."""

import csv
import io
import re
from collections import Counter
from itertools import islice

from preprocess.document import Unreadable
from preprocess.plain_text import decode
from preprocess.tables.grid import CellBudget, Sheet

_DELIMITERS = ",\t;|，；"
_SAMPLE_ROWS = 200
_MIN_AGREEMENT = 0.6  # share of rows with the same number of cells; the rest are titles, remarks, lines with a stray delimiter
_SEP_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)


def read_delimited(data: bytes) -> list[Sheet]:
    """Return the one sheet; text without a delimiter has one column.

    Raises Unreadable: `not_text`, `empty_file`, `too_long`, `too_complex`.
    """
    text = decode(data).replace("\0", "").lstrip("\ufeff")
    if not text.strip():
        raise Unreadable("empty_file")
    told = _SEP_LINE.match(text)
    text = text[told.end() :] if told else text
    sheet, budget = Sheet(""), CellBudget()
    try:
        for number, row in enumerate(_rows(text, told[1] if told else _delimiter(text))):
            for column, cell in enumerate(row):
                if cell := cell.replace("\r\n", "\n").replace("\r", "\n").strip():
                    budget.spend()
                    sheet.put(number, column, cell)
    except csv.Error:  # a cell of more than 131,072 characters
        raise Unreadable("too_long", f"{csv.field_size_limit():,}") from None
    return [sheet]


def _rows(text: str, delimiter: str):
    if not delimiter:
        return ([line] for line in text.splitlines())
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=delimiter != "\t")


def _delimiter(text: str) -> str:
    """Return the delimiter that most rows agree on, of equal ones that with more cells; "" if there is none."""
    votes = [(*_agreement(text, delimiter), delimiter) for delimiter in _DELIMITERS]
    agreement, _, delimiter = max(votes, key=lambda vote: vote[:2])
    return delimiter if agreement >= _MIN_AGREEMENT else ""


def _agreement(text: str, delimiter: str) -> tuple[float, int]:
    """Return the share of rows that have the usual number of cells, and that number; 0 if they have only one."""
    if delimiter not in text:
        return 0.0, 0
    try:
        widths = [len(row) for row in islice(_rows(text, delimiter), _SAMPLE_ROWS) if any(map(str.strip, row))]
    except csv.Error:
        return 0.0, 0
    several = Counter(width for width in widths if width > 1)
    width, count = max(several.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return (round(count / len(widths), 1), width) if count else (0.0, 0)
