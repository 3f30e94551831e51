"""Read again what people said about the candidates of a list, their own and colleagues', and bring it along to an edited job."""

import sqlite3

from feedback.store.desk.carrying import carry_over
from feedback.store.desk.notes import notes_of_run
from feedback.store.desk.statuses import statuses_of_run
from feedback.store.store import Store
from service.message import Message
from service.run_state import RunState


def refresh(state: RunState, store: Store) -> frozenset[str]:
    """Put what the store has now about the run's candidates into the state; return the ids of those for whom it differs from before."""
    if not state.run_id:
        return frozenset()
    before = (state.labels, state.statuses, state.notes)
    run, user = state.run_id, state.runs_of
    now = (store.labels_of_run(run, user), statuses_of_run(store, run, user), notes_of_run(store, run, user))
    state.labels, state.statuses, state.notes = now
    return frozenset(
        resume_id
        for old, new in zip(before, now, strict=True)
        for resume_id in old.keys() | new.keys()
        if old.get(resume_id) != new.get(resume_id)
    )


def is_of_job(state: RunState, other: RunState) -> bool:
    """Return whether both show a stored ranking for the same job description, and what is said in one may be shown in the other."""
    return state.runs_of == other.runs_of and bool(
        state.run_id and other.run_id and state.query and other.query and state.query.job == other.query.job
    )


def bring_along(state: RunState, before: int, store: Store, user: str) -> Message | None:
    """Carry statuses and notes over from the ranking that was shown before; return what a person is told, None if there was nothing."""
    try:
        carried = carry_over(store, before, state.run_id, user, state.runs_of)
        refresh(state, store)
    except (LookupError, sqlite3.Error):  # they stand in the earlier ranking, as ever
        return None
    values = {"statuses": carried.statuses, "notes": carried.notes}
    return Message("message.carried_over", values, kind="info") if carried.statuses or carried.notes else None
