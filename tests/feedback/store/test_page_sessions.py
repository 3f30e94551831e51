"""What a tab shows is kept, and goes: with the pile, with retention, with erasure."""

import time

import pytest

from feedback.store.candidate_data import find_candidates
from feedback.store.erase import erase
from feedback.store.history import delete_run
from feedback.store.page_sessions import KeptScore, add_resumes, add_scores, drop_scores, keep_state, kept_session, remove_resumes
from feedback.store.retention import DAY_S, sweep
from feedback.store.store import Store
from preprocess.document import Note, Resume
from tests.feedback.stored import id_of, run_of

TAB, OTHER = "a" * 32, "b" * 32
TEXTS = ("林晓\n熟悉 Python", "周叙白\n熟悉 Java")
PILE = [Resume(id_of(TEXTS[0]), "林晓.pdf", TEXTS[0], (Note("read_by_ocr", count=1),)), Resume(id_of(TEXTS[1]), "周叙白.docx", TEXTS[1])]


@pytest.fixture
def session(store: Store) -> int:
    session = keep_state(store, "hr", TAB, {"job": "招聘"})
    add_resumes(store, session, PILE)
    return session


def pile(store: Store) -> list:
    kept = kept_session(store, "hr", TAB)
    assert kept
    return list(kept.resumes.values())


def test_a_tab_comes_back_as_it_was_kept_last(store: Store, session: int):
    add_scores(store, session, [KeptScore("1" * 64, 0.5, 0), KeptScore("2" * 64, -1.5, 7)])
    add_scores(store, session, [KeptScore("1" * 64, 0.75, 0)])
    assert keep_state(store, "hr", TAB, {"job": "新的招聘"}) == session
    kept = kept_session(store, "hr", TAB)
    assert kept and kept.state == {"job": "新的招聘"} and list(kept.resumes.values()) == PILE
    assert set(kept.scores) == {KeptScore("1" * 64, 0.75, 0), KeptScore("2" * 64, -1.5, 7)}
    drop_scores(store, session)
    kept = kept_session(store, "hr", TAB)
    assert kept and kept.scores == () and list(kept.resumes.values()) == PILE


def test_a_tab_belongs_to_its_user_and_its_key(store: Store, session: int):
    assert kept_session(store, "hr", OTHER) is None and kept_session(store, "", TAB) is None
    with store.reading() as db:
        assert TAB not in str(db.execute("SELECT * FROM page_sessions").fetchall()), "the key that opens a session is not kept itself"


def test_a_resume_taken_out_of_the_pile_goes_unless_a_run_needs_its_text(store: Store, session: int):
    run = store.add_run(run_of("招聘", TEXTS[:1]))
    kept = kept_session(store, "hr", TAB)
    assert kept
    remove_resumes(store, list(kept.resumes))
    assert pile(store) == []
    assert [candidate.resume_id for candidate in find_candidates(store, "熟悉")] == [PILE[0].id], "the other text is nowhere any more"
    delete_run(store, run)
    assert find_candidates(store, "熟悉") == []


def test_a_deleted_run_leaves_the_text_of_a_pile(store: Store, session: int):
    delete_run(store, store.add_run(run_of("招聘", TEXTS)))
    assert pile(store) == PILE


def test_retention_and_erasure_reach_piles(store: Store, session: int):
    now = time.time()
    sweep(store, 30, now + 29 * DAY_S, confirmed=True)
    assert pile(store) == PILE, "a pile that nobody ranked is as old as its tab"
    erase(store, [PILE[0].id], "hr")
    assert pile(store) == PILE[1:]
    sweep(store, 30, now + 31 * DAY_S, confirmed=True)
    assert kept_session(store, "hr", TAB) is None and find_candidates(store, "熟悉") == []
