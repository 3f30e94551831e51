"""Record a bulk run in a small SQLite file beside the result, mode 0600, where every result stands as soon as there is one.

Rows are kept by the digest of the job (`BulkJob.key`) and of the unit, so another job, model or switch never finds them, and a killed run
finds all that it had. It holds names, quotes of notes and, of people with several files, their text.
"""

import json
import os
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from preprocess.document import Note, note_from_json

_TABLES = """
CREATE TABLE IF NOT EXISTS units (key BLOB, unit BLOB, rejected INTEGER, PRIMARY KEY (key, unit)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rows (
    key BLOB, unit BLOB, number INTEGER, id TEXT, copy BLOB, guess REAL, logit REAL, truncated INTEGER, features TEXT, about TEXT,
    text TEXT, PRIMARY KEY (key, unit, number)
);
CREATE INDEX IF NOT EXISTS rows_by_id ON rows (key, id);
CREATE TABLE IF NOT EXISTS contacts (
    key BLOB, unit BLOB, number INTEGER, digest BLOB, PRIMARY KEY (key, unit, number, digest)
) WITHOUT ROWID;
CREATE TEMPORARY TABLE walk (
    place INTEGER PRIMARY KEY, position INTEGER, unit BLOB, number INTEGER, path TEXT, is_left_out INTEGER DEFAULT 0
);
"""
_ROW = "id, copy, guess, logit, truncated, features, about, text"
_POSITION = "place, position, walk.unit, walk.number, path"
_WALK = "walk JOIN rows ON rows.key = :key AND rows.unit = walk.unit AND rows.number = walk.number"
_CURRENT = f"{_WALK} AND NOT is_left_out"


class RecordInUse(Exception):
    """Raised if another process has the record open."""


@dataclass(frozen=True)
class RecordedRow:
    """A resume as the record keeps it. `copy` is equal for texts that repeat each other, b"" where a text has no words.

    `logit` is None until it is scored, `guess` where no prefilter asked for one; `features` are {} until they were needed. `contacts` are
    digests of phone numbers and mail addresses, `text` is kept of several files that were joined, "" else.
    """

    id: str
    name: str
    files: tuple[str, ...]
    notes: tuple[Note, ...]
    copy: bytes
    guess: float | None = None
    logit: float | None = None
    truncated: int = 0
    features: dict[str, float] = field(default_factory=dict)
    contacts: frozenset[bytes] = frozenset()
    text: str = ""


@dataclass(frozen=True)
class PoolPosition:
    """The position of a row in the pool: `index` counts people from 1, `unit_position` units from 0; -1 for several files of one person."""

    index: int
    unit_position: int
    unit: bytes
    number: int
    path: str


