"""The audit log: everything that matters is in it, nothing can be changed in it, and it holds nobody's text or name."""

import csv
import hashlib
import json
import sqlite3
import threading
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from feedback.files.imports import import_file
from feedback.glossary.terms import decide, propose
from feedback.labels import FULL, NONE, PARTIAL, Weights
from feedback.learning.groups import groups
from feedback.learning.versions import activate, add_weights
from feedback.store.audit import audit_csv, entries, overrides, record, verify
from feedback.store.erase import erase
from feedback.store.history import delete_run
from feedback.store.store import FILE_NAME, Store, audit
from tests.feedback.glossary.test_terms import QPS
from tests.feedback.stored import id_of, run_of

PILE = [f"resume {number}" for number in range(1, 9)]


def events(store: Store) -> list[str]:
    """Return the events, oldest first."""
    return [entry.event for entry in reversed(entries(store))]


def test_a_ranking_is_logged_with_what_it_depended_on_and_hashes_for_texts(store: Store):
    run = store.add_run(replace(run_of("招聘JD：后端", PILE), weights_version=3))
    [entry] = entries(store)
    assert (entry.event, entry.user, entry.run_id, entry.resume_id) == (audit.RANKED, "hr", run, None)
    assert entry.facts == {
        "engine": "f1",
        "weights": 3,
        "job": hashlib.sha256("招聘JD：后端".encode()).hexdigest(),
        "instruction": hashlib.sha256(b"instruct").hexdigest(),
        "settings": {"blind": False},
        "candidates": 8,
        "shown": True,
    }


def test_scoring_for_learning_is_logged_as_shown_to_nobody(store: Store):
    store.add_run(run_of("job", ["a"], shown=False))
    assert entries(store)[0].facts["shown"] is False


def test_a_label_is_logged_when_given_changed_and_taken_back(store: Store):
    run = store.add_run(run_of("job", PILE))
    for grade, reason in ((FULL, "led the migration"), (PARTIAL, ""), (None, "")):
        store.label(run, id_of(PILE[6]), "anna", grade, reason)
    store.label(run, id_of(PILE[6]), "ben", NONE)
    said = [entry for entry in reversed(entries(store)) if entry.event == audit.LABELLED]
    assert [(line.user, line.facts["before"], line.facts["grade"], line.facts["rank"]) for line in said] == [
        ("anna", None, FULL, 7),
        ("anna", FULL, PARTIAL, 7),
        ("anna", PARTIAL, None, 7),
        ("ben", None, NONE, 7),
    ]
    assert [line.facts["overrides"] for line in said] == [True, False, False, False]
    assert {(line.run_id, line.resume_id) for line in said} == {(run, id_of(PILE[6]))}


@pytest.mark.parametrize(
    ("grade", "rank", "expected"),
    [(FULL, 5, False), (FULL, 6, True), (NONE, 5, True), (NONE, 6, False), (PARTIAL, 1, False), (None, 9, False), (NONE, 0, False)],
)
def test_a_label_overrides_the_order_when_it_contradicts_the_first_five(grade: int | None, rank: int, expected: bool):
    assert overrides(grade, rank) is expected


def test_the_reason_is_looked_up_in_the_label_and_goes_with_it(store: Store):
    run = store.add_run(run_of("job", PILE))
    store.label(run, id_of(PILE[6]), "anna", FULL, "led the migration")
    assert entries(store)[0].reason == "led the migration"
    assert "led the migration" in audit_csv(store).decode()
    erase(store, [id_of(PILE[6])], "dpo")
    assert [entry.reason for entry in entries(store)] == ["", "", ""]
    assert "led the migration" not in audit_csv(store).decode()
    assert verify(store).is_whole


