"""Label a candidate of a stored run; the label is on disk at once."""

from collections.abc import Iterable, Mapping
from typing import Any

from feedback.labels import FULL, NONE, PARTIAL, Label
from feedback.store.store import Store
from service.desk.colleagues import refresh
from service.erase import drop_row
from service.message import Message
from service.run_state import RunState


def give_label(state: RunState, store: Store, user: str, chosen: Mapping[str, Any]) -> None:
    """Store a label from the page: `chosen` has "label", a resume's id, "grade", one of `feedback.labels` or None, and perhaps "reason".

    It is on disk when this returns. Raise ValueError if a value is invalid, UnknownCandidate (a LookupError) if the store lacks the resume.
    """
    resume_id, grade, reason = chosen.get("label"), chosen.get("grade"), chosen.get("reason", "")
    if not isinstance(resume_id, str) or not isinstance(reason, str) or isinstance(grade, bool | float):
        raise ValueError("not a label")
    store.label(state.run_id, resume_id, user, grade, reason)
    state.labels = store.labels_of_run(state.run_id, state.runs_of)


def give_labels(state: RunState, store: Store, user: str, resume_ids: Iterable[str], grade: Any) -> frozenset[str]:
    """Store one grade for several candidates and return what `refresh` does. Who has it from this user keeps it, with its reason.

    Raise ValueError if it is no grade, UnknownCandidate if the store lacks one of the resumes.
    """
    if isinstance(grade, bool) or grade not in (FULL, PARTIAL, NONE):
        raise ValueError("not a grade")
    for resume_id in resume_ids:
        own = own_label(state.labels.get(resume_id, ()), user)
        if own is None or own.grade != grade:
            store.label(state.run_id, resume_id, user, grade, own.reason if own else "")
    return refresh(state, store)


def own_label(labels: Iterable[Label], user: str) -> Label | None:
    """Return the label that this user gave, if any."""
    return next((label for label in labels if label.rater == user), None)


def not_kept(state: RunState, store: Store) -> Message:
    """Return why nothing could be stored about a candidate, and remove who is gone from the list: erased, or the whole run deleted."""
    try:
        stored = {row.resume_id for row in store.run(state.run_id).rows}
    except LookupError:
        state.labels, state.statuses, state.notes = {}, {}, {}
        return Message("message.candidate_run_gone")
    for row in state.ranking.rows if state.ranking else ():
        if row.id not in stored:
            drop_row(state, row.id)
    return Message("message.candidate_erased")
