"""A backup holds everything, comes back on this machine or another one, and brings back nobody who was erased since."""

import shutil
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from feedback.labels import FULL, Weights
from feedback.learning.versions import activate, active, add_weights
from feedback.store import audit
from feedback.store.backup.archive import MANIFEST, BadBackup
from feedback.store.backup.erased_record import record_path
from feedback.store.backup.restore import InUse, Restored, restore
from feedback.store.backup.save import save
from feedback.store.backup.swap import STAGING, left_behind
from feedback.store.erase import erase
from feedback.store.kept_files import kept_of_run
from feedback.store.migrations import MIGRATIONS, NewerSchema
from feedback.store.retention import DAY_S, sweep
from feedback.store.saved import presets
from feedback.store.store import FILE_NAME, Run, Store
from preprocess.document import Person
from tests.faults.test_disk_full import no_byte_more
from tests.feedback.store.test_kept_files import run_with_files
from tests.feedback.stored import id_of, run_of

ALL = ["anna", "ben", "cem"]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return a store with a ranking of three, a label, learned weights, presets and a key of the API; closed."""
    path = tmp_path / "feedback" / FILE_NAME
    store = Store(path)
    run = store.add_run(run_with_files(store, ALL))
    store.label(run, id_of("anna"), "hr", FULL, "knows Kubernetes")
    activate(store, add_weights(store, Weights(0, {"logit": 1.0, "quantified": 0.1}, "f1"), [], {}, "hr"), "hr")
    presets.save(store, "job", "后端", "熟悉 Python", "hr")
    presets.save(store, "instruction", "ours", "Prefer payments", "hr")
    store.close()
    (path.parent / "api_keys").write_text("ci:hash\n")
    return path


def ids_in(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as db:
        return {resume_id for [resume_id] in db.execute("SELECT sha256 FROM resumes")}


def erase_in(database: Path, *texts: str) -> None:
    store = Store(database)
    erase(store, [id_of(text) for text in texts], "hr")
    store.close()


def rank_in(database: Path, run: Run) -> None:
    store = Store(database)
    store.add_run(run)
    store.close()


def restored(file: Path, database: Path, users: Path | None = None) -> Restored:
    result = restore(file, database, users)
    assert not (database.parent / STAGING).exists()
    return result


def test_everything_comes_back_on_another_machine(database: Path, tmp_path: Path):
    users = tmp_path / "users.txt"
    users.write_text("hr:$argon2id$…\n")
    file = tmp_path / "backup.zip"
    saved = save(database, file, users)
    assert (saved.runs, saved.labels, saved.kept_files, saved.is_with_users) == (1, 1, 3, True)
    assert file.stat().st_mode & 0o777 == 0o600
    assert sorted(tmp_path.iterdir()) == [file, tmp_path / "feedback", users], "nothing else is left behind"

    there = tmp_path / "elsewhere" / FILE_NAME
    result = restored(file, there)
    assert (result.runs, result.labels, result.erased, result.knows_erased, result.is_log_whole) == (1, 1, 0, False, True)
    assert result.aside is None and result.users == there.parent / "users.txt"
    assert result.users and result.users.read_text() == users.read_text() and result.users.stat().st_mode & 0o777 == 0o600
    assert (there.parent / "api_keys").read_text() == "ci:hash\n" and result.keys == ("ci",)
    store = Store(there)
    assert store.damaged is None and audit.verify(store).is_whole
    assert [label.reason for label in store.labels_of_run(1)[id_of("anna")]] == ["knows Kubernetes"]
    assert active(store, "f1").coefficients["quantified"] == 0.1
    kept_presets = [(preset.name, preset.text, preset.user) for kind in ("job", "instruction") for preset in presets.presets(store, kind)]
    assert kept_presets == [("后端", "熟悉 Python", "hr"), ("ours", "Prefer payments", "hr")]
    for [kept] in kept_of_run(store, 1).values():
        assert (there.parent / "kept_files" / kept.sha256).read_bytes().startswith(b"%PDF <<bytes of")
    assert [entry.event for entry in audit.entries(store, limit=1)] == [audit.RESTORED]
    assert all(path.stat().st_mode & 0o077 == 0 for path in there.parent.rglob("*"))
    store.close()


def test_what_was_there_is_kept_aside_until_the_sweep(database: Path, tmp_path: Path):
    save(database, tmp_path / "backup.zip")
    rank_in(database, run_of("another job", ["dora"]))
    result = restored(tmp_path / "backup.zip", database)
    assert id_of("dora") not in ids_in(database)
    assert result.aside and result.aside.stat().st_mode & 0o777 == 0o700
    assert id_of("dora") in ids_in(result.aside / FILE_NAME)
    store = Store(database)
    assert left_behind(database) == [result.aside]
    assert erase(store, [id_of("ben")], "hr").files == (result.aside.name,), "who erases is told where the text may still be"
    sweep(store, 30, result.aside.stat().st_mtime + 31 * DAY_S, confirmed=True)
    assert left_behind(database) == []
    store.close()


@pytest.mark.parametrize("now", ["", "newer:hash\n"])
def test_a_key_that_was_revoked_stays_revoked(database: Path, tmp_path: Path, now: str):
    save(database, tmp_path / "backup.zip")
    (database.parent / "api_keys").write_text(now)
    result = restored(tmp_path / "backup.zip", database)
    assert (database.parent / "api_keys").read_text() == now and result.keys == ()


def test_accounts_that_are_there_stay_and_those_that_differ_are_named(database: Path, tmp_path: Path):
    users, file = tmp_path / "users.txt", tmp_path / "backup.zip"
    users.write_text("anna:$1\nben:$2\ncem:$3:admin\ndora:$4\n")
    save(database, file, users)
    today = "# ours\nanna:$1\nben:$22\ncem:$3\nemil:$5\n"
    users.write_text(today)
    result = restored(file, database, users)
    assert result.kept_users and result.users == users and result.differing == ("ben", "cem", "dora", "emil")
    assert users.read_text() == today
    users.write_text("# nobody yet\n")
    result = restored(file, database, users)
    assert not result.kept_users and users.read_text().startswith("anna:$1\nben:$2\n"), "a file without accounts protects nobody"


def test_who_was_erased_does_not_come_back_from_older_backups(database: Path, tmp_path: Path):
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    save(database, first)
    erase_in(database, "ben")
    save(database, second)
    erase_in(database, "anna")
    assert restored(second, database).erased == 1
    assert ids_in(database) == {id_of("cem")}
    result = restored(first, database)
    assert (result.erased, result.knows_erased) == (2, True), "also the one whom the backup in between did not hold any more"
    assert ids_in(database) == {id_of("cem")}
    assert b"bytes of anna" not in b"".join(path.read_bytes() for path in database.parent.glob("kept_files/*") if path.is_file())
    store = Store(database)
    with store.reading() as db:
        assert {row for [row] in db.execute("SELECT sha256 FROM erased")} == {id_of("anna"), id_of("ben")}
    store.close()


def test_who_applied_again_after_an_erasure_stays_in_the_backup_made_then(database: Path, tmp_path: Path):
    erase_in(database, "anna")
    rank_in(database, run_of("job", ["anna"], at=9e9))
    save(database, tmp_path / "later.zip")
    assert restored(tmp_path / "later.zip", database).erased == 0
    assert id_of("anna") in ids_in(database)


def test_a_blind_version_of_an_erased_resume_does_not_come_back_either(database: Path, tmp_path: Path):
    blind = run_of("job", ["name masked"])
    person = Person(text_id=id_of("anna"), names=("anna",), phones=(), mails=())
    rank_in(database, replace(blind, rows=(replace(blind.rows[0], person=person),)))
    save(database, tmp_path / "backup.zip")
    store = Store(database)
    with store.writing() as db:
        db.execute("DELETE FROM resumes WHERE sha256 = ?", (id_of("name masked"),))  # as the sweep did before the erasure
    store.close()
    erase_in(database, "anna")
    assert restored(tmp_path / "backup.zip", database).erased == 2
    assert ids_in(database) == {id_of("ben"), id_of("cem")}


def test_the_record_of_the_erased_outlives_the_database(database: Path, tmp_path: Path):
    save(database, tmp_path / "backup.zip")
    erase_in(database, "anna")
    assert record_path(database).stat().st_mode & 0o777 == 0o600
    database.write_bytes(b"not a database at all" * 1000)
    result = restored(tmp_path / "backup.zip", database)
    assert (result.erased, result.knows_erased) == (1, True)
    assert id_of("anna") not in ids_in(database)


def test_it_refuses_while_a_program_holds_the_folder(database: Path, tmp_path: Path):
    save(database, tmp_path / "backup.zip")
    store = Store(database)
    with pytest.raises(InUse):
        restore(tmp_path / "backup.zip", database)
    store.add_run(run_of("job", ["dora"]))
    store.close()
    assert left_behind(database) == []


def test_a_damaged_backup_changes_nothing(database: Path, tmp_path: Path):
    file = tmp_path / "backup.zip"
    save(database, file)
    whole, before = file.read_bytes(), database.read_bytes()
    changed = [
        whole[:offset] + bytes([whole[offset] ^ 255]) + whole[offset + 1 :] for offset in range(200, len(whole) // 2, len(whole) // 20)
    ]
    for data in (*changed, whole[: len(whole) // 2], b"PK", b"", b"hello"):
        file.write_bytes(data)
        with pytest.raises(BadBackup, match=r"damaged|not_a_backup"):
            restore(file, database)
        assert database.read_bytes() == before and left_behind(database) == []


def test_a_zip_of_somebody_else_is_no_backup(database: Path, tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(BadBackup, match="not_a_backup"):
        restore(tmp_path / "other.zip", database)
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        told = '{"format": "resume-reranker-backup-1", "at": 1, "schema": 1, "erased": "[]", "files": {"../outside": "0"}}'
        archive.writestr(MANIFEST, told)
        archive.writestr("../outside", "hello")
    with pytest.raises(BadBackup, match="not_a_backup"):
        restore(tmp_path / "other.zip", database)
    assert not (database.parent / "outside").exists() and not (tmp_path / "outside").exists()


def test_a_backup_of_a_newer_version_is_refused_and_one_of_an_older_is_migrated(database: Path, tmp_path: Path):
    with closing(sqlite3.connect(database)) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    save(database, tmp_path / "newer.zip")
    with pytest.raises(NewerSchema):
        restore(tmp_path / "newer.zip", tmp_path / "there" / FILE_NAME)

    old = tmp_path / "old" / FILE_NAME
    old.parent.mkdir()
    shutil.copy(Path(__file__).parents[3] / "data" / "store_of_165920c.sqlite3", old)
    save(old, tmp_path / "old.zip")
    result = restored(tmp_path / "old.zip", tmp_path / "there" / FILE_NAME)
    assert 0 < result.schema < len(MIGRATIONS) and result.runs > 0
    store = Store(tmp_path / "there" / FILE_NAME)
    assert store.runs(limit=10)
    store.close()


def test_a_full_disk_leaves_the_older_backup_and_the_store_as_they_are(database: Path, tmp_path: Path):
    file = tmp_path / "backup.zip"
    save(database, file)
    older, before = file.read_bytes(), database.read_bytes()
    with no_byte_more(), pytest.raises((OSError, sqlite3.Error)):
        save(database, file)
    assert file.read_bytes() == older
    with no_byte_more(), pytest.raises((OSError, sqlite3.Error)):
        restore(file, database)
    assert database.read_bytes() == before
    assert restored(file, database).runs == 1


def test_nothing_to_save_and_a_damaged_database_are_told(tmp_path: Path, database: Path):
    with pytest.raises(BadBackup, match="nothing_to_save"):
        save(tmp_path / "none" / FILE_NAME, tmp_path / "backup.zip")
    data = bytearray(database.read_bytes())
    data[4096:8192] = bytes(4096)
    database.write_bytes(data)
    with pytest.raises(BadBackup, match="database_damaged"):
        save(database, tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()
