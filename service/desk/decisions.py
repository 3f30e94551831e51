"""Set statuses of candidates of a stored run and write notes about them; on disk at once. Labels are only touched if asked for, too."""

from collections.abc import Collection

from feedback.labels import FULL, NONE, PARTIAL
from feedback.store.desk.notes import add_note, delete_note
from feedback.store.desk.statuses import DECLINED, INTERVIEW, RESERVE, STATUSES, set_status
from feedback.store.store import Store
from service.desk.colleagues import refresh
from service.label import give_labels
from service.run_state import RunState

GRADES = {INTERVIEW: FULL, RESERVE: PARTIAL, DECLINED: NONE}
"""The label that goes with a status where a person wants both by one click; none with "to read"."""


def give_status(
    state: RunState, store: Store, user: str, resume_ids: Collection[str], status: object, labels_too: bool = False
) -> frozenset[str]:
    """Store a status from the page for these candidates, and the label that goes with it where `labels_too`; return what `refresh` does.

    Raise ValueError if it is no status, UnknownCandidate (a LookupError) if the store lacks one of the resumes: then nobody's is set.
    """
    if not isinstance(status, str) or status not in STATUSES:
        raise ValueError("not a status")
    set_status(store, state.run_id, resume_ids, status, user, is_private=state.runs_of is not None)
    changed = refresh(state, store)
    return changed | (give_labels(state, store, user, resume_ids, GRADES[status]) if labels_too and status in GRADES else frozenset())


def write_note(state: RunState, store: Store, user: str, resume_id: object, text: object) -> frozenset[str]:
    """Store a note from the page and return what `refresh` does.

    Raise ValueError if it is none, with a code of `add_note` as its message, and UnknownCandidate if the store lacks the resume.
    """
    if not isinstance(resume_id, str) or not isinstance(text, str):
        raise ValueError("no_text")
    add_note(store, state.run_id, resume_id, user, text)
    return refresh(state, store)


def remove_note(state: RunState, store: Store, user: str, note_id: object) -> frozenset[str]:
    """Delete a note of this user and return what `refresh` does; somebody else's stays."""
    if isinstance(note_id, int):
        delete_note(store, note_id, user)
    return refresh(state, store)
