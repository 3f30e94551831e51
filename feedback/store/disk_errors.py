"""Classify errors of SQLite: the file is damaged, or the disk is full."""

import sqlite3

_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


def is_damage(error: Exception) -> bool:
    """Return whether the file is damaged: the next start sets it aside."""
    return _code(error) in _DAMAGE


def is_disk_full(error: Exception) -> bool:
    """Return whether the disk is full or refuses writes. Once there is room the database continues by itself."""
    return _code(error) in _NO_ROOM


def damage(problem: str) -> sqlite3.DatabaseError:
    """Return the error for a damaged file that SQLite itself would still read."""
    error = sqlite3.DatabaseError(problem)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def not_written(error: OSError) -> sqlite3.OperationalError:
    """Return the error for a file beside the database that the disk did not take: what needed it is not saved either."""
    failed = sqlite3.OperationalError(f"a file beside the database could not be written or read ({type(error).__name__})")
    failed.sqlite_errorcode = sqlite3.SQLITE_IOERR
    return failed


def _code(error: Exception) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
