"""Combine how far a resume proves the requirements of a job into one score."""

from collections.abc import Sequence

WEIGHTS = {"must": 1.0, "emphasis": 1.0, "duty": 0.6, "nice": 0.3, "soft": 0.0}
"""The weight of a requirement of each kind; "emphasis" is what the instruction demands, "soft" what no resume proves."""


def combined(strengths: Sequence[float], kinds: Sequence[str]) -> float:
    """Return the weighted mean of the strengths, 0..1; 0 without requirements. `kinds` are keys of WEIGHTS."""
    return weighted_mean(strengths, [WEIGHTS[kind] for kind in kinds])


def weighted_mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """Return the mean of the values by weight, 0 without values or weight."""
    total = sum(value * weight for value, weight in zip(values, weights, strict=True))
    return total / sum(weights) if sum(weights) else 0.0