def test_learning_going_back_terms_imports_and_deleting_are_logged(store: Store, tmp_path: Path):
    run = store.add_run(run_of("job", ["a", "b"]))
    store.label(run, id_of("a"), "anna", FULL)
    version = add_weights(store, Weights(fingerprint="f1"), groups(store, "f1"), {}, "hr")
    activate(store, version, "hr")
    activate(store, 0, "boss")
    propose(store, {QPS: {}})
    decide(store, QPS, True, "hr")
    decide(store, QPS, False, "hr")
    (tmp_path / "张三.csv").write_text("job,resume,label\nj,some resume,2\n", "utf-8")
    import_file(store, tmp_path / "张三.csv", tmp_path)
    record(store, audit.NAMES_REVEALED, "hr", run_id=run)
    record(store, audit.EXPORTED, "hr", run_id=run, kind="xlsx")
    erase(store, [id_of("a")], "dpo")
    delete_run(store, run, "boss")
    expected = [audit.RANKED, audit.LABELLED, audit.WEIGHTS_LEARNED, audit.WEIGHTS_APPLIED, audit.WEIGHTS_ROLLED_BACK]
    expected += [audit.TERM_ACCEPTED, audit.TERM_REJECTED, audit.LABELS_IMPORTED, audit.NAMES_REVEALED, audit.EXPORTED]
    assert events(store) == [*expected, audit.ERASED, audit.RUN_DELETED]
    facts = {entry.event: entry.facts for entry in entries(store)}
    assert facts[audit.WEIGHTS_LEARNED] == {"weights": version, "engine": "f1", "jobs": 1, "candidates": 2}
    assert facts[audit.WEIGHTS_APPLIED] == {"weights": version, "before": 0}
    assert facts[audit.WEIGHTS_ROLLED_BACK] == {"weights": 0, "before": version}
    assert facts[audit.ERASED] == {"runs": 1, "labels": 1, "due_for_relearning": [version]}
    assert (entries(store)[0].user, entries(store)[0].run_id) == ("boss", run)


def test_what_fails_is_not_logged(store: Store):
    run = store.add_run(run_of("job", ["a"]))
    for attempt in (
        lambda: store.label(run, id_of("x"), "anna", FULL),
        lambda: activate(store, 7, "hr"),
        lambda: decide(store, QPS, True, "hr"),
        lambda: delete_run(store, 99, "hr"),
    ):
        with pytest.raises(LookupError):
            attempt()
    erase(store, [id_of("x")], "hr")
    assert events(store) == [audit.RANKED]


def test_an_act_and_its_row_are_kept_together_or_not_at_all(store: Store):
    run = store.add_run(run_of("job", ["a"]))
    store._db.execute("CREATE TEMP TRIGGER full BEFORE INSERT ON main.audit BEGIN SELECT RAISE(ABORT, 'no room'); END")
    with pytest.raises(sqlite3.DatabaseError, match="no room"):
        store.label(run, id_of("a"), "anna", FULL)
    assert store.labels_of_run(run) == {} and len(entries(store)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET user = 'nobody'",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE id = 1",
        "INSERT OR REPLACE INTO audit SELECT 1, at, 'nobody', event, run_id, resume_id, facts, chain FROM audit WHERE id = 1",
    ],
)
def test_rows_can_be_neither_changed_nor_deleted_nor_replaced(store: Store, statement: str):
    store.add_run(run_of("job", ["a"]))
    before = entries(store)
    with pytest.raises(sqlite3.IntegrityError, match="audit rows"), store.writing() as db:
        db.execute(statement)
    assert entries(store) == before


def logged(store: Store) -> None:
    for number in range(6):
        record(store, audit.EXPORTED, "hr", run_id=number, kind="csv")


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE audit SET user = 'nobody' WHERE id = 3", 3),
        ("UPDATE audit SET at = at + 1 WHERE id = 3", 3),
        ("UPDATE audit SET facts = '{}' WHERE id = 1", 1),
        ("DELETE FROM audit WHERE id = 3", 3),
        ("DELETE FROM audit WHERE id > 4", 5),
        ("DELETE FROM audit", 1),
    ],
)
def test_the_chain_shows_what_was_changed_by_going_around_the_triggers(store: Store, statement: str, broken_at: int):
    logged(store)
    assert verify(store).is_whole
    with store.writing() as db:
        for trigger in ("never_change", "stay"):
            db.execute(f"DROP TRIGGER audit_rows_{trigger}")
        db.execute(statement)
    assert verify(store).broken_at == broken_at
    record(store, audit.EXPORTED, "hr")
    assert verify(store).broken_at == broken_at, "also when the log goes on"


