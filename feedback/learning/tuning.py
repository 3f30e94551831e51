"""From labels to better weights in one step each: propose, apply, roll back. What the page's buttons and feedback_tune.py do."""

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
class Outcome:
    """What learning found, not in force yet. `groups` are what it learned from, `new_terms` how many pairs of terms were mined."""

    report: Report
    groups: Sequence[Group]
    new_terms: int
    seconds: float


def learn_from_store(store: Store, fingerprint: str) -> Outcome:
    """Learn from every label given to rankings of this engine, and put newly mined company terms before people. Changes no weights."""
    started = time.perf_counter()
    labelled = groups(store, fingerprint)
    accepted = [entry.term for entry in terms(store, ACCEPTED)]
    found = mine(labelled, decided=[*accepted, *(entry.term for entry in terms(store, REJECTED))])
    propose(store, {one.term: {name: value for name, value in asdict(one).items() if name != "term"} for one in found})
    # Weights that learned from somebody who was erased are no yardstick, nor are damaged ones: new ones need not be as good.
    in_use = next((one for one in versions(store) if one.is_active), None)
    is_yardstick = in_use is None or (in_use.is_readable and not in_use.due_for_relearning)
    weights = active(store, fingerprint) if is_yardstick else None
    report = tune(labelled, fingerprint, accepted, weights)
    return Outcome(report, labelled, len(found), time.perf_counter() - started)


def apply(store: Store, outcome: Outcome, user: str) -> int:
    """Keep the weights with their report and use them from the next ranking on; returns their version.

    Raises ValueError when they did not pass the gate.
    """
    if not outcome.report.accepted:
        raise ValueError(f"the weights did not pass the gate: {outcome.report.verdict.reason}")
    version = add_weights(store, outcome.report.weights, outcome.groups, asdict(outcome.report), user)
    activate(store, version, user)
    return version


def roll_back(store: Store, user: str, version: int | None = None) -> int | None:
    """Use that version again, 0 being the model's own order; default: the one before. None when there is nothing to go back to.

    Raises LookupError for a version that is not there.
    """
    target = previous(store) if version is None else version
    if target is not None:
        activate(store, target, user)
    return target
