"""Labelling a candidate of a kept run, on disk at once."""

from collections.abc import Mapping
from typing import Any

from feedback.store.store import Store
from service.erase import drop_row
from service.message import Message
from service.run_state import RunState


def give_label(state: RunState, store: Store, user: str, chosen: Mapping[str, Any]) -> None:
    """Save what was clicked: `label` is the id of a resume of the run, `grade` one of `feedback.labels` or None.

    On disk when this returns. Nothing that comes from outside can be trusted: raises ValueError or UnknownCandidate (LookupError).
    """
    resume_id, grade, reason = chosen.get("label"), chosen.get("grade"), chosen.get("reason", "")
    if not isinstance(resume_id, str) or not isinstance(reason, str) or isinstance(grade, bool | float):
        raise ValueError("not a label")
    store.label(state.run_id, resume_id, user, grade, reason)
    state.labels = store.labels_of_run(state.run_id)


def not_labelled(state: RunState, store: Store, resume_id: str) -> Message:
    """Return why there was nobody to label, and take them out of the list: they were erased, or the whole ranking was deleted."""
    try:
        store.run(state.run_id)
    except LookupError:
        state.labels = {}
        return Message("message.label_run_gone")
    drop_row(state, resume_id)
    return Message("message.label_erased")
