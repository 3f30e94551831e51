"""What in a sentence tells that it speaks to the reading program, and how much that weighs. The cues are in screening.toml.

The weights are fitted, by benchmarks/fit_screening.py, and so are those of pairs of cues.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path


@dataclass(frozen=True)
class Weights:
    """A logistic regression: of single cues, of pairs ("one two", in the order of screening.toml) and of how many there are (`counts`)."""

    cues: dict[str, float]
    pairs: dict[str, float]
    counts: dict[str, float]
    least: float


@dataclass(frozen=True)
class _Cues:
    patterns: dict[str, re.Pattern[str]]
    kinds: dict[str, frozenset[str]]


@cache
def _cues() -> _Cues:
    lists = tomllib.loads(Path(__file__).with_name("screening.toml").read_text("utf-8"))
    words: dict[str, str] = {}

    def spelled_out(alternatives: str | list[str]) -> str:
        pattern = alternatives if isinstance(alternatives, str) else "|".join(alternatives)
        return "(?:" + re.sub("@([a-z_]+)", lambda name: words[name[1]], pattern) + ")"

    for name, alternatives in lists["words"].items():
        words[name] = spelled_out(alternatives)
    patterns = {name: re.compile(spelled_out(alternatives)) for name, alternatives in lists["cues"].items()}
    return _Cues(patterns, {kind: frozenset(names) for kind, names in lists["kinds"].items()})


@cache
def _weights() -> Weights:
    return Weights(**tomllib.loads(Path(__file__).with_name("screening_weights.toml").read_text("utf-8")))


def cues(sentence: str) -> list[str]:
    """The names of the cues in a sentence as `screening_instructions.sentence` makes it, in the order of screening.toml."""
    return [name for name, pattern in _cues().patterns.items() if pattern.search(sentence)]


def counts(found: list[str]) -> dict[str, float]:
    """How many cues of each kind there are, up to a few, and which kinds come together."""
    addressed, verdict, overriding, against = (
        min(most, sum(name in _cues().kinds[kind] for name in found))
        for kind, most in (("addressed", 4), ("verdict", 4), ("overriding", 3), ("against", 3))
    )
    return {
        "addressed": addressed,
        "verdict": verdict,
        "overriding": overriding,
        "against": against,
        "addressed_and_verdict": float(bool(addressed and verdict)),
        "addressed_times_verdict": min(addressed * verdict, 9) / 3,
        "addressed_times_overriding": addressed * overriding / 3,
        "verdict_times_overriding": verdict * overriding / 3,
    }


def score(found: list[str], weights: Weights) -> float:
    """How much a sentence with these cues looks like an instruction; `weights.least` and more is one."""
    singles = sum(weights.cues.get(name, 0) for name in found)
    pairs = sum(weights.pairs.get(f"{one} {two}", 0) for one, two in combinations(found, 2))
    return singles + pairs + sum(weights.counts[name] * value for name, value in counts(found).items())


def is_instruction(found: list[str]) -> bool:
    """Whether a sentence with these cues is one, by the weights that are kept."""
    return score(found, _weights()) >= _weights().least
