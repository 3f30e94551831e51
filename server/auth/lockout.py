"""Make guessers wait: after too many failures a key (a name, an address, a name from an address) may not try for a while."""

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable

WAIT_SECONDS = 15 * 60
FIRST_WAIT_SECONDS = 60
TRIES_PER_ADDRESS = 20
"""Failures of one address, with whatever names or keys, before it has to wait."""

_REMEMBERED_SECONDS = 4 * WAIT_SECONDS
_MOST_KEYS = 10_000


class Lockout:
    """Count failures by key. From `tries` on each makes the key wait: `first_wait` seconds, then twice as long, at most 15 minutes.

    An hour without a failure resets the count, 15 minutes where the first wait is as long as that already.
    """

    def __init__(self, tries: int, first_wait: float = WAIT_SECONDS, clock: Callable[[], float] = time.monotonic):
        self._tries, self._first_wait, self._clock = tries, first_wait, clock
        self._remembered = _REMEMBERED_SECONDS if first_wait < WAIT_SECONDS else WAIT_SECONDS
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def seconds_left(self, key: str) -> float:
        """Return how long this key still has to wait; 0.0: it may try."""
        count, last = self._failures.get(key, (0, 0.0))
        if count < self._tries:
            return 0.0
        wait = min(WAIT_SECONDS, self._first_wait * 2.0 ** min(count - self._tries, 10))
        return max(0.0, last + wait - self._clock())

    def failed(self, key: str) -> None:
        """Count a failure. The oldest keys are dropped when there are too many, so that strangers cannot fill the memory."""
        count, last = self._failures.pop(key, (0, 0.0))
        now = self._clock()
        self._failures[key] = (count + 1 if now - last < self._remembered else 1, now)
        while len(self._failures) > _MOST_KEYS:
            self._failures.popitem(last=False)

    def forget(self, key: str) -> None:
        """Reset the count after a success."""
        self._failures.pop(key, None)


def network(address: str) -> str:
    """Return the key of an address: itself, or for IPv6 its /64, which one machine owns."""
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))
