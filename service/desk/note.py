"""Write and delete notes about candidates of a stored run; on disk at once."""

from feedback.store.desk.notes import add_note, delete_note
from feedback.store.store import Store
from service.desk.colleagues import refresh
from service.run_state import RunState


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
