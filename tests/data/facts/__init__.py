"""Wordings of facts by writers who saw no code. development/ and further/ were read, third/ not yet, unseen/ is to stay so."""

import json
from pathlib import Path
from typing import Any


def wordings(part: str, language: str, kind: str) -> list[dict[str, Any]]:
    """Return the wordings of a part ("development"), a language ("zh", "en") and a kind of facts ("degrees")."""
    lines = (Path(__file__).parent / part / language / f"{kind}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]
