"""The criteria of a session: kept over a restart, brought back by undo, and a list under older ones is out of date."""

from dataclasses import replace
from html import unescape as html_unescaped
from pathlib import Path

import pytest

from feedback.store.saved.rubrics import save_rubric
from feedback.store.store import Store
from i18n.texts import texts
from reranker.evidence.requirements import Requirement, split_job
from reranker.rubric.criteria import ADDED, Criterion, Rubric, as_parsed
from reranker.rubric.edits import Refused, add, move, set_kind
from service.run_state import Order
from settings import Settings
from tests.service.desk import ready
from tests.ui.samples import CountingEngine
from tests.ui.test_keeping import JOB, LIMIT, TAB, order, session  # noqa: F401  (a fixture)
from ui.html.listing.rubric import rubric_line_html, rubric_panel_html
from ui.keeping import keep, restored
from ui.rubric_desk import MOST_EDITED, RubricDesk, desk_as_json, desk_from_json
from ui.session import Session
from ui.session_parts import Form
from ui.steps import rank_steps, reopen_run
from ui.tabs.rank_contents import conditions_of
from ui.undo import offer_undo, undo


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "feedback.sqlite3")


def read(desk: Session, store: Store, job: str = JOB) -> None:
    desk.rubric.read(job, None, LIMIT, store)


def ranked(desk: Session, store: Store) -> None:
    given = order()
    asked = Order(given.job, "", "", "", 0, given.cleaning, rubric=desk.rubric.rubric)
    for _ in rank_steps(desk, asked, ready(CountingEngine()), Settings(), store):
        pass


def change(desk: Session, text: str = "负责平台开发") -> None:
    assert desk.rubric.rubric
    desk.rubric.change(add(desk.rubric.rubric, text))


def is_said(desk: Session) -> bool:
    return texts("zh")("conditions.rubric") in conditions_of(desk)


def test_a_list_is_out_of_date_once_its_criteria_have_changed(session, store):  # noqa: F811
    read(session, store)
    ranked(session, store)
    assert not session.is_outdated and not is_said(session)
    change(session)
    assert session.is_outdated and is_said(session)
    ranked(session, store)
    assert not session.is_outdated and session.rubric.current and session.rubric.current.version == 1
    assert session.rubric.rubric
    session.rubric.change(move(session.rubric.rubric, 1, 1))
    assert not session.is_outdated, "another order of criteria ranks alike"


def test_changed_criteria_come_back_after_a_restart_saved_or_not(session, store):  # noqa: F811
    read(session, store)
    change(session)
    keep(session, store, LIMIT)
    again = restored(store, "hr", TAB)
    assert again and again.rubric.rubric == session.rubric.rubric
    read(again, store, JOB)
    assert again.rubric.rubric == session.rubric.rubric, "the page sends the same text again when it is loaded"
    ranked(session, store)
    change(session, "能接受出差")
    keep(session, store, LIMIT)
    again = restored(store, "hr", TAB)
    assert again and again.is_outdated and again.run.rubric_version == 1


def test_a_run_that_is_opened_again_shows_its_own_criteria(session, store):  # noqa: F811
    read(session, store)
    ranked(session, store)
    plain = session.run.run_id
    change(session)
    ranked(session, store)
    changed, text = session.rubric.rubric, session.rubric.text
    assert reopen_run(session, plain, store, Form(JOB, "", ""))
    assert session.rubric.rubric and session.rubric.rubric.is_untouched and not session.is_outdated
    undo(session)
    assert session.rubric.rubric == changed and session.rubric.text == text


def unlawful() -> Rubric:
    """Return what an earlier version saved: it counted what the law forbids, parsed and added."""
    parsed = (*split_job(JOB), Requirement("年龄35岁以下", "must", ()))
    rubric = as_parsed(parsed)
    return Rubric((*rubric.criteria, Criterion(9, "限男性", "must", 2.0, ADDED)), parsed)


