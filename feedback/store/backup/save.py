"""Write a backup of the store while others use it: one moment of the database, and the files that belong to that."""

import fcntl
import os
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from feedback.store.backup.archive import BadBackup, Manifest, write_archive
from feedback.store.backup.erased_record import as_json, erasures_in, noted
from feedback.store.backup.swap import USERS
from feedback.store.kept_files import FOLDER

BESIDE = (".audit-key",)
"""Ends of the names of files that belong to the database."""

KEYS = "api_keys"
"""The file beside the database with the hashes of keys for the API."""

_BUSY_S = 30.0


@dataclass(frozen=True)
class Saved:
    """The outcome of a backup. `is_with_users`: the file of accounts, too."""

    file: Path
    size: int
    runs: int
    labels: int
    kept_files: int
    is_with_users: bool


def save(database: Path, file: Path, users: Path | None = None) -> Saved:
    """Write a backup to `file`, replacing an older one. Others may read and write meanwhile.

    The copy of the database is rewritten as a whole, so that nothing that was deleted is in it. Raises BadBackup if there is no database or
    nothing in it (the folder is the wrong one; accounts alone replace no file), or it is damaged; OSError or sqlite3.OperationalError if
    the disk is full or may not be written to. An older backup then stays.
    """
    if not database.is_file():
        raise BadBackup("nothing_to_save")
    copy = file.with_name(f"{file.name}.partial-database")
    lock = os.open(f"{database}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_SH)  # no restore meanwhile
        erasures = noted(database) or frozenset()
        _copy_database(database, copy)
        erasures |= erasures_in(copy) or frozenset()
        with closing(sqlite3.connect(copy)) as db:
            [schema] = db.execute("PRAGMA user_version").fetchone()
            runs, labels = (db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("runs", "labels"))
            kept = _kept_files(db)
            if _is_empty(db) and (file.exists() or not users):
                raise BadBackup("nothing_to_save")
        members = {database.name: copy} | {f"{database.name}{end}": Path(f"{database}{end}") for end in BESIDE}
        members[KEYS] = database.parent / KEYS
        members |= {f"{FOLDER}/{digest}": database.parent / FOLDER / digest for digest in kept}
        if users:
            members[USERS] = users
        write_archive(file, members, Manifest(time.time(), schema, as_json(erasures), {}))
    finally:
        copy.unlink(missing_ok=True)
        os.close(lock)
    return Saved(file, file.stat().st_size, runs, labels, len(kept), bool(users))


def _copy_database(database: Path, copy: Path) -> None:
    copy.unlink(missing_ok=True)  # of a backup that was killed
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL, 0o600))
    try:
        uri = f"{database.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=_BUSY_S, isolation_level=None)) as db:
            db.execute("VACUUM INTO ?", (str(copy),))
        with closing(sqlite3.connect(copy)) as db:
            [problem] = db.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise BadBackup("database_damaged") from error
    if problem.startswith("***"):
        raise BadBackup("database_damaged")


def _is_empty(db: sqlite3.Connection) -> bool:
    """Return whether nobody has ranked, labelled or saved anything."""
    there = {name for [name] in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return not any(db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in {"resumes", "labels", "saved", "weights"} & there)


def _kept_files(db: sqlite3.Connection) -> list[str]:
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'kept_files'").fetchone():
        return []
    return [digest for [digest] in db.execute("SELECT DISTINCT sha256 FROM kept_files ORDER BY 1")]
