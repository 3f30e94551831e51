"""Let one app alone serve a feedback folder: what it deletes, keeps and shows follows its own flags. Commands may run beside it."""

import fcntl
import os
from pathlib import Path


def is_only_app(folder: Path) -> bool:
    """Return whether no other app serves this folder; from then on, until this process ends, this one does."""
    lock = os.open(folder / "app.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return False
    return True  # the descriptor stays open: its end is that of the process
