"""Learn weights from pairs with one strong prior: exactly the model's order. Effects that labels do not show stay exactly zero.

The score of a candidate is c · logit + Σ δ · feature, with features in units of their spread within groups. Of each pair of candidates,
the better one wins with probability sigmoid(difference of scores) (Bradley & Terry 1952; RankNet, Burges et al. 2005). c has no penalty,
δ an adaptive L1 penalty (Zou 2006: in proportion to 1 / |a first estimate|, so that noise goes to zero and what is real is hardly
shrunk). Its strength is chosen by cross-validation over groups, with the one-standard-error rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from feedback.learning.features import NAMES
from feedback.learning.pairs import PairwiseDataset, spread_within
from feedback.learning.term_table import TermTable

LOGIT = NAMES.index("logit")
GLOSSARY = NAMES.index("glossary")
FIRST = 0.03
"""L1 penalty of the first estimate, in the same units as PENALTIES."""
PENALTIES = np.inf, *(0.5 ** np.arange(0.5, 5))
"""L1 penalties that are tried, strongest first, in units of the least that keeps every δ at zero; the first is the model's own order."""
RIDGE = 0.01
LEAST_TRUST = 1.0
"""Least log-odds for one spread of the logit over all that was ranked. HR labels what stands first, where logits differ little and say
little: without this bound the logit can lose its weight there, and what nobody looked at, far below, would be stirred up."""
FOLDS = 5
LEAST_SPREAD = 0.05
"""A feature that varies less than this within groups counts as if it varied so much: otherwise a few resumes could move everything."""
NOTHING = 1e-3
"""An effect smaller than this, in units of spread, is zero."""


@dataclass(frozen=True)
class Fit:
    """Learned weights. `effects`, per feature of NAMES, are changes of the score (Bradley-Terry log-odds) by one spread of the feature.

    Spreads are within groups: `spread` is in the feature's own units. `penalty` is one of PENALTIES.
    """

    effects: np.ndarray
    spread: np.ndarray
    penalty: float

    @property
    def raw(self) -> np.ndarray:
        """Coefficients per feature of NAMES, with that of the logit 1."""
        raw = self.effects / self.spread
        return raw / raw[LOGIT]

    @property
    def coefficients(self) -> Mapping[str, float]:
        """For `labels.Weights`: only what is not zero; {"logit": 1.0}, the model's own order, when nothing was learned."""
        return {name: float(value) for name, value in zip(NAMES, self.raw, strict=True) if value != 0}


def learn(dataset: PairwiseDataset, terms: TermTable, train: np.ndarray, seed: int = 0) -> Fit:
    """Learn from the groups in `train` (indexes, at least 2): choose the penalty by cross-validation, then fit on all of them."""
    losses = np.zeros((len(train), len(PENALTIES)))
    for held_out in folds(len(train), FOLDS, seed):
        kept = np.setdiff1d(np.arange(len(train)), held_out)
        effects, spread, features = _path(dataset, terms, train[kept])
        losses[held_out] = _losses(dataset, features / spread, effects, train[held_out])
    best = int(losses.mean(axis=0).argmin())
    worse_by = losses - losses[:, [best]]
    noise = worse_by.std(axis=0, ddof=1) / np.sqrt(len(train))
    chosen = int(np.argmax(worse_by.mean(axis=0) <= noise))  # the first: the strongest penalty within one standard error of the best
    effects, spread, _ = _path(dataset, terms, train)
    return Fit(effects[chosen], spread, PENALTIES[chosen])


def folds(count: int, number: int, seed: int) -> list[np.ndarray]:
    """Return the indexes 0 … count − 1, shuffled by `seed`, in at most `number` parts of equal size ± 1."""
    return np.array_split(np.random.default_rng(seed).permutation(count), min(number, count))


def features_with_terms(dataset: PairwiseDataset, terms: TermTable, train: np.ndarray) -> np.ndarray:
    """Return the features of all rows (rows, NAMES), that of the glossary with only the terms that the groups in `train` support."""
    features = dataset.features.copy()
    features[:, GLOSSARY] = terms.values(train)
    return features


