"""The key of the audit log: who writes to the database alone cannot make a changed log look whole, and a lost key is said."""

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from feedback.store import audit, migrations
from feedback.store.audit import audit_csv, entries, record, verify
from feedback.store.audit_chain import KEY_REPLACED, KEYED
from feedback.store.store import FILE_NAME, Store

BEFORE_KEYS = 6
"""The schema of the last version whose log had no key."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / FILE_NAME)
    for number in range(4):
        record(opened, audit.EXPORTED, "hr", run_id=number, kind="csv")
    yield opened
    opened.close()


def key_file(folder: Path) -> Path:
    return folder / f"{FILE_NAME}.audit-key"


def forge(db: sqlite3.Connection) -> None:
    """Change a row, and compute all of the chain anew as a version without a key did."""
    for trigger in ("never_change", "stay"):
        db.execute(f"DROP TRIGGER IF EXISTS audit_rows_{trigger}")
    db.execute("UPDATE audit SET user = 'nobody' WHERE id = 2")
    chain = ""
    for row in db.execute("SELECT id, at, user, event, run_id, resume_id, facts FROM audit ORDER BY id").fetchall():
        chain = hashlib.sha256(json.dumps([chain, *row]).encode()).hexdigest()
        db.execute("UPDATE audit SET chain = ? WHERE id = ?", (chain, row[0]))


def old_database(path: Path, rows: int = 4) -> None:
    """Write a database as the last version without a key left it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for script in migrations.MIGRATIONS[:BEFORE_KEYS]:
            for statement in migrations._statements(script):
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {BEFORE_KEYS}")
        db.execute("BEGIN")
        for number in range(1, rows + 1):
            db.execute("INSERT INTO audit VALUES (?, ?, 'hr', 'exported', NULL, NULL, '{}', '')", (number, float(number)))
        trigger = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'audit_rows_never_change'").fetchone()[0]
        db.execute("DROP TRIGGER audit_rows_never_change")
        chain = ""
        for row in db.execute("SELECT id, at, user, event, run_id, resume_id, facts FROM audit ORDER BY id").fetchall():
            chain = hashlib.sha256(json.dumps([chain, *row]).encode()).hexdigest()
            db.execute("UPDATE audit SET chain = ? WHERE id = ?", (chain, row[0]))
        db.execute(trigger)
        db.execute("COMMIT")


def test_the_key_is_32_bytes_that_only_the_owner_reads_and_stays_the_same(store: Store, tmp_path: Path):
    key = key_file(tmp_path).read_bytes()
    assert len(key) == 32 and key_file(tmp_path).stat().st_mode & 0o777 == 0o600
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".new")]
    key_file(tmp_path).chmod(0o644)
    again = Store(tmp_path / FILE_NAME)
    record(again, audit.EXPORTED, "hr")
    assert key_file(tmp_path).read_bytes() == key and key_file(tmp_path).stat().st_mode & 0o777 == 0o600
    assert verify(again).is_whole
    again.close()
    with store.reading() as db:
        assert not [row for row in db.execute("SELECT * FROM audit_keys") if key.hex() in str(row)]


def test_a_chain_computed_without_the_key_is_found(store: Store):
    with store.writing() as db:
        forge(db)
    assert verify(store).broken_at == 1
    record(store, audit.EXPORTED, "hr")
    assert verify(store).broken_at == 1


@pytest.mark.parametrize("since", ["DELETE FROM audit_keys", "UPDATE audit_keys SET since = 4", "UPDATE audit_keys SET since = 5"])
def test_rows_that_pretend_to_be_older_than_the_key_are_not_believed(store: Store, since: str):
    with store.writing() as db:
        forge(db)
        db.execute(since)
    for _ in range(2):
        check = verify(store)
        assert check.broken_at or check.unchecked_before
        record(store, audit.EXPORTED, "hr")


def test_the_program_does_not_vouch_for_forged_rows_by_taking_up_its_key_again(store: Store):
    with store.writing() as db:
        forge(db)
        db.execute("UPDATE audit_keys SET fingerprint = 'another'")
    assert verify(store).is_key_gone
    record(store, audit.EXPORTED, "hr")
    with store.writing() as db:
        db.execute("DELETE FROM audit_keys WHERE fingerprint = 'another'")
    assert verify(store).unchecked_before == 5 and not verify(store).is_whole


def test_a_log_that_had_a_key_does_not_pass_for_one_of_an_older_version(store: Store, tmp_path: Path):
    with store.writing() as db:
        forge(db)
        later = "".join(migrations.MIGRATIONS[BEFORE_KEYS:])  # audit_keys and what came after it
        for trigger in re.findall(r"CREATE TRIGGER (\w+)", later):
            db.execute(f"DROP TRIGGER {trigger}")
        for index in re.findall(r"CREATE INDEX (\w+)", later):
            db.execute(f"DROP INDEX {index}")
        for table, column in re.findall(r"ALTER TABLE (\w+) ADD COLUMN (\w+)", later):
            db.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        for table in re.findall(r"CREATE TABLE (\w+)", later):
            db.execute(f"DROP TABLE IF EXISTS {table}")
        db.execute(f"PRAGMA user_version = {BEFORE_KEYS}")
    store.close()
    again = Store(tmp_path / FILE_NAME)
    assert entries(again)[0].event == KEYED and verify(again).broken_at == 1
    again.close()


