"""Run requests in threads of their own, a few at once, and stop those whose client hangs up.

They take turns with the page's runs at the model (reranker/scheduler.py); here they only get a thread, so that a hundred of them leave the
page's threads alone.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from fastapi import Request
from starlette.requests import ClientDisconnect

from server.api.errors import ApiError

MOST_AT_ONCE = 8
_BUSY_SECONDS = 5

T = TypeVar("T")
Tell = Callable[[bytes], None]
Cancel = Callable[[], None]


class Workers:
    """At most MOST_AT_ONCE requests at work. Use it from one event loop."""

    def __init__(self):
        self._threads = ThreadPoolExecutor(MOST_AT_ONCE, "api")
        self.at_work = 0

    async def run(self, request: Request, work: Callable[[], T], cancel: Cancel) -> T:
        """Return what `work` returns. If the client has gone, call `cancel`, wait for the end of the work and raise ClientDisconnect."""
        task = self._start(work)
        gone = asyncio.ensure_future(_until_gone(request))
        try:
            await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise ClientDisconnect
            return task.result()
        finally:
            gone.cancel()
            await _ended(task, cancel)

    def stream(self, work: Callable[[Tell], None], cancel: Cancel) -> tuple[AsyncIterator[bytes], Callable[[], "asyncio.Future[None]"]]:
        """Start `work`; return what it tells, as it comes, and a function that cancels the work if it goes on, to be awaited."""
        loop, lines = asyncio.get_running_loop(), asyncio.Queue[bytes | None]()

        def tell(line: bytes) -> None:
            loop.call_soon_threadsafe(lines.put_nowait, line)

        task = self._start(lambda: work(tell))
        task.add_done_callback(lambda _: lines.put_nowait(None))

        async def told() -> AsyncIterator[bytes]:
            while (line := await lines.get()) is not None:
                yield line
            task.result()

        return told(), lambda: asyncio.ensure_future(_ended(task, cancel))

    def _start(self, work: Callable[[], T]) -> "asyncio.Future[T]":
        if self.at_work >= MOST_AT_ONCE:
            raise ApiError(429, "api.busy", _BUSY_SECONDS)
        self.at_work += 1
        task = asyncio.get_running_loop().run_in_executor(self._threads, work)
        task.add_done_callback(self._count_end)
        return task

    def _count_end(self, task: "asyncio.Future[T]") -> None:
        self.at_work -= 1
        task.exception()  # whoever has gone does not ask for it


async def _ended(task: "asyncio.Future[T]", cancel: Cancel) -> None:
    """Return when the work has ended; what it was given, such as files, is needed until then."""
    if not task.done():
        cancel()
        await asyncio.wait({task})


async def _until_gone(request: Request) -> None:
    """Return when the client has hung up; its body was read before."""
    try:
        while (await request.receive())["type"] != "http.disconnect":
            pass
    except Exception:  # limits.py says it so where files come
        return
