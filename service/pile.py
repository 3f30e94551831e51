"""Read uploads and pasted text into documents; a file that fails has its reason. Uploaded files are deleted once they are read."""

import os
import tempfile
import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from weakref import WeakKeyDictionary

from preprocess.document import Document, Rejected, Resume, Unreadable
from preprocess.guarded.client import Cancelled
from preprocess.guarded.pool import POOL, Upload
from preprocess.intake import StoredFile, collect_with_roster, split_pasted
from preprocess.pipeline import read_documents
from preprocess.places import Places
from service.joining import PersonJoiner, people_as_read
from service.original.keep import with_originals
from service.progress import READING, Progress
from service.roster.roster import Roster
from settings import Settings

MAX_PASTE_BYTES = 2_000_000
_LATER = 24 * 3600


@dataclass
class Pile:
    """Resumes as read and what could not be read. Mutable: reading adds to it while a run takes from it."""

    documents: list[Document] = field(default_factory=list)
    """One a person. Not cleaned yet: the switches under ⚙ apply to the next run without another upload."""

    unread: list[Rejected] = field(default_factory=list)
    reading: Progress | None = None
    """Uploads that are being read; a run in work goes on beside that."""

    reading_names: list[str] = field(default_factory=list)
    """The files of `reading` that are not read yet."""

    uploads: list[Upload] = field(default_factory=list)
    """Those being read."""

    cleaned: tuple[object, WeakKeyDictionary[Document, Resume]] = field(default_factory=lambda: (None, WeakKeyDictionary()))
    """For which cleaning and job the documents were cleaned last, and what came of each, for as long as the document is held."""

    roster: Roster = field(default_factory=Roster)
    """The lists of candidates that came with the files."""

    watched: set[str] = field(default_factory=set)
    """Keys of the files of watched folders that it was offered."""

    has_examples: bool = False
    """True if these are the example people, who make room for the first files of one's own."""

    def cancel_reading(self) -> None:
        """Stop reading uploads: the files were removed from the list, or no page shows them any more."""
        for upload in list(self.uploads):
            upload.cancel()


@contextmanager
def open_upload(pile: Pile, owner: Hashable = None) -> Iterator[Upload]:
    """Open an upload that `Pile.cancel_reading` cancels, and close it at the end. Uploads of one `owner` take turns as one.

    A block whose upload is cancelled ends without an error.
    """
    upload = POOL.upload(owner)
    pile.uploads.append(upload)
    try:
        yield upload
    except Cancelled:
        pass
    finally:
        upload.cancel()
        pile.uploads.remove(upload)


def add_uploads(
    pile: Pile,
    paths: Sequence[str | Path],
    settings: Settings,
    owner: Hashable = None,
    keep: bool = False,
    leave_out: bytes = b"",
    accepts: Callable[[Document], bool] = lambda document: True,
) -> Iterator[None]:
    """Read files (ZIPs opened up) into the pile, yielding whenever there is news. `keep`: do not delete the files (they are no uploads).

    A file with exactly the bytes `leave_out` is skipped: a job description often lies among the resumes. Documents that are not what
    `accepts` wants are left out. Ends early when the pile cancels
    the upload (`Pile.cancel_reading`) or this iterator is closed.
    """
    pile.reading = Progress(READING)
    try:
        with open_upload(pile, owner) as upload:
            yield
            if keep or not paths:
                yield from _add(pile, paths, settings, upload, leave_out, accepts)
            else:
                with _moved(paths) as (moved, folder):
                    yield from _add(pile, moved, settings, upload, leave_out, accepts, folder)
    finally:
        if not keep:
            delete(paths)
        if not pile.uploads:
            pile.reading, pile.reading_names = None, []
    yield


