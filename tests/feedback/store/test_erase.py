"""Erasing a candidate: no trace in any table or in any byte of the files, also after a crash or beside readers, and no way back in."""

import random
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from feedback.glossary.terms import propose
from feedback.labels import FULL, Weights
from feedback.learning.groups import groups
from feedback.learning.versions import add_weights, versions
from feedback.store.erase import Erased, erase
from feedback.store.store import FILE_NAME, Store
from tests.feedback.glossary.test_terms import QPS
from tests.feedback.stored import id_of, run_of


def bytes_beside(store: Store) -> bytes:
    """Return what lies in the store's files right now, read by another process: closing them in this one would drop SQLite's locks."""
    paths = map(str, store.path.parent.glob(f"{store.path.name}*"))
    return subprocess.run(["cat", *paths], check=True, capture_output=True).stdout


def test_a_candidate_is_erased_from_every_run_and_the_others_stay(store: Store):
    first, second = store.add_run(run_of("job", ["a", "b"])), store.add_run(run_of("job 2", ["a"]))
    for run in (first, second):
        store.label(run, id_of("a"), "anna", FULL)
    store.label(first, id_of("b"), "anna", FULL)
    assert erase(store, [id_of("a")], "hr") == Erased(versions=1, runs=2, labels=2)
    assert [row.text for row in store.run(first).rows] == ["b"]
    assert list(store.labels_of_run(first)) == [id_of("b")]
    assert [[candidate.text for candidate in group.candidates] for group in groups(store, "f1")] == [["b"]]


def test_an_unknown_or_erased_candidate_is_no_error(store: Store):
    store.add_run(run_of("job", ["a"]))
    assert erase(store, [id_of("x")], "hr") == Erased()
    assert erase(store, [id_of("a")], "hr").runs == 1
    assert erase(store, [id_of("a")], "hr") == Erased()


@pytest.mark.parametrize("seed", range(2))
def test_no_byte_of_the_erased_is_left_in_any_file(store: Store, seed: int):
    """So many, coming and going, that SQLite moves cells between pages: copies stay behind that secure_delete does not reach."""
    chance = random.Random(seed)
    store._db.execute("PRAGMA synchronous = OFF")  # the same bytes, ten times faster
    texts = [f"<<{number}>>" * chance.choice((20, 40, 60, 100, 200)) for number in range(300)]
    there: list[int] = []
    gone: set[int] = set()
    for start in range(0, 300, 10):
        run = run_of(f"job {start}", texts[start : start + 10])
        run = store.add_run(replace(run, rows=tuple(replace(row, shown={"notes": [row.text[:60]] * 5}) for row in run.rows)))
        for number in range(start, start + 10):
            store.label(run, id_of(texts[number]), "anna", FULL, f"reason {texts[number][:20]}")
            there.append(number)
        chance.shuffle(there)
        leaving = [there.pop() for _ in range(7)]
        for group in (leaving[:1], leaving[1:]):
            assert erase(store, [id_of(texts[number]) for number in group], "hr").is_complete
        gone.update(leaving)
    assert marked(bytes_beside(store)) == set(there)
    assert len(there) == 90 and len(gone) == 210


def test_what_quotes_the_erased_goes_with_them(store: Store):
    store.label(store.add_run(run_of("job", ["<<1>>", "<<2>>"])), id_of("<<1>>"), "anna", FULL, "<<1>> is right")
    quotes = [{"resume_id": id_of(text), "text": text} for text in ("<<1>>", "<<2>>")]
    add_weights(store, Weights(), groups(store, "f1"), {"moved": quotes, "jobs": {"job": {"top": quotes[0]}}}, "hr")
    propose(store, {QPS: {"quotes": quotes}})
    assert marked(bytes_beside(store)) == {1, 2}
    erase(store, [id_of("<<1>>")], "hr")
    assert marked(bytes_beside(store)) == {2}
    assert versions(store)[0].report == {"moved": quotes[1:], "jobs": {"job": {}}}


def marked(data: bytes) -> set[int]:
    return {int(number) for number in re.findall(rb"<<(\d+)>>", data)}


def test_a_reader_delays_the_scrubbing_and_the_next_start_makes_up_for_it(store: Store, tmp_path: Path):
    store.add_run(run_of("job", ["secret text of the one", "b"]))
    store._db.execute("PRAGMA busy_timeout = 50")
    with store.reading() as db:
        db.execute("SELECT count(*) FROM resumes").fetchone()
        store.label(1, id_of("b"), "anna", FULL)
        assert not erase(store, [id_of("secret text of the one")], "hr").is_complete
        assert b"secret text" in bytes_beside(store)
    store.close()
    again = Store(tmp_path / FILE_NAME)
    assert b"secret text" not in bytes_beside(again)
    with again.reading() as db:
        assert db.execute("SELECT is_scrubbed FROM erased").fetchall() == [(1,)]
    again.close()


def test_a_process_killed_between_the_deleting_and_the_scrubbing_leaves_the_rest_to_the_next_start(store: Store, tmp_path: Path):
    store.add_run(run_of("job", ["secret text of the one", "b"]))
    store.close()
    code = f"""
import os, signal
from pathlib import Path
from feedback.store.erase import erase
from feedback.store.store import Store
store = Store(Path({str(tmp_path / FILE_NAME)!r}))
store.scrub = lambda: os.kill(os.getpid(), signal.SIGKILL)
erase(store, [{id_of("secret text of the one")!r}], "hr")
"""
    assert subprocess.run([sys.executable, "-c", code]).returncode == -9
    again = Store(tmp_path / FILE_NAME)
    assert b"secret text" not in bytes_beside(again)
    assert [row.text for row in again.run(1).rows] == ["b"]
    again.close()


def test_a_run_that_was_started_before_the_erasure_does_not_bring_the_candidate_back(store: Store):
    store.add_run(run_of("job", ["a", "b"]))
    erase(store, [id_of("a")], "hr")
    with store.reading() as db:
        [at] = db.execute("SELECT at FROM erased").fetchone()
    before, after = store.add_run(run_of("job", ["a", "b"], at=at - 5)), store.add_run(run_of("job", ["a", "b"], at=at + 5))
    assert [row.text for row in store.run(before).rows] == ["b"]
    assert [row.text for row in store.run(after).rows] == ["a", "b"], "they have applied again"


def test_files_that_may_still_hold_the_text_are_named(store: Store, tmp_path: Path):
    (tmp_path / f"{FILE_NAME}.damaged-20260101-000000-0").write_bytes(b"")
    store.add_run(run_of("job", ["a"]))
    assert erase(store, [id_of("a")], "hr").files == (f"{FILE_NAME}.damaged-20260101-000000-0",)
