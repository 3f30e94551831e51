"""Put the administrator's terms for the pool in force: its purpose, and days after a file was read. Without both there is no pool."""

from dataclasses import dataclass

from feedback.store.audit import POOL_CLOSED, POOL_OPENED, append
from feedback.store.database import Database
from feedback.store.pool.facts import drop_facts
from feedback.store.retention import DAY_S

_PROGRAM = "pool"


@dataclass(frozen=True)
class PoolTerms:
    """The terms in force. `days` 0: there is no pool."""

    days: int = 0
    purpose: str = ""

    def __bool__(self) -> bool:
        return self.days > 0

    def since(self, now: float) -> float:
        """Return from when on a file must have been read for its person to be in the pool, in Unix seconds."""
        return now - self.days * DAY_S if self else float("inf")

    def until(self, read_at: float) -> float:
        """Return when a person whose file was read then leaves the pool, in Unix seconds."""
        return read_at + self.days * DAY_S


NO_POOL = PoolTerms()


def put_in_force(database: Database, terms: PoolTerms) -> None:
    """Write the terms to the audit log where they are new; where there is no pool, delete every byte of what was computed for one."""
    is_dropped = False
    with database.writing() as db:
        newest = db.execute(
            "SELECT event, json_extract(facts, '$.days'), json_extract(facts, '$.purpose') FROM audit WHERE event IN (?,?)"
            " ORDER BY id DESC LIMIT 1",
            (POOL_OPENED, POOL_CLOSED),
        ).fetchone()
        if terms and newest != (POOL_OPENED, terms.days, terms.purpose):
            append(db, POOL_OPENED, _PROGRAM, days=terms.days, purpose=terms.purpose)
        if not terms:
            is_dropped = drop_facts(db)
            if newest and newest[0] == POOL_OPENED:
                append(db, POOL_CLOSED, _PROGRAM)
    if is_dropped:
        database.scrub()
