"""The folder of uploads stays small: what nobody has read goes, and nothing more is taken in while it is full."""

import time
from contextlib import suppress
from pathlib import Path

KEPT_SECONDS = 600  # a file is read and deleted as soon as it has arrived; what is older was given up, or stored under another field's name
MOST_BYTES = 4_000_000_000


def make_room(folder: Path) -> bool:
    """Delete what is old; whether there is room for one more upload. A file that goes meanwhile is fine."""
    now, held = time.time(), 0
    for one in folder.rglob("*"):
        with suppress(OSError):
            about = one.stat()
            is_old = now - about.st_mtime > KEPT_SECONDS
            if one.is_file():
                if is_old:
                    one.unlink()
                else:
                    held += about.st_size
            elif is_old:
                one.rmdir()  # Gradio makes one for each upload; it stays while there is a file in it
    return held < MOST_BYTES
