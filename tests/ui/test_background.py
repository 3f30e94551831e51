"""Runs outlive their page: followed from anywhere, found again by the same tab, let go when nobody is left."""

import asyncio
import logging
import threading

from service.progress import Progress
from service.run_state import RunState
from ui.background import follow, start
from ui.session import Session
from ui.session_registry import SessionRegistry

KEY, OTHER = "a" * 32, "b" * 32


def followed(session: Session) -> int:
    async def count() -> int:
        return len([None async for _ in follow(session.work, session.run)])

    return asyncio.run(count())


def test_a_run_goes_on_when_nobody_follows_and_can_be_followed_later():
    session, go_on = Session(), threading.Event()

    def steps():
        yield
        assert go_on.wait(10)
        session.run.stopped = True
        yield

    start(session.work, session.run, session.view, steps())

    async def leave_after_the_first() -> None:
        async for _ in follow(session.work, session.run):
            break

    asyncio.run(leave_after_the_first())
    assert session.work.jobs
    threading.Timer(0.3, go_on.set).start()
    assert followed(session) >= 2
    assert session.run.stopped
    assert not session.work.jobs


def test_two_pages_follow_the_same_run():
    session, go_on = Session(), threading.Event()
    following: set[str] = set()

    def steps():
        yield
        go_on.wait(30)
        yield

    start(session.work, session.run, session.view, steps())

    async def looks(page: str) -> int:
        count = 0
        async for _ in follow(session.work, session.run):
            count += 1
            following.add(page)
            if len(following) == 2:
                go_on.set()
        return count

    async def both() -> tuple[int, int]:
        return await asyncio.gather(looks("one"), looks("other"))

    assert min(asyncio.run(both())) >= 2


def test_following_nothing_is_one_last_look():
    assert followed(Session()) == 1


def test_an_error_of_ours_becomes_a_message_and_its_text_stays_out_of_the_log(caplog):
    session, quoted = Session(run=RunState(progress=Progress("scoring"))), "张三 13800000000"

    def steps():
        yield
        raise ValueError(quoted)

    with caplog.at_level(logging.ERROR):
        start(session.work, session.run, session.view, steps())
        followed(session)
    assert session.view.message and session.view.message.key == "message.internal"
    assert session.run.progress is None
    assert "ValueError" in caplog.text
    assert "张三" not in caplog.text


def test_a_tab_that_is_loaded_again_finds_its_session_and_another_one_does_not():
    gone = []
    registry = SessionRegistry(gone.append, lambda user, tab: None)
    first = registry.enter("hr", KEY, Session())
    assert registry.enter("hr", KEY, Session()) is first
    assert registry.enter("hr", OTHER, Session()) is not first
    assert registry.enter("someone else", KEY, Session()) is not first
    for invented in (None, "", "../etc", 7, "A" * 32):
        assert registry.enter("hr", invented, Session()) is not first


def test_a_page_that_loads_again_and_again_under_other_keys_has_one_session():
    gone, restored = [], []
    registry = SessionRegistry(gone.append, lambda user, tab: restored.append(tab))
    session = registry.enter("", KEY, Session())
    for number in range(100):
        assert registry.enter("", f"{number:032x}", session) is session
    assert registry.sessions() == [session] and session.visitor.tab == KEY and restored == [KEY]
    registry.leave(session)
    assert gone == [session] and registry.sessions() == []


def test_a_session_ends_with_its_last_page():
    gone = []
    registry = SessionRegistry(gone.append, lambda user, tab: None)
    session = registry.enter("", KEY, Session())
    registry.enter("", KEY, Session())  # the reload, before the server knows that the page before is gone
    registry.leave(session)
    assert registry.enter("", KEY, Session()) is session
    registry.leave(session)
    registry.leave(session)
    assert gone == [session]
    assert registry.enter("", KEY, Session()) is not session
