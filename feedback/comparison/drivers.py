"""Find which features go with rising or falling from one ranking to the next, if the correlation is strong and beyond chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

LEAST = 6
"""Fewest candidates: of fewer, no order is rare enough to be beyond chance for one of a dozen features."""

STRONG = 0.4
"""Least rank correlation. Less may be beyond chance in a long list, but explains next to nothing."""

LEVEL = 0.05
_SHUFFLES = 4_999


@dataclass(frozen=True)
class Driver:
    """Of candidates that stood alike before, those with more of `feature` stand higher now (`correlation` > 0), or lower (< 0).

    `correlation` is Spearman's partial one, over the `count` candidates in both runs. It counts only if it also holds the other way
    round (of those who stand alike now, those with more stood lower before): noise in either order, which lets the best fall, does not
    do that. The weaker of the two is given. `p` is the share of shuffled orders in which any feature correlates as strongly
    (Westfall & Young 1993, max statistic): corrected for how many were looked at. It says what went together, not what the model thought.
    """

    feature: str
    correlation: float
    count: int
    p: float


def drivers(features: Mapping[str, Sequence[float]], before: Sequence[float], after: Sequence[float]) -> tuple[Driver, ...]:
    """Return the drivers, strongest first. Each feature and both scores (higher is better) have one value per candidate, in the same order.

    Empty if there are fewer than LEAST candidates.
    """
    if len(before) < LEAST or not features:
        return ()
    from scipy.stats import rankdata  # here: takes a second to import, which the start of the app need not wait for

    ranks = rankdata(list(features.values()), axis=1)
    old, new = rankdata(before), rankdata(after)
    now, p_now = _partial(ranks, new, old)
    then, p_then = _partial(ranks, old, new)
    correlations = [
        Driver(name, float(min(change, -other, key=abs)), len(before), float(max(ps)))
        for name, change, other, *ps in zip(features, now, then, p_now, p_then, strict=True)
        if change * other < 0
    ]
    strong = [driver for driver in correlations if abs(driver.correlation) >= STRONG and driver.p < LEVEL]
    return tuple(sorted(strong, key=lambda driver: -abs(driver.correlation)))


def _partial(features: np.ndarray, ranks: np.ndarray, given: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the partial correlation of each row of `features` (features, candidates; ranks) with `ranks`, given `given`, and its p-value.

    The p-value is by permutation of the residuals (Freedman & Lane 1983) against the largest correlation of all features.
    """
    unexplained, of_features = _residual(ranks, given), _residual(features, given)
    orders = np.random.default_rng(0).permuted(np.tile(unexplained, (_SHUFFLES, 1)), axis=1)
    observed, by_chance = of_features @ unexplained, np.abs(orders @ of_features.T).max(axis=1)
    as_strong = (by_chance[:, None] >= np.abs(observed) - 1e-9).sum(axis=0)
    return observed, (1 + as_strong) / (1 + _SHUFFLES)


def _residual(values: np.ndarray, given: np.ndarray) -> np.ndarray:
    """Return the residual of each row after a linear fit on `given`, scaled to length 1; zeros if nothing is left."""
    line = given - given.mean()
    centred = values - values.mean(axis=-1, keepdims=True)
    left = centred - (centred @ line)[..., None] * line / max(line @ line, 1e-9)
    length = np.linalg.norm(left, axis=-1, keepdims=True)
    return np.where(length > 1e-6, left / np.maximum(length, 1e-6), 0.0)
