"""The folder of uploads is kept small: what is old goes, Gradio's empty folders too; its room is counted, and walked in a thread only."""

import asyncio
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from server import uploads
from server.uploads import UploadRoom, tidy


def fill(folder: Path, count: int) -> None:
    """Write as many files of six bytes, each in a folder of its own."""
    for number in range(count):
        (folder / str(number)).mkdir()
        (folder / str(number) / "resume.txt").write_bytes(b"Python")


def test_old_files_and_the_folders_that_held_them_go(tmp_path: Path):
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "resume.txt").write_text("Python")
    os.utime(tmp_path / "old" / "resume.txt", (0, 0))
    assert tidy(tmp_path) == 6
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["new", "old", "resume.txt"], "the folder has just changed"
    os.utime(tmp_path / "old", (0, 0))
    os.utime(tmp_path / "new", (0, 0))
    assert tidy(tmp_path) == 6
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["new", "resume.txt"], "a folder with a file in it stays"


@pytest.fixture
def walks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the name of the thread of each walk."""
    threads = []
    monkeypatch.setattr(uploads, "tidy", _noted(uploads.tidy, threads))
    return threads


def _noted(walk: Callable[[Path], int], threads: list[str]) -> Callable[[Path], int]:
    def noted(folder: Path) -> int:
        threads.append(threading.current_thread().name)
        return walk(folder)

    return noted


def test_ten_thousand_files_are_walked_once_and_outside_the_event_loop(tmp_path: Path, walks: list[str]):
    fill(tmp_path, 10_000)

    async def upload_many() -> int:
        room = UploadRoom(tmp_path)
        for _ in range(1000):
            assert await room.take(10)
            room.settle(10, is_stored=True)
        return room.held

    assert asyncio.run(upload_many()) == 70_000
    assert len(walks) == 1 and threading.current_thread().name not in walks


def test_what_others_delete_is_room_again_before_anything_is_refused(tmp_path: Path, walks: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 100)
    now = 0.0

    async def fill_and_delete() -> None:
        nonlocal now
        room = UploadRoom(tmp_path, lambda: now)
        assert await room.take(90)
        path = tmp_path / "resume.txt"
        path.write_bytes(bytes(90))
        room.settle(90, is_stored=True)
        assert not await room.take(20), "walked a moment ago"
        now += 10
        assert not await room.take(20) and len(walks) == 2, "walked again, and it is full"
        path.unlink()
        now += 10
        assert await room.take(20) and room.held == 20

    asyncio.run(fill_and_delete())


def test_what_is_on_its_way_counts_and_what_came_to_nothing_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 100)

    async def two_at_once() -> None:
        room = UploadRoom(tmp_path)
        assert await room.take(60)
        assert not await room.take(60), "there is no room for both"
        room.settle(60, is_stored=False)
        assert await room.take(60)

    asyncio.run(two_at_once())


def test_many_who_ask_of_a_full_folder_wait_for_the_same_walk(tmp_path: Path, walks: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 3)
    fill(tmp_path, 1)

    async def ask() -> list[bool]:
        room = UploadRoom(tmp_path)
        return await asyncio.gather(*(room.take(1) for _ in range(50)))

    assert asyncio.run(ask()) == [False] * 50
    assert len(walks) == 1
