"""Open and limit the folder of uploads: files that nobody has read are deleted, and uploads are refused while it is full.

Bytes are counted as uploads come. Reading deletes files unnoticed, so the folder is walked now and then, in a thread, and before an upload
is refused.
"""

import asyncio
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from feedback.files.locked_folder import lock_folder

KEPT_SECONDS = 600  # a file is read and deleted as soon as it has arrived; what is older was given up, or stored under another field's name
MOST_BYTES = 4_000_000_000
_PREFIX = "reranker-uploads-"
_FRESH_SECONDS = 2.0
"""Seconds for which the result of a walk is reused, so that constant requests cost no more than one walk in this time."""


_PROBLEMS = {
    "Too many": "many_files",
    "Headers exceeded": "long_name",
    "header size exceeded": "long_name",
    "Invalid file name": "bad_name",
}
"""Keys of our sentences by what the parsers of forms (Gradio's, Starlette's, python_multipart) say of an upload that they refuse."""


def upload_problem(said: str) -> str | None:
    """Return the key in [refused] for what a parser says of an upload, None for anything that a person does not bring about."""
    return next((key for part, key in _PROBLEMS.items() if part in said), None)


class UploadRoom:
    """Count the bytes in `folder`. Use it from one event loop; `clock` returns seconds that never go back."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic):
        self._folder, self._clock = folder, clock
        self._walked: int | None = None
        self._walked_at = 0.0
        self._stored = 0  # since the last walk began; what the walk saw of it as well counts twice until the next
        self._arriving = 0
        self._walk: asyncio.Task[None] | None = None

    @property
    def held(self) -> int:
        """Bytes in the folder and on their way to it; an upper estimate."""
        return (self._walked or 0) + self._stored + self._arriving

    async def take(self, size: int) -> bool:
        """Return whether an upload of this size fits; if so it is counted until `settle`."""
        if self._walked is None or (self.held + size > MOST_BYTES and self._clock() - self._walked_at > _FRESH_SECONDS):
            await self.recount()
        if self.held + size > MOST_BYTES:
            return False
        self._arriving += size
        return True

    def settle(self, size: int, is_stored: bool) -> None:
        """Stop counting an upload that has ended."""
        self._arriving -= size
        self._stored += size if is_stored else 0

    async def recount(self) -> None:
        """Delete old files and count the rest, in a thread; concurrent callers wait for the same walk."""
        if self._walk is None:
            self._walk = asyncio.create_task(self._recount())
        await asyncio.shield(self._walk)

    async def _recount(self) -> None:
        before, self._stored = self._stored, 0
        try:
            self._walked = await asyncio.to_thread(tidy, self._folder)
            self._walked_at, before = self._clock(), 0
        finally:
            self._stored += before  # a walk that failed has counted nothing
            self._walk = None


def tidy(folder: Path) -> int:
    """Delete old files and return how many bytes are left. Files that disappear meanwhile are ignored."""
    now, bytes_kept = time.time(), 0
    for parent, _, names in os.walk(folder, topdown=False):
        for name in names:
            with suppress(OSError):
                path = Path(parent, name)
                about = path.lstat()
                if now - about.st_mtime > KEPT_SECONDS:
                    path.unlink()
                else:
                    bytes_kept += about.st_size
        with suppress(OSError):
            if parent != str(folder) and now - Path(parent).stat().st_mtime > KEPT_SECONDS:
                Path(parent).rmdir()  # Gradio makes one for each upload; it stays while there is a file in it
    return bytes_kept


def open_upload_folder() -> Path:
    """Create a folder that only this user can read, locked while this process lives, and delete unlocked ones."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # somebody else's, or in use
            lock = lock_folder(left)
            shutil.rmtree(left, ignore_errors=True)
            os.close(lock)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    lock_folder(folder)
    return folder
