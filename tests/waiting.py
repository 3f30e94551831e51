"""Wait for what another thread or process does, without a pause of a fixed length."""

import time
from collections.abc import Callable


def until(is_true: Callable[[], object], seconds: float = 30) -> bool:
    """Return whether `is_true` becomes true within so many seconds; it is asked twenty times a second."""
    end = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
