"""Look at the watched folders every few seconds, each in a thread of its own: one that does not answer holds up none of the others.

Polling, as the notices of the file system do not come from network folders.
"""

import threading
import time
from collections.abc import Sequence
from pathlib import Path

from feedback.store.erased_person import ErasedPerson
from preprocess.file_names import distinct
from service.watched.folder import WatchedFolder

LOOK_S = 5.0
_SILENT_S = 60.0


class Watch:
    """The watched folders; none by default. `scratch` is where their files are copied to be read (None: where the system keeps such)."""

    def __init__(self, folders: Sequence[tuple[str, Path]] = (), retention_days: int = 0, scratch: Path | None = None):
        names = distinct([("", name) for name, _ in folders])
        self.folders = [WatchedFolder(name, root, retention_days) for name, (_, root) in zip(names, folders, strict=True)]
        self.scratch = scratch
        self.news = 0
        """The number of times that there was news for pages; never goes back."""

        self._lock = threading.Lock()

    def start(self, look_s: float = LOOK_S) -> threading.Event:
        """Look now and then every `look_s` seconds; return the event that ends it."""
        ended = threading.Event()
        for folder in self.folders:
            threading.Thread(target=self._work, args=(folder, look_s, ended), name="watch", daemon=True).start()
        return ended

    def files_of(self, person: ErasedPerson) -> list[str]:
        """Return the files of somebody erased that lie in the folders, of which nothing is deleted."""
        return [file for folder in self.folders for file in folder.files_of(person)]

    def is_silent(self, folder: WatchedFolder) -> bool:
        """Return whether the system has not answered for long, as for a network folder whose server is away."""
        return time.monotonic() - folder.looked_at > _SILENT_S

    def _work(self, folder: WatchedFolder, look_s: float, ended: threading.Event) -> None:
        while not ended.is_set():
            if folder.look():
                with self._lock:
                    self.news += 1
            ended.wait(look_s)
