"""A ranking in work opens on another page: rows as they come, then the stored list. The engine waits for the test."""

import asyncio
import threading
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from feedback.store.store import FILE_NAME, Store
from i18n.texts import texts
from preprocess.pipeline import Cleaning
from service.access.access import EVERYBODY
from service.run_state import cancel, stop
from tests.service.desk import order, ready
from tests.ui.samples import WaitingEngine
from tests.ui.two_users import FORM, Users
from tests.waiting import until
from ui.session import Session
from ui.session_parts import Form
from ui.tabs.in_work import RankingsInWork, follow_steps
from ui.tabs.rank_clicks import RankClicks
from ui.tabs.rank_contents import board_of

ZH = texts("zh")
NUMBERS = count()
"""Of people, so that none is scored already."""


def people() -> str:
    """Return three resumes to paste."""
    numbers = [next(NUMBERS) for _ in range(3)]
    return "\n---\n".join(f"候选人{number}：\n候选人第 {number} 号，熟悉 Python，负责第 {number} 个平台的开发。" for number in numbers)


@pytest.fixture(scope="module")
def engine() -> WaitingEngine:
    return WaitingEngine(2)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, engine: WaitingEngine) -> Users:
    return Users(Store(tmp_path_factory.mktemp("in_work") / FILE_NAME), EVERYBODY, ready(engine))


@pytest.fixture
def users(page: Users, engine: WaitingEngine) -> Iterator[Users]:
    page.forget_all()
    engine.go.clear()
    engine.scored = 0
    yield page
    engine.go.set()


@pytest.fixture
def anna(users: Users) -> Session:
    """Return Anna, whose blind ranking of three is in work with its first rows there."""
    anna = users.enter("anna")
    users.handlers(RankClicks).run(anna, order(pasted=people(), cleaning=Cleaning(blind=True)))
    assert until(lambda: anna.run.ranking is not None and len(anna.run.ranking.rows) == 2 and anna.kept.id, seconds=100)
    return anna


def followed(users: Users, user: str, anna: Session) -> tuple[Session, list[dict[Any, Any]], threading.Thread]:
    """Return a page of this user that opens Anna's ranking from the history; the answers come into the list while the thread runs."""
    session, answers = users.enter(user), []
    clicks = users.handlers(RankClicks)

    async def follow() -> None:
        async for update in clicks.followed(RankingsInWork(users.registry, EVERYBODY), session, anna.kept.id, Form()):
            answers.append(update)

    thread = threading.Thread(target=lambda: asyncio.run(follow()))
    thread.start()
    return session, answers, thread


def test_a_colleague_follows_it_row_by_row_and_then_has_the_stored_list(users: Users, anna: Session, engine: WaitingEngine):
    listed = str(users.click(users.enter("ben"), "history", "")["rr-runs"])
    assert f'data-action="follow" data-run="{anna.kept.id}"' in listed
    ben, answers, thread = followed(users, "ben", anna)
    assert until(lambda: ben.run.ranking and len(ben.run.ranking.rows) == 2, seconds=100)
    assert until(lambda: len(answers) > 1, seconds=100)
    assert anna.run.order and ben.form.job == anna.run.order.job
    assert ben.run.busy and ben.visitor.words("blind.name", letter="A") in board_of(ben) and not ben.run.run_id
    assert ben.kept.id not in [running.number for running in RankingsInWork(users.registry, EVERYBODY).listed("ben")], "hers, once"
    engine.go.set()
    thread.join(100)
    assert ben.run.run_id == anna.run.run_id != 0 and ben.run.is_blind and len(ben.run.ranking.rows) == 3  # type: ignore[union-attr]
    assert all(resume.unmasked for resume in ben.run.resumes), "names can be shown with the text, as on her page"
    assert len(ben.pile.documents) == 3 and not ben.run.busy and ben.visitor.user == "ben"


def test_the_landing_page_hears_how_far_it_is_and_what_was_a_ranking_in_work_opens_once_it_has_ended(
    users: Users, anna: Session, engine: WaitingEngine
):
    ben, clara = users.enter("ben"), users.enter("clara")
    heard = users.registry.news("ben", ben.visitor.tab)
    assert heard and users.registry.news("ben", ben.visitor.tab) == heard, "told once"
    assert f'data-action="follow" data-run="{anna.kept.id}"' in users.click(ben, "rr-news", *FORM)["rr-recent"]
    assert "rr-board" in users.click(ben, "rr-news", *FORM), "the next click is of other news"
    engine.go.set()
    assert until(lambda: not anna.run.busy, seconds=100)
    assert users.registry.news("ben", ben.visitor.tab) > heard
    for session, place, before in ((ben, "rr-recent", FORM), (clara, "rr-runs", ("", *FORM))):
        users.click(session, place, *before, action="follow", run=anna.kept.id)  # as their pages still have it
        assert session.run.run_id == anna.run.run_id != 0 and session.run.ranking
    shown = users.registry.news("ben", ben.visitor.tab)
    users.registry.leave(anna)
    assert users.registry.news("ben", ben.visitor.tab) == shown, "who has a list open is left alone"


def test_who_stops_a_colleagues_only_ends_the_following_and_who_stops_their_own_stops_it(
    users: Users, anna: Session, engine: WaitingEngine
):
    ben, _, thread = followed(users, "ben", anna)
    assert until(lambda: ben.run.busy, seconds=100)
    stop(ben.run)
    thread.join(100)
    assert not ben.run.busy and anna.run.busy and not anna.run.stops
    assert ben.view.message and ben.view.message.key == "message.following_stopped"
    other, _, thread = followed(users, "anna", anna)
    assert until(lambda: other.run.busy, seconds=100)
    stop(other.run)
    assert until(lambda: anna.run.stops, seconds=100)
    engine.go.set()
    thread.join(100)
    assert anna.run.stopped and other.run.run_id == anna.run.run_id


def test_what_is_ranked_before_the_first_step_ends_the_following(users: Users, anna: Session):
    clara = users.enter("clara")
    steps = follow_steps(clara, anna, users.store, Form())
    cancel(clara.run)
    assert len(list(steps)) == 1 and anna.run.busy


def test_when_it_is_replaced_the_follower_is_told_and_what_the_follower_ranks_leaves_it_alone(users: Users, anna: Session):
    ben, _, thread = followed(users, "ben", anna)
    assert until(lambda: ben.run.busy, seconds=100)
    clara, _, other_thread = followed(users, "clara", anna)
    assert until(lambda: clara.run.busy, seconds=100)
    cancel(clara.run)  # she ranks something else
    other_thread.join(100)
    assert anna.run.busy and not other_thread.is_alive()
    cancel(anna.run)
    thread.join(100)
    assert ben.view.message and ben.view.message.key == "message.following_cancelled" and not ben.run.busy