def test_what_the_law_forbids_is_refused_of_criteria_saved_earlier_and_moves_nobody(session, store):  # noqa: F811
    save_rubric(store, JOB, unlawful(), "hr")
    words = texts("zh")
    read(session, store)
    assert session.rubric.rubric and not any(criterion.counts for criterion in session.rubric.rubric.criteria[-2:])
    assert session.rubric.rubric.is_untouched is False, "the one that was added is there to be deleted"
    law = words("rubric.forbidden", part="年龄35岁以下", ground=words("ground.age"), law=words("law.age"))
    assert law in rubric_line_html(session.rubric, words), "said where it is seen, as of a new one"
    ranked(session, store)
    assert session.run.ranking and not any(row.lifts for row in session.run.ranking.rows)
    asked = {point.requirement for row in session.run.ranking.rows for point in row.match_points or ()}
    assert asked.isdisjoint({"年龄35岁以下", "限男性"})


def test_they_are_refused_of_an_opened_ranking_and_of_a_page_that_comes_back_too(store):
    desk = RubricDesk()
    desk.show(JOB, unlawful(), 1)
    assert desk.refusal and desk.refusal.why and desk.refusal.why.ground == "age" and desk.rubric
    kept = desk_as_json(replace(desk, current=replace(desk.current, rubric=unlawful()))) if desk.current else None
    again = desk_from_json(kept)
    assert (again.rubric, again.refusal) == (desk.rubric, desk.refusal)
    again.is_open = True
    panel, words = rubric_panel_html(again, [], None, texts("en")), texts("en")
    assert words("rubric.forbidden", part="年龄35岁以下", ground=words("ground.age"), law=words("law.age")) in html_unescaped(panel)


def test_changes_wait_for_their_job_while_another_one_is_in_the_box(store):
    desk = RubricDesk()
    desk.read(JOB, None, LIMIT, store)
    assert desk.rubric
    desk.change(set_kind(desk.rubric, 1, "nice"))
    changed = desk.rubric
    desk.read("任职要求：\n1. 会计，熟悉金蝶", None, LIMIT, store)
    assert desk.rubric and desk.rubric.is_untouched
    desk.read(JOB, None, LIMIT, store)
    assert desk.rubric == changed
    for number in range(MOST_EDITED):
        desk.read(f"任职要求：\n1. 熟悉 Java 与第{number}种框架", None, LIMIT, store)
        desk.change(set_kind(desk.rubric, 1, "nice"))
    assert len(desk.edited) == MOST_EDITED
    desk.read(JOB, None, LIMIT, store)
    assert desk.rubric.is_untouched


def test_the_panel_closes_with_the_last_criterion_and_a_refusal_ends_with_a_change(store):
    desk = RubricDesk(is_open=True)
    desk.read(JOB, None, LIMIT, store)
    desk.refuse(Refused("empty"), {"text": "", "key": "x"})
    assert desk.refusal and desk.refusal.key == 0 and desk.is_open
    desk.change(add(as_parsed(split_job(JOB)), "能接受出差"))
    assert desk.refusal is None
    desk.read("", None, LIMIT, store)
    assert not desk.is_open and desk.rubric is None


def test_the_name_of_somebody_erased_goes_from_the_criteria_in_the_page(store):
    desk = RubricDesk()
    desk.read(JOB, None, LIMIT, store)
    assert desk.rubric
    desk.change(add(desk.rubric, "像张小明那样写代码"))
    desk.clear_names(lambda text: text.replace("张小明", "该候选人"))
    assert desk.rubric.criteria[-1].text == "像该候选人那样写代码" and "张小明" not in str(desk.edited)


def test_undo_brings_the_criteria_back(store):
    desk = Session()
    read(desk, store)
    change(desk)
    offer_undo(desk, "job_replaced", Form(JOB, "", ""))
    read(desk, store, "任职要求：\n1. 会计，熟悉金蝶")
    undo(desk)
    assert desk.rubric.rubric and desk.rubric.rubric.criteria[-1].text == "负责平台开发"


def test_changes_are_taken_back_one_by_one_as_long_as_their_job_is_in_the_box(session, store):  # noqa: F811
    read(session, store)
    desk, before = session.rubric, session.rubric.rubric
    assert not desk.can_step_back
    change(session)
    change(session, "能接受出差")
    desk.step_back()
    assert desk.rubric and [criterion.text for criterion in desk.rubric.criteria if criterion.origin == ADDED] == ["负责平台开发"]
    desk.step_back()
    assert desk.rubric == before and not desk.can_step_back
    change(session)
    read(session, store, "任职要求：\n1. 会计，熟悉报表与税务")
    assert not desk.can_step_back
