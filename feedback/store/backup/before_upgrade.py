"""Keep a copy of a database that a newer version of the program is about to migrate, so that the older one can go on with it."""

import os
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from feedback.store import migrations
from feedback.store.backup.swap import UPGRADED, sync


@dataclass(frozen=True)
class Upgrade:
    """A migration from one schema to another. `copy` is the database as it was before."""

    before: int
    after: int
    copy: Path


def keep_copy(db: sqlite3.Connection, path: Path) -> Upgrade | None:
    """Copy an open database whose schema is older than this program's; None for a new one, and one that is up to date.

    The copy has mode 0600 and takes the place of that of an earlier upgrade. Raises sqlite3.Error or OSError if there is no room for it.
    """
    [schema] = db.execute("PRAGMA user_version").fetchone()
    if not 0 < schema < len(migrations.MIGRATIONS):
        return None
    earlier = list(path.parent.glob(f"{path.name}{UPGRADED}*"))
    copy = path.with_name(f"{path.name}{UPGRADED}{datetime.now():%Y%m%d-%H%M%S-%f}")
    partial = copy.with_name(f"{copy.name}.partial")  # of a name that a sweep or an erasure finds, should the process be killed here
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL, 0o600))
    try:
        db.execute("VACUUM INTO ?", (str(partial),))
        sync(partial)
        partial.replace(copy)
        sync(copy.parent)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    for path_of_earlier in earlier:
        path_of_earlier.unlink(missing_ok=True)
    return Upgrade(schema, len(migrations.MIGRATIONS), copy)
