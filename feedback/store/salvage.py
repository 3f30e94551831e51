"""Set a damaged feedback database aside and copy what can still be read of it into a new one, row by row.

Knows the tables only as SQLite describes them. A row is dropped if the run, job or candidate that it refers to was lost.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from feedback.store.disk_errors import is_disk_full
from feedback.store.migrations import NewerSchema, migrate


@dataclass(frozen=True)
class Salvaged:
    """Counts of the rankings and labels read into the new database. How many there had been cannot be known."""

    runs: int = 0
    labels: int = 0


def begin_anew(path: Path, open_new: Callable[[Path], sqlite3.Connection]) -> tuple[Path, Salvaged]:
    """Move a damaged file aside and put a new one in its place with what can be read; return its new path and the counts.

    `open_new` makes an empty database of the newest schema, in autocommit mode. A kill leaves the old or the new file in place, never an
    empty one. Raises sqlite3.Error or OSError if the disk is full.
    """
    aside = path.with_name(f"{path.name}.damaged-{datetime.now():%Y%m%d-%H%M%S-%f}")
    for ending in ("", "-wal"):
        with suppress(FileNotFoundError):
            shutil.copy2(f"{path}{ending}", f"{aside}{ending}")
    new, salvaged = Path(f"{aside}-new"), Salvaged()  # of a name that a sweep or an erasure finds, should the process be killed here
    with closing(open_new(new)) as into, closing(sqlite3.connect(path, isolation_level=None)) as old:
        try:
            migrate(old)
            salvaged = _copy(old, into)
        except (NewerSchema, sqlite3.Error) as error:  # nothing can be read: the file that was set aside is all there is
            if is_disk_full(error):
                raise
    for ending in ("-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    new.replace(path)
    return aside, salvaged


def _copy(old: sqlite3.Connection, into: sqlite3.Connection) -> Salvaged:
    into.execute("PRAGMA foreign_keys = OFF")
    into.execute("BEGIN IMMEDIATE")
    try:
        tables = into.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
        for table, sql in tables:
            for row in _rows(old, table, "rowid" if "WITHOUT ROWID" not in sql else _first_of_key(into, table)):
                with suppress(sqlite3.IntegrityError):  # it came before, or is no such row any more
                    into.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)
        with suppress(sqlite3.DatabaseError):  # a number that was given once is not given again
            for table, last in old.execute("SELECT name, seq FROM sqlite_sequence").fetchall():
                into.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (last, table))
        while any([_drop_orphans(into, table) for table, _ in tables]):
            pass
        counts = [into.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("runs", "labels")]
        into.execute("COMMIT")
        return Salvaged(*counts)
    except BaseException:
        if into.in_transaction:
            into.execute("ROLLBACK")
        raise
    finally:
        into.execute("PRAGMA foreign_keys = ON")


def _first_of_key(db: sqlite3.Connection, table: str) -> str:
    return db.execute(f"SELECT name FROM pragma_table_info('{table}') WHERE pk = 1").fetchone()[0]


def _rows(old: sqlite3.Connection, table: str, key: str) -> Iterator[tuple[Any, ...]]:
    """Yield rows up to the first damaged one, then from the end back to the last damaged one, then one by one what lies between.

    May yield a row twice. `key` is the integer that the rows are ordered by.
    """
    ends: list[int] = []
    for direction in ("ASC", "DESC"):
        at = 0
        try:
            for row in old.execute(f"SELECT {key}, * FROM {table} ORDER BY {key} {direction}"):
                at = row[0]
                yield row[1:]
        except sqlite3.DatabaseError:
            ends.append(at)
        else:
            return
    for number in range(ends[0], 1 + (ends[1] or _highest(old, table))):
        with suppress(sqlite3.DatabaseError):
            yield from old.execute(f"SELECT * FROM {table} WHERE {key} = ?", (number,))


def _highest(old: sqlite3.Connection, table: str) -> int:
    """Return the last id ever given, if the table keeps count and that can be read."""
    with suppress(sqlite3.DatabaseError):
        row = old.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        return row[0] if row else 0
    return 0


def _drop_orphans(db: sqlite3.Connection, table: str) -> int:
    """Apply the ON DELETE action to rows that refer to a lost one; return how many there were."""
    count = 0
    for _, _, parent, column, _, _, on_delete, _ in db.execute(f"PRAGMA foreign_key_list({table})").fetchall():
        change = f"UPDATE {table} SET {column} = NULL" if on_delete == "SET NULL" else f"DELETE FROM {table}"
        count += db.execute(f"{change} WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT rowid FROM {parent})").rowcount
    return count
