"""The file itself: durable settings, private, migrated whole, shared by processes, set aside when damaged and never silently."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from feedback.glossary.terms import ACCEPTED, terms
from feedback.labels import FULL, PARTIAL, Label, Term
from feedback.learning.versions import active
from feedback.store import audit, migrations
from feedback.store.backup.swap import left_behind
from feedback.store.database import DamagedDatabase
from feedback.store.erase import erase
from feedback.store.history import entries
from feedback.store.migrations import NewerSchema, migrate
from feedback.store.recording import reopened
from feedback.store.retention import DAY_S, sweep
from feedback.store.saved.presets import presets
from feedback.store.store import FILE_NAME, Run, RunRow, Store
from i18n.texts import texts
from reranker.engine import info_from_json
from service.message import store_opened_lines
from tests.faults.test_disk_full import no_byte_more
from tests.feedback.stored import id_of, run_of

OLD_STORE = Path(__file__).parents[2] / "data" / "store_of_165920c.sqlite3"


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


def test_a_folder_that_is_made_is_the_owners_alone_and_one_that_was_there_stays_as_it_is(tmp_path: Path):
    Store(tmp_path / "new" / FILE_NAME).close()
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    (tmp_path / "shared").mkdir(mode=0o755)
    Store(tmp_path / "shared" / FILE_NAME).close()
    assert (tmp_path / "shared").stat().st_mode & 0o777 == 0o755


def test_a_backup_that_was_put_back_readable_for_all_is_closed_again(tmp_path: Path):
    path = tmp_path / FILE_NAME
    Store(path).close()
    path.chmod(0o644)
    store = Store(path)
    store.add_run(run_of("job", ["a"]))
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir() if path.name.startswith(FILE_NAME)} == {
        f"{FILE_NAME}{ending}": "0o600" for ending in ("", "-wal", "-shm", ".lock", ".audit-key")
    }
    store.close()


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


def test_an_upgrade_keeps_the_file_as_it_was_under_retention_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path, known = tmp_path / FILE_NAME, len(migrations.MIGRATIONS)
    store = Store(path)
    store.add_run(run_of("job", ["a"]))
    store.close()
    assert store.upgrade is None, "a new file is none"
    copies = []
    for later in range(2):
        monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, f"CREATE TABLE later{later} (id INTEGER)"))
        store = Store(path)
        assert store.upgrade and (store.upgrade.before, store.upgrade.after) == (known + later, known + later + 1)
        copies.append(store.upgrade.copy)
        for language in ("zh", "en"):
            [line] = store_opened_lines(store, texts(language))
            assert str(store.upgrade.copy) in line and str(known + later) in line
        store.close()
    assert left_behind(path) == copies[1:] and copies[1].stat().st_mode & 0o777 == 0o600, "one copy, of the last upgrade"
    store = Store(path)
    assert store.upgrade is None and store_opened_lines(store, texts("zh")) == []
    assert erase(store, [id_of("a")], "hr").files == (copies[1].name,), "who erases is told where the text may still be"
    sweep(store, 30, copies[1].stat().st_mtime + 31 * DAY_S, confirmed=True)
    assert left_behind(path) == []
    store.close()


def test_the_copy_of_an_upgrade_is_a_whole_database_of_the_older_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path, older = tmp_path / FILE_NAME, migrations.MIGRATIONS
    store = Store(path)
    run = store.add_run(run_of("job", ["a"]))
    store.close()
    monkeypatch.setattr(migrations, "MIGRATIONS", (*older, "CREATE TABLE later (id INTEGER)"))
    store = Store(path)
    store.close()
    assert store.upgrade
    monkeypatch.setattr(migrations, "MIGRATIONS", older)
    with pytest.raises(NewerSchema):
        Store(path)
    store.upgrade.copy.replace(path)
    store = Store(path)
    assert store.run(run).job == "job" and audit.verify(store).is_whole
    store.close()


def test_without_room_for_the_copy_nothing_is_migrated(tmp_path: Path):
    path = tmp_path / FILE_NAME
    shutil.copy(OLD_STORE, path)
    with closing(sqlite3.connect(path)) as db:
        before = db.execute("PRAGMA user_version").fetchone()
    with no_byte_more(), pytest.raises((OSError, sqlite3.Error)):
        Store(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == before
    assert left_behind(path) == []
    store = Store(path)
    assert store.upgrade and store.runs(limit=10)
    store.close()


def test_a_file_of_schema_1_keeps_all_it_had(tmp_path: Path):
    """Written as the first version of this program did."""
    with sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None) as db:
        for statement in migrations.MIGRATIONS[0].split(";"):
            db.execute(statement)
        db.execute("PRAGMA user_version = 1")
        db.execute("INSERT INTO jobs VALUES (1, 'j', 'job text')")
        db.executemany("INSERT INTO resumes VALUES (?,?,?,?)", [(1, id_of("a"), "a.pdf", "a"), (2, id_of("b"), "b.pdf", "b")])
        db.execute("INSERT INTO runs VALUES (1, 1, 'instruct', '{}', '{\"fingerprint\": \"f1\"}', 'f1', 0, 'hr', 5.0)")
        db.executemany("INSERT INTO candidates VALUES (1,?,?,?,?)", [(2, 1, 2, '{"logit": 2.0}'), (1, 2, 1, '{"logit": 1.0}')])
        db.execute("INSERT INTO labels (job, resume, run, rater, grade, reason, at) VALUES (1, 2, 1, 'anna', 2, 'good', 6.0)")
        db.execute("INSERT INTO weights VALUES (1, '{\"logit\": 1.0}', 'f1', '{}', 'hr', 7.0, 0)")
        db.execute("INSERT INTO learned_from VALUES (2, 1, 1)")
    db.close()
    store = Store(tmp_path / FILE_NAME)
    rows = (RunRow(id_of("b"), "b.pdf", "b", 1, 2, {"logit": 2.0}), RunRow(id_of("a"), "a.pdf", "a", 2, 1, {"logit": 1.0}))
    assert store.run(1) == Run("job text", "instruct", {}, info_from_json({"fingerprint": "f1"}), 0, "hr", 5.0, rows, 1)
    assert store.labels_of_run(1) == {id_of("b"): (Label("anna", FULL, "good", 6.0),)}
    with store.reading() as db:
        assert db.execute("SELECT resume, version, job FROM learned_from").fetchall() == [(2, 1, 1)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert erase(store, [id_of("b")], "hr").due_for_relearning == (1,)
    assert [row.text for row in store.run(1).rows] == ["a"]
    store.close()


def test_a_file_of_schema_2_keeps_all_it_had_and_gets_a_log_that_only_grows(tmp_path: Path):
    """Written as the version before the audit log did."""
    with sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None) as db:
        for script in migrations.MIGRATIONS[:2]:
            for statement in script.split(";"):
                db.execute(statement)
        db.execute("PRAGMA user_version = 2")
        db.execute("INSERT INTO jobs VALUES (1, 'j', 'job text')")
        db.execute("INSERT INTO resumes VALUES (1, ?, 'a.pdf', 'a')", (id_of("a"),))
        db.execute("INSERT INTO runs VALUES (1, 1, 'instruct', '{}', '{\"fingerprint\": \"f1\"}', 'f1', 0, 'hr', 5.0)")
        db.execute("INSERT INTO candidates VALUES (1, 1, 1, 1, 'a.pdf', '{\"logit\": 2.0}', '{\"notes\": []}')")
        db.execute("INSERT INTO labels (job, resume, run, rater, grade, reason, at) VALUES (1, 1, 1, 'anna', 2, 'good', 6.0)")
        db.execute("INSERT INTO saved VALUES ('job', 'backend', 'text', 'hr', 7.0)")
    db.close()
    store = Store(tmp_path / FILE_NAME)
    row = RunRow(id_of("a"), "a.pdf", "a", 1, 1, {"logit": 2.0}, {"notes": []})
    assert store.run(1) == Run("job text", "instruct", {}, info_from_json({"fingerprint": "f1"}), 0, "hr", 5.0, (row,), 1)
    assert store.labels_of_run(1) == {id_of("a"): (Label("anna", FULL, "good", 6.0),)}
    assert [preset.name for preset in presets(store, "job")] == ["backend"]
    assert audit.entries(store) == [], "what was done before is not made up"
    store.label(1, id_of("a"), "anna", None)
    with pytest.raises(sqlite3.IntegrityError), store.writing() as db:
        db.execute("DELETE FROM audit")
    assert [entry.facts["before"] for entry in audit.entries(store)] == [FULL]
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
    asked = threading.Event()
    second.set_trace_callback(lambda sql: asked.set() if sql.startswith("BEGIN") else None)
    with ThreadPoolExecutor() as pool:
        other = pool.submit(migrate, second)
        assert asked.wait(30), "it has seen version 0 and asks for the lock"
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
from feedback.store.store import Store
from tests.feedback.stored import id_of, run_of
store = Store(Path({str(tmp_path / FILE_NAME)!r}))
for number in range(20):
    run = store.add_run(run_of("job", ["a"], at=number))
    store.label(run, id_of("a"), f"{{sys.argv[1]}} {{number}}", 2)
assert store.damaged is None
"""
    started = [subprocess.Popen([sys.executable, "-c", code, str(number)]) for number in range(3)]
    assert [process.wait(timeout=60) for process in started] == [0] * 3
    store = Store(tmp_path / FILE_NAME)
    assert len(store.runs(1000)) == 60
    assert len(store.labels_of_run(1)[id_of("a")]) == 60
    store.close()


