"""Remember what a list was ranked by, to tell what has changed since: the job description, the instruction, the pile or the criteria."""

import hashlib
from collections.abc import Sequence
from weakref import WeakSet

from preprocess.document import Document
from service.pile import Pile
from service.run_state import Conditions, Order, RunState

JOB, INSTRUCTION, PASTED, ADDED, REMOVED = "job", "instruction", "pasted", "added", "removed"
"""What can have changed; keys of the [conditions] texts."""


def conditions_of(order: Order, documents: Sequence[Document]) -> Conditions:
    """Return what a run that has just ended was asked, and of which files of the pile."""
    return Conditions(_digest(order.job), _digest(order.instruction), _digest(order.pasted), WeakSet(documents), len(documents))


def conditions_of_stored(job: str, instruction: str, documents: Sequence[Document]) -> Conditions:
    """Return what a ranking that was opened again was asked; its pasted resumes are `documents` like the others."""
    return Conditions(_digest(job), _digest(instruction), _digest(""), WeakSet(documents), len(documents))


def changes(state: RunState, pile: Pile, job: str, instruction: str, pasted: str) -> Sequence[str]:
    """Return what differs now from what the list was ranked by; nothing while a run is in work, or where that is not known."""
    ranked = state.conditions
    if ranked is None or state.busy or not state.ranking:
        return ()
    changed = [
        (JOB, _digest(job) != ranked.job),
        (INSTRUCTION, _digest(instruction) != ranked.instruction),
        (PASTED, _digest(pasted) != ranked.pasted),
        (ADDED, any(document not in ranked.documents for document in pile.documents)),
        (REMOVED, sum(document in ranked.documents for document in pile.documents) < ranked.count - len(state.dropped)),
    ]
    return tuple(name for name, is_changed in changed if is_changed)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.strip().encode("utf-8", "surrogatepass")).digest()
