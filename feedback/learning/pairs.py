"""Convert labelled groups to arrays for pairwise learning: a row per labelled candidate, and the preference pairs within each group."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from feedback.labels import FULL, NONE, Group
from feedback.learning.features import NAMES
from feedback.learning.metrics import mean_grade

MAX_PAIRS = 20_000
"""Of all groups together; more only take more time, since the groups are what is independent."""
MIN_PAIRS = 10
MAX_BOOST = 5.0
"""The largest propensity weight of one label given far down."""


@dataclass(frozen=True)
class PairwiseDataset:
    """The groups with something to learn (two candidates of different grade), and arrays over them.

    Rows (one per labelled candidate): `features` (rows, NAMES), `grades` (mean over raters), `group` (index in `groups`), `candidate`
    (index in its group). Pairs: `better` and `worse` are rows; `weight` sums to 1 in each group. `logit_spread` is the pooled standard
    deviation of the logit within groups over all candidates, labelled or not. A feature that was not computed when a candidate was ranked
    has the mean of the others: it teaches nothing there.
    """

    groups: tuple[Group, ...]
    features: np.ndarray
    grades: np.ndarray
    group: np.ndarray
    candidate: np.ndarray
    better: np.ndarray
    worse: np.ndarray
    weight: np.ndarray
    logit_spread: float

    def rows(self, number: int) -> slice:
        """Return the slice of the rows of group `number`."""
        start, end = np.searchsorted(self.group, (number, number + 1))
        return slice(int(start), int(end))


def pairwise_dataset(groups: Sequence[Group], fingerprint: str, seed: int = 0) -> PairwiseDataset:
    """Build the dataset from the groups whose logits are of this engine. Of a group with too many pairs a seeded sample is taken."""
    groups = [group for group in groups if group.fingerprint == fingerprint]
    propensity = _propensity(groups)
    limit = max(MIN_PAIRS, MAX_PAIRS // max(1, len(groups)))
    random = np.random.default_rng(seed)
    kept: list[Group] = []
    rows: list[tuple[list[float], float, int, int]] = []
    pairs: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    for group in groups:
        labelled = [index for index, candidate in enumerate(group.candidates) if candidate.labels and "logit" in candidate.features]
        if len({mean_grade(group.candidates[index]) for index in labelled}) < 2:
            continue
        better, worse, weight = _pairs(group, labelled, propensity, limit, random)
        if not len(weight):
            continue
        pairs.append((better + len(rows), worse + len(rows), weight))
        for index in labelled:
            candidate = group.candidates[index]
            rows.append(([candidate.features.get(name, np.nan) for name in NAMES], mean_grade(candidate) or 0.0, len(kept), index))
        kept.append(group)
    better, worse, weight = (
        (np.concatenate(part) for part in zip(*pairs, strict=True)) if pairs else (np.zeros(0, int), np.zeros(0, int), np.zeros(0))
    )
    return PairwiseDataset(
        groups=tuple(kept),
        features=_filled(np.array([row[0] for row in rows]).reshape(-1, len(NAMES))),
        grades=np.array([row[1] for row in rows]),
        group=np.array([row[2] for row in rows], dtype=int),
        candidate=np.array([row[3] for row in rows], dtype=int),
        better=better,
        worse=worse,
        weight=weight,
        logit_spread=_logit_spread(kept),
    )


def spread_within(values: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Return the standard deviation of each column within groups, pooled over the groups."""
    _, index, counts = np.unique(group, return_inverse=True, return_counts=True)
    means = np.zeros((len(counts), values.shape[1]))
    np.add.at(means, index, values)
    return np.sqrt(((values - (means / counts[:, None])[index]) ** 2).sum(axis=0) / max(1, len(values) - len(counts)))


def _filled(features: np.ndarray) -> np.ndarray:
    """Return the features with the mean of each column where a row has none, 0 where no row has one."""
    is_known = ~np.isnan(features)
    sums = np.where(is_known, features, 0.0).sum(axis=0)
    return np.where(is_known, features, sums / np.maximum(1, is_known.sum(axis=0)))


def _logit_spread(groups: Sequence[Group]) -> float:
    logits = [
        (candidate.features["logit"], index)
        for index, group in enumerate(groups)
        for candidate in group.candidates
        if "logit" in candidate.features
    ]
    return float(spread_within(np.array([[logit] for logit, _ in logits]), np.array([index for _, index in logits]))[0]) if logits else 0.0


def _pairs(
    group: Group, labelled: Sequence[int], propensity: np.ndarray, limit: int, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (better, worse, weight) of one group's pairs, as indexes in `labelled`. Weights sum to 1.

    The weight of a pair is the share of rater pairs that put the better one above, minus the share that put it below, times the inverse
    propensities of the two labels (Joachims et al. 2017), capped at MAX_BOOST.
    """
    votes = np.zeros((len(labelled), FULL + 1))  # the share of raters that gave each grade
    for row, index in enumerate(labelled):
        for label in group.candidates[index].labels:
            votes[row, label.grade] += 1 / len(group.candidates[index].labels)
    below = np.cumsum(votes, axis=1) - votes  # (candidate, grade): the share that gave less than this grade
    above = votes @ below.T
    margin = above - above.T
    boost = 1 / propensity[np.minimum([group.candidates[index].rank for index in labelled], len(propensity) - 1)]
    better, worse = np.nonzero(margin > 1e-9)
    if len(better) > limit:
        chosen = np.sort(random.choice(len(better), limit, replace=False))
        better, worse = better[chosen], worse[chosen]
    weight = margin[better, worse] * np.minimum(boost[better] * boost[worse], MAX_BOOST)
    return better, worse, weight / weight.sum() if len(weight) else weight


def _propensity(groups: Sequence[Group]) -> np.ndarray:
    """Return, by rank shown (0: imported, always 1.0), how often a candidate there was labelled, relative to rank 1.

    Smoothed by ten candidates of average behaviour, never rising with the rank, and at least 1 / MAX_BOOST.
    """
    last = max((candidate.rank for group in groups for candidate in group.candidates), default=0)
    shown, labelled = np.zeros(last + 1), np.zeros(last + 1)
    for group in groups:
        for candidate in group.candidates:
            shown[candidate.rank] += 1
            labelled[candidate.rank] += bool(candidate.labels)
    usual = labelled[1:].sum() / max(1.0, shown[1:].sum())
    rate = np.minimum.accumulate((labelled[1:] + 10 * usual) / (shown[1:] + 10)) if last else np.zeros(0)
    relative = rate / rate[0] if last and rate[0] > 0 else np.ones(last)
    return np.concatenate([[1.0], np.maximum(relative, 1 / MAX_BOOST)])


assert NONE == 0  # grades are places in `votes`
