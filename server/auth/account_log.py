"""Write into the audit log of the app's store who was given an account or a key, and from whom it was taken."""

import sqlite3
from pathlib import Path

from feedback.store import audit
from feedback.store.database import DamagedDatabase
from feedback.store.history import count_runs
from feedback.store.migrations import NewerSchema
from feedback.store.store import FILE_NAME, Store

NO_LOG = "users.no_log"


def log_change(folder: str, name: str, change: str) -> str:
    """Record a change of the account or key `name`; return the key of the sentence why it was not recorded, "" if it was.

    NO_LOG: there is no store in the folder, which is so before the first start.
    """
    database = Path(folder) / FILE_NAME
    if not database.is_file():
        return NO_LOG
    try:
        count_runs(database, name)  # a damaged database is not for a command to mend
        store = Store(database)
        try:
            audit.record(store, audit.ACCOUNT, audit.BY_COMMAND, account=name, change=change)
        finally:
            store.close()
    except (OSError, sqlite3.Error, NewerSchema, DamagedDatabase):
        return "users.not_logged"
    return ""
