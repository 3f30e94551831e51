"""Backups under load, and kill −9 in the middle of one and of a restore: the old or the new, never half."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from feedback.store.backup import archive
from feedback.store.backup.restore import restore
from feedback.store.backup.save import save
from feedback.store.kept_files import FOLDER
from feedback.store.store import FILE_NAME, Store
from tests.feedback.stored import id_of, run_of


def forked(work: Callable[[], object]) -> int:
    """Start a process that does this and ends; return its number."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    return child


def reasons(database: Path) -> list[int]:
    store = Store(database)
    with store.reading() as db:
        kept = [int(reason) for [reason] in db.execute("SELECT reason FROM labels ORDER BY id")]
    assert store.damaged is None
    store.close()
    return kept


def test_a_backup_while_another_process_writes_is_one_moment_of_it(tmp_path: Path):
    database = tmp_path / "feedback" / FILE_NAME
    store = Store(database)
    run = store.add_run(run_of("job", ["anna"]))
    store.close()
    reading, writing = os.pipe()

    def write() -> None:
        own = Store(database)
        for number in range(100_000):
            own.label(run, id_of("anna"), "hr", number % 3, str(number))
            os.write(writing, f"{number}\n".encode())

    child = forked(write)
    os.close(writing)
    try:
        for attempt in range(3):
            said = os.read(reading, 65536)
            acknowledged = int(said.rpartition(b"\n")[0].split()[-1])
            save(database, tmp_path / "backup.zip")
            there = tmp_path / str(attempt) / FILE_NAME
            assert restore(tmp_path / "backup.zip", there).is_log_whole
            kept = reasons(there)
            assert kept == list(range(len(kept))) and len(kept) > acknowledged
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reading)


@pytest.mark.long
def test_a_backup_that_is_killed_leaves_the_older_one_and_the_next_clears_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    database, file = tmp_path / "feedback" / FILE_NAME, tmp_path / "backups" / "backup.zip"
    file.parent.mkdir()
    store = Store(database)
    store.add_run(run_of("job", [f"resume {number} " * 2000 for number in range(30)]))
    save(database, file)
    older = file.read_bytes()
    copied = archive._copied

    def killed_here(source: object, target: object) -> str:
        os.kill(os.getpid(), signal.SIGKILL)
        return copied(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(archive, "_copied", killed_here)
        child = forked(lambda: save(database, file))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert file.read_bytes() == older and len(list(file.parent.iterdir())) == 3, "what was begun lies beside it"
    for pause in (0.001, 0.01, 0.03):
        child = forked(lambda: save(database, file))
        time.sleep(pause)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert restore(file, tmp_path / f"there-{pause}" / FILE_NAME).runs == 1, "the older one, or the new one"
    save(database, file)
    assert list(file.parent.iterdir()) == [file]
    store.close()


@pytest.mark.long
def test_a_restore_that_is_killed_at_any_step_leaves_the_old_state_or_the_new_one(tmp_path: Path):
    """Killed before its first change of a name, then before its second, and so on until it gets through."""
    database, file = tmp_path / "feedback" / FILE_NAME, tmp_path / "backup.zip"
    store = Store(database)
    store.add_run(run_of("job", ["anna"]))
    store.close()
    save(database, file)
    store = Store(database)
    store.add_run(run_of("job", ["ben"]))
    store.close()
    (database.parent / FOLDER).mkdir(exist_ok=True)
    seen = []
    for step in range(1, 40):
        child = forked(lambda step=step: restore_until(step, file, database))
        is_through = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        store = Store(database)  # as the next start does
        assert store.damaged is None
        runs, has_folder = len(store.runs(limit=9)), (database.parent / FOLDER).exists()
        seen.append((runs, has_folder))
        store.close()
        if is_through:
            break
        if (runs, has_folder) == (1, False):  # the exchange was finished by the opening: once more from the old state
            rank_again(database)
    assert set(seen) == {(2, True), (1, False)}, "never one run with the newer folder of files, or two without"
    assert is_through and len(seen) > 5


def restore_until(step: int, file: Path, database: Path) -> None:
    """Restore, but end this process, which is a copy of the test's, with SIGKILL instead of changing a name for the `step`th time."""
    replace, count = os.replace, 0

    def counted(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)
        replace(self, target)
        return target

    Path.replace = counted  # type: ignore[method-assign]
    restore(file, database)


def rank_again(database: Path) -> None:
    store = Store(database)
    store.add_run(run_of("job", ["ben"]))
    store.close()
    (database.parent / FOLDER).mkdir(exist_ok=True)
