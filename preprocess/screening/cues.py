"""Find cues that a passage addresses the model, by the regular expressions of screening.toml. They decide nothing by themselves."""

import re
import tomllib
from functools import cache
from pathlib import Path


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lists = tomllib.loads(Path(__file__).with_name("screening.toml").read_text("utf-8"))
    words: dict[str, str] = {}

    def spelled_out(alternatives: str | list[str]) -> str:
        pattern = alternatives if isinstance(alternatives, str) else "|".join(alternatives)
        return "(?:" + re.sub("@([a-z_]+)", lambda name: words[name[1]], pattern) + ")"

    for name, alternatives in lists["words"].items():
        words[name] = spelled_out(alternatives)
    return {name: re.compile(spelled_out(alternatives)) for name, alternatives in lists["cues"].items()}


def cue_names() -> list[str]:
    """Return the names of all cues, in the order of screening.toml."""
    return list(_patterns())


def cues(text: str) -> list[str]:
    """Return the names of the cues in one variant of a passage, in the order of screening.toml."""
    return [name for name, pattern in _patterns().items() if pattern.search(text)]
