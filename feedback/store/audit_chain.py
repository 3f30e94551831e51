"""Chain the rows of the audit log, and check the chain: each row's HMAC-SHA256 covers the row and the value before it.

`audit_keys` says from which row on which key is used. It is only a hint, as whoever writes to the database can change it: the first row
under a key is by itself a row of the log, keyed like the others, that says what came before. KEYED: rows of a version without a key, which
were checked then, and are held by this row since. KEY_REPLACED: rows under a key that was gone; nobody can check them any more.
"""

import hashlib
import hmac
import json
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from feedback.store.audit_key import fingerprint, key_path, make_key, prepare_key, read_key, settle_key
from feedback.store.disk_errors import not_written

KEYED, KEY_REPLACED = "log_keyed", "log_key_replaced"

_EVER = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'audit'"
"""The highest id that there ever was; SQLite keeps count."""

_ROWS = "SELECT id, at, user, event, run_id, resume_id, facts, chain FROM audit WHERE id > ? ORDER BY id"


@dataclass(frozen=True)
class Check:
    """The result of a check of the log.

    `broken_at`: the first row that is not as it was written, or is missing. `is_key_gone`: the key that the newest rows were written with
    is not there, so none can be checked. `unchecked_before`: rows below this one cannot, as their key was gone (0: none such).
    `last` and `chain` are of the last row, `since` and `key` of the key in force. `known`: rows up to this one were taken from an earlier
    check and not computed again.
    """

    broken_at: int | None = None
    is_key_gone: bool = False
    unchecked_before: int = 0
    last: int = 0
    chain: str = ""
    since: int = 0
    key: str = ""
    known: int = 0

    @property
    def is_whole(self) -> bool:
        """True if every row is as it was written."""
        return self.broken_at is None and not self.is_key_gone and not self.unchecked_before


def add_row(db: sqlite3.Connection, user: str, event: str, run_id: int | None, resume_id: str | None, facts: str) -> None:
    """Add a row in an open transaction; before it KEY_REPLACED, where the key is not that of the rows before.

    Raises sqlite3.OperationalError when there is no key and none can be written.
    """
    path = key_path(db)
    try:
        key = read_key(path) or make_key(path)
    except OSError as error:
        raise not_written(error) from error
    newest = db.execute("SELECT fingerprint FROM audit_keys ORDER BY since DESC LIMIT 1").fetchone()
    if newest != (fingerprint(key),):
        following = _ever(db) + 1
        db.execute("INSERT OR REPLACE INTO audit_keys VALUES (?,?)", (following, fingerprint(key)))
        if following > 1:
            _insert(db, key, "", KEY_REPLACED, None, None, "{}")
    _insert(db, key, user, event, run_id, resume_id, facts)


def key_old_rows(db: sqlite3.Connection) -> None:
    """Add KEYED to a log of a version without a key, with the first row that is not as it was written, if any. Raises like `add_row`.

    Where there is a key already, the log had one, and rows that pretend to be older are not believed. `db` is in autocommit mode.
    """
    path = key_path(db)
    try:
        if _is_old(db):
            db.execute("BEGIN IMMEDIATE")
            try:
                if _is_old(db):  # else another process did it while we waited for the lock
                    existing = read_key(path)
                    key = existing or prepare_key(path)
                    broken = 1 if existing else _broken_without_key(db)
                    db.execute("INSERT INTO audit_keys VALUES (?,?)", (_ever(db) + 1, fingerprint(key)))
                    _insert(db, key, "", KEYED, None, None, json.dumps({"broken": broken}))
                db.execute("COMMIT")
            except BaseException:
                db.execute("ROLLBACK")
                raise
        settle_key(path)
    except OSError as error:
        raise not_written(error) from error


def _is_old(db: sqlite3.Connection) -> bool:
    return _ever(db) > 0 and db.execute("SELECT 1 FROM audit_keys").fetchone() is None


