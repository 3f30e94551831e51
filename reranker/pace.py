"""Estimate the seconds that are left of a ranking from the resumes that took time."""

import time

LEAST = 3
"""New scores before there is an estimate."""


class Pace:
    """Seconds a character, from the resumes that took time, and what that means for those to come.

    The first of them is left out: it also waited for the reading, and for what an engine does once.
    """

    def __init__(self):
        self._start = time.perf_counter()
        self._seconds = 0.0
        self._characters = self._all_characters = self._count = self._new = 0

    def done(self, characters: int, known: bool = False) -> None:
        """Count one more resume as done; a `known` score took no time."""
        self._all_characters += characters
        self._count += 1
        now = time.perf_counter()
        self._new += not known
        if not known and self._new > 1:
            self._seconds += now - self._start
            self._characters += characters
        self._start = now

    def left(self, count: int) -> dict[str, float]:
        """Return `left_s`, the seconds for `count` more resumes of average length with new scores; {} before LEAST new ones."""
        if self._new < LEAST or not self._characters:
            return {}
        return {"left_s": count * self._all_characters / self._count * self._seconds / self._characters}
