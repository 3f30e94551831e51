"""Work that goes on when its page does not: steps run in a thread of their own, and any page of the session can follow them."""

import asyncio
import logging
import threading
import time
import traceback
from collections.abc import AsyncIterator, Iterator

from ui.session import Message, Session

REFRESH_SECONDS = 0.25
"""At most this often a running list of up to 40 is sent again; a longer one, which is more to send, less often."""

_LOOK_SECONDS = 0.05

log = logging.getLogger(__name__)


def start(session: Session, steps: Iterator[None]) -> None:
    """Take these steps, each of which changes the session, in a thread of their own. An error of ours becomes a message."""
    job = object()
    session.jobs.add(job)

    def work() -> None:
        try:
            for _ in steps:
                session.changes += 1
        except Exception as error:
            # Where, but not what: the message of an error may quote a resume.
            log.error("A request failed: %s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
            session.message, session.progress = Message("message.internal", {"problem": type(error).__name__}), None
        finally:
            session.jobs.discard(job)

    threading.Thread(target=work, name="run", daemon=True).start()


async def follow(session: Session) -> AsyncIterator[None]:
    """Yield whenever there is news, not more often than a person can see, until nothing is in work; a last time then.

    Holds no thread. Whoever stops listening stops nothing.
    """
    seen, last = -1, 0.0
    while session.jobs:
        length = len(session.ranking.rows) if session.ranking else 0
        if seen != session.changes and time.monotonic() - last > REFRESH_SECONDS * max(1, length / 40):
            seen, last = session.changes, time.monotonic()
            yield
        await asyncio.sleep(_LOOK_SECONDS)
    yield
