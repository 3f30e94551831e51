"""List headings of sections of job descriptions with the kind of what stands below them, "none" where it asks for nothing."""

import tomllib
from pathlib import Path


def read(part: str) -> list[tuple[str, str]]:
    """Return (kind, heading) of "develop" or "test"."""
    table = tomllib.loads(Path(__file__).with_name("headings.toml").read_text("utf-8"))
    return [(kind, heading) for kind, headings in table[part].items() for heading in headings]
