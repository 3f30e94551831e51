"""The folder of uploads of this process; what a killed process left behind is deleted at the next start."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from feedback.files.locked_folder import lock_folder

_PREFIX = "reranker-uploads-"


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
