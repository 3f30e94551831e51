"""The table of README.md that says what is promised, and by which tests."""

import re
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
HEADING = "## What is promised, and by which test"


def promises(text: str) -> list[list[str]]:
    """Return the rows of the table below the heading, cell by cell, without its head."""
    section = text.partition(f"\n{HEADING}\n")[2].partition("\n## ")[0]
    rows = [line.strip() for line in section.splitlines() if line.strip().startswith("|")]
    return [re.split(r"\s*(?<!\\)\|\s*", row.strip("|").strip()) for row in rows[2:]]


def named_tests(row: list[str]) -> list[str]:
    """Return the ids of the tests that a row names."""
    return re.findall(r"`([^`]+)`", row[-1])


def promised_tests() -> set[str]:
    """Return the ids of all tests that the table names."""
    return {test for row in promises(README.read_text("utf-8")) for test in named_tests(row)}
