"""Provide wordings of facts by writers who saw no code. All parts but unseen/ were read; unseen/ is to stay so.

own/ is by whoever made the modules, judged before it was run.
otherwise.toml lists those judged against the definition of docs/quality.md."""

import json
import tomllib
from pathlib import Path
from typing import Any


def wordings(part: str, language: str, kind: str) -> list[dict[str, Any]]:
    """Return the wordings of a part ("development"), a language ("zh", "en") and a kind of facts ("degrees")."""
    lines = (Path(__file__).parent / part / language / f"{kind}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def otherwise(kind: str) -> frozenset[str]:
    """Return the resumes of the wordings of a kind whose writers judged otherwise than docs/quality.md defines."""
    return frozenset(tomllib.loads((Path(__file__).with_name("otherwise.toml")).read_text("utf-8")).get(kind, ()))
