"""Keep the key of the audit log, 32 random bytes, in a file beside the database: who can write there only cannot forge the log.

The keys of `person_keys` lie in the database itself and would not do: whoever changes rows there could read them. Knows no rows.
"""

import hashlib
import os
import secrets
import sqlite3
from contextlib import suppress
from pathlib import Path

from feedback.store.backup.swap import sync

_LENGTH = 32


def key_path(db: sqlite3.Connection) -> Path:
    """Return where the key of an open database lies, whether or not it is there."""
    [file] = db.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()
    return Path(f"{file}.audit-key")


def read_key(path: Path) -> bytes | None:
    """Return the key; None where there is no such file, or what is in it is no key. Raises OSError."""
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        return None
    return key if len(key) == _LENGTH else None


def make_key(path: Path) -> bytes:
    """Write a new key, of mode 0600 and on disk when this returns. Raises OSError."""
    key = prepare_key(path)
    with suppress(FileNotFoundError):  # a process that starts at this moment has settled it
        _prepared(path).replace(path)
    sync(path.parent)
    return key


def prepare_key(path: Path) -> bytes:
    """Write a new key that is in force only after `settle_key`: for a transaction that has to be committed first. Raises OSError."""
    key = secrets.token_bytes(_LENGTH)
    file = os.open(_prepared(path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(file, key)
        os.fsync(file)
    finally:
        os.close(file)
    sync(path.parent)
    return key


def settle_key(path: Path) -> None:
    """Put a prepared key into force unless there is one, and let nobody else read it."""
    with suppress(FileNotFoundError):
        if read_key(path) is None:
            _prepared(path).replace(path)
    with suppress(FileNotFoundError, PermissionError):  # perhaps a copy that somebody put back
        path.chmod(0o600)


def fingerprint(key: bytes) -> str:
    """Return what tells a key from others and gives nothing of it away."""
    return hashlib.sha256(b"audit key\0" + key).hexdigest()


def _prepared(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")