def check(db: sqlite3.Connection, known: Check | None = None) -> Check:
    """Check the log as a connection sees it; from the last row of an earlier whole check on, where one is `known`. Raises OSError.

    Not found are rows cut off the end by somebody who also set back SQLite's count of them: only a CSV kept elsewhere shows that.
    """
    newest = db.execute("SELECT since, fingerprint FROM audit_keys ORDER BY since DESC LIMIT 1").fetchone()
    if newest is None:
        return Check(broken_at=1 if _ever(db) else None)
    since, name = newest
    key = read_key(key_path(db))
    if key is None or fingerprint(key) != name:
        last, chain, broken = _followed(db, 0, "", None, since, 0)
        return Check(_first(broken, _broken_then(db)), is_key_gone=True, last=last, chain=chain)
    [event] = db.execute("SELECT event FROM audit WHERE id = ?", (since,)).fetchone() or ("",)
    unchecked = since if event == KEY_REPLACED else 0
    if since > 1 and event not in (KEYED, KEY_REPLACED):
        return Check(broken_at=1)
    start = _resumed(db, known, since, name) or Check()
    last, chain, broken = _followed(db, start.last, start.chain, key, since, unchecked)
    return Check(_first(broken, _broken_then(db)), False, unchecked, last, chain, since, name, start.last)


def _resumed(db: sqlite3.Connection, known: Check | None, since: int, name: str) -> Check | None:
    """The earlier check if it found nothing wrong and was of this log, which may have grown since."""
    if known is None or known.broken_at is not None or (known.since, known.key) != (since, name):
        return None
    return known if db.execute("SELECT chain FROM audit WHERE id = ?", (known.last,)).fetchone() == (known.chain,) else None


def _followed(db: sqlite3.Connection, last: int, chain: str, key: bytes | None, since: int, unchecked: int) -> tuple[int, str, int | None]:
    """Follow the chain behind row `last`; returns the last row, its value, and the first that is wrong or missing.

    Rows before `unchecked`, and all without a key, only have to be there.
    """
    for *row, kept in db.execute(_ROWS, (last,)):
        if row[0] != last + 1:
            return last, chain, last + 1
        if key is not None and row[0] >= max(unchecked, 1):
            expected = _keyed(key, chain, row) if row[0] >= since else _unkeyed(chain, row)
            if expected != kept:
                return last, chain, 1 if row[0] == since else row[0]  # what the first row under a key held is in doubt as well
        last, chain = row[0], kept
    return last, chain, None if last == _ever(db) else last + 1


def _broken_then(db: sqlite3.Connection) -> int | None:
    """Return what was wrong with rows without a key when the log got one: that stays so."""
    broken = "min(CAST(json_extract(facts, '$.broken') AS INTEGER))"
    return db.execute(
        f"SELECT {broken} FROM audit JOIN audit_keys ON id = since WHERE event = ? AND json_valid(facts)", (KEYED,)
    ).fetchone()[0]


def _broken_without_key(db: sqlite3.Connection) -> int | None:
    """The first wrong or missing row of a log of before there was a key."""
    last, chain = 0, ""
    for *row, kept in db.execute(_ROWS, (0,)):
        if row[0] != last + 1 or _unkeyed(chain, row) != kept:
            return last + 1
        last, chain = row[0], kept
    return None if last == _ever(db) else last + 1


def _first(*rows: int | None) -> int | None:
    return min((row for row in rows if row is not None), default=None)


def _ever(db: sqlite3.Connection) -> int:
    return db.execute(_EVER).fetchone()[0]


def _insert(db: sqlite3.Connection, key: bytes, *values: Any) -> None:
    [before] = db.execute("SELECT chain FROM audit ORDER BY id DESC LIMIT 1").fetchone() or ("",)
    row = (_ever(db) + 1, time.time(), *values)
    db.execute("INSERT INTO audit VALUES (?,?,?,?,?,?,?,?)", (*row, _keyed(key, before, row)))


def _keyed(key: bytes, before: str, row: Iterable[Any]) -> str:
    return hmac.digest(key, _message(before, row), "sha256").hex()


def _unkeyed(before: str, row: Iterable[Any]) -> str:
    return hashlib.sha256(_message(before, row)).hexdigest()


def _message(before: str, row: Iterable[Any]) -> bytes:
    return json.dumps([before, *row], default=repr).encode()  # bytes stand there only if somebody else wrote them
