"""Uploads and pasted text → documents as read, each file with its reason where that failed. Uploaded files are deleted once read."""

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from preprocess.document import Document, Rejected, Unreadable
from preprocess.guarded.client import Cancelled
from preprocess.guarded.pool import POOL, Upload
from preprocess.intake import collect, split_pasted
from preprocess.pipeline import Cleaning, read_documents, read_resume
from settings import Settings
from ui.session import READING, Message, Progress, Session

MAX_PASTE_BYTES = 2_000_000
_LATER = 24 * 3600


def add_uploads(session: Session, paths: Sequence[str], settings: Settings, keep: bool = False) -> Iterator[None]:
    """Read files (ZIPs opened up) into the session, yielding whenever there is news. `keep`: the files are not uploads but ours.

    Ends early when the session cancels the upload (`Session.cancel_reading`) or this iterator is closed.
    """
    session.reading, session.message = Progress(READING), None
    upload = POOL.upload(session.user or id(session))
    session.uploads.append(upload)
    try:
        yield
        if keep or not paths:
            yield from _add(session, paths, settings, upload)
        else:
            with _moved(paths) as (moved, folder):
                yield from _add(session, moved, settings, upload, folder)
    except Cancelled:
        pass
    finally:
        upload.cancel()
        if not keep:
            delete(paths)
        session.uploads.remove(upload)
        if not session.uploads:
            session.reading, session.reading_names = None, []
    yield


def _add(session: Session, paths: Sequence[str | Path], settings: Settings, upload: Upload, scratch: Path | None = None) -> Iterator[None]:
    files, unread = collect(paths, settings.max_files, settings.max_file_mb, upload, scratch)
    room = max(0, settings.max_files - len(session.documents))
    session.unread += unread + [Rejected(file.name, "too_many", str(settings.max_files)) for file in files[room:]]
    files = files[:room]
    session.reading = Progress(READING, 0, len(files))
    session.reading_names = [file.name for file in files]
    with closing(read_documents(files, settings.max_characters, upload)) as results:
        for done, result in enumerate(results, start=1):
            if upload.cancellation.is_cancelled:
                return
            (session.documents if isinstance(result, Document) else session.unread).append(result)  # pyright: ignore
            session.reading, session.reading_names = Progress(READING, done, len(files)), [file.name for file in files[done:]]
            yield


@contextmanager
def _moved(paths: Sequence[str]) -> Iterator[tuple[list[Path], Path]]:
    """Files where nobody takes them for forgotten ones while they wait for their turn, which can be long, and the folder that holds them.

    The folder lies beside the first of them, so moving copies nothing; it goes with all that is in it at the end.
    """
    beside = Path(paths[0]).parent
    with tempfile.TemporaryDirectory(dir=beside if beside.is_dir() else None, prefix="reading-") as name:
        folder = Path(name)
        yield [_moved_to(folder / str(number), Path(path)) for number, path in enumerate(paths)], folder


def _moved_to(folder: Path, path: Path) -> Path:
    folder.mkdir()
    try:
        path.replace(folder / path.name)
        later = time.time() + _LATER
        os.utime(folder / path.name, (later, later))  # the folder of uploads is cleared of what is old
    except OSError:
        return path  # what is wrong with it will be said when it is opened
    return folder / path.name


def read_pasted(text: str, name: str, max_characters: int) -> tuple[list[Document], list[Rejected]]:
    """The resumes in pasted text; `name` stands for the whole of it when it is too much."""
    if len(text.encode("utf-8", errors="replace")) > MAX_PASTE_BYTES:
        return [], [Rejected(name, "too_large", f"{MAX_PASTE_BYTES // 1_000_000} MB")]
    results = list(read_documents(split_pasted(text), max_characters))
    return [one for one in results if isinstance(one, Document)], [one for one in results if isinstance(one, Rejected)]


def read_job(session: Session, path: str, settings: Settings, keep: bool = False) -> str | None:
    """The text of an uploaded job description, to be looked over by the person; None when it cannot be read (the session says why)."""
    name = Path(path).name
    session.message = None
    upload = POOL.upload(session.user or id(session))
    session.uploads.append(upload)
    try:
        files, unread = collect([path], 1, settings.max_file_mb, upload)
        if unread:
            raise Unreadable(unread[0].reason, unread[0].detail)
        return read_resume(files[0], Cleaning(tech_stack=False), settings.max_characters, upload=upload).text
    except Unreadable as error:
        session.message = Message("message.job_unreadable", {"name": name}, Rejected(name, error.reason, error.detail))
        return None
    except Cancelled:
        return None
    finally:
        session.uploads.remove(upload)
        if not keep:
            delete([path])


def delete(paths: Sequence[str]) -> None:
    """Remove uploaded files; one that is gone already is fine."""
    for path in paths:
        with suppress(OSError):
            Path(path).unlink()