def test_a_file_of_the_first_version_that_was_given_out_goes_on(tmp_path: Path):
    """Made by the code of commit 165920c: two rankings, one of them blind, labels, an erasure, saved texts, a term, active weights."""
    shutil.copy(OLD_STORE, tmp_path / FILE_NAME)
    store = Store(tmp_path / FILE_NAME)
    assert store.damaged is None
    ranking, query, resumes = reopened(store.run(1))
    assert [row.name for row in ranking.rows] == ["林晓.txt", "Jane_Doe.txt"], "the third was erased"
    assert query.instruction == "Rank resumes by fit" and "QPS" in resumes[ranking.rows[0].input_position - 1].text
    points, notes = ranking.rows[0].match_points, ranking.rows[0].notes
    assert points and (points[0].status, points[0].quote) == ("met", "2019.03-2024.05 汀山科技 后端工程师")
    assert [(note.before, note.after) for note in notes] == [("ReactJS", "React"), ("k8s", "Kubernetes")]
    assert [label.grade for labels in store.labels_of_run(1).values() for label in labels] == [FULL, PARTIAL]
    assert [(entry.run_id, entry.user, entry.is_blind) for entry in entries(store)] == [(2, "bo", True), (1, "anna", False)]
    info = store.run(1).engine
    assert (info.score_scale, info.is_fallback) == ("relative", True), "engines did not describe themselves then"
    assert active(store, info.fingerprint).coefficients == {"logit": 1.0, "quantified": 0.25, "must_coverage": 0.1}
    assert [preset.name for kind in ("job", "instruction") for preset in presets(store, kind)] == ["后端", "我们的"]
    assert [entry.term for entry in terms(store, ACCEPTED)] == [Term("自动化", "UiPath")]
    assert audit.verify(store).is_whole
    store.close()
