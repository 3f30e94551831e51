"""Wait for guarded processes in a thread pool: one for the whole server, shared fairly between uploads."""

import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from preprocess.guarded.children import FORK_SERVER
from preprocess.guarded.client import Cancellation, Cancelled, working_for

Job = Callable[[], Any]


class _Slot:
    """One job and, once it is done, its result or error."""

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
    """Files that were given together: read in parallel, returned in order, cancelled together."""

    def __init__(self, pool: "Pool", owner: Hashable):
        self._pool, self.owner, self.cancellation = pool, owner, Cancellation()

    def run(self, job: Job) -> Any:
        """Run one job when its turn comes and return its result, or raise its error. Raises Cancelled."""
        return next(self._outcomes([job]))

    def map(self, jobs: Iterable[Job], ahead: int | None = None) -> Generator[Any]:
        """Yield the results of the jobs in order; ends early when the upload is cancelled. Closing the iterator cancels the upload.

        With `ahead`, jobs are taken as results are, so many before them, and no more results than that are in memory.
        """
        try:
            yield from self._outcomes(jobs, ahead)
        except Cancelled:
            return
        finally:
            self.cancel()

    def cancel(self) -> None:
        """Kill the running processes and drop the waiting jobs."""
        self._pool.cancel(self)

    def _outcomes(self, jobs: Iterable[Job], ahead: int | None = None) -> Iterator[Any]:
        coming = map(_Slot, jobs)
        slots = deque(islice(coming, ahead))
        if slots:
            self._pool.add(self, slots)
        while slots:
            slot = slots.popleft()  # with its result, so that the memory is freed with it
            if following := list(islice(coming, 1)):
                self._pool.add(self, following)
                slots += following
            self._pool.wait(self, slot)
            if slot.error:
                raise slot.error
            yield slot.result


class Pool:
    """Run at most `size` jobs at a time, and up to `extra` more of owners without a running job, who need not wait for others' long ones.

    The next job is of the owner with the fewest running jobs; ties go to the longest time since its last turn, then to the shortest queue.
    """

    def __init__(self, size: int, extra: int):
        self._size, self._most = size, size + extra
        self._changed = threading.Condition()
        self._waiting: dict[Hashable, deque[_Turn]] = {}
        self._running: dict[Hashable, list[_Turn]] = {}
        self._last_turn: dict[Hashable, int] = {}
        self._turns = self._threads = 0

    def upload(self, owner: Hashable = None) -> Upload:
        """Return a new upload. Uploads of one `owner` share its turns; without one each has its own."""
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
        """Cancel one upload."""
        upload.cancellation.cancel()
        with self._changed:
            if waiting := self._waiting.pop(upload.owner, None):
                if others := deque(turn for turn in waiting if turn.upload is not upload):
                    self._waiting[upload.owner] = others
                self._forget_turns(upload.owner)
            self._changed.notify_all()

    def cancel_all(self) -> None:
        """Cancel every upload, because the server stops."""
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
    """Drop waiting jobs and kill every guarded process. A later upload starts them again."""
    POOL.cancel_all()
    FORK_SERVER.end()
