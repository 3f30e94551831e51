"""A process that is killed loses no acknowledged label: SIGKILL right after the answer, and in the middle of many writes.

A killed process is not a power cut: that the system's cache reaches the disk is what `synchronous = FULL` is for (see test_database).
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from feedback.files.imports import import_file
from feedback.store.store import FILE_NAME, Store
from tests.feedback.stored import id_of, run_of

TEXTS = [f"resume {number} " * 50 for number in range(20)]

# Every label is written, then acknowledged by a line: what the parent has read was acknowledged.
LABELLING = """
import sys, threading
from pathlib import Path
from feedback.store.store import Store
from tests.feedback.stored import id_of, run_of
from tests.feedback.store.test_crash import TEXTS
store = Store(Path(sys.argv[1]))

def person(name):
    for number in range(100_000):
        store.label(1, id_of(TEXTS[number % 20]), name, number % 3, str(number))
        sys.stdout.write(f"{name} {number}\\n")
        if number % 10 == 0:
            store.add_run(run_of("job", TEXTS, at=number))

for name in sys.argv[2:]:
    threading.Thread(target=person, args=(name,), daemon=name != sys.argv[2]).start()
"""


def killed_while_labelling(path: Path, people: list[str], after: int, more_s: float) -> list[tuple[str, str]]:
    """Start a process, kill it when it has acknowledged so many labels, of two people if there are several, and a little later; return
    (rater, reason) of those acknowledged.
    """
    process = subprocess.Popen([sys.executable, "-u", "-c", LABELLING, str(path), *people], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    first: list[str] = []
    while len(first) < after or len({line.split()[0] for line in first}) < min(2, len(people)):
        first.append(process.stdout.readline())
    time.sleep(more_s)
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.readlines()
    assert process.wait() == -signal.SIGKILL
    whole = [line for line in first + rest if line.endswith("\n")]
    return [(name, number) for name, number in (line.split() for line in whole)]


def labels_kept(path: Path) -> set[tuple[str, str]]:
    """Return all labels of a file, opened as the next start does, which must find it whole."""
    store = Store(path)
    assert store.damaged is None
    with store.reading() as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("SELECT DISTINCT count(*) FROM candidates GROUP BY run").fetchall() == [(20,)], (
            "a run is kept whole or not at all"
        )
        kept = set(db.execute("SELECT rater, reason FROM labels").fetchall())
    store.label(1, id_of(TEXTS[0]), "later", 2)
    store.close()
    return kept


@pytest.fixture
def path(tmp_path: Path) -> Path:
    store = Store(tmp_path / FILE_NAME)
    store.add_run(run_of("job", TEXTS))
    store.close()
    return tmp_path / FILE_NAME


def test_a_label_survives_a_kill_right_after_it_was_acknowledged(path: Path):
    assert ("anna", "0") in killed_while_labelling(path, ["anna"], after=1, more_s=0)
    assert ("anna", "0") in labels_kept(path)


@pytest.mark.long
def test_kills_in_the_middle_of_many_writes_lose_nothing_that_was_acknowledged(path: Path):
    chance = random.Random(4)
    acknowledged: set[tuple[str, str]] = set()
    for attempt in range(3):
        people = [f"person-{attempt}-{number}" for number in range(3)]
        said = killed_while_labelling(path, people, after=5, more_s=chance.uniform(0, 0.1))
        assert len({name for name, _ in said}) > 1, "or nothing was written at the same time"
        acknowledged.update(said)
        assert acknowledged <= labels_kept(path)


def test_a_kill_of_one_process_does_not_harm_another_that_has_the_file_open(path: Path):
    survivor = Store(path)
    survivor.label(1, id_of(TEXTS[1]), "survivor", 1, "before")
    said = killed_while_labelling(path, ["anna", "ben"], after=20, more_s=0.02)
    survivor.label(1, id_of(TEXTS[1]), "survivor", 1, "after")
    survivor.close()
    assert {*said, ("survivor", "before"), ("survivor", "after")} <= labels_kept(path)


def import_until(statement: str, path: Path, labels: Path) -> None:
    """Import labels up to this statement in the database. Ends the process, which is a copy of this one, in any case."""

    def die(said: str = "end") -> None:
        if said.startswith(statement):
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        store = Store(path)
        store._db.set_trace_callback(die)
        import_file(store, labels, labels.parent)
        die()
    finally:
        os._exit(1)


@pytest.mark.long
@pytest.mark.parametrize(("killed_at", "kept"), [("INSERT INTO labels", 0), ("UPDATE imports", 0), ("COMMIT", 0), ("end", 300)])
def test_a_kill_during_an_import_keeps_all_of_the_file_or_none(path: Path, tmp_path: Path, killed_at: str, kept: int):
    labels = tmp_path / "labels.csv"
    labels.write_text("job,resume,label\n" + "".join(f"job {number % 7},resume {number},2\n" for number in range(300)), "utf-8")
    child = os.fork()
    if not child:
        import_until(killed_at, path, labels)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    labels_kept(path)  # the file is whole
    store = Store(path)
    with store.reading() as db:
        assert db.execute("SELECT count(*) FROM labels WHERE import IS NOT NULL").fetchone() == (kept,)
    assert import_file(store, labels, tmp_path).added == 300 - kept
    store.close()
