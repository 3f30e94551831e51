"""Uploads that nobody waits for any more are not read to their end, and what is being read is nobody's to delete."""

import os
import time
from pathlib import Path

import pytest

from server.uploads import KEPT_SECONDS, tidy
from service.model import Model
from settings import Settings
from tests.data.make_docx import ordinary, zipped
from tests.data.make_hostile import long_docx
from tests.preprocess.guarded.guarded_readers import workers
from tests.waiting import until
from ui.background import start
from ui.session import Session
from ui.session_registry import SessionRegistry
from ui.steps import forget, upload_steps

SLOW = long_docx(100_000)


def uploaded(folder: Path, count: int) -> list[str]:
    """Return files as Gradio stores them, each in a folder of its own, which take seconds each to read."""
    paths = [folder / str(number) / f"{number}.docx" for number in range(count)]
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(SLOW)
    return [str(path) for path in paths]


@pytest.mark.parametrize("how", ["the list is cleared", "the last page is gone"])
def test_reading_ends_when_nobody_wants_the_files(tmp_path: Path, how: str) -> None:
    model = Model()
    registry = SessionRegistry(lambda session: forget(session.pile, session.run, model), lambda user, tab: None)
    session = registry.enter("", "a" * 32, Session())
    start(session.work, session.run, session.view, upload_steps(session.pile, session.view, uploaded(tmp_path, 40), Settings()))
    assert until(lambda: len(workers()) >= 2)
    assert session.pile.reading and session.pile.reading.total == 40
    if how == "the list is cleared":
        forget(session.pile, session.run, model)
    else:
        registry.leave(session)
    assert until(lambda: not session.work.jobs)
    assert until(lambda: not workers())
    assert len(session.pile.documents) + len(session.pile.unread) < 40
    assert (session.pile.reading, session.pile.reading_names, session.pile.uploads) == (None, [], [])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [], "they are deleted without having been read"


def test_files_that_wait_long_for_their_turn_are_not_cleared_away_as_forgotten_ones(tmp_path: Path) -> None:
    paths = [tmp_path / "1" / "a.docx", tmp_path / "2" / "pile.zip", tmp_path / "3" / "forgotten.txt"]
    for path, data in zip(paths, (ordinary(), zipped({"in.zip": zipped({"b.docx": ordinary()})}), b"x"), strict=True):
        path.parent.mkdir()
        path.write_bytes(data)
        os.utime(path, (0, time.time() - KEPT_SECONDS - 1))
    session = Session()
    steps = upload_steps(session.pile, session.view, [str(path) for path in paths[:2]], Settings())
    for _ in steps:
        if session.pile.reading and session.pile.reading.total and session.pile.reading.done < 2:
            tidy(tmp_path)
    assert [document.files for document in session.pile.documents] == [("a.docx", "b.docx")], "both are of one person"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
