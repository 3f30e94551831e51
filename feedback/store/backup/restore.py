"""Bring a backup back: checked, migrated, without those who were erased since, and with what was there kept aside."""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from feedback.store import audit
from feedback.store.backup.archive import BadBackup, Manifest, unpack
from feedback.store.backup.erased_record import RESTORE, Erasure, from_json, known_erasures, record_path, write_record
from feedback.store.backup.save import BESIDE, KEYS
from feedback.store.backup.swap import ASIDE, STAGING, USERS, decide, finish, stage
from feedback.store.erase import erase
from feedback.store.kept_files import FOLDER
from feedback.store.migrations import MIGRATIONS, NewerSchema
from feedback.store.person_keys import TEXT, digest, fill_in, hmac_key
from feedback.store.store import Store


class InUse(Exception):
    """A running program holds the database. Nothing was changed."""


@dataclass(frozen=True)
class Restored:
    """The outcome of a restore. `at` is when the backup was made, in Unix seconds; `schema` that of the backup, before it was migrated.

    `erased` resumes were erased again. `knows_erased`: whether this machine knew who had been erased since the backup; a new one does not.
    `aside` is the folder with what was there before, None if nothing was. `users` is where the accounts are, None if the backup has none.
    `kept_users`: the file of users was there already and stayed as it is; `differing` are the names whose account in the backup is another,
    or on one side only. `keys` are the names of the API's keys that came with the backup; keys that were there already stayed as they are.
    """

    at: float
    schema: int
    runs: int
    labels: int
    erased: int
    knows_erased: bool
    is_log_whole: bool
    aside: Path | None
    users: Path | None
    kept_users: bool = False
    differing: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


def restore(file: Path, database: Path, users: Path | None = None) -> Restored:
    """Put a backup in the place of what is in the database's folder.

    Accounts go to `users`, or without one into the folder as "users.txt". If that file holds accounts already, it stays as it is: who was
    removed, or got another password, since the backup must not get in again; so with the keys of the API. Raises InUse, BadBackup,
    NewerSchema, OSError or sqlite3.Error; nothing was changed then. Killed at any moment, it leaves the old state or the new one.
    """
    is_new_folder = not database.parent.exists()
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        return _restore(file, database, users)
    except (BadBackup, NewerSchema):
        shutil.rmtree(database.parent if is_new_folder else database.parent / STAGING, ignore_errors=True)
        raise


def _restore(file: Path, database: Path, users: Path | None) -> Restored:
    with _alone(database):
        finish(database)
        staging = stage(database)
        manifest = unpack(file, staging)
        staged = staging / database.name
        _check(staged)
        known, then = known_erasures(database), _erasures(manifest)
        restored = _prepare(staged, manifest, (known or frozenset()) - then)
        write_record(staged, (known or frozenset()) | then)
        has_users = (staging / USERS).exists()
        users = (users or database.parent / "users.txt") if has_users else None
        there_now = _accounts(users) if users else {}
        differing: tuple[str, ...] = ()
        if there_now:
            in_backup = _accounts(staging / USERS)
            differing = tuple(sorted(name for name in in_backup | there_now if in_backup.get(name) != there_now.get(name)))
            (staging / USERS).unlink()
        names, keys = _names(database), tuple(_accounts(staging / KEYS))
        if (database.parent / KEYS).exists():
            (staging / KEYS).unlink(missing_ok=True)
            names, keys = [name for name in names if name != KEYS], ()
        aside = f"{database.name}{ASIDE}{datetime.now():%Y%m%d-%H%M%S-%f}"
        decide(database, names, aside, None if there_now else users)
        finish(database)
    runs, labels, erased, is_whole = restored
    folder = database.parent / aside
    there = folder if folder.exists() else None
    return Restored(
        manifest.at, manifest.schema, runs, labels, erased, known is not None, is_whole, there, users, bool(there_now), differing, keys
    )


def _accounts(file: Path) -> dict[str, str]:
    """Return the accounts of a file of users, or keys, by name, as it writes them; none if there is no file."""
    lines = file.read_text("utf-8", errors="replace").splitlines() if file.is_file() else []
    return {name: rest for name, _, rest in (line.strip().partition(":") for line in lines if line.strip() and not line.startswith("#"))}


def _names(database: Path) -> list[str]:
    """Return the names beside the database that a restore replaces."""
    ends = ("", "-wal", "-shm", *BESIDE, *(f"{end}.new" for end in BESIDE))
    return [*(f"{database.name}{end}" for end in ends), record_path(database).name, KEYS, FOLDER]


@contextmanager
def _alone(database: Path) -> Iterator[None]:
    lock = os.open(f"{database}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise InUse from None
    finally:
        os.close(lock)


def _check(staged: Path) -> None:
    """Raise BadBackup or NewerSchema unless the database of a backup is whole and of a version that this program knows."""
    if not staged.is_file():
        raise BadBackup("not_a_backup")
    try:
        with closing(sqlite3.connect(staged)) as db:
            [problem] = db.execute("PRAGMA integrity_check(1)").fetchone()
            [schema] = db.execute("PRAGMA user_version").fetchone()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        raise BadBackup("damaged") from None
    if problem.startswith("***") or not schema:
        raise BadBackup("damaged")
    if schema > len(MIGRATIONS):
        raise NewerSchema(f"the backup has schema {schema}, this program knows {len(MIGRATIONS)}: restore it with a newer version")


def _erasures(manifest: Manifest) -> frozenset[Erasure]:
    try:
        return from_json(manifest.erased)
    except (ValueError, TypeError):
        raise BadBackup("damaged") from None


def _prepare(staged: Path, manifest: Manifest, since: Collection[Erasure]) -> tuple[int, int, int, bool]:
    """Migrate the staged database and erase whom the machine has erased since; return runs, labels, erased, and if its log is whole."""
    store = Store(staged)
    try:
        is_whole = audit.verify(store).is_whole
        erased = erase(store, _theirs(store, {resume_id for resume_id, _ in since}), RESTORE).versions
        with store.writing() as db:
            db.executemany("INSERT OR IGNORE INTO erased VALUES (?,?,?,1)", [(resume_id, RESTORE, at) for resume_id, at in since])
            audit.append(db, audit.RESTORED, RESTORE, at=manifest.at, schema=manifest.schema, erased=erased)
            runs, labels = (db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("runs", "labels"))
    finally:
        store.close()
    for end in ("-wal", "-shm", ".lock"):
        with suppress(FileNotFoundError):
            Path(f"{staged}{end}").unlink()
    return runs, labels, erased, is_whole


def _theirs(store: Store, ids: Collection[str]) -> list[str]:
    """Return the ids of resumes with one of these ids, or whose text before masking had it."""
    fill_in(store)
    digests = {digest(hmac_key(store), TEXT, resume_id) for resume_id in ids}
    with store.reading() as db:
        rows = db.execute("SELECT sha256, digest FROM resumes LEFT JOIN person_keys ON resume = resumes.id AND kind = ?", (TEXT,))
        return sorted({resume_id for resume_id, text in rows if resume_id in ids or text in digests})
