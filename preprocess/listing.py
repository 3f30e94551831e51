"""List a pool of any number of files one by one, as `intake.collect` lists an upload: the list is never in memory as a whole."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from preprocess.containers import Containers, FoundFile
from preprocess.document import Rejected, Unreadable
from preprocess.file_names import shown_name
from preprocess.guarded.pool import Upload
from preprocess.intake import StoredFile, UploadCollector, on_disk_at, without_listed

_NO_LIMIT = 10**9


class PoolListing:
    """The files at some paths: iterate once. They come in the same order every time, as long as nothing is added or removed.

    Names are not made distinct: `path` tells files apart, and names what is rejected. What containers may hold is limited for each one
    that lies on disk.
    """

    def __init__(self, paths: Sequence[Path], max_file_mb: int, upload: Upload):
        self._paths, self._upload = paths, upload
        self._collector = UploadCollector(_NO_LIMIT, max_file_mb, upload, None)
        self._on_disk = sum(1 for path in paths for _ in on_disk_at(path))
        self._opened = self._found = 0

    def expected(self) -> int:
        """Return how many files there will be, as far as is known: archives that were not opened yet count as one."""
        return self._found + max(0, self._on_disk - self._opened)

    def __iter__(self) -> Iterator[StoredFile | Rejected]:
        for entry in without_listed(self._entries()):
            try:
                accepted = self._collector.accepted(entry)
                yield StoredFile(shown_name(entry.name), accepted.size, accepted.load, accepted.origin, entry.folder)
            except Unreadable as error:
                yield Rejected(entry.folder, error.reason, error.detail)

    def _entries(self) -> Iterator[FoundFile]:
        """Yield the files with their path as `folder`, and an `origin` that no file of another mail has."""
        for number, on_disk in enumerate(entry for path in self._paths for entry in on_disk_at(path)):
            self._collector.containers = Containers(self._upload, None)
            self._opened += 1
            entries = list(self._collector.opened(on_disk))  # of one archive at most
            self._found += len(entries)
            for entry in entries:
                path = str(on_disk.path or on_disk.name)
                if entry.path != on_disk.path:  # in a container
                    path = "/".join(filter(None, (path, entry.folder if entry.folder != Path(path).stem else "", entry.name)))
                yield replace(entry, folder=path, origin=f"{number} {entry.origin}" if entry.origin else "")
