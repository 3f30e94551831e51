"""Which errors of SQLite mean that the file is damaged, and which that the disk is full."""

import sqlite3

_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


def is_damage(error: Exception) -> bool:
    """Whether the file turned out to be damaged: the next start sets it aside."""
    return _code(error) in _DAMAGE


def is_disk_full(error: Exception) -> bool:
    """Whether the disk is full or does not take what is written. Once there is room the database goes on by itself."""
    return _code(error) in _NO_ROOM


def damage(problem: str) -> sqlite3.DatabaseError:
    """The error for a file that SQLite itself would still read."""
    error = sqlite3.DatabaseError(problem)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def not_written(error: OSError) -> sqlite3.OperationalError:
    """The error for a file beside the database that the disk did not take: what needed it is not saved either."""
    failed = sqlite3.OperationalError(f"a file beside the database could not be written or read ({type(error).__name__})")
    failed.sqlite_errorcode = sqlite3.SQLITE_IOERR
    return failed


def _code(error: Exception) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
