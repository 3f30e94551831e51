"""Lock a folder of this process, so that another one can tell what a killed process left behind from what is in use."""

import fcntl
import os
from pathlib import Path


def lock_folder(folder: Path) -> int:
    """Return an open handle that locks the folder until it is closed or the process ends. Raise OSError if it is locked already."""
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise
    return lock
