"""Learn weights from labels, apply them, roll back: one function each, for the page and for feedback_tune.py."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from feedback.glossary.mining import mine
from feedback.glossary.terms import ACCEPTED, REJECTED, propose, terms
from feedback.labels import Group
from feedback.learning.groups import groups
from feedback.learning.report import Report, tune
from feedback.learning.versions import activate, active, add_weights, previous, versions
from feedback.store.store import Store


@dataclass(frozen=True)
class LearningOutcome:
    """The result of learning, not in force yet. `groups` are what it learned from, `new_terms` the number of mined term pairs."""

    report: Report
    groups: Sequence[Group]
    new_terms: int
    seconds: float


def learn_from_store(store: Store, fingerprint: str) -> LearningOutcome:
    """Learn from every label given to rankings of this engine, and propose newly mined company terms. Changes no weights."""
    started = time.perf_counter()
    labelled = groups(store, fingerprint)
    accepted = [entry.term for entry in terms(store, ACCEPTED)]
    mined = mine(labelled, decided=[*accepted, *(entry.term for entry in terms(store, REJECTED))])
    propose(store, {pair.term: {name: value for name, value in asdict(pair).items() if name != "term"} for pair in mined})
    # Weights that learned from somebody who was erased are no yardstick, nor are damaged ones: new ones need not be as good.
    in_use = next((pair for pair in versions(store) if pair.is_active), None)
    is_yardstick = in_use is None or (in_use.is_readable and not in_use.due_for_relearning)
    weights = active(store, fingerprint) if is_yardstick else None
    report = tune(labelled, fingerprint, accepted, weights)
    return LearningOutcome(report, labelled, len(mined), time.perf_counter() - started)


def apply(store: Store, outcome: LearningOutcome, user: str) -> int:
    """Store the weights with their report and activate them; return their version.

    Raise ValueError if they did not pass the gate.
    """
    if not outcome.report.accepted:
        raise ValueError(f"the weights did not pass the gate: {outcome.report.verdict.reason}")
    version = add_weights(store, outcome.report.weights, outcome.groups, asdict(outcome.report), user)
    activate(store, version, user)
    return version


def roll_back(store: Store, user: str, version: int | None = None) -> int | None:
    """Activate version `version` (0: the model's own order; None: the one before) and return it; None if there is nothing to go back to.

    Raise LookupError for an unknown version.
    """
    target = previous(store) if version is None else version
    if target is not None:
        activate(store, target, user)
    return target
