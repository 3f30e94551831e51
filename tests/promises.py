"""Read the table of docs/promises.md that says what is promised, and by which tests."""

import re
from pathlib import Path

PROMISES = Path(__file__).parents[1] / "docs" / "promises.md"


def promises(text: str) -> list[list[str]]:
    """Return the rows of the table in the text, cell by cell, without its head."""
    rows = [line.strip() for line in text.splitlines() if line.strip().startswith("|")]
    return [re.split(r"\s*(?<!\\)\|\s*", row.strip("|").strip()) for row in rows[2:]]


def named_tests(row: list[str]) -> list[str]:
    """Return the ids of the tests that a row names."""
    return re.findall(r"`([^`]+)`", row[-1])


def promised_tests() -> set[str]:
    """Return the ids of all tests that the table names."""
    return {test for row in promises(PROMISES.read_text("utf-8")) for test in named_tests(row)}
