"""A disk that is full, as SQLite and as the system says it: what was not saved is said in plain words, and goes on by itself afterwards."""

import contextlib
import resource
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

import feedback_tune
from feedback.labels import FULL
from feedback.learning.versions import versions
from feedback.store.history import entries
from feedback.store.store import FILE_NAME, Store
from i18n.texts import texts
from service.message import store_failed
from settings import Settings
from tests.faults.page import JOB, pressed
from tests.feedback.stored import id_of, run_of
from tests.server.serving import serving
from tests.service.desk import ready
from tests.test_feedback_tune import fill

PASTED = "张三，熟悉 Python。\n---\n李四，会计。"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / FILE_NAME)
    yield opened
    opened.close()


@contextlib.contextmanager
def no_page_more(store: Store) -> Iterator[None]:
    """Let SQLite itself report a full disk, by a limit on the size of the file."""
    [pages] = store._db.execute("PRAGMA page_count").fetchone()
    store._db.execute(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        store._db.execute("PRAGMA max_page_count = 1073741823")


@contextlib.contextmanager
def no_byte_more() -> Iterator[None]:
    """Let the system refuse as on a full disk: no file of this process may grow."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_the_page_says_what_was_not_saved_ranks_all_the_same_and_goes_on_when_there_is_room(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    words = texts("zh")
    filled = {"rr-job": JOB, "rr-pasted": PASTED}
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "uploads"))
    with serving(Settings(), ready(), store) as client:
        pressed(client, "page", "rr-run", filled)
        resume = store.run(1).rows[0].resume_id
        label = {"label": resume, "grade": FULL}
        with no_byte_more():
            said = pressed(client, "page", "rr-board", clicked=label)
            assert words("message.label_failed_full") in said and "data-news" not in said
            said = pressed(client, "page", "rr-run", filled)
            assert words("message.not_kept_full") in said and "张三" in said, "ranked, and not in the history"
            assert client.post("/gradio_api/upload", files={"files": ("cv.txt", b"Python")}).status_code == 507
            assert not [file for file in (tmp_path / "uploads").rglob("*") if file.is_file()], "the part of it that was stored goes at once"
            assert "data" in pressed(client, "page", "rr-csv"), "what is on the page can still be taken away"
        assert store.labels_of_run(1) == {} and len(entries(store)) == 1
        assert client.post("/gradio_api/upload", files={"files": ("cv.txt", b"Python")}).status_code == 200
        pressed(client, "page", "rr-run", filled)
        assert "data-news" in pressed(client, "page", "rr-board", clicked=label)
    assert len(entries(store)) == 2 and len(store.labels_of_run(2)[resume]) == 1


def test_the_words_for_a_full_disk_are_those_of_sqlite_too(store: Store):
    run = store.add_run(run_of("job", ["a"]))
    with no_page_more(store), pytest.raises(sqlite3.OperationalError) as raised:
        store.add_run(run_of("job", ["long " * 20_000]))
    message = store_failed(raised.value, "message.label_failed")
    assert message.key == "message.label_failed_full"
    for language in ("zh", "en"):
        assert texts(language)(message.key, **message.values)
    store.label(run, id_of("a"), "anna", FULL)


def test_tuning_with_a_full_disk_says_so_and_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    fill(tmp_path, jobs=12)
    whole = Store(tmp_path / FILE_NAME)
    with no_byte_more():
        code = feedback_tune.main(["--feedback", str(tmp_path)])
    assert code == 1 and versions(whole) == []
    assert texts("zh")("message.store_failed_full") in capsys.readouterr().err
    assert feedback_tune.main(["--feedback", str(tmp_path)]) == 0 and versions(whole)[0].is_active
    whole.close()


def test_a_damaged_database_is_not_given_up_for_an_empty_one_while_the_disk_is_full(tmp_path: Path):
    path = tmp_path / FILE_NAME
    store = Store(path)
    store.add_run(run_of("job", [f"resume {number} " * 300 for number in range(20)]))
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + bytes(4096) + whole[12288:])
    with no_byte_more(), pytest.raises((OSError, sqlite3.Error)):
        Store(path)
    again = Store(path)
    assert again.damaged and again.salvaged.runs == 1
    again.close()
