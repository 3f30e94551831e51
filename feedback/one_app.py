"""Let one app at a time use a feedback folder: a second one with other flags would delete and show what the first one keeps."""

import fcntl
import os
from pathlib import Path

NAME = "app.lock"
_LONGEST = 64


class FolderInUse(Exception):
    """Another app uses the folder. `address` is where its page is, "" if it did not say."""

    def __init__(self, address: str):
        super().__init__(address)
        self.address = address


def claim(folder: Path, address: str) -> int:
    """Claim a feedback folder for this process until it ends; return the descriptor that keeps it. Raises FolderInUse, OSError.

    The lock is POSIX's, which belongs to a process alone: a reader that was forked from a killed app does not hold it any longer.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        told = os.read(descriptor, _LONGEST).decode("utf-8", "replace")
        os.close(descriptor)
        raise FolderInUse(told) from None
    os.truncate(descriptor, 0)
    os.pwrite(descriptor, address.encode()[:_LONGEST], 0)
    return descriptor


def user_of(folder: Path) -> str | None:
    """Return the address of the app that uses a feedback folder, None if none does. Not for the process that claimed it."""
    try:
        with (folder / NAME).open("r+") as file:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return None
    except FileNotFoundError:
        return None
    except (BlockingIOError, PermissionError):
        return (folder / NAME).read_text("utf-8", "replace")
