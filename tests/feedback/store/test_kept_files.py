"""Kept files: once each, only for the owner, and gone to the last byte with the resume that needs them."""

import hashlib
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from feedback.labels import FULL
from feedback.store.candidate_data import candidate_data
from feedback.store.erase import erase
from feedback.store.history import delete_run
from feedback.store.kept_files import FOLDER, KeptFile, bytes_of, discard, kept_of_run, kept_size, pages_of, take_in
from feedback.store.page_sessions import add_resumes, keep_state, remove_resumes
from feedback.store.retention import sweep
from feedback.store.store import FILE_NAME, Run, Store
from preprocess.document import Document, Line, Original, Page, Resume
from tests.feedback.stored import id_of, run_of

PAGES = (Page((Line("熟悉 Python", 60.0, 70.0, 200.0, 82.0, 10.5),), 595.0, 842.0),)


def original(store: Store, text: str, name: str = "", pages: tuple[Page, ...] = PAGES) -> Original:
    """Return a file whose bytes are in no other file, and that were just read."""
    return take_in(store.path.parent, f"%PDF <<bytes of {text}>>".encode(), Document(name or f"{text}.pdf", "pdf", pages))


def run_with_files(store: Store, texts: Sequence[str], at: float = 1000.0) -> Run:
    run = run_of("job", texts, at=at)
    return replace(run, rows=tuple(replace(row, originals=(original(store, row.text),)) for row in run.rows))


def stored_in(store: Store, text: str) -> bool:
    """Return whether the bytes of that file lie anywhere beside the store, as another process sees it."""
    grep = subprocess.run(["grep", "-rqF", f"<<bytes of {text}>>", str(store.path.parent)])
    assert grep.returncode in (0, 1)
    return grep.returncode == 0


def names_in(store: Store) -> list[str]:
    return sorted(path.name for path in (store.path.parent / FOLDER).iterdir() if path.is_file())


def test_files_are_kept_with_the_run_for_nobody_but_the_owner(store: Store):
    run = store.add_run(run_with_files(store, ["a", "b"]))
    digest = hashlib.sha256(b"%PDF <<bytes of a>>").hexdigest()
    file = KeptFile("a.pdf", "pdf", digest, 19)
    assert kept_of_run(store, run)[id_of("a")] == (file,)
    assert bytes_of(store, file) == b"%PDF <<bytes of a>>" and pages_of(store, id_of("a"), digest) == PAGES
    folder = store.path.parent / FOLDER
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()} == {0o600}
    assert kept_size(store) == (2, 38) and len(names_in(store)) == 2
    assert [list(waiting.iterdir()) for waiting in folder.iterdir() if waiting.is_dir()] == [[]]


def test_a_file_that_came_twice_lies_there_once_until_both_resumes_are_gone(store: Store):
    run = run_of("job", ["a", "blind a"])
    run = replace(run, rows=tuple(replace(row, originals=(original(store, "a"),)) for row in run.rows))
    assert len(kept_of_run(store, store.add_run(run))) == 2
    assert kept_size(store) == (1, 19) and len(names_in(store)) == 1
    erase(store, [id_of("a")], "hr")
    assert stored_in(store, "a")
    erase(store, [id_of("blind a")], "hr")
    assert not stored_in(store, "a") and kept_size(store) == (0, 0)


def test_erasing_a_person_deletes_their_file_to_the_last_byte(store: Store):
    run = store.add_run(run_with_files(store, ["a", "b"]))
    assert stored_in(store, "a") and stored_in(store, "b")
    assert erase(store, [id_of("a")], "hr").is_complete
    assert not stored_in(store, "a") and stored_in(store, "b")
    assert list(kept_of_run(store, run)) == [id_of("b")]


def test_an_erasure_that_cannot_delete_the_file_says_so_and_the_next_start_does(store: Store, monkeypatch: pytest.MonkeyPatch):
    store.add_run(run_with_files(store, ["a"]))

    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        assert not erase(store, [id_of("a")], "hr").is_complete
    assert stored_in(store, "a")
    store.close()
    Store(store.path).close()
    assert not stored_in(store, "a")


