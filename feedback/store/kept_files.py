"""Keep the files that stored resumes were read from, where files are kept (--keep-files): rows here, bytes beside the database.

Files and not blobs: after an erasure the database is rewritten as a whole (`Database.scrub`), which with gigabytes of files in it would
stop all writers for minutes and need their room on the disk once more. A file is stored once, under the SHA-256 of its bytes, and deleted
by its name as soon as no row says that a stored resume needs it; rows go with their resumes, by erasure, retention or a deleted run.
Files that were read a moment ago wait in a folder of this process until their resume is stored.
"""

import json
import logging
import os
import re
import secrets
import shutil
import sqlite3
import threading
import weakref
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from feedback.files.locked_folder import lock_folder
from feedback.store.database import Database, storable
from preprocess.document import Document, Original, Page
from preprocess.guarded.document_json import decode_page, encode_page

FOLDER = "kept_files"
"""Beside the database, with mode 0700."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_WAITING = "waiting-"
_lock = threading.Lock()
_waiting_folders: dict[Path, Path] = {}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class KeptFile:
    """A file as kept with a resume. `kind` names its format as it was read ("pdf", "docx", "image" …)."""

    name: str
    kind: str
    sha256: str
    size: int


def take_in(beside: Path, data: bytes, document: Document) -> Original:
    """Write the bytes that a document was read from to where they wait to be kept with its resume; `beside` is the database's folder.

    They are deleted with the last reference to the result. Raises OSError.
    """
    path = _waiting_folder(beside) / secrets.token_hex(16)
    path.touch(0o600)
    path.write_bytes(data)
    original = Original(document.name, document.kind, sha256(data).hexdigest(), len(data), document.pages, path)
    weakref.finalize(original, path.unlink, missing_ok=True)
    return original


def discard(originals: Iterable[Original]) -> None:
    """Delete files that wait and will not be kept: their candidate was erased. Of those that are kept, `erase` has deleted the rows."""
    for original in originals:
        if original.path.parent.name.startswith(_WAITING):
            original.path.unlink(missing_ok=True)


def keep_files(db: sqlite3.Connection, beside: Path, resume: int, originals: Collection[Original]) -> None:
    """Keep the files with the resume of this key, in the transaction that stores it, after its person's keys.

    Without files, as after a restart, those of a resume with the same text before masking are its own. A file that cannot be kept is left
    out, and logged.
    """
    if not originals:
        db.execute(_TAKE_OVER, (resume,))
    for original in originals:
        path = beside / FOLDER / original.sha256
        try:
            _put(original, path)
        except OSError as error:
            log.warning("a file was not kept: %s", type(error).__name__)
            continue
        db.execute(
            "INSERT INTO kept_files (resume, sha256, name, kind, size, pages) VALUES (?,?,?,?,?,?)"
            " ON CONFLICT (resume, sha256) DO UPDATE SET name = excluded.name",
            (resume, original.sha256, storable(original.name), original.kind, original.size, _packed(original.pages)),
        )


_TAKE_OVER = (
    "INSERT INTO kept_files (resume, sha256, name, kind, size, pages)"
    " SELECT DISTINCT ?1, sha256, name, kept_files.kind, size, pages FROM kept_files JOIN person_keys AS other USING (resume)"
    " JOIN person_keys AS own ON own.digest = other.digest WHERE own.resume = ?1 AND own.kind = 'text' AND other.kind = 'text'"
    " ON CONFLICT DO NOTHING"
)


def kept_of_run(database: Database, run_id: int) -> dict[str, tuple[KeptFile, ...]]:
    """Return the kept files of a run's candidates by id of the resume, those named as the candidate is in the run first."""
    files: dict[str, tuple[KeptFile, ...]] = {}
    with database.reading() as db:
        rows = db.execute(
            "SELECT DISTINCT resumes.sha256, kept_files.name, kind, kept_files.sha256, size FROM candidates"
            " JOIN kept_files ON kept_files.resume = candidates.resume JOIN resumes ON resumes.id = candidates.resume"
            " WHERE run = ? ORDER BY kept_files.name <> candidates.name, kept_files.id DESC",
            (run_id,),
        )
        for resume_id, *file in rows:
            files[resume_id] = (*files.get(resume_id, ()), KeptFile(*file))
    return files


