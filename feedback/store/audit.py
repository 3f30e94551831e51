"""Write and read the audit log: what was ranked, said, learned and deleted, when, by whom. Holds ids and numbers, no text or name.

Rows are only ever added, in the transaction of the thing itself; triggers refuse anything else. Candidates stand in them by the SHA-256
of their text, as in the table of the erased, so that nothing has to be taken out when somebody is erased. The reason of a label is
a person's words about another: it stays in the label, goes with it, and is only looked up.
"""

import csv
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from typing import Any

from feedback.files.cells import inert
from feedback.labels import FULL, NONE
from feedback.store.audit_chain import Check, add_row, check
from feedback.store.database import Database, storable

RANKED, LABELLED, LABELS_IMPORTED = "ranked", "labelled", "labels_imported"
STATUS_SET, NOTE_ADDED, NOTE_DELETED = "status_set", "note_added", "note_deleted"
WEIGHTS_LEARNED, WEIGHTS_APPLIED, WEIGHTS_ROLLED_BACK = "weights_learned", "weights_applied", "weights_rolled_back"
TERM_ACCEPTED, TERM_REJECTED = "term_accepted", "term_rejected"
ERASED, RUN_DELETED, RETENTION = "erased", "run_deleted", "retention"
RUBRIC_SAVED = "rubric_saved"
RESTORED, HANDED_OVER = "restored", "handed_over"
ACCOUNT = "account"
POOL_OPENED, POOL_CLOSED, POOL_CHOSEN, POOL_LEFT = "pool_opened", "pool_closed", "pool_chosen", "pool_left"
NAMES_REVEALED, EXPORTED = "names_revealed", "exported"
"""The subject of a row. The last two happen on the page or at ./start.sh backup, and ACCOUNT at ./start.sh user, which say so by
`record`; the others are written by what they are about, and those of the log itself, KEYED and KEY_REPLACED, by audit_chain.py."""

BY_COMMAND = ":command line"
"""The user of rows that the command line wrote: a name that no account can have."""

TOP = 5
_COLUMNS = ("id", "at", "user", "event", "run_id", "resume_id", "facts", "reason", "chain")


@dataclass(frozen=True)
class AuditEntry:
    """A row. `at` is in Unix seconds; `facts` depend on the event: hashes, numbers, codes and settings.

    `reason` is what the label that this is about was given for: "" for none, for other events, and once the label is gone.
    """

    id: int
    at: float
    user: str
    event: str
    run_id: int | None
    resume_id: str | None
    facts: Mapping[str, Any]
    reason: str
    chain: str


def record(database: Database, event: str, user: str, *, run_id: int | None = None, resume_id: str | None = None, **facts: Any) -> None:
    """Write a row for something that happens outside the database: NAMES_REVEALED, EXPORTED (with what, as `kind`), ACCOUNT."""
    with database.writing() as db:
        append(db, event, user, run_id=run_id, resume_id=resume_id, **facts)


def append(db: sqlite3.Connection, event: str, user: str, *, run_id: int | None = None, resume_id: str | None = None, **facts: Any) -> None:
    """Write a row in an open transaction. Facts are JSON: never a text of a resume or a job, nor a name or a file's name."""
    add_row(db, storable(user), event, run_id, resume_id, json.dumps(facts, allow_nan=False))


def of_sheet(digest: str) -> dict[str, str]:
    """Return the fact that something came from a list of candidates with this SHA-256; none for ""."""
    return {"sheet": digest} if digest else {}


def overrides(grade: int | None, rank: int) -> bool:
    """Return whether a label contradicts the order shown: 完全匹配 below place TOP, or 不匹配 at it or above. Rank 0 was not shown."""
    return (grade == FULL and rank > TOP) or (grade == NONE and 0 < rank <= TOP)


def entries(
    database: Database, *, limit: int = 200, before: int | None = None, resume_id: str | None = None, user: str | None = None
) -> list[AuditEntry]:
    """Return the newest rows, newest first; `before` the id of a row: the ones before that, for a further page. `limit` −1 is none.

    `resume_id`: only those about one candidate, which leaves out rankings: these are about all who were ranked. `user`: only what they did.
    """
    where = "(?1 IS NULL OR audit.id < ?1) AND (?2 IS NULL OR resume_id = ?2) AND (?4 IS NULL OR user = ?4)"
    with database.reading() as db:
        rows = db.execute(f"{_ROWS} WHERE {where} ORDER BY audit.id DESC LIMIT ?3", (before, resume_id, limit, user))
        return [_entry(*row) for row in rows]


_ROWS = (
    "SELECT audit.id, audit.at, user, event, run_id, resume_id, facts, coalesce(labels.reason, ''), chain FROM audit"
    " LEFT JOIN labels ON audit.event = 'labelled' AND labels.id = json_extract(facts, '$.label')"
)


def _entry(
    key: int, at: float, user: str, event: str, run_id: int | None, resume_id: str | None, facts: str, reason: str, chain: str
) -> AuditEntry:
    return AuditEntry(key, at, user, event, run_id, resume_id, json.loads(facts), reason, chain)


def audit_csv(database: Database) -> bytes:
    """Return all rows, oldest first, as CSV in UTF-8 with the mark that Excel needs. Holds reasons of labels: as confidential as those.

    `chain` of the last row pins all rows down: a copy kept elsewhere shows later whether any of them was changed.
    """
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    with database.reading() as db:
        for key, at, *rest in db.execute(f"{_ROWS} ORDER BY audit.id"):
            when = datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
            writer.writerow([key, when, *(inert(value) if isinstance(value, str) else value for value in rest)])
    return text.getvalue().encode("utf-8-sig")


def verify(database: Database, known: Check | None = None) -> Check:
    """Check that every row is as it was written; from the last row of an earlier check on, where one is `known`. Raises OSError.

    Finds what was changed by anybody who cannot read the key (audit_key.py). Against those who can only a copy of the CSV elsewhere helps.
    """
    with database.reading() as db:
        return check(db, known)
