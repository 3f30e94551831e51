"""The folder of uploads of this process; what a killed process left behind is deleted at the next start."""

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

_PREFIX = "reranker-uploads-"


def open_upload_folder() -> Path:
    """Create a folder that only this user can read, locked while this process lives, and delete unlocked ones."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # somebody else's, or in use
            lock = _locked(left)
            shutil.rmtree(left, ignore_errors=True)
            os.close(lock)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    _locked(folder)
    return folder


def _locked(folder: Path) -> int:
    """Return an open handle that locks the folder until it is closed or the process ends. Raises OSError if it is locked already."""
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise
    return lock
