"""Combine the verdicts on all requirements of a job into one score of a resume."""

from collections.abc import Sequence

WEIGHTS = {"must": 1.0, "duty": 0.6, "nice": 0.3}
"""How much a requirement of each kind counts."""


def combined(strengths: Sequence[float], kinds: Sequence[str]) -> float:
    """Return the weighted mean of the strengths, 0..1; 0 without requirements. `kinds` are keys of WEIGHTS."""
    weights = [WEIGHTS[kind] for kind in kinds]
    total = sum(strength * weight for strength, weight in zip(strengths, weights, strict=True))
    return total / sum(weights) if weights else 0.0
