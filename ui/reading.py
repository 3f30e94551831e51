"""Uploads and pasted text → documents as read, each file with its reason where that failed. Uploaded files are deleted once read."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from preprocess.document import Document, Rejected, Unreadable
from preprocess.intake import File, collect, split_pasted
from preprocess.pipeline import Cleaning, read_resume
from preprocess.read import read_document
from settings import Settings
from ui.session import READING, Message, Progress, Session

MAX_PASTE_BYTES = 2_000_000


def add_uploads(session: Session, paths: Sequence[str], settings: Settings, keep: bool = False) -> Iterator[None]:
    """Read files (ZIPs opened up) into the session, yielding whenever there is news. `keep`: the files are not uploads but ours."""
    session.reading, session.message = Progress(READING), None
    yield
    try:
        yield from _add(session, paths, settings, keep)
    finally:
        session.reading, session.reading_names = None, []
    yield


def _add(session: Session, paths: Sequence[str], settings: Settings, keep: bool) -> Iterator[None]:
    try:
        files, unread = collect(paths, settings.max_files, settings.max_file_mb)
    finally:
        if not keep:
            delete(paths)
    room = max(0, settings.max_files - len(session.documents))
    session.unread += unread + [Rejected(file.name, "too_many", str(settings.max_files)) for file in files[room:]]
    files = files[:room]
    session.reading = Progress(READING, 0, len(files))
    session.reading_names = [file.name for file in files]
    for done, result in enumerate(read_documents(files), start=1):
        (session.documents if isinstance(result, Document) else session.unread).append(result)  # pyright: ignore
        session.reading, session.reading_names = Progress(READING, done, len(files)), [file.name for file in files[done:]]
        yield


def read_documents(files: Sequence[File]) -> Iterator[Document | Rejected]:
    """Read files in parallel (a PDF is parsed in a process of its own), in the order given."""

    def one(file: File) -> Document | Rejected:
        try:
            return read_document(file.data, file.name)
        except Unreadable as error:
            return Rejected(file.name, error.reason, error.detail)

    with ThreadPoolExecutor(max_workers=min(8, os.cpu_count() or 2)) as pool:
        yield from pool.map(one, files)


def read_pasted(text: str, name: str) -> tuple[list[Document], list[Rejected]]:
    """The resumes in pasted text; `name` stands for the whole of it when it is too much."""
    if len(text.encode("utf-8", errors="replace")) > MAX_PASTE_BYTES:
        return [], [Rejected(name, "too_large", f"{MAX_PASTE_BYTES // 1_000_000} MB")]
    results = list(read_documents(split_pasted(text)))
    return [one for one in results if isinstance(one, Document)], [one for one in results if isinstance(one, Rejected)]


def read_job(session: Session, path: str, settings: Settings, keep: bool = False) -> str | None:
    """The text of an uploaded job description, to be looked over by the person; None when it cannot be read (the session says why)."""
    name = Path(path).name
    session.message = None
    try:
        files, unread = collect([path], 1, settings.max_file_mb)
        if unread:
            raise Unreadable(unread[0].reason, unread[0].detail)
        return read_resume(files[0], Cleaning(tech_stack=False), settings.max_characters).text
    except Unreadable as error:
        session.message = Message("message.job_unreadable", {"name": name}, Rejected(name, error.reason, error.detail))
        return None
    finally:
        if not keep:
            delete([path])


def delete(paths: Sequence[str]) -> None:
    """Remove uploaded files; one that is gone already is fine."""
    for path in paths:
        with suppress(OSError):
            Path(path).unlink()
