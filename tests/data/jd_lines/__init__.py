"""List lines of job descriptions, one a line: offers.txt and asks.txt to learn from; held_offers.txt and held_asks.txt must be right, too.

Lines by other writers are in tests/data/facts.
"""

from pathlib import Path


def read(name: str) -> list[str]:
    """Return the lines of a file of this folder."""
    return Path(__file__).with_name(f"{name}.txt").read_text("utf-8").splitlines()
