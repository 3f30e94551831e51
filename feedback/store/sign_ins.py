"""Store who signed in, who failed to, and whose tries were locked out: for administrators, for as long as retention keeps things.

They are no rows of the audit log, which nothing is ever taken out of. A name that is no account's is not kept: it may be a password.
"""

import time
from dataclasses import dataclass

from feedback.store.database import Database, storable

GOOD, FAILED, LOCKED = "good", "failed", "locked"

_MOST = 10_000
"""Older ones are dropped, so that strangers cannot fill the disk."""


@dataclass(frozen=True)
class SignIn:
    """A try to sign in. `user` is "" for a name that is no account's; `address` that of the machine, for IPv6 the /64."""

    at: float
    user: str
    address: str
    outcome: str


def add_sign_in(database: Database, outcome: str, user: str, address: str) -> None:
    """Store a try to sign in."""
    with database.writing() as db:
        db.execute("INSERT INTO sign_ins (at, user, address, outcome) VALUES (?,?,?,?)", (time.time(), storable(user), address, outcome))
        db.execute("DELETE FROM sign_ins WHERE id <= (SELECT max(id) FROM sign_ins) - ?", (_MOST,))


def sign_ins(database: Database, limit: int = 100) -> list[SignIn]:
    """Return the newest tries, newest first."""
    with database.reading() as db:
        rows = db.execute("SELECT at, user, address, outcome FROM sign_ins ORDER BY id DESC LIMIT ?", (limit,)).fetchall()
    return [SignIn(*row) for row in rows]
