"""Sessions of the page by a clock that only the test moves: whose they are, how many, and when they go."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from server import page_sessions
from server.page_sessions import FOREIGN, FULL, GONE, IDLE_SECONDS, OWN, SILENT_SECONDS, PageSessions


class Kept:
    """Sessions with a clock, what was let go of, and what is at work."""

    def __init__(self):
        self.now, self.gone, self.at_work = 0.0, [], set()
        self.sessions = PageSessions(self._forget, self.at_work.__contains__, lambda: self.now)

    async def _forget(self, name: str) -> None:
        self.gone.append(name)

    async def enter(self, name: str, user: str | None = "ann") -> str:
        return await self.sessions.enter(name, user, f"user {user}")


def played(play: Callable[[Kept], Awaitable[None]]) -> None:
    asyncio.run(play(Kept()))  # pyright: ignore[reportArgumentType]


def test_a_session_belongs_to_whoever_named_it_first():
    async def play(kept: Kept) -> None:
        assert [await kept.enter("abcdefgh"), await kept.enter("abcdefgh", "bo"), await kept.enter("abcdefgh")] == [OWN, FOREIGN, OWN]
        assert [kept.sessions.look("abcdefgh", user) for user in ("ann", "bo")] == [OWN, FOREIGN]
        assert kept.sessions.look("zzzzzzzz", "ann") == GONE

    played(play)


def test_a_session_goes_after_minutes_without_a_connection_and_not_before():
    async def play(kept: Kept) -> None:
        await kept.enter("silent"), await kept.enter("connected"), await kept.enter("atwork"), await kept.enter("clicking")
        kept.at_work.add("atwork")
        with kept.sessions.connected("connected"):
            kept.now = SILENT_SECONDS
            await kept.sessions.sweep()
            assert kept.gone == []
            await kept.enter("clicking")
            kept.now += 1
            await kept.sessions.sweep()
            assert kept.gone == ["silent"]
            assert await kept.enter("silent") == GONE, "its page is loaded again, and has another name then"
        kept.now += SILENT_SECONDS
        await kept.sessions.sweep()
        assert "connected" in kept.sessions, "its time begins when the connection ends"
        kept.at_work.clear()
        kept.now += 1
        await kept.sessions.sweep()
        assert len(kept.sessions) == 0

    played(play)


def test_a_page_that_is_open_and_was_not_used_for_half_a_day_goes():
    async def play(kept: Kept) -> None:
        await kept.enter("open")
        with kept.sessions.connected("open"):
            kept.now = IDLE_SECONDS + 1
            await kept.sessions.sweep()
            assert kept.gone == ["open"]

    played(play)


def test_whoever_makes_up_pages_pushes_out_only_their_own_and_is_refused_when_all_are_alive(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page_sessions, "MOST_PER_USER", 3)

    async def play(kept: Kept) -> None:
        await kept.enter("colleague", "bo")
        for number in range(5):
            kept.now += 1
            assert await kept.enter(f"page{number}") == OWN
        assert kept.gone == ["page0", "page1"], "the oldest first"
        with kept.sessions.connected("page2"), kept.sessions.connected("page3"), kept.sessions.connected("page4"):
            assert await kept.enter("page5") == FULL
        assert "colleague" in kept.sessions

    played(play)


def test_when_all_together_are_too_many_those_of_whoever_has_most_go(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page_sessions, "MOST", 5)

    async def play(kept: Kept) -> None:
        await kept.enter("colleague", "bo")
        for number in range(8):
            kept.now += 1
            assert await kept.enter(f"page{number}") == OWN
        assert "colleague" in kept.sessions and len(kept.sessions) == 5
        assert await kept.enter("another", "cy") == OWN

    played(play)


def test_what_is_remembered_of_made_up_pages_is_bounded_and_one_user_makes_nobody_elses_forgotten(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page_sessions, "MOST_PER_USER", 2)
    monkeypatch.setattr(page_sessions, "_MOST_REMEMBERED", 10)

    async def play(kept: Kept) -> None:
        await kept.enter("colleague", "bo")
        kept.now = SILENT_SECONDS + 1
        await kept.sessions.sweep()
        for number in range(1000):
            await kept.enter(f"page{number}")
        assert len(kept.sessions) == 2 and len(kept.sessions._gone["user ann"]) == 10
        assert await kept.enter("colleague", "bo") == GONE

    played(play)


def test_a_page_has_few_connections():
    async def play(kept: Kept) -> None:
        await kept.enter("greedy")
        opened = [kept.sessions.connected("greedy") for _ in range(20)]
        assert sum(session.__enter__() for session in opened) == 8

    played(play)