def test_without_its_key_the_log_cannot_be_checked_and_goes_on_with_a_new_one(store: Store, tmp_path: Path):
    old = key_file(tmp_path).read_bytes()
    key_file(tmp_path).unlink()
    assert verify(store).is_key_gone and verify(store).broken_at is None and not verify(store).is_whole
    record(store, audit.EXPORTED, "hr")
    assert [entry.event for entry in entries(store)[:2]] == [audit.EXPORTED, KEY_REPLACED]
    check = verify(store)
    assert (check.is_key_gone, check.unchecked_before, check.broken_at, check.is_whole) == (False, 5, None, False)
    assert key_file(tmp_path).read_bytes() != old and key_file(tmp_path).stat().st_mode & 0o777 == 0o600
    with store.writing() as db:
        db.execute("DROP TRIGGER audit_rows_never_change")
        db.execute("UPDATE audit SET user = 'nobody' WHERE id = 6")
    assert verify(store).broken_at == 6, "what was written since is checked"


def test_a_key_that_is_cut_short_is_as_good_as_gone(store: Store, tmp_path: Path):
    key_file(tmp_path).write_bytes(b"short")
    assert verify(store).is_key_gone
    record(store, audit.EXPORTED, "hr")
    assert len(key_file(tmp_path).read_bytes()) == 32 and verify(store).unchecked_before == 5


def test_a_log_of_an_older_version_is_checked_once_more_and_then_keyed(tmp_path: Path):
    old_database(tmp_path / FILE_NAME)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as db:
        before = [chain for [chain] in db.execute("SELECT chain FROM audit ORDER BY id")]
    store = Store(tmp_path / FILE_NAME)
    [mark, *older] = entries(store)
    assert (mark.id, mark.event, mark.facts) == (5, KEYED, {"broken": None})
    assert [entry.chain for entry in reversed(older)] == before, "a CSV that was kept elsewhere still fits"
    assert verify(store).is_whole and key_file(tmp_path).stat().st_mode & 0o777 == 0o600
    assert before[-1] in audit_csv(store).decode() and mark.chain in audit_csv(store).decode()
    record(store, audit.EXPORTED, "hr")
    assert verify(store).is_whole
    with store.writing() as db:
        forge(db)
    assert verify(store).broken_at == 1, "the first row under the key holds those before it"
    store.close()


def test_an_older_log_that_was_not_whole_stays_so(tmp_path: Path):
    old_database(tmp_path / FILE_NAME)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as db:
        db.execute("DROP TRIGGER audit_rows_never_change")
        db.execute("UPDATE audit SET user = 'nobody' WHERE id = 3")
        db.commit()
    store = Store(tmp_path / FILE_NAME)
    assert entries(store)[0].facts == {"broken": 3} and verify(store).broken_at == 3
    with store.writing() as db:  # as if it had been in order, which the row that was keyed then denies
        db.execute("UPDATE audit SET user = 'hr' WHERE id = 3")
    assert verify(store).broken_at == 3
    store.close()


def test_an_empty_log_of_an_older_version_needs_no_key_yet(tmp_path: Path):
    old_database(tmp_path / FILE_NAME, rows=0)
    store = Store(tmp_path / FILE_NAME)
    assert verify(store).is_whole and entries(store) == [] and not key_file(tmp_path).exists()
    record(store, audit.EXPORTED, "hr")
    assert verify(store).is_whole and key_file(tmp_path).exists()
    store.close()


def test_a_kill_between_the_first_keyed_row_and_the_key_in_its_place_loses_nothing(tmp_path: Path):
    old_database(tmp_path / FILE_NAME)
    Store(tmp_path / FILE_NAME).close()
    key_file(tmp_path).rename(key_file(tmp_path).with_name(f"{FILE_NAME}.audit-key.new"))
    store = Store(tmp_path / FILE_NAME)
    assert verify(store).is_whole and len(entries(store)) == 5
    store.close()


def test_an_older_damaged_database_is_salvaged_with_its_log(tmp_path: Path):
    path = tmp_path / FILE_NAME
    old_database(path, rows=400)
    whole = path.read_bytes()
    page = whole.rindex(b"exported") // 4096 * 4096
    path.write_bytes(whole[:page] + bytes(4096) + whole[page + 4096 :])
    store = Store(path)
    assert store.damaged and len(entries(store, limit=-1)) > 300
    assert verify(store).broken_at, "rows are missing, and that stays visible"
    record(store, audit.EXPORTED, "hr")
    assert verify(store).broken_at
    store.close()


def test_a_check_goes_on_from_an_earlier_one_and_starts_anew_when_the_log_is_another(store: Store, tmp_path: Path):
    first = verify(store)
    assert (first.last, first.known) == (4, 0)
    record(store, audit.EXPORTED, "hr")
    second = verify(store, first)
    assert (second.is_whole, second.last, second.known) == (True, 5, 4)
    with store.writing() as db:
        db.execute("DROP TRIGGER audit_rows_never_change")
        db.execute("UPDATE audit SET user = 'nobody' WHERE id = 2")
    assert verify(store, second).is_whole, "rows that were checked are not computed again"
    assert verify(store).broken_at == 2, "unless the whole log is asked for"
    with store.writing() as db:
        db.execute("UPDATE audit SET chain = 'x' WHERE id = 5")
    assert verify(store, second).broken_at == 2
    key_file(tmp_path).unlink()
    assert verify(store, second).is_key_gone
