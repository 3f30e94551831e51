"""Read the table of docs/promises.md that says what is promised, and by which tests."""

import re
from pathlib import Path

PROMISES = Path(__file__).parents[1] / "docs" / "promises.md"


def promises(text: str) -> list[list[str]]:
    """Return the rows of the table in the text, cell by cell, without its head."""
    rows = [line.strip() for line in text.splitlines() if line.strip().startswith("|")]
    return [re.split(r"\s*(?<!\\)\|\s*", row.strip("|").strip()) for row in rows[2:]]


def named_tests(row: list[str]) -> dict[str, bool]:
    """Return the ids of the tests that a row names, each with whether the row says "(long)" of it."""
    return {node_id: bool(long) for node_id, long in re.findall(r"`([^`]+)`( \(long\))?", row[-1])}


def promised_tests() -> dict[str, bool]:
    """Return the ids of all tests that the table names, each with whether only the long part of the suite runs it."""
    return {node_id: long for row in promises(PROMISES.read_text("utf-8")) for node_id, long in named_tests(row).items()}
