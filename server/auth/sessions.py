"""Keep sign-in sessions: random tokens that expire. Only their SHA-256 is kept, in memory; a restart signs everyone out."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256

IDLE_SECONDS, LONGEST_SECONDS = 12 * 3600, 7 * 24 * 3600
MOST_PER_USER = 100


@dataclass(frozen=True)
class _Signed:
    user: str
    credential: str
    since: float
    seen: float


class Sessions:
    """The sign-in sessions. They end 12 hours after the last request and 7 days after signing in; of one user only the newest are kept.

    `clock` returns seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._held: dict[bytes, _Signed] = {}
        self._lock = threading.Lock()

    def open(self, user: str, credential: str = "") -> str:
        """Sign a user in; return the token (256 random bits) for the browser's cookie.

        `credential` stands for the password that let them in: once it is another, the session is over.
        """
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._held = {key: signed for key, signed in self._held.items() if _is_alive(signed, now)}
            own = [key for key, signed in self._held.items() if signed.user == user]
            for key in own[: max(0, len(own) + 1 - MOST_PER_USER)]:
                del self._held[key]
            self._held[_key(token)] = _Signed(user, credential, now, now)
        return token

    def user(self, token: str, is_use: bool = True, credential_of: Callable[[str], str | None] = lambda user: "") -> str | None:
        """Return the user of a token, None if it is unknown or expired, or was opened with another credential than `credential_of` returns
        now. `is_use` extends it by 12 hours.
        """
        now = self._clock()
        with self._lock:
            signed = self._held.get(_key(token))
            if signed is None or not _is_alive(signed, now):
                return None
            if credential_of(signed.user) != signed.credential:
                del self._held[_key(token)]
                return None
            if is_use:
                self._held[_key(token)] = replace(signed, seen=now)
            return signed.user

    def close(self, token: str) -> None:
        """Sign out; no error for an unknown token."""
        with self._lock:
            self._held.pop(_key(token), None)


def _is_alive(signed: _Signed, now: float) -> bool:
    return now - signed.seen < IDLE_SECONDS and now - signed.since < LONGEST_SECONDS


def _key(token: str) -> bytes:
    return sha256(token.encode("utf-8", "replace")).digest()
