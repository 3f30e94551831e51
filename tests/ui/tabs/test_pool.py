"""The dialog of the pool on the server's side: values from a browser, the room in the pile, and somebody erased while it is open."""

import re
import time
from pathlib import Path
from typing import Any

import pytest

from feedback.store.pool.people import PoolSearch
from feedback.store.store import FILE_NAME, Run, RunRow, Store
from i18n.texts import texts
from preprocess.document import Document, Line, Page
from preprocess.person import person_of
from service.access.access import EVERYBODY
from settings import Settings
from tests.feedback.stored import ENGINE, id_of
from tests.ui.two_users import Users
from ui.tabs.pool import PoolClicks, search_of
from ui.tabs.rank_clicks import RankClicks

EN = texts("en")
TEXTS = [f"{name}\n电话：1390000002{number}\n熟悉 Python" for number, name in enumerate(("林知遥", "周叙白", "许朝暮"))]


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Users:
    """Return a server with three people in its pool."""
    store = Store(tmp_path_factory.mktemp("pool") / FILE_NAME)
    rows = tuple(RunRow(id_of(text), f"{text[:3]}.pdf", text, 1, 1, {"logit": 0.0}, {}, person_of(text)) for text in TEXTS)
    store.add_run(Run("job", "", {}, ENGINE, 0, "hr", time.time(), rows))
    return Users(store, EVERYBODY)


def results_of(users: Users, session: Any, **search: Any) -> str:
    return str(users.click(session, "rr-pool", pool="search", search=search, turn=7)["rr-pool-found"])


@pytest.mark.parametrize(
    "nonsense", [None, 7, [], "x", {"years": "x", "degree": [], "label": "9", "status": "gone", "days": -1, "words": {}}]
)
def test_what_is_no_choice_of_ours_counts_as_not_chosen(nonsense: Any):
    assert search_of(nonsense, "x") == PoolSearch()


def test_choices_of_ours_are_taken():
    asked = {"years": "5", "degree": "4", "label": "0", "status": "interview", "days": "30", "words": "支付", "city": "杭州"}
    assert search_of(asked, 2) == PoolSearch("支付", 5, 4, "杭州", 0, "interview", 30, 2)


def test_an_answer_says_which_search_it_is_of_and_nonsense_is_answered_too(users: Users):
    session = users.enter("hr")
    assert 'data-turn="7"' in results_of(users, session) and 'data-total="3"' in results_of(users, session)
    users.click(session, "rr-pool", pool="add", numbers=["x", -1, None, 999_999, {}, 1.5])
    users.click(session, "rr-pool", pool="add", numbers="x")
    assert session.pile.documents == []
    assert users.click(session, "rr-pool", pool="nothing") == {"rr-pool-found": ""}


def test_the_examples_make_room_and_what_has_none_is_said(users: Users, monkeypatch: pytest.MonkeyPatch):
    session = users.enter("hr")
    session.pile.documents = [Document("example.txt", "text", (Page((Line("example"),)),))]
    session.pile.has_examples = True
    monkeypatch.setattr(users.handlers(PoolClicks), "_settings", Settings(max_files=2))
    users.click(session, "rr-pool", pool="add", all=True, search={})
    assert len(session.pile.documents) == 2 and not session.pile.has_examples and session.undo
    assert session.view.message and session.view.message.sentence(EN) == EN("message.pool_added_some", count=2, left=1, most=2)
    monkeypatch.setattr(users.handlers(PoolClicks), "_settings", Settings(max_files=9))
    for said in (EN("message.pool_added", count=1), EN("message.pool_added_none")):
        users.click(session, "rr-pool", pool="add", all=True, search={})
        assert session.view.message and session.view.message.sentence(EN) == said


def test_blind_mode_names_people_by_letters_there_too(users: Users):
    session = users.enter("hr")
    session.view.hides_names = True
    shown, words = results_of(users, session), session.visitor.words
    assert words("blind.name", letter="A") in shown and words("pool.out_one", name=words("blind.name", letter="B")) in shown
    assert "林知遥" not in shown


def test_an_open_dialog_loses_whoever_a_colleague_erases(users: Users):
    looking, colleague = users.enter("hr"), users.enter("other")
    assert "许朝暮" in results_of(users, looking)
    heard = users.registry.news("hr", looking.visitor.tab)
    users.click(colleague, "rr-people", "", action="erase", candidate=id_of(TEXTS[2]))
    assert users.registry.news("hr", looking.visitor.tab) == heard + 1
    shown = {getattr(component, "elem_id", ""): value for component, value in users.handlers(RankClicks).updates.shown(looking).items()}
    assert "林知遥" in shown["rr-pool-found"] and "许朝暮" not in shown["rr-pool-found"]
    assert not looking.view.is_pool_outdated


def test_one_person_is_taken_out_alone_and_the_next_page_of_nobody_is_the_one_before(users: Users):
    session = users.enter("hr")
    number = int(re.findall(r'data-number="(\d+)"', results_of(users, session, words="周叙白"))[0])
    answer = str(users.click(session, "rr-pool", pool="out", number=number, search={}, page=1, turn=8)["rr-pool-found"])
    assert EN("pool.out_done") in answer or texts("zh")("pool.out_done") in answer
    assert 'data-turn="8"' in answer and 'data-page="0"' in answer and "林知遥" in answer and "周叙白" not in answer
    assert "周叙白" not in results_of(users, session)
    for nonsense in (number, "x", None, -1):
        again = str(users.click(session, "rr-pool", pool="out", number=nonsense, search={}, turn=9)["rr-pool-found"])
        assert EN("pool.out_done") not in again and texts("zh")("pool.out_done") not in again and "林知遥" in again


def test_a_store_that_fails_is_said_in_the_dialog(tmp_path: Path):
    store = Store(tmp_path / FILE_NAME)
    users = Users(store, EVERYBODY)
    session = users.enter("hr")
    with store.writing() as db:
        db.execute("DROP TABLE pool_texts")
        db.execute("DROP TABLE pool_facts")
    assert "rr-message" in results_of(users, session)
    users.click(session, "rr-pool", pool="add", numbers=[1])
    assert session.view.message and session.view.message.key.startswith("message.store")
    store.close()
