"""Make texts safe for cells of spreadsheets: no formula injection, nothing that breaks the file."""

import re

MAX_CELL = 32_767
"""Longest text of a cell in Excel, in UTF-16 units."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = re.compile(r"[\t\r\n]|[\s\ufeff\u200b-\u200f\u2060]*[=+\-@＝＋－＠]")


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet may take the text for a formula."""
    return _FORMULA.match(text) is not None


def cleaned(text: str, mark: str = "…") -> str:
    """Return the text without what XML cannot hold, no longer than a cell; a text that was cut ends with the mark."""
    text = _NOT_IN_XML.sub("", text)
    if len(text.encode("utf-16-le")) // 2 <= MAX_CELL:
        return text
    return text.encode("utf-16-le")[: 2 * (MAX_CELL - len(mark))].decode("utf-16-le", errors="ignore") + mark


def inert(text: str, mark: str = "…") -> str:
    """Return the text for CSV, which has no types: an apostrophe keeps a spreadsheet from reading it as a formula."""
    text = cleaned(text, mark)
    return "'" + text[: MAX_CELL - 1] if is_formula(text) else text
