"""Label a candidate of a stored run; the label is on disk at once."""

from collections.abc import Mapping
from typing import Any

from feedback.store.store import Store
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
    state.labels = store.labels_of_run(state.run_id)


def not_labelled(state: RunState, store: Store, resume_id: str) -> Message:
    """Return why a candidate could not be labelled, and remove them from the list: erased, or the whole ranking deleted."""
    try:
        store.run(state.run_id)
    except LookupError:
        state.labels = {}
        return Message("message.label_run_gone")
    drop_row(state, resume_id)
    return Message("message.label_erased")
