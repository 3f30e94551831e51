"""The folder that uploads lie in while this process runs; what a process that was killed left behind goes at the next start."""

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

_PREFIX = "reranker-uploads-"


def open_upload_folder() -> Path:
    """Make a folder that only this user can read, locked for as long as this process lives, and delete those that nobody holds any more."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # somebody else's, or in use
            lock = _locked(left)
            shutil.rmtree(left, ignore_errors=True)
            os.close(lock)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    _locked(folder)
    return folder


def _locked(folder: Path) -> int:
    """An open handle on the folder, which holds its lock until it is closed or the process ends. Raises OSError when another one does."""
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise
    return lock
