"""Remember, beside the database, who was erased and when: so that no older backup brings them back, even if the database is lost.

A line holds the SHA-256 of a resume's text and the time. A text can be recognised by it, but not be read out of it; digests of phone
numbers are not kept, as all phone numbers can be tried. The audit log and the table of the erased hold the same ids, and are read as well.
"""

import json
import os
import sqlite3
from collections.abc import Collection, Iterable
from contextlib import closing, suppress
from pathlib import Path

Erasure = tuple[str, float]
"""The id of a resume, and when it was erased, in Unix seconds."""

RESTORE = "restore"
"""The user whom the audit log names for what is erased again while a backup is brought back: that is no new erasure."""


def record_path(database: Path) -> Path:
    """Return where the record of a database lies."""
    return Path(f"{database}.erased")


def note_erased(database: Path, ids: Iterable[str], at: float) -> None:
    """Add resumes to the record, on disk when this returns. Raises OSError."""
    _append(record_path(database), "".join(f"{resume_id} {at!r}\n" for resume_id in sorted(ids)))


def write_record(database: Path, erasures: Collection[Erasure]) -> None:
    """Write the record anew. Raises OSError."""
    record_path(database).unlink(missing_ok=True)
    _append(record_path(database), "".join(f"{resume_id} {at!r}\n" for resume_id, at in sorted(erasures)))


def _append(path: Path, lines: str) -> None:
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, lines.encode())
        os.fsync(file)
    finally:
        os.close(file)


def noted(database: Path) -> frozenset[Erasure] | None:
    """Return what the record holds; None if there is none."""
    try:
        lines = record_path(database).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return None
    erasures = set()
    for line in lines:
        with suppress(ValueError):  # the last line of a killed process
            resume_id, at = line.split()
            erasures.add((resume_id, float(at)))
    return frozenset(erasures)


def erasures_in(database: Path) -> frozenset[Erasure] | None:
    """Return who was erased by the tables of a database of any version, which is not changed; None if it is not there or damaged."""
    if not database.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as db:
            tables = {name for [name] in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            erasures = set(db.execute("SELECT sha256, at FROM erased WHERE user <> ?", (RESTORE,))) if "erased" in tables else set()
            if "audit" in tables:
                erasures |= set(db.execute("SELECT resume_id, at FROM audit WHERE event = 'erased' AND user <> ?", (RESTORE,)))
            return frozenset(erasures)
    except sqlite3.Error:
        return None


def known_erasures(database: Path) -> frozenset[Erasure] | None:
    """Return who was erased by record and tables together; None if there is neither, as on a new machine."""
    known = [erasures for erasures in (noted(database), erasures_in(database)) if erasures is not None]
    return frozenset().union(*known) if known else None


def as_json(erasures: Iterable[Erasure]) -> str:
    """Return erasures as they stand in a backup."""
    return json.dumps(sorted(erasures))


def from_json(text: str) -> frozenset[Erasure]:
    """Return the erasures of a backup. Raises ValueError, TypeError."""
    return frozenset((str(resume_id), float(at)) for resume_id, at in json.loads(text))
