"""Lock out guessers: after too many failures a name or an address has to wait."""

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable

WAIT_SECONDS = 15 * 60
TRIES_PER_USER, TRIES_PER_ADDRESS = 10, 20
_MOST_KEYS = 10_000


class Lockout:
    """Counts failures by key. After `tries` the key waits 15 minutes; 15 minutes without a failure reset the count."""

    def __init__(self, tries: int, clock: Callable[[], float] = time.monotonic):
        self._tries, self._clock = tries, clock
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def seconds_left(self, key: str) -> float:
        """Return how long this key still has to wait; 0.0: it may try."""
        count, last = self._failures.get(key, (0, 0.0))
        return max(0.0, last + WAIT_SECONDS - self._clock()) if count >= self._tries else 0.0

    def failed(self, key: str) -> None:
        """Count a failure. The oldest keys are dropped when there are too many, so that strangers cannot fill the memory."""
        count, last = self._failures.pop(key, (0, 0.0))
        now = self._clock()
        self._failures[key] = (count + 1 if now - last < WAIT_SECONDS else 1, now)
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