def _add(
    pile: Pile,
    paths: Sequence[str | Path],
    settings: Settings,
    upload: Upload,
    leave_out: bytes,
    accepts: Callable[[Document], bool],
    scratch: Path | None = None,
) -> Iterator[None]:
    files, unread, rows = collect_with_roster(paths, settings.max_files, settings.max_file_mb, upload, scratch)
    pile.roster = pile.roster.extended(rows)
    if leave_out:
        files = [file for file in files if not has_content(file, leave_out)]
    places = Places(max(0, settings.max_files - len(pile.documents)))
    room = sum(1 for _ in takewhile(lambda file: places.take(file.origin), files))
    pile.unread += unread + [Rejected(file.name, "too_many", str(settings.max_files)) for file in files[room:]]
    files = files[:room]
    pile.reading = Progress(READING, 0, len(files))
    pile.reading_names = [file.name for file in files]
    with closing(read_documents(files, settings.max_characters, upload)) as results:
        joiner = PersonJoiner()
        documents = with_originals(files, results, Path(settings.feedback)) if settings.keep_files else results
        for done, complete in enumerate(people_as_read(files, documents), start=1):
            if upload.cancellation.is_cancelled:
                return
            for result in complete:
                if isinstance(result, Document) and not accepts(result):
                    continue
                if isinstance(result, Document):
                    joiner.add(pile.documents, result)
                else:
                    pile.unread.append(result)
            pile.reading, pile.reading_names = Progress(READING, done, len(files)), [file.name for file in files[done:]]
            yield


def has_content(file: StoredFile, data: bytes) -> bool:
    """Return whether a file has exactly these bytes; False for one that cannot be read."""
    try:
        return file.size == len(data) and file.data == data
    except (Unreadable, OSError):  # it will be named when its turn comes
        return False


@contextmanager
def _moved(paths: Sequence[str | Path]) -> Iterator[tuple[list[Path], Path]]:
    """Move the files to a folder where cleaning up old uploads does not delete them while they wait; yield their new paths and the folder.

    The folder is beside the first of them, so nothing is copied; it is deleted at the end with all that is in it. On a full disk, where
    there is no room for a folder, they are read where they are.
    """
    beside = Path(paths[0]).parent
    try:
        holder = tempfile.TemporaryDirectory(dir=beside if beside.is_dir() else None, prefix="reading-")
    except OSError:
        yield list(map(Path, paths)), beside
        return
    with holder as name:
        folder = Path(name)
        yield [_moved_to(folder / str(number), Path(path)) for number, path in enumerate(paths)], folder


def _moved_to(folder: Path, path: Path) -> Path:
    try:
        folder.mkdir()
        path.replace(folder / path.name)
    except OSError:
        return path  # what is wrong with it will be said when it is opened
    with suppress(OSError):
        later = time.time() + _LATER
        os.utime(folder / path.name, (later, later))  # the folder of uploads is cleared of what is old
    return folder / path.name


def read_pasted(text: str, name: str, max_characters: int) -> tuple[list[Document], list[Rejected]]:
    """Return the resumes in pasted text, and what could not be read. If the text is too long, `name` stands for all of it."""
    if len(text.encode("utf-8", errors="replace")) > MAX_PASTE_BYTES:
        return [], [Rejected(name, "too_large", f"{MAX_PASTE_BYTES // 1_000_000} MB")]
    results = list(read_documents(split_pasted(text), max_characters))
    return [result for result in results if isinstance(result, Document)], [result for result in results if isinstance(result, Rejected)]


def joined_document(pile: Pile, resume: Resume) -> Document | None:
    """Return the joined document that a resume came of, to be split; None if it is not in the pile any more, or not as it was read."""
    documents = [document for document in pile.documents if document.parts and document.files == resume.files]
    if len(documents) > 1:  # other mails have files of the same names
        documents = [document for document in documents if (known := pile.cleaned[1].get(document)) and known.id == resume.id]
    return documents[0] if documents else None


def delete(paths: Sequence[str | Path]) -> None:
    """Delete uploaded files, ignoring those that are already gone."""
    for path in paths:
        with suppress(OSError):
            Path(path).unlink()