def test_an_empty_log_is_whole(store: Store):
    assert verify(store).is_whole and entries(store) == []


def test_rows_come_newest_first_page_by_page_and_for_one_candidate(store: Store):
    logged(store)
    record(store, audit.EXPORTED, "dpo", resume_id=id_of("a"), kind="candidate")
    assert [entry.id for entry in entries(store, limit=3)] == [7, 6, 5]
    assert [entry.id for entry in entries(store, limit=3, before=5)] == [4, 3, 2]
    assert [entry.id for entry in entries(store, resume_id=id_of("a"))] == [7]
    assert entries(store, resume_id=id_of("b")) == []


def test_the_csv_has_every_row_oldest_first_and_no_cell_becomes_a_formula(store: Store):
    run = store.add_run(replace(run_of("job", ["a"]), user="=cmd|' /C calc'!A0"))
    store.label(run, id_of("a"), "@evil", FULL, "=1+1")
    data = audit_csv(store)
    assert data.startswith(b"\xef\xbb\xbf")
    first, second = csv.DictReader(StringIO(data.decode("utf-8-sig")))
    assert (first["event"], first["user"], first["run_id"], first["resume_id"]) == ("ranked", "'=cmd|' /C calc'!A0", str(run), "")
    assert (second["user"], second["reason"], second["resume_id"]) == ("'@evil", "'=1+1", id_of("a"))
    assert json.loads(second["facts"])["grade"] == FULL
    assert first["at"].endswith("+00:00") and len(second["chain"]) == 64
    assert second["chain"] == entries(store)[0].chain


def test_no_text_and_no_name_stands_in_any_row(store: Store, tmp_path: Path):
    run = store.add_run(run_of("job-secret", ["text-secret"]))
    named = replace(run_of("job-secret", ["text-secret"]), instruction="instruction-secret")
    store.add_run(replace(named, rows=tuple(replace(row, name="name-secret.pdf", shown={"notes": ["secret"]}) for row in named.rows)))
    store.label(run, id_of("text-secret"), "anna", FULL, "reason-secret")
    (tmp_path / "file-secret.csv").write_text("job,resume,label\njob-secret,text-secret,2\n", "utf-8")
    import_file(store, tmp_path / "file-secret.csv", tmp_path)
    propose(store, {replace(QPS, resume_term="term-secret"): {}})
    decide(store, replace(QPS, resume_term="term-secret"), True, "hr")
    erase(store, [id_of("text-secret")], "dpo")
    with store.reading() as db:
        rows = db.execute("SELECT * FROM audit").fetchall()
    assert len(rows) == 6 and "secret" not in json.dumps(rows)


def test_many_threads_and_two_stores_write_one_unbroken_chain(store: Store):
    other = Store(store.path)
    threads = [threading.Thread(target=logged, args=(writer,)) for writer in (store, other) * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert len(entries(store)) == 48 and verify(store).is_whole


def test_a_user_name_with_half_a_surrogate_pair_does_not_break_it(store: Store):
    record(store, audit.EXPORTED, "a\ud83d")
    assert entries(store)[0].user == "a?" and verify(store).is_whole


def test_rows_outlive_a_restart(store: Store, tmp_path: Path):
    logged(store)
    store.close()
    again = Store(tmp_path / FILE_NAME)
    logged(again)
    assert len(entries(again)) == 12 and verify(again).is_whole
    again.close()
