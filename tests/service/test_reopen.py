"""History on the page: a kept run comes back as it was shown, can be ranked again, and the change is told."""

from pathlib import Path

import pytest

from feedback.store.store import Store
from i18n.texts import texts
from preprocess.pipeline import Cleaning
from service.conditions import changes
from service.run_state import Order
from settings import Settings
from tests.service.desk import ready
from ui.html.listing.changes import change_html
from ui.session import Session
from ui.session_parts import Form
from ui.steps import rank_steps, reopen_run
from ui.tabs.rank_contents import board_of

JOB = "任职要求：\n1. 熟悉 Python，三年以上经验\n2. 熟悉 Kubernetes"
PILE = """候选人1：
王五，熟悉 Python 开发。
---
候选人2：
赵六，会计，熟悉报表与税务。
---
候选人3：
孙七，三年 Kubernetes 运维经验，负责集群。"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "feedback.sqlite3")


def ranked(session: Session, store: Store, instruction: str = "", pasted: str = PILE) -> Session:
    order = Order(JOB, pasted, "粘贴的文本", instruction, 0, Cleaning())
    for _ in rank_steps(session, order, ready(), Settings(), store):
        pass
    return session


def test_a_run_comes_back_as_it_was_shown(store):
    first = ranked(Session(), store)
    later = Session()
    assert reopen_run(later, first.run.run_id, store, Form())
    assert first.run.ranking and later.run.ranking
    assert later.run.ranking.rows == first.run.ranking.rows
    assert [resume.text for resume in later.run.resumes] == [resume.text for resume in first.run.resumes]
    assert first.run.query and later.form.job == first.run.query.job
    assert "王五" in board_of(later)


def test_a_reopened_pile_can_be_ranked_again_and_is_the_same_people(store):
    first = ranked(Session(), store)
    later = Session()
    reopen_run(later, first.run.run_id, store, Form())
    ranked(later, store, instruction="another one", pasted="")
    assert first.run.ranking and later.run.ranking
    assert [row.id for row in later.run.ranking.rows] == [row.id for row in first.run.ranking.rows]
    assert later.run.change
    assert later.run.change.changed == ("instruction",)
    assert later.run.change.unmoved
    assert "先后没有变化" in board_of(later)


def test_a_run_that_is_opened_is_not_compared_with_what_the_one_before_was_ranked_by(store):
    session = ranked(Session(), store)
    other = ranked(Session(), store, pasted="赵六\n熟悉 Kubernetes 与平台开发")
    assert reopen_run(session, other.run.run_id, store, Form())
    form = session.form
    assert changes(session.run, session.pile, form.job, form.instruction or "", form.pasted) == ()


def test_a_run_that_is_gone_changes_nothing(store):
    session = ranked(Session(), store)
    before = session.run.ranking
    assert not reopen_run(session, 99, store, Form())
    assert session.run.ranking is before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_moves_are_told_and_in_blind_mode_without_names(store, language):
    session = ranked(Session(), store)
    ranked(session, store, pasted=PILE.replace("会计，", "会计，" + "审计与核算，" * 20))
    assert session.run.change
    said = change_html(session.run.change, texts(language))
    assert "▲" in said and "赵六" in said, "people by their names, not their files'"
    chosen = change_html(session.run.change, texts(language), are_chosen=True)
    assert "<details " in said and '<details class="rr-change" open>' in chosen
    before = texts(language)("change.since", what="").split("(")[0].split("（")[0]
    assert before in said and before not in chosen, "the two that somebody chose may have others between them"
    blind = change_html(session.run.change, texts(language), is_blind=True)
    assert "▲" in blind and "赵六" not in blind and "候选人2" not in blind
    letters = [texts(language)("blind.name", letter=letter) for letter in "ABC"]
    assert any(f"<span>{letter}</span>" in blind for letter in letters), "who moved is said by letter"
