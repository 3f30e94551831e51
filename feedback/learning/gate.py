"""Decide whether learned weights beat the ones in use beyond noise, by cross-validation over groups of the whole learning procedure."""

from dataclasses import dataclass

import numpy as np

from feedback.labels import Weights
from feedback.learning.features import NAMES
from feedback.learning.learn import LOGIT, Fit, features_with_terms, folds, learn
from feedback.learning.metrics import MEASURES, Interval, interval, measures
from feedback.learning.pairs import PairwiseDataset
from feedback.learning.term_table import TermTable

LEAST_GROUPS = 8
"""Jobs with labels of different grades below which nothing is even tried: an interval over fewer means little."""
FOLDS = 10
ACCEPTED = ""
REASONS = ("too_few_groups", "nothing_learned", "unchanged", "within_noise", "worse_than_active")
"""Why weights are refused, in the order in which it is looked at."""


@dataclass(frozen=True)
class GateVerdict:
    """`reason` is ACCEPTED or one of REASONS. Intervals by the names of MEASURES; all None with too few groups.

    `model` is the model's own order, `active` the order used now, `learned` that of the procedure on groups it did not learn from;
    `over_model` and `over_active` are the paired differences of `learned` to them.
    """

    reason: str
    model: dict[str, Interval] | None = None
    active: dict[str, Interval] | None = None
    learned: dict[str, Interval] | None = None
    over_model: dict[str, Interval] | None = None
    over_active: dict[str, Interval] | None = None


def judge(dataset: PairwiseDataset, terms: TermTable, fit: Fit, active: Weights, fingerprint: str, seed: int = 0) -> GateVerdict:
    """Return whether to accept `fit`, with the measured intervals.

    It is accepted if the procedure that made it improves both nDCG@5 and pairwise accuracy of the model's own order beyond noise (the
    paired intervals lie above 0), and neither mean is below that of the active weights.

    The active weights were learned on part of the same labels and are measured on all of them, so they look better than they are, while the
    procedure is measured on unseen groups only: the comparison favours what is in use. Active weights of another engine do not apply: then
    the model's own order takes their place.
    """
    if len(dataset.groups) < LEAST_GROUPS:
        return GateVerdict("too_few_groups")
    if active.fingerprint != fingerprint:
        active = Weights()
    used = np.array([active.coefficients.get(name, 0.0) for name in NAMES])
    every = np.arange(len(dataset.groups))
    model = _measure(dataset, dataset.features[:, LOGIT])
    before = _measure(dataset, features_with_terms(dataset, terms, every) @ used)
    after = model if _is_model_order(fit) else _measure(dataset, out_of_fold(dataset, terms, seed))
    over_model, over_active = _intervals(after - model), _intervals(after - before)
    return GateVerdict(
        _reason(fit, used, over_model, over_active), _intervals(model), _intervals(before), _intervals(after), over_model, over_active
    )


def out_of_fold(dataset: PairwiseDataset, terms: TermTable, seed: int = 0) -> np.ndarray:
    """Return a score per row, from weights (and a penalty) learned without the row's group: cross-validation in FOLDS folds."""
    scores = np.zeros(len(dataset.group))
    for held_out in folds(len(dataset.groups), FOLDS, seed):
        train = np.setdiff1d(np.arange(len(dataset.groups)), held_out)
        fit = learn(dataset, terms, train, seed)
        rows = np.isin(dataset.group, held_out)
        scores[rows] = features_with_terms(dataset, terms, train)[rows] @ fit.raw
    return scores


def _is_model_order(fit: Fit) -> bool:
    return set(fit.coefficients) == {"logit"}


def _reason(fit: Fit, used: np.ndarray, over_model: dict[str, Interval], over_active: dict[str, Interval]) -> str:
    coefficients = np.array([fit.coefficients.get(name, 0.0) for name in NAMES])
    if _is_model_order(fit):
        return "nothing_learned"
    if np.allclose(coefficients, used, rtol=1e-6):
        return "unchanged"
    if min(over_model["ndcg"].low, over_model["pairwise"].low) <= 0:
        return "within_noise"
    if min(over_active["ndcg"].value, over_active["pairwise"].value) < 0:
        return "worse_than_active"
    return ACCEPTED


def _measure(dataset: PairwiseDataset, scores: np.ndarray) -> np.ndarray:
    """Return an array (groups, MEASURES) of the quality of the order by `scores`."""
    return np.array([measures(scores[rows], dataset.grades[rows]) for rows in map(dataset.rows, range(len(dataset.groups)))])


def _intervals(values: np.ndarray) -> dict[str, Interval]:
    return {name: interval(values[:, column]) for column, name in enumerate(MEASURES)}
