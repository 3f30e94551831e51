"""Decide whether learned weights beat the ones in use beyond noise, by cross-validation over groups of the whole learning procedure.

A held-out job is ordered as a new one would be: by weights that did not see it, as strong as it resembles the jobs that they did see. A
second round holds out whole kinds of jobs: there the order must not be worse than the model's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from feedback.labels import Weights
from feedback.learning.features import NAMES
from feedback.learning.kinds import typical_job
from feedback.learning.learn import LOGIT, Fit, features_with_terms, folds, learn
from feedback.learning.metrics import MEASURES, Interval, interval, measures
from feedback.learning.pairs import PairwiseDataset
from feedback.learning.resemblance import strengths
from feedback.learning.term_table import TermTable

LEAST_GROUPS = 8
"""Jobs with labels of different grades below which nothing is even tried: an interval over fewer means little."""
FOLDS = 10
ACCEPTED = ""
REASONS = ("too_few_groups", "nothing_learned", "unchanged", "within_noise", "worse_than_active", "worse_elsewhere")
"""Why weights are refused, in the order in which it is looked at."""
LEAST_OF_KIND = 5
"""Jobs of a kind from which it is looked at alone: an interval over fewer means little. All held-out kinds together always are."""
KIND_FOLDS = 8
"""Kinds beyond the seven largest are held out together: of these there are too few jobs to tell more, and each round takes its time."""


@dataclass(frozen=True)
class JobKinds:
    """The kinds of the jobs of a dataset's groups: `alike` is (groups, groups) in 0..1, `kind` (groups,) numbers their kinds."""

    alike: np.ndarray
    kind: np.ndarray


@dataclass(frozen=True)
class KindVerdict:
    """A kind of job that was held out. `example` is a group of it, `strength` the mean of what the other kinds' weights counted there.

    `change` is the paired difference to the model's order by the names of MEASURES, `in_full` what it would be at full strength.
    """

    example: int
    jobs: int
    strength: float
    change: dict[str, Interval]
    in_full: dict[str, Interval]


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
    elsewhere: dict[str, Interval] | None = None
    """Paired differences to the model's order over all jobs, each ordered by what was learned from other kinds of jobs; None with one
    kind. `elsewhere_in_full` is the same at full strength, `kinds` are the larger ones alone."""
    elsewhere_in_full: dict[str, Interval] | None = None
    kinds: tuple[KindVerdict, ...] = ()


def judge(
    dataset: PairwiseDataset, terms: TermTable, fit: Fit, active: Weights, fingerprint: str, jobs: JobKinds, seed: int = 0
) -> GateVerdict:
    """Return whether to accept `fit`, with the measured intervals.

    It is accepted if the procedure that made it improves both nDCG@5 and pairwise accuracy of the model's own order beyond noise (the
    paired intervals lie above 0), neither mean is below that of the active weights, and on kinds of jobs that were held out it is not worse
    than the model's order beyond noise: neither over all of them nor on one of the larger.

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
    if _is_model_order(fit):
        after = model
    else:
        after = _measure(dataset, out_of_fold(dataset, terms, folds(len(dataset.groups), FOLDS, seed), jobs.alike, seed).scores)
    over_model, over_active = _intervals(after - model), _intervals(after - before)
    verdict = GateVerdict(
        _reason(fit, used, over_model, over_active), _intervals(model), _intervals(before), _intervals(after), over_model, over_active
    )
    if verdict.reason != ACCEPTED or len(set(jobs.kind.tolist())) < 2:
        return verdict
    return _with_kinds(verdict, dataset, terms, model, jobs, seed)


@dataclass(frozen=True)
class HeldOut:
    """Scores per row by weights learned without the row's group: as strong as they count there, and in full. `strength` is per group."""

    scores: np.ndarray
    in_full: np.ndarray
    strength: np.ndarray


def out_of_fold(dataset: PairwiseDataset, terms: TermTable, parts: Sequence[np.ndarray], alike: np.ndarray, seed: int = 0) -> HeldOut:
    """Cross-validate: order each part of the groups (indexes) by weights, and a penalty, that were learned from the others."""
    scores, in_full, strength = np.zeros(len(dataset.group)), np.zeros(len(dataset.group)), np.zeros(len(dataset.groups))
    for held_out in parts:
        train = np.setdiff1d(np.arange(len(dataset.groups)), held_out)
        fit = learn(dataset, terms, train, seed)
        rows = np.isin(dataset.group, held_out)
        strength[held_out] = strengths(alike[np.ix_(held_out, train)])
        logit = dataset.features[rows, LOGIT]
        in_full[rows] = features_with_terms(dataset, terms, train)[rows] @ fit.raw
        scores[rows] = logit + strength[dataset.group[rows]] * (in_full[rows] - logit)
    return HeldOut(scores, in_full, strength)


def _with_kinds(
    verdict: GateVerdict, dataset: PairwiseDataset, terms: TermTable, model: np.ndarray, jobs: JobKinds, seed: int
) -> GateVerdict:
    """Return the verdict with what happens on kinds of jobs that are held out; refused if that is worse than the model's order."""
    part = np.minimum(jobs.kind, KIND_FOLDS - 1)
    parts = [np.nonzero(part == number)[0] for number in np.unique(part)]
    held_out = out_of_fold(dataset, terms, parts, jobs.alike, seed)
    change, in_full = (_measure(dataset, scores) - model for scores in (held_out.scores, held_out.in_full))
    kinds = []
    for number in np.unique(jobs.kind):
        groups = np.nonzero(jobs.kind == number)[0]
        if len(groups) >= LEAST_OF_KIND:
            strength = float(held_out.strength[groups].mean())
            kinds.append(
                KindVerdict(typical_job(jobs.alike, groups), len(groups), strength, _intervals(change[groups]), _intervals(in_full[groups]))
            )
    is_worse = any(_is_worse(measured) for measured in (_intervals(change), *(kind.change for kind in kinds)))
    return replace(
        verdict,
        reason="worse_elsewhere" if is_worse else ACCEPTED,
        elsewhere=_intervals(change),
        elsewhere_in_full=_intervals(in_full),
        kinds=tuple(kinds),
    )


def _is_worse(change: dict[str, Interval]) -> bool:
    return min(change["ndcg"].high, change["pairwise"].high) < 0


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
