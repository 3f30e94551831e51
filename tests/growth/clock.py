"""Tell whether work grows linearly, in processor time of the calling thread: other processes and the encoder's threads do not count."""

import math
import time
from collections.abc import Callable

MOST = 2.0
"""How many times linear growth is still called linear. At four times the length, quadratic growth is four times linear growth."""
TRIES = 5


def thread_seconds(act: Callable[[], object]) -> float:
    """Return the processor time that a call takes in this thread."""
    start = time.thread_time()
    act()
    return time.thread_time() - start


def is_linear(seconds: Callable[[int], float], size: int, least: float = 0.05) -> bool:
    """Return whether 4 × `size` takes about four times as long as `size`, or less than `least` seconds whatever the growth.

    Noise makes a run longer, never shorter: the quickest run of each counts.
    """
    short = long = math.inf
    for _ in range(TRIES):
        long = min(long, seconds(4 * size))
        if long < least:
            return True
        short = min(short, seconds(size))
        if long <= 4 * MOST * short:
            return True
    return False