def _path(dataset: PairwiseDataset, terms: TermTable, train: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (effects per penalty, spread, features of all rows) of the groups in `train`."""
    features = features_with_terms(dataset, terms, train)
    rows = np.isin(dataset.group, train)
    least = np.full(len(NAMES), LEAST_SPREAD)
    least[LOGIT] = 1e-9
    spread = np.maximum(spread_within(features[rows], dataset.group[rows]), least)
    pairs = np.isin(dataset.group[dataset.better], train)
    differences = (features[dataset.better[pairs]] - features[dataset.worse[pairs]]) / spread
    weight = dataset.weight[pairs] / len(train)
    return _effects(differences, weight, LEAST_TRUST * spread[LOGIT] / max(dataset.logit_spread, spread[LOGIT])), spread, features


def _effects(differences: np.ndarray, weight: np.ndarray, least: float) -> np.ndarray:
    """Return (penalties, features): the fit for each of PENALTIES, each started from the one before. `least` bounds the logit's."""
    others = np.delete(np.arange(differences.shape[1]), LOGIT)
    columns = np.hstack([differences[:, [LOGIT]], differences[:, others], -differences[:, others]])
    alone = _minimise(columns[:, :1], weight, np.full(1, least), 0.0, least)
    start = np.concatenate([alone, np.zeros(2 * len(others))])
    first = _minimise(columns, weight, start, FIRST * _least_penalty(columns, weight, alone), least)
    size = np.abs(_signed(first))
    columns[:, 1:] *= np.tile(size, 2)
    unit = _least_penalty(columns, weight, alone)
    effects = np.zeros((len(PENALTIES), differences.shape[1]))
    for number, penalty in enumerate(PENALTIES):
        if np.isfinite(penalty):
            start = _minimise(columns, weight, start, penalty * unit, least)
        delta = size * _signed(start)
        effects[number, LOGIT] = start[0]
        effects[number, others] = np.where(np.abs(delta) < NOTHING, 0.0, delta)
    return effects


def _signed(beta: np.ndarray) -> np.ndarray:
    """Return δ as positive minus negative parts; `beta` are the coefficients that `_minimise` returns."""
    positive, negative = np.split(beta[1:], 2)
    return positive - negative


def _least_penalty(columns: np.ndarray, weight: np.ndarray, alone: np.ndarray) -> float:
    """Return the least L1 penalty that keeps every δ at zero."""
    from scipy.special import expit  # here, as below: the start of the app need not wait for it

    return float(((weight * expit(-columns[:, 0] * alone[0])) @ columns[:, 1:]).max())


def _minimise(columns: np.ndarray, weight: np.ndarray, start: np.ndarray, penalty: float, least: float) -> np.ndarray:
    """Return the coefficients ≥ 0 that minimise the penalised pairwise logistic loss.

    The first is the logit's: at least `least`, without L1 penalty. The positive parts of δ follow, then the negative ones.
    """
    from scipy.optimize import minimize
    from scipy.special import expit

    penalties = np.full(columns.shape[1], penalty)
    penalties[0] = 0.0

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        margin = columns @ beta
        value = weight @ np.logaddexp(0, -margin) + penalties @ beta + RIDGE / 2 * beta @ beta
        return float(value), -(weight * expit(-margin)) @ columns + penalties + RIDGE * beta

    bounds = [(least, None), *[(0, None)] * (len(start) - 1)]
    return minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-8, "gtol": 1e-5}).x


def _losses(dataset: PairwiseDataset, features: np.ndarray, effects: np.ndarray, held_out: np.ndarray) -> np.ndarray:
    """Return (groups, penalties): the mean loss of each held-out group's pairs."""
    loss = np.zeros((len(held_out), len(effects)))
    part_of = np.full(len(dataset.groups), -1)
    part_of[held_out] = np.arange(len(held_out))
    pairs = part_of[dataset.group[dataset.better]] >= 0
    better, worse = dataset.better[pairs], dataset.worse[pairs]
    losses = np.logaddexp(0, -(features[better] - features[worse]) @ effects.T) * dataset.weight[pairs][:, None]
    np.add.at(loss, part_of[dataset.group[better]], losses)
    return loss
