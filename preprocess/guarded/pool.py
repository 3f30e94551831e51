"""The pool of threads that wait for guarded processes: one for the whole server, fair between those who have files read."""

import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from preprocess.guarded.children import NURSERY
from preprocess.guarded.client import Cancellation, Cancelled, working_for

Job = Callable[[], Any]


class _Slot:
    """Where the outcome of a job will be."""

    def __init__(self, job: Job):
        self.job = job
        self.is_done = False
        self.result: Any = None
        self.error: BaseException | None = None


@dataclass(frozen=True, eq=False)
class _Turn:
    upload: "Upload"
    slot: _Slot


class Upload:
    """Files that were given together: read in parallel, handed back in order, cancelled together."""

    def __init__(self, pool: "Pool", owner: Hashable):
        self._pool, self.owner, self.cancellation = pool, owner, Cancellation()

    def run(self, job: Job) -> Any:
        """Return what the job returns, or raise what it raises, once its turn has come. Raises Cancelled."""
        return next(self._outcomes([job]))

    def map(self, jobs: Iterable[Job]) -> Generator[Any]:
        """Yield what the jobs return, in order; ends early when the upload is cancelled. Whoever closes the iterator cancels it."""
        try:
            yield from self._outcomes(jobs)
        except Cancelled:
            return
        finally:
            self.cancel()

    def cancel(self) -> None:
        """Kill the processes at work and drop what waits."""
        self._pool.cancel(self)

    def _outcomes(self, jobs: Iterable[Job]) -> Iterator[Any]:
        slots = deque(_Slot(job) for job in jobs)
        if slots:
            self._pool.add(self, slots)
        while slots:
            slot = slots.popleft()  # with its result, which nobody else holds
            self._pool.wait(self, slot)
            if slot.error:
                raise slot.error
            yield slot.result


class Pool:
    """At most `size` jobs at a time, and `extra` ones of owners that have none in work: they need not wait for the long ones of others.

    The next job is of the owner with the fewest in work; among equals, of whoever had a turn longest ago, then of whoever waits for fewest.
    """

    def __init__(self, size: int, extra: int):
        self._size, self._most = size, size + extra
        self._changed = threading.Condition()
        self._waiting: dict[Hashable, deque[_Turn]] = {}
        self._running: dict[Hashable, list[_Turn]] = {}
        self._last_turn: dict[Hashable, int] = {}
        self._turns = self._threads = 0

    def upload(self, owner: Hashable = None) -> Upload:
        """Return a new upload. Those of one `owner` share their turns; without one it has its own."""
        return Upload(self, object() if owner is None else owner)

    def add(self, upload: Upload, slots: Iterable[_Slot]) -> None:
        """Queue jobs of an upload."""
        with self._changed:
            if upload.cancellation.is_cancelled:
                return
            self._waiting.setdefault(upload.owner, deque()).extend(_Turn(upload, slot) for slot in slots)
            while self._threads < min(self._most, sum(map(len, (*self._waiting.values(), *self._running.values())))):
                self._threads += 1
                threading.Thread(target=self._work, name="reader", daemon=True).start()
            self._changed.notify_all()

    def wait(self, upload: Upload, slot: _Slot) -> None:
        """Block until the job is done. Raises Cancelled."""
        with self._changed:
            self._changed.wait_for(lambda: slot.is_done or upload.cancellation.is_cancelled)
        if not slot.is_done:
            raise Cancelled

    def cancel(self, upload: Upload) -> None:
        """End one upload."""
        upload.cancellation.cancel()
        with self._changed:
            if waiting := self._waiting.pop(upload.owner, None):
                if others := deque(turn for turn in waiting if turn.upload is not upload):
                    self._waiting[upload.owner] = others
                self._forget_turns(upload.owner)
            self._changed.notify_all()

    def cancel_all(self) -> None:
        """End every upload: the server stops."""
        with self._changed:
            uploads = {turn.upload for turns in (*self._running.values(), *self._waiting.values()) for turn in turns}
        for upload in uploads:
            self.cancel(upload)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(self._has_next)
                turn = self._take_next()
            try:
                with working_for(turn.upload.cancellation):
                    turn.slot.result = turn.slot.job()
            except BaseException as error:
                turn.slot.error = error
            self._end(turn)
            del turn

    def _has_next(self) -> bool:
        running = sum(map(len, self._running.values()))
        return bool(self._waiting) and (running < self._size or (running < self._most and not self._running.get(self._next_owner())))

    def _next_owner(self) -> Hashable:
        def order(owner: Hashable) -> tuple[int, int, int]:
            return len(self._running.get(owner, ())), self._last_turn.get(owner, 0), len(self._waiting[owner])

        return min(self._waiting, key=order)

    def _take_next(self) -> _Turn:
        owner = self._next_owner()
        turn = self._waiting[owner].popleft()
        if not self._waiting[owner]:
            del self._waiting[owner]
        self._running.setdefault(owner, []).append(turn)
        self._turns += 1
        self._last_turn[owner] = self._turns
        return turn

    def _end(self, turn: _Turn) -> None:
        owner = turn.upload.owner
        with self._changed:
            turn.slot.is_done = True
            self._running[owner].remove(turn)
            if not self._running[owner]:
                del self._running[owner]
            self._forget_turns(owner)
            self._changed.notify_all()

    def _forget_turns(self, owner: Hashable) -> None:
        if owner not in self._running and owner not in self._waiting:
            self._last_turn.pop(owner, None)


POOL = Pool(min(8, max(2, os.cpu_count() or 2)), extra=4)


def stop_readers() -> None:
    """Drop what waits and kill every guarded process. A later upload starts them again."""
    POOL.cancel_all()
    NURSERY.end()
