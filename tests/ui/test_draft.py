"""What was typed and uploaded but not ranked has a way back from an earlier ranking or the example that took its place."""

from pathlib import Path

import pytest

from feedback.store.store import Store
from i18n.texts import texts
from service.conditions import changes
from settings import Settings
from tests.service.desk import JOB, finish, order, ready, uploaded
from tests.ui.test_erasing import LIN
from ui.draft import put_aside, take_back
from ui.erasing import erase_everywhere
from ui.html.history import in_work_html
from ui.keeping import keep, restored
from ui.session import Session
from ui.session_parts import Form, Visitor
from ui.steps import rank_steps, reopen_run, upload_steps
from ui.tabs.rank_contents import conditions_of
from ui.undo import undo

MINE = Form("会计\n任职要求：\n1. 熟悉税务", "", "look at taxes")
LIMIT = Settings().max_characters


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "feedback.sqlite3")


@pytest.fixture
def earlier(tmp_path: Path, store: Store) -> int:
    """Return a ranking of a colleague."""
    desk, _ = uploaded(tmp_path, 2)
    return finish(desk, order(), ready(), store).run.run_id


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Return a form with one file, which is not ranked yet."""
    session = Session(Visitor(tab="f" * 32), form=MINE)
    (tmp_path / "林知遥.txt").write_text(LIN, "utf-8")
    for _ in upload_steps(session.pile, session.view, [str(tmp_path / "林知遥.txt")], Settings()):
        pass
    return session


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_opened_ranking_says_that_there_is_a_draft_and_gives_it_back(session, store, earlier, language):
    words, documents, session.visitor = texts(language), list(session.pile.documents), Visitor(language)
    assert reopen_run(session, earlier, store, MINE)
    for shown in (conditions_of(session), in_work_html([], session.draft, words)):
        assert words("draft.aside", title="会计", count=1) in shown and words("draft.back") in shown
    assert take_back(session, session.form)
    assert (session.form, session.pile.documents, session.run.ranking, session.draft) == (MINE, documents, None, None)
    assert not take_back(session, session.form), "once"


def test_taking_it_back_can_be_undone_and_what_was_changed_meanwhile_is_the_next_draft(session, store, earlier):
    reopen_run(session, earlier, store, MINE)
    changed = Form(session.form.job + "\n3. 熟悉 Redis", "", session.form.instruction)
    take_back(session, changed)
    assert session.draft and session.draft.form == changed and len(session.draft.pile.documents) == 2
    assert undo(session)
    assert session.run.ranking and session.draft and session.draft.form == MINE


def test_what_the_history_has_is_no_draft(session, store, earlier):
    for _ in rank_steps(session, order(MINE.job, instruction="look at taxes"), ready(), Settings(), store):
        pass
    put_aside(session, MINE)
    assert session.draft is None
    reopen_run(session, earlier, store, MINE)
    assert session.draft is None and changes(session.run, session.pile, session.form.job, session.form.instruction or "", "") == ()
    assert changes(session.run, session.pile, session.form.job + "\n3. 熟悉 Redis", session.form.instruction or "", "") == ("job",)


def test_an_opened_ranking_does_not_take_the_place_of_a_draft(session, store, earlier):
    reopen_run(session, earlier, store, MINE)
    reopen_run(session, earlier, store, session.form)
    assert session.draft and session.draft.form == MINE


def test_a_draft_outlives_a_restart(session, store, earlier):
    reopen_run(session, earlier, store, MINE)
    keep(session, store, LIMIT)
    again = restored(store, "", session.visitor.tab)
    assert again and again.draft and again.draft.form == MINE
    assert [document.name for document in again.draft.pile.documents] == ["林知遥.txt"]
    assert len(again.pile.documents) == 2
    keep(again, store, LIMIT)
    take_back(again, again.form)
    keep(again, store, LIMIT)
    last = restored(store, "", session.visitor.tab)
    assert last and last.draft is None and [document.name for document in last.pile.documents] == ["林知遥.txt"]


def test_whoever_is_erased_is_gone_from_a_draft(session, store, earlier):
    for _ in rank_steps(session, order(JOB), ready(), Settings(), store):
        pass
    [resume] = session.run.resumes
    typed = Form(MINE.job + "，接替林知遥", "", "")
    reopen_run(session, earlier, store, typed)
    assert session.draft
    erase_everywhere(store, ready(), [session], Session(), [resume.id])
    assert session.draft and session.draft.pile.documents == [] and "林知遥" not in session.draft.form.job
