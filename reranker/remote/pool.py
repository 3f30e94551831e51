"""Send each request to one of several servers: by health, by job (rendezvous hashing), by how much each has to do already."""

import hashlib
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from reranker.remote.connection import BadAnswer, ServerDown

IN_FLIGHT = 2
"""Requests that a server has at a time: one that it computes, one that waits, so that it never does."""
RETRY_SECONDS = 30.0
"""After which a server that failed is asked again."""

ServerT = TypeVar("ServerT")
AnswerT = TypeVar("AnswerT")


class AllDown(Exception):
    """No server of the pool answers. `problem` is what one failed with last."""

    def __init__(self, problem: str):
        super().__init__(problem)
        self.problem = problem


@dataclass
class _Member(Generic[ServerT]):
    """A place in the pool: `server` is None while it is down."""

    name: str
    server: ServerT | None
    in_flight: int = 0
    retry_at: float = 0.0


class ServerPool(Generic[ServerT]):
    """Servers by name, some perhaps down. `connect` returns the server of a name if it can be used (again), else None.

    Safe to share between threads.
    """

    def __init__(
        self,
        servers: Sequence[tuple[str, ServerT | None]],
        connect: Callable[[str], ServerT | None],
        on_down: Callable[[str], None] = lambda name: None,
        clock: Callable[[], float] = time.monotonic,
    ):
        self._members = [_Member(name, server, retry_at=clock() + RETRY_SECONDS) for name, server in servers]
        self._connect, self._on_down, self._clock = connect, on_down, clock
        self._changed = threading.Condition()
        self._problem = "no answer"  # the last one

    @property
    def alive(self) -> int:
        """The number of servers that are up, as far as is known."""
        return sum(member.server is not None for member in self._members)

    def revive(self) -> None:
        """Ask the servers that are down and due whether they can be used again, beside the work; if all are down, all of them and now."""
        now, none_alive = self._clock(), not self.alive
        due = [member for member in self._members if member.server is None and (none_alive or member.retry_at <= now)]
        for member in due:
            member.retry_at = now + RETRY_SECONDS
        if none_alive:
            self._try_again(due)
        elif due:
            threading.Thread(target=self._try_again, args=(due,), name="revive", daemon=True).start()

    def ask(self, job: bytes, request: Callable[[ServerT], AnswerT]) -> AnswerT:
        """Return the answer of the first server in the job's order that has time; if it fails, of the next one.

        `request` raises ServerDown or BadAnswer where another server may do better; anything else is passed on. Raise AllDown if all fail.
        """
        order = sorted(self._members, key=lambda member: hashlib.sha256(job + member.name.encode()).digest())
        failed: list[str] = []
        while (taken := self._take(order, failed)) is not None:
            member, server = taken
            try:
                return request(server)
            except (ServerDown, BadAnswer) as error:
                self._problem = str(error)
                failed.append(member.name)
                self._put_down(member, server)
            finally:
                with self._changed:
                    member.in_flight -= 1
                    self._changed.notify_all()
        raise AllDown(self._problem)

    def _try_again(self, members: Sequence[_Member[ServerT]]) -> None:
        for member in members:
            server = self._connect(member.name)
            with self._changed:
                member.server = server
                self._changed.notify_all()

    def _take(self, order: Sequence[_Member[ServerT]], failed: Sequence[str]) -> tuple[_Member[ServerT], ServerT] | None:
        """Wait for the first member that is up and has time; None if none is up that has not failed."""
        with self._changed:
            while True:
                up = [member for member in order if member.server is not None and member.name not in failed]
                if not up:
                    return None
                if free := next((member for member in up if member.in_flight < IN_FLIGHT), None):
                    free.in_flight += 1
                    assert free.server is not None
                    return free, free.server
                self._changed.wait()

    def _put_down(self, member: _Member[ServerT], server: ServerT) -> None:
        with self._changed:
            if member.server is not server:
                return  # another request has noticed
            member.server, member.retry_at = None, self._clock() + RETRY_SECONDS
        self._on_down(member.name)
