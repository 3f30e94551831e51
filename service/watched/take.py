"""Add the new files of a watched folder to a pile: copied, read like uploads, and without people who were erased."""

import os
import shutil
import tempfile
import time
from collections.abc import Hashable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from feedback.store.erase import erased_ids
from feedback.store.retention import DAY_S
from feedback.store.store import Store
from preprocess.document import Document, Rejected, Unreadable
from preprocess.pipeline import Cleaning, clean
from service.joining import take_out
from service.pile import Pile, add_uploads
from service.watched.folder import WatchedFile, WatchedFolder, copy_out
from settings import Settings

_MB = 1_000_000
_LEAST_LARGEST = 200 * _MB  # an archive may be larger than a file in it, as for uploads
_CLEANINGS = [Cleaning(denoise, tech_stack) for denoise, tech_stack in product((True, False), repeat=2)]


@dataclass
class Taken:
    """The outcome of the new files. Mutable: `add_watched` counts while it reads."""

    files: int = 0
    erased: list[str] = field(default_factory=list)
    """Names of the files of people who were erased, which are not taken."""

    unsettled: int = 0
    """Files that could not be copied as they were listed; they are offered again."""

    no_room: int = 0
    """Files that the pile has no room for; they are offered again."""


def add_watched(
    pile: Pile, folder: WatchedFolder, settings: Settings, store: Store, taken: Taken, scratch: Path | None, owner: Hashable = None
) -> Iterator[None]:
    """Read the new files of a folder into the pile, as many as it has room for, yielding whenever there is news.

    The pile remembers which files it was offered. Nothing in the folder is changed.
    """
    fresh = folder.fresh(pile.watched, time.time())
    while fresh and (room := settings.max_files - len(pile.documents)) > 0:  # who was erased and what was there before take none of it
        files, fresh = fresh[:room], fresh[room:]
        yield from _add(pile, folder, files, settings, store, taken, scratch, owner)
    taken.no_room = len(fresh)
    yield


def _add(
    pile: Pile,
    folder: WatchedFolder,
    files: Sequence[WatchedFile],
    settings: Settings,
    store: Store,
    taken: Taken,
    scratch: Path | None,
    owner: Hashable,
) -> Iterator[None]:
    copies = Path(tempfile.mkdtemp(prefix="watched-", dir=scratch))
    try:
        inside = copies / (folder.name.replace("/", "_").lstrip(".~$") or "_")
        copied = [file for file in files if _copied(folder.root, file, inside, settings, pile, taken)]
        taken.files += len(copied)
        if not copied:
            return
        erased, left_out = _Erased(store), len(taken.erased)
        there = {id(document): document for document in pile.documents}
        for _ in add_uploads(pile, [inside], settings, owner, accepts=lambda document: _accepted(document, erased, taken)):
            yield
        for document in [document for document in pile.documents if document.parts and id(document) not in there]:
            if erased.owns(document) and take_out(pile.documents, document):  # known by all of their files together
                taken.erased += document.files
        folder.leave_out(copied, taken.erased[left_out:])
    finally:
        shutil.rmtree(copies, ignore_errors=True)


def _accepted(document: Document, erased: "_Erased", taken: Taken) -> bool:
    is_erased = erased.owns(document)
    taken.erased += document.files if is_erased else ()
    return not is_erased


def _copied(root: Path, file: WatchedFile, inside: Path, settings: Settings, pile: Pile, taken: Taken) -> bool:
    """Copy a file, or note why not; return whether there is something to read."""
    if file.size > max(_LEAST_LARGEST, settings.max_file_mb * _MB):
        pile.watched.add(file.key)
        pile.unread.append(Rejected(Path(file.path).name, "too_large", f"{settings.max_file_mb} MB"))
        return False
    target = inside / file.path
    try:
        if copy_out(root, file, target):
            later = time.time() + DAY_S
            os.utime(target, (later, later))  # the folder of uploads is cleared of what is old
            pile.watched.add(file.key)
            return True
    except OSError:
        pass
    with suppress(OSError):
        target.unlink()
    taken.unsettled += 1
    return False


class _Erased:
    """Recognises documents of people who were erased: by the text of a version that was stored, and, of those whom this process erased, by
    their phone numbers and addresses, too."""

    def __init__(self, store: Store):
        with store.reading() as db:
            self._ids = erased_ids(db)
        self._people = store.erased_since(0.0)

    def owns(self, document: Document) -> bool:
        """Return whether a document as read is of somebody erased."""
        if any(person.owns_document(document) for person in self._people):
            return True
        return bool(self._ids) and any(self._is_known(document, cleaning) for cleaning in _CLEANINGS)

    def _is_known(self, document: Document, cleaning: Cleaning) -> bool:
        try:
            resume = clean(document, cleaning)
        except Unreadable:
            return False
        return resume.id in self._ids or (resume.person is not None and resume.person.text_id in self._ids)