def pages_of(database: Database, resume_id: str, digest: str) -> tuple[Page, ...]:
    """Return what was read in a kept file, with the place of each line; () for a format without places."""
    with database.reading() as db:
        row = db.execute(
            "SELECT pages FROM kept_files JOIN resumes ON resumes.id = resume WHERE resumes.sha256 = ? AND kept_files.sha256 = ?",
            (resume_id, digest),
        ).fetchone()
    return tuple(decode_page(*page) for page in json.loads(zlib.decompress(row[0]))) if row else ()


def bytes_of(database: Database, file: KeptFile) -> bytes:
    """Return the bytes of a kept file. Raises OSError, also if they are not all there, as after a power cut."""
    data = (database.path.parent / FOLDER / file.sha256).read_bytes()
    if len(data) != file.size:
        raise FileNotFoundError
    return data


def kept_size(database: Database) -> tuple[int, int]:
    """Return the number of kept files and their bytes."""
    with database.reading() as db:
        files = db.execute("SELECT count(*), coalesce(sum(size), 0) FROM (SELECT DISTINCT sha256, size FROM kept_files)")
        return files.fetchone()


def delete_unneeded(database: Database) -> bool:
    """Delete the files whose resumes are in no run and no page session any more; return whether all of them could be deleted."""
    folder = database.path.parent / FOLDER
    if not folder.is_dir():
        return True
    is_complete = True
    try:
        with database.writing() as db:  # nobody keeps a file meanwhile
            db.execute(f"DELETE FROM kept_files WHERE {' AND '.join(_NOWHERE)}")
            needed = {digest for [digest] in db.execute("SELECT DISTINCT sha256 FROM kept_files")}
            for path in _files(folder):
                if path.name not in needed:
                    try:
                        path.unlink(missing_ok=True)
                    except OSError:
                        is_complete = False
    except sqlite3.OperationalError:
        return False
    return is_complete


_NOWHERE = [f"resume NOT IN (SELECT resume FROM {table})" for table in ("candidates", "session_resumes")]


def clear_up(database: Database) -> None:
    """Delete what a killed process left behind: files that waited, and those whose row was not committed."""
    for waiting in (database.path.parent / FOLDER).glob(f"{_WAITING}*"):
        with suppress(OSError):  # in use
            lock = lock_folder(waiting)
            shutil.rmtree(waiting, ignore_errors=True)
            os.close(lock)
    delete_unneeded(database)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if _DIGEST.fullmatch(path.name))


def _put(original: Original, path: Path) -> None:
    if original.path == path and path.exists():
        return
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        try:
            os.link(original.path, path)
        except OSError:  # another file system, or one without links
            partial = path.with_name(f"{path.name}.new")
            shutil.copy2(original.path, partial)
            partial.replace(path)
    waited, original.path = original.path, path
    if waited.parent.name.startswith(_WAITING):
        waited.unlink(missing_ok=True)


def _packed(pages: tuple[Page, ...]) -> bytes:
    placed = [encode_page(page) for page in pages] if any(page.width for page in pages) else []
    return zlib.compress(json.dumps(placed, ensure_ascii=False).encode("utf-8", "replace"))


def _waiting_folder(beside: Path) -> Path:
    """Return this process's folder for files that wait, locked for as long as it lives."""
    with _lock:
        waiting = _waiting_folders.get(beside)
        if waiting is None or not waiting.is_dir():
            waiting = beside / FOLDER / f"{_WAITING}{secrets.token_hex(8)}"
            waiting.mkdir(mode=0o700, parents=True)
            waiting.parent.chmod(0o700)
            lock_folder(waiting)
            _waiting_folders[beside] = waiting
        return waiting