def test_what_waits_of_an_erased_person_is_deleted_at_once_and_never_kept(store: Store):
    late = original(store, "a")
    erase(store, [id_of("a")], "hr")
    assert stored_in(store, "a"), "it is in somebody's list, whom erasing asks in its turn"
    discard([late])
    assert not stored_in(store, "a")
    assert kept_of_run(store, store.add_run(replace(run_of("job", ["b"]), rows=()))) == {}


def test_what_nobody_refers_to_does_not_wait(store: Store):
    document = original(store, "a")
    assert stored_in(store, "a")
    del document
    assert not stored_in(store, "a")


def test_files_go_with_their_run_by_retention_and_by_hand_even_if_a_label_keeps_the_text(store: Store):
    day = 86_400.0
    old, new = store.add_run(run_with_files(store, ["a"], at=1 * day)), store.add_run(run_with_files(store, ["b", "c"], at=40 * day))
    store.label(new, id_of("c"), "anna", FULL, at=40 * day)
    assert old and sweep(store, 30, 41 * day).candidates == 1
    assert not stored_in(store, "a") and stored_in(store, "b")
    delete_run(store, new)
    assert not stored_in(store, "b") and not stored_in(store, "c") and kept_size(store) == (0, 0)


def test_the_file_of_an_uploaded_resume_lives_as_long_as_the_resume_is_in_the_list(store: Store):
    session = keep_state(store, "hr", "0" * 32, {})
    row = add_resumes(store, session, [Resume(id_of("a"), "a.pdf", "a", originals=(original(store, "a"),))])
    assert stored_in(store, "a")
    run = store.add_run(run_of("job", ["a"]))
    assert [file.name for file in kept_of_run(store, run)[id_of("a")]] == ["a.pdf"], "a restart lay between reading and ranking"
    delete_run(store, run)
    assert stored_in(store, "a")
    remove_resumes(store, row)
    store.scrub()
    assert not stored_in(store, "a")


def test_the_next_start_deletes_what_a_killed_process_left_behind(store: Store):
    store.add_run(run_with_files(store, ["a"]))
    folder = store.path.parent / FOLDER
    (folder / ("0" * 64)).write_text("<<bytes of x>>")  # it was kept, but its row not committed
    killed = folder / "waiting-0123"
    killed.mkdir()
    (killed / "f").write_text("<<bytes of y>>")
    waiting = original(store, "z")
    store.close()
    Store(store.path.parent / FILE_NAME).close()
    assert [stored_in(store, text) for text in "axyz"] == [True, False, False, True], "this process is alive, and may keep it yet"
    discard([waiting])


def test_a_file_that_is_not_whole_any_more_is_missing(store: Store):
    run = store.add_run(run_with_files(store, ["a"]))
    [[file]] = kept_of_run(store, run).values()
    (store.path.parent / FOLDER / file.sha256).write_bytes(b"")
    with pytest.raises(OSError):
        bytes_of(store, file)


def test_a_file_that_cannot_be_kept_takes_nothing_else_with_it(store: Store):
    lost = original(store, "a")
    lost.path.unlink()
    run = run_of("job", ["a"])
    number = store.add_run(replace(run, rows=(replace(run.rows[0], originals=(lost,)),)))
    assert [row.text for row in store.run(number).rows] == ["a"] and kept_of_run(store, number) == {}


def test_a_copy_of_all_that_is_stored_about_a_person_names_the_files(store: Store):
    store.add_run(run_with_files(store, ["a", "b"]))
    digest = hashlib.sha256(b"%PDF <<bytes of a>>").hexdigest()
    assert candidate_data(store, id_of("a"))["kept_files"] == [{"name": "a.pdf", "size": 19, "format": "pdf", "sha256": digest}]
