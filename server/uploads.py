"""The folder of uploads stays small: what nobody has read goes, and nothing more is taken in while it is full.

Its room is counted as uploads come. Files go without a word (reading deletes them), so the folder is walked now and then, in a thread, and
before anything is refused.
"""

import asyncio
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

KEPT_SECONDS = 600  # a file is read and deleted as soon as it has arrived; what is older was given up, or stored under another field's name
MOST_BYTES = 4_000_000_000
_FRESH_SECONDS = 2.0
"""A walk so long ago still tells whether the folder is full: whoever asks all the time costs no more than one walk in this time."""


class UploadRoom:
    """Counts the bytes in `folder`. To be used from one event loop; `clock` gives seconds that only go forward."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic):
        self._folder, self._clock = folder, clock
        self._walked: int | None = None
        self._walked_at = 0.0
        self._stored = 0  # since the last walk began; what the walk saw of it as well counts twice until the next
        self._arriving = 0
        self._walk: asyncio.Task[None] | None = None

    @property
    def held(self) -> int:
        """Bytes in the folder and on their way to it; rather too many than too few."""
        return (self._walked or 0) + self._stored + self._arriving

    async def take(self, size: int) -> bool:
        """Whether an upload of this size may come; if so it counts from now on, until `settle` says what became of it."""
        if self._walked is None or (self.held + size > MOST_BYTES and self._clock() - self._walked_at > _FRESH_SECONDS):
            await self.recount()
        if self.held + size > MOST_BYTES:
            return False
        self._arriving += size
        return True

    def settle(self, size: int, is_stored: bool) -> None:
        """An upload of this size has ended."""
        self._arriving -= size
        self._stored += size if is_stored else 0

    async def recount(self) -> None:
        """Delete what is old and count what there is, in a thread; whoever asks meanwhile waits for the same walk."""
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
    """Delete what is old and return how many bytes are left. A file that goes meanwhile is fine."""
    now, held = time.time(), 0
    for parent, _, names in os.walk(folder, topdown=False):
        for name in names:
            with suppress(OSError):
                path = Path(parent, name)
                about = path.lstat()
                if now - about.st_mtime > KEPT_SECONDS:
                    path.unlink()
                else:
                    held += about.st_size
        with suppress(OSError):
            if parent != str(folder) and now - Path(parent).stat().st_mtime > KEPT_SECONDS:
                Path(parent).rmdir()  # Gradio makes one for each upload; it stays while there is a file in it
    return held