class BulkRecord:
    """The open record of one job. Used by one thread."""

    def __init__(self, path: Path, key: bytes):
        """Open or create the file. Raise RecordInUse, or sqlite3.Error if it is no record or cannot be written."""
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)
        self._key = key
        self._db = sqlite3.connect(path, isolation_level=None, timeout=0.5)
        try:
            for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = NORMAL", "temp_store = MEMORY"):
                self._db.execute(f"PRAGMA {pragma}")
            self._db.executescript(_TABLES)
        except sqlite3.OperationalError as error:
            self._db.close()
            if "locked" in str(error):
                raise RecordInUse from error
            raise
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Close the file; what was added stays."""
        self._db.close()

    def complete(self, guessed: bool, scored: bool, features: bool) -> frozenset[bytes]:
        """Return the digests of the units of which nothing was rejected and every row has what is asked for."""
        lacking = [
            *(["rows.guess IS NULL"] if guessed else []),
            *(["rows.logit IS NULL"] if scored else []),
            *(["rows.features = '{}'"] if features else []),
        ]
        lacks = f"AND NOT EXISTS (SELECT 1 FROM rows WHERE rows.key = units.key AND rows.unit = units.unit AND ({' OR '.join(lacking)}))"
        return frozenset(
            unit for (unit,) in self._db.execute(f"SELECT unit FROM units WHERE key = ? AND NOT rejected {lacks}", (self._key,))
        )

    def put(self, unit: bytes, rows: Sequence[RecordedRow], rejected: int = 0) -> None:
        """Keep all rows of a unit, in the place of earlier ones. On disk when this returns."""
        self._db.execute("BEGIN")
        for table in ("rows", "contacts", "units"):
            self._db.execute(f"DELETE FROM {table} WHERE key = ? AND unit = ?", (self._key, unit))
        self._db.execute("INSERT INTO units VALUES (?, ?, ?)", (self._key, unit, rejected))
        for number, row in enumerate(rows):
            about = json.dumps({"name": row.name, "files": row.files, "notes": [asdict(note) for note in row.notes]})
            values = (row.id, row.copy, row.guess, row.logit, row.truncated, json.dumps(row.features), about, row.text)
            self._db.execute(
                f"INSERT INTO rows (key, unit, number, {_ROW}) VALUES (?,?,?,?,?,?,?,?,?,?,?)", (self._key, unit, number, *values)
            )
            self._db.executemany("INSERT INTO contacts VALUES (?, ?, ?, ?)", [(self._key, unit, number, digest) for digest in row.contacts])
        self._db.execute("COMMIT")

    def rows_of(self, unit: bytes) -> list[RecordedRow]:
        """Return the rows of a unit."""
        selected = self._db.execute(f"SELECT {_ROW} FROM rows WHERE key = ? AND unit = ? ORDER BY number", (self._key, unit))
        return [_row(values) for values in selected]

    def score_of(self, resume_id: str) -> tuple[float, int] | None:
        """Return logit and truncated tokens of a text that was scored in whatever file; None if it was not."""
        query = "SELECT logit, truncated FROM rows WHERE key = ? AND id = ? AND logit IS NOT NULL LIMIT 1"
        return self._db.execute(query, (self._key, resume_id)).fetchone()

    def walked(self, position: PoolPosition) -> None:
        """Note where a row stands in the pool as it is now."""
        query = "INSERT INTO walk (place, position, unit, number, path) VALUES (?, ?, ?, ?, ?)"
        self._db.execute(query, (position.index, position.unit_position, position.unit, position.number, position.path))

    def join(self, indices: Sequence[int], joined: PoolPosition) -> None:
        """Put the row of several files of one person in the place of theirs."""
        self._db.executemany("DELETE FROM walk WHERE place = ?", [(index,) for index in indices])
        self.walked(joined)

    def leave_out(self, survivors: Collection[int]) -> int:
        """Leave all rows but those at these indices out of the list of this run; return how many these are."""
        self._db.execute("UPDATE walk SET is_left_out = 1")
        self._db.executemany("UPDATE walk SET is_left_out = 0 WHERE place = ?", [(index,) for index in survivors])
        return self._db.execute("SELECT count(*) FROM walk WHERE is_left_out").fetchone()[0]

    def left_out(self) -> Iterator[tuple[PoolPosition, RecordedRow]]:
        """Yield the rows that were left out, in the order of the pool."""
        for values in self._db.execute(f"SELECT {_POSITION}, {_ROW} FROM {_WALK} AND is_left_out ORDER BY place", {"key": self._key}):
            yield PoolPosition(*values[:5]), _row(values[5:])

    def positioned(self) -> Iterator[tuple[PoolPosition, RecordedRow]]:
        """Yield the rows of the pool in the order in which they stand in it."""
        query = f"SELECT {_POSITION}, {_ROW} FROM {_CURRENT} ORDER BY place"
        for values in self._db.execute(query, {"key": self._key}):
            yield PoolPosition(*values[:5]), _row(values[5:])

    def at(self, index: int) -> tuple[PoolPosition, RecordedRow]:
        """Return one row of the pool."""
        query = f"SELECT {_POSITION}, {_ROW} FROM {_CURRENT} WHERE place = :index"
        values = self._db.execute(query, {"key": self._key, "index": index}).fetchone()
        return PoolPosition(*values[:5]), _row(values[5:])

    def sort_columns(self) -> Iterator[tuple[int, float | None, float | None, str]]:
        """Yield index, guess, logit and features (JSON) of each row of the pool."""
        yield from self._db.execute(f"SELECT place, guess, logit, features FROM {_CURRENT} ORDER BY place", {"key": self._key})

    def shared_contacts(self) -> list[list[int]]:
        """Return for each contact that stands in several rows of the pool the indices of these."""
        query = (
            "SELECT group_concat(place) FROM walk JOIN contacts ON contacts.key = :key AND contacts.unit = walk.unit"
            " AND contacts.number = walk.number GROUP BY digest HAVING count(*) > 1"
        )
        return [sorted(map(int, places.split(","))) for (places,) in self._db.execute(query, {"key": self._key})]


def _row(values: Sequence) -> RecordedRow:
    resume_id, copy, guess, logit, truncated, features, about, text = values
    told = json.loads(about)
    notes = tuple(note_from_json(note) for note in told["notes"])
    kept = {"guess": guess, "logit": logit, "truncated": truncated, "features": json.loads(features), "text": text}
    return RecordedRow(resume_id, told["name"], tuple(told["files"]), notes, copy, **kept)
