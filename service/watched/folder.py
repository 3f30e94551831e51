"""Look at a watched folder: which files in it are complete. Opens nothing, changes nothing, follows no link.

A file is complete once its size and times are the same at two looks: whoever writes it has finished.
"""

import os
import stat
import threading
import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from feedback.store.erased_person import ErasedPerson
from feedback.store.retention import DAY_S
from preprocess.file_names import is_system

MAX_FILES = 20_000
_MAX_DEEP = 8
_PARTIAL = (".part", ".partial", ".crdownload", ".download", ".tmp", ".temp", ".filepart", ".aria2")
"""Ends of the names of what browsers and mail programs are still writing."""

GONE, TOO_MANY = "gone", "too_many"


@dataclass(frozen=True)
class WatchedFile:
    """A complete file: its path in the folder, with "/", its size in bytes, and its times in nanoseconds since 1970."""

    path: str
    size: int
    modified: int
    changed: int

    @property
    def key(self) -> str:
        """Return what stands for this version of the file where its name must not."""
        return sha256(f"{self.path}\0{self.size}\0{self.modified}".encode("utf-8", "surrogateescape")).hexdigest()[:24]

    @property
    def at(self) -> float:
        """When it came, in Unix seconds: copying it may have kept an older time of change."""
        return max(self.modified, self.changed) / 1e9


class WatchedFolder:
    """A folder and what was seen in it. One thread calls `look`, any may read."""

    def __init__(self, name: str, root: Path, retention_days: int = 0):
        self.name, self.root, self.retention_s = name, root.resolve(), retention_days * DAY_S
        self.problem = ""
        """GONE: it cannot be opened now; TOO_MANY: only so many of its files were looked at; "": nothing."""

        self.looked_at = time.monotonic()
        self._seen: dict[str, WatchedFile] = {}
        self._complete: tuple[WatchedFile, ...] = ()
        self._erased: frozenset[str] = frozenset()
        self._has_left_out = False
        self._lock = threading.Lock()

    def look(self) -> bool:
        """List the folder; return whether there is news for a page. Raises nothing."""
        before = (self._complete, self.problem)
        try:
            listed = {file.path: file for file in _files_in(self.root)}
            problem = TOO_MANY if len(listed) > MAX_FILES else ""
            complete = sorted(
                (file for file in listed.values() if self._seen.get(file.path) == file), key=lambda file: (file.at, file.path)
            )
        except OSError:  # a network folder that is away just now
            listed, complete, problem = {}, [], GONE
        with self._lock:
            self._seen, self._complete, self.problem, self.looked_at = listed, tuple(complete[:MAX_FILES]), problem, time.monotonic()
            has_left_out, self._has_left_out = self._has_left_out, False
        return has_left_out or before != (self._complete, self.problem)

    def fresh(self, taken: Collection[str], now: float) -> list[WatchedFile]:
        """Return the complete files whose key is not in `taken`, oldest first, without those older than the retention (Unix seconds) and
        those that `leave_out` knows.
        """
        known = self._erased
        return [file for file in self._complete if file.key not in taken and file.key not in known and not self._is_expired(file, now)]

    def leave_out(self, files: Sequence[WatchedFile], names: Collection[str]) -> None:
        """Offer those of `files` with these names to no page any more: they were read, and are of somebody erased."""
        named = Counter(PurePosixPath(file.path).name for file in files)  # of two of one name it is not known which
        keys = {file.key for file in files if (name := PurePosixPath(file.path).name) in names and named[name] == 1}
        with self._lock:
            self._erased |= keys
            self._has_left_out |= bool(keys)

    def expired(self, now: float) -> int:
        """Return how many files lie there for longer than candidates are kept."""
        return sum(self._is_expired(file, now) for file in self._complete)

    def files_of(self, person: ErasedPerson) -> list[str]:
        """Return the files that somebody erased came in, or that bear their name, as NAME/PATH: to be deleted by a person."""
        return [f"{self.name}/{file.path}" for file in self._complete if _is_of(PurePosixPath(file.path), person)]

    def _is_expired(self, file: WatchedFile, now: float) -> bool:
        return self.retention_s > 0 and file.at < now - self.retention_s


def _is_of(path: PurePosixPath, person: ErasedPerson) -> bool:
    return path.name in person.files or person.without_names(path.stem) != path.stem


def _files_in(root: Path) -> Iterator[WatchedFile]:
    """Yield the files in a folder and those in it, at most one more than MAX_FILES. Raises OSError if the folder cannot be opened."""
    count = 0
    for parent, folders, names, handle in os.fwalk(root, follow_symlinks=False):
        inside = PurePosixPath(Path(parent).relative_to(root).as_posix())
        folders[:] = sorted(name for name in folders if not is_system(name)) if len(inside.parts) < _MAX_DEEP else []
        for name in sorted(names):
            if is_system(name) or name.lower().endswith(_PARTIAL):
                continue
            try:
                status = os.stat(name, dir_fd=handle, follow_symlinks=False)
            except FileNotFoundError:  # moved away this moment
                continue
            if stat.S_ISREG(status.st_mode) and status.st_size:
                count += 1
                yield WatchedFile(str(inside / name), status.st_size, status.st_mtime_ns, status.st_ctime_ns)
            if count > MAX_FILES:
                return


def copy_out(root: Path, file: WatchedFile, target: Path) -> bool:
    """Copy a file out of a watched folder to `target`; return False if it is not what was listed any more. Raises OSError.

    It is opened folder by folder without following links, so that nothing outside is read, whatever takes its place meanwhile.
    """
    handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        *folders, name = PurePosixPath(file.path).parts
        for folder in folders:
            inner = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=handle)
            os.close(handle)
            handle = inner
        source = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=handle)  # a pipe must not let it wait
    finally:
        os.close(handle)
    with os.fdopen(source, "rb") as reading:
        if not _is_same(source, file):
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        left = file.size
        with target.open("xb") as writing:
            while left > 0 and (chunk := reading.read(min(left, 1 << 20))):
                writing.write(chunk)
                left -= len(chunk)
        return left == 0 and _is_same(source, file)


def _is_same(handle: int, file: WatchedFile) -> bool:
    now = os.fstat(handle)
    return stat.S_ISREG(now.st_mode) and (now.st_size, now.st_mtime_ns) == (file.size, file.modified)
