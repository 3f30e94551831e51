"""The file itself: durable settings, private, migrated whole, shared by processes, set aside when damaged and never silently."""

import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from feedback import migrations
from feedback.database import DamagedDatabase
from feedback.labels import FULL
from feedback.migrations import NewerSchema, migrate
from feedback.store import FILE_NAME, Store
from tests.feedback.stored import id_of, run_of


def test_a_commit_is_synced_deleted_content_is_overwritten_and_references_hold(store: Store):
    with store.writing() as db:
        settings = {
            name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}


def test_only_the_owner_can_read_the_files(store: Store):
    store.add_run(run_of("job", ["a"]))
    modes = {path.name: path.stat().st_mode & 0o777 for path in store.path.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert {FILE_NAME, f"{FILE_NAME}-wal"} <= set(modes)


def test_a_transaction_that_fails_leaves_nothing_and_the_store_goes_on(store: Store):
    with pytest.raises(sqlite3.IntegrityError), store.writing() as db:
        db.execute("INSERT INTO jobs (sha256, text) VALUES ('1', 'kept?')")
        db.execute("INSERT INTO jobs (sha256, text) VALUES ('1', 'twice')")
    with store.reading() as db:
        assert db.execute("SELECT count(*) FROM jobs").fetchone() == (0,)
    store.add_run(run_of("job", ["a"]))


def test_a_full_disk_is_an_error_and_the_store_goes_on_when_there_is_room(store: Store):
    run = store.add_run(run_of("job", ["a"]))
    with store.writing() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
    store._db.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        store.add_run(run_of("job", ["long " * 20_000]))
    store._db.execute("PRAGMA max_page_count = 1000000")
    store.label(run, id_of("a"), "anna", FULL)
    assert len(store.labels_of_run(run)) == 1 and len(store.runs(10)) == 1


def test_readers_can_only_read(store: Store):
    with store.reading() as db, pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("DELETE FROM jobs")


def test_a_path_with_odd_characters_works(tmp_path: Path):
    store = Store(tmp_path / "反馈 #1?mode=ro%20" / FILE_NAME)
    run = store.add_run(run_of("job", ["a"]))
    assert store.run(run).job == "job"
    assert store.path.exists()
    store.close()


@pytest.mark.parametrize("keep", ["garbage", "first page", "half", "a page in the middle is overwritten"])
def test_a_damaged_file_is_set_aside_and_said_so(tmp_path: Path, keep: str):
    path = tmp_path / FILE_NAME
    store = Store(path)
    for number in range(40):
        store.add_run(run_of(f"job {number}", [f"resume {number} {extra} " * 300 for extra in range(5)]))
    store.close()
    whole = path.read_bytes()
    middle = len(whole) // 2 // 4096 * 4096
    broken = {
        "garbage": b"this is no database, " * 500,
        "first page": whole[:4096],
        "half": whole[:middle],
        "a page in the middle is overwritten": whole[:4096] + b"\xa5" * (middle - 4096) + whole[middle:],
    }[keep]
    path.write_bytes(broken)
    again = Store(path)
    assert again.damaged is not None and again.damaged.name.startswith(f"{FILE_NAME}.damaged-")
    assert again.damaged.read_bytes()[:4096] == broken[:4096], "kept, so that somebody may save something from it"
    run = again.add_run(run_of("job", ["a"]))
    again.label(run, id_of("a"), "anna", FULL)
    again.close()
    healthy = Store(path)
    assert healthy.damaged is None and len(healthy.labels_of_run(run)) == 1
    healthy.close()


def test_a_damaged_file_in_use_by_another_process_is_not_moved(store: Store, tmp_path: Path):
    for number in range(40):
        store.add_run(run_of(f"job {number}", [f"resume {number} " * 300]))
    with store.writing() as db:
        db.execute("SELECT 1")
    store._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    subprocess.run(
        ["dd", "if=/dev/urandom", f"of={store.path}", "bs=4096", "seek=1", "count=30", "conv=notrunc"], check=True, capture_output=True
    )
    with pytest.raises(DamagedDatabase, match="in use"):
        Store(store.path)
    assert sorted(path.name for path in tmp_path.glob("*.damaged*")) == []


def test_a_file_that_cannot_be_opened_is_an_error_and_stays(tmp_path: Path):
    path = tmp_path / FILE_NAME
    path.mkdir()
    with pytest.raises(sqlite3.OperationalError):
        Store(path)
    assert path.is_dir()


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path):
    path = tmp_path / FILE_NAME
    Store(path).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(NewerSchema, match="99"):
        Store(path)
    assert path.exists() and not list(tmp_path.glob("*.damaged*"))


def test_an_older_file_is_migrated_with_its_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / FILE_NAME
    store = Store(path)
    run = store.add_run(run_of("job", ["a"]))
    store.close()
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, "CREATE TABLE later (id INTEGER); INSERT INTO later VALUES (7)"))
    store = Store(path)
    assert store.run(run).job == "job"
    with store.reading() as db:
        assert db.execute("SELECT id FROM later").fetchall() == [(7,)]
        assert db.execute("PRAGMA user_version").fetchone() == (len(migrations.MIGRATIONS),)
    store.close()


def test_a_migration_that_fails_half_way_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with sqlite3.connect(tmp_path / "x.sqlite3", isolation_level=None) as db:
        migrate(db)
        known = len(migrations.MIGRATIONS)
        monkeypatch.setattr(
            migrations, "MIGRATIONS", (*migrations.MIGRATIONS, "CREATE TABLE later (id INTEGER); INSERT INTO nowhere VALUES (7)")
        )
        with pytest.raises(sqlite3.OperationalError):
            migrate(db)
        assert db.execute("PRAGMA user_version").fetchone() == (known,)
        assert db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'later'").fetchone() == (0,)
    db.close()


def test_two_processes_that_migrate_at_once_do_each_step_once(tmp_path: Path):
    first, second = (sqlite3.connect(tmp_path / "x.sqlite3", isolation_level=None, check_same_thread=False) for _ in range(2))
    first.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor() as pool:
        other = pool.submit(migrate, second)  # it sees version 0 and waits for the lock
        time.sleep(0.2)
        for statement in migrations.MIGRATIONS[0].split(";"):
            first.execute(statement)
        first.execute("PRAGMA user_version = 1")
        first.execute("COMMIT")
        other.result()
    assert second.execute("PRAGMA user_version").fetchone() == (len(migrations.MIGRATIONS),)
    first.close()
    second.close()


def test_processes_that_start_at_the_same_moment_share_a_fresh_file(tmp_path: Path):
    code = f"""
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from feedback.store import Store
from tests.feedback.stored import id_of, run_of
store = Store(Path({str(tmp_path / FILE_NAME)!r}))
for number in range(20):
    run = store.add_run(run_of("job", ["a"], at=number))
    store.label(run, id_of("a"), f"{{sys.argv[1]}} {{number}}", 2)
assert store.damaged is None
"""
    started = [subprocess.Popen([sys.executable, "-c", code, str(number)]) for number in range(6)]
    assert [process.wait(timeout=60) for process in started] == [0] * 6
    store = Store(tmp_path / FILE_NAME)
    assert len(store.runs(1000)) == 120
    assert len(store.labels_of_run(1)[id_of("a")]) == 120
    store.close()
