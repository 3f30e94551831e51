"""One click replaces somebody's work, one click brings it back, for ten seconds."""

from pathlib import Path

import pytest

from feedback.store.store import Store
from i18n.texts import texts
from settings import Settings
from tests.service.desk import finish, order, ready, uploaded
from ui import undo as undo_module
from ui.keeping import keep, restored
from ui.session import Session
from ui.session_parts import Form, Visitor
from ui.undo import SECONDS, offer_undo, undo, undo_html

TYPED = Form("my job", "my pasted text", "my instruction")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    desk, _ = uploaded(tmp_path, 3)
    finish(desk, order(), ready())
    return Session(pile=desk.pile, run=desk.run)


def replace_all(session: Session, key: str = "example_loaded") -> None:
    offer_undo(session, key, TYPED)
    session.pile.documents.clear()  # in place, as clicks do
    session.run.ranking, session.run.run_id, session.form = None, 0, Form("example")


def test_what_was_replaced_comes_back_whole(session):
    ranking, documents, run_id = session.run.ranking, list(session.pile.documents), session.run.run_id
    replace_all(session)
    assert undo(session)
    assert (session.run.ranking, session.pile.documents, session.run.run_id, session.form) == (ranking, documents, run_id, TYPED)
    assert undo(session) is None, "once"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_offer_says_what_happened_and_how_long_it_stays(session, language):
    assert undo_html(session.undo, texts(language)) == ""
    replace_all(session, "pile_cleared")
    shown = undo_html(session.undo, texts(language))
    assert texts(language)("undo.pile_cleared") in shown and texts(language)("undo.button") in shown
    assert "data-undo" in shown


def test_after_ten_seconds_it_is_over(session, monkeypatch):
    now = undo_module.time.time()
    monkeypatch.setattr(undo_module.time, "time", lambda: now)
    replace_all(session)
    assert 'data-left="10000"' in undo_html(session.undo, texts("zh"))
    monkeypatch.setattr(undo_module.time, "time", lambda: now + SECONDS + 3)
    assert undo_html(session.undo, texts("zh")) == "" and undo(session) is None
    assert session.run.ranking is None


def test_a_pile_that_came_back_is_kept_again(session, tmp_path):
    store = Store(tmp_path / "kept.sqlite3")
    session.visitor = Visitor(tab="f" * 32)
    replace_all(session)
    keep(session, store, Settings().max_characters)
    assert (again := restored(store, "", session.visitor.tab)) and again.pile.documents == []
    undo(session)
    keep(session, store, Settings().max_characters)
    assert (again := restored(store, "", session.visitor.tab)) and len(again.pile.documents) == 3
