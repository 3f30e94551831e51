"""Bring what HR decided and noted about people along when the same pile is ranked for an edited job description."""

import sqlite3

from feedback.store.desk.carrying import carry_over
from feedback.store.store import Store
from service.desk.colleagues import refresh
from service.message import Message
from service.run_state import RunState


def bring_along(state: RunState, before: int, store: Store, user: str) -> Message | None:
    """Carry statuses and notes over from the ranking that was shown before; return what a person is told, None if there was nothing."""
    try:
        carried = carry_over(store, before, state.run_id, user, state.runs_of)
        refresh(state, store)
    except (LookupError, sqlite3.Error):  # they stand in the earlier ranking, as ever
        return None
    values = {"statuses": carried.statuses, "notes": carried.notes}
    return Message("message.carried_over", values, kind="info") if carried.statuses or carried.notes else None
