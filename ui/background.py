"""Run the steps of a session in background threads, so that work outlives the page that started it. Any page of the session can follow."""

import asyncio
import logging
import threading
import time
import traceback
from collections.abc import AsyncIterator, Callable, Iterator

from service.message import Message
from service.run_state import RunState
from ui.session_parts import View, Work

REFRESH_SECONDS = 0.25
"""At most this often a running list of up to 40 is sent again; a longer one, which is more to send, less often."""

KEEP_SECONDS = 1.0
"""At least so much time lies between two writes to the store while a run goes on."""

_LOOK_SECONDS = 0.05

log = logging.getLogger(__name__)


def start(work: Work, run: RunState, view: View, steps: Iterator[None], keep: Callable[[], None] = lambda: None) -> None:
    """Take `steps`, each of which changes a session, in a thread of their own; the parts are of that session.

    An exception is logged, ends the progress of the run, and becomes the message.

    `keep` writes the session to the store: after the first step, at most every KEEP_SECONDS, and at the end.
    """
    job = object()
    work.jobs.add(job)

    def take_steps() -> None:
        kept_at = 0.0
        try:
            for _ in steps:
                work.changes += 1
                if time.monotonic() - kept_at > KEEP_SECONDS:
                    keep()
                    kept_at = time.monotonic()
        except Exception as error:
            # Where, but not what: the message of an error may quote a resume.
            log.error("A request failed: %s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
            view.message, run.progress = Message("message.internal", {"problem": type(error).__name__}), None
        finally:
            keep()
            work.jobs.discard(job)

    threading.Thread(target=take_steps, name="run", daemon=True).start()


async def follow(work: Work, run: RunState) -> AsyncIterator[None]:
    """Yield when the session of these parts has changed, at most every REFRESH_SECONDS, until none of its jobs is running; then once more.

    Holds no thread while waiting. Closing the iterator does not stop the jobs.
    """
    seen, last = -1, 0.0
    while work.jobs:
        length = len(run.ranking.rows) if run.ranking else 0
        if seen != work.changes and time.monotonic() - last > REFRESH_SECONDS * max(1, length / 40):
            seen, last = work.changes, time.monotonic()
            yield
        await asyncio.sleep(_LOOK_SECONDS)
    yield
