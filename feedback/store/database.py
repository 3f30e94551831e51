"""Open the SQLite file of the feedback loop: durable, shared by threads and processes, set aside when damaged.

Write-ahead logging with a sync at every commit: what was committed survives a killed process and a power cut. Whoever has the file
open holds a shared lock on a file beside it, so that a damaged database is only ever moved away when nobody else is writing to it;
what can be read of it goes into the new one. Knows no tables but `erased` and `scrub_due`, and has the
audit log keyed (audit_chain.py).
"""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from feedback.store.audit_chain import key_old_rows
from feedback.store.backup.before_upgrade import Upgrade, keep_copy
from feedback.store.backup.swap import finish
from feedback.store.disk_errors import damage, is_damage
from feedback.store.migrations import migrate
from feedback.store.salvage import Salvaged, begin_anew

_BUSY_S = 30.0
"""Seconds to wait for another process that writes. Transactions are short: hundreds of milliseconds at most."""


class DamagedDatabase(Exception):
    """Raised if the file is damaged and another process has it open: end that one and start again, which sets the file aside."""


class Database:
    """An open file with mode 0600, in a folder created with mode 0700. Share one between threads."""

    def __init__(self, path: Path):
        """Open and migrate. Raises NewerSchema, DamagedDatabase, or sqlite3.OperationalError (disk full, not writable, …)."""
        self.path = path
        self.damaged: Path | None = None
        """Where a damaged file is kept that was there when this one was opened; a new one took its place, and a person has to be told."""

        self.salvaged = Salvaged()
        """What of the damaged file is in the new one."""

        self.upgrade: Upgrade | None = None
        """The migration that this opening did, if any; a person has to be told."""

        self._writing = threading.Lock()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._in_use = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            alone = _lock_alone(self._in_use)
            if alone:
                finish(path)  # of a restore that was killed
            self._db = self._open(alone)
        except BaseException:
            os.close(self._in_use)
            raise
        fcntl.flock(self._in_use, fcntl.LOCK_SH)
        unfinished = "SELECT 1 FROM erased WHERE NOT is_scrubbed UNION SELECT 1 FROM scrub_due"
        if self._db.execute(unfinished).fetchone():  # the process was ended in the middle of it
            self.scrub()

    def _open(self, alone: bool) -> sqlite3.Connection:
        try:
            return _open_checked(self.path, self._keep_copy)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            if not alone:
                raise DamagedDatabase(f"{self.path} is damaged and in use by another process: end that one first") from error
        self.damaged, self.salvaged = begin_anew(self.path, _open_checked)
        return _open_checked(self.path)

    def _keep_copy(self, db: sqlite3.Connection) -> None:
        self.upgrade = keep_copy(db, self.path)

    def close(self) -> None:
        """Close the file. The last process to do so leaves no `-wal` and `-shm` beside it."""
        with self._writing:
            self._db.close()
            with suppress(OSError):  # closed before
                os.close(self._in_use)
            self._in_use = -1

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection with one snapshot of the file, which neither waits for writers nor blocks them."""
        with closing(_connect(self.path, "ro")) as db:
            db.execute("BEGIN")
            yield db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection in a transaction: committed to disk when the block ends, rolled back if it raises. Keep it short."""
        with self._writing:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def scrub(self) -> bool:
        """Rewrite the file so that no byte of deleted data is left in it or its log; False if that cannot be finished now.

        `PRAGMA secure_delete` alone is not enough: when SQLite rebalances pages, old copies of short cells stay behind in the gaps. What
        cannot be finished (a reader holds the log, no room on disk) is tried again by the next erasure or opening.
        """
        with self._writing:
            try:
                self._db.execute("VACUUM")
                if self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                    return False
                self._db.execute("UPDATE erased SET is_scrubbed = 1 WHERE NOT is_scrubbed")
                self._db.execute("DELETE FROM scrub_due")
            except sqlite3.OperationalError:
                return False
            return True


def _lock_alone(lock: int) -> bool:
    """Lock exclusively if nobody else has the file open (True), else share the lock, waiting while another process opens the file."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        fcntl.flock(lock, fcntl.LOCK_SH)
        return False


def _open_checked(path: Path, before_migration: Callable[[sqlite3.Connection], None] = lambda db: None) -> sqlite3.Connection:
    """Open, check and migrate a file. Raises sqlite3.DatabaseError if it is damaged, or empty: even without a row it has a schema."""
    if not path.exists():
        path.touch(mode=0o600)
    elif path.is_file():
        if not path.stat().st_size:
            raise damage("the file is empty")
        with suppress(PermissionError):  # perhaps a backup that somebody put back, or somebody else's file that we may write to;
            path.chmod(0o600)  # what SQLite makes beside it gets the same mode
    db = _connect(path, "rw")
    try:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "foreign_keys = ON"):
            db.execute(f"PRAGMA {pragma}")
        problem = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if problem.startswith("***"):  # a broken structure; other messages are of constraints, and SQLite 3.40 has false alarms there
            raise damage(problem)
        before_migration(db)
        migrate(db)
        key_old_rows(db)
    except BaseException:
        db.close()
        raise
    return db


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)


def storable(text: str) -> str:
    """Replace unpaired surrogates, which have no UTF-8, so that text and resume ids are taken of the same bytes."""
    return text.encode("utf-8", errors="replace").decode()
