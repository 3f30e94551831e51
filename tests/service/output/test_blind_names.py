"""Files for people after somebody asked for the names of a blind ranking: name and contact are there, and that it was blind."""

import base64
import json
from dataclasses import replace
from pathlib import Path

import pytest

from feedback.store.store import FILE_NAME, Store
from i18n.texts import texts
from preprocess.intake import PastedText
from preprocess.pipeline import Cleaning, read_pasted
from service.output.blind_names import shown_ranking, shown_resumes, with_own_texts
from service.output.candidates import listed_people
from service.reopen import reopen
from tests.service.desk import Desk, finish, order, ready, upload
from ui.exporting import printed
from ui.session import Session
from ui.session_parts import View
from ui.tabs.rank_contents import board_of, opened_of

RESUME = "姓名：林知遥\n电话：13800001111\n熟悉 Python，五年平台开发"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "resume(3).txt").write_text(RESUME, "utf-8")
    desk = Desk()
    upload(desk, [tmp_path / "resume(3).txt"])
    return finish(desk, order(cleaning=Cleaning(blind=True)), ready(), Store(tmp_path / "feedback" / FILE_NAME))


def people(desk: Desk) -> list[tuple[str, str]]:
    assert desk.run.ranking
    return [
        (person.name, person.contact) for person in listed_people(desk.run.ranking, shown_resumes(desk.run), is_blind=desk.run.is_blind)
    ]


def test_name_contact_and_text_are_the_persons_own_once_names_are_shown_and_not_before(desk: Desk, tmp_path: Path):
    assert "林知遥" not in shown_resumes(desk.run)[0].text
    assert people(desk)[0][1] == ""
    desk.run.is_blind = False
    assert people(desk) == [("林知遥", "13800001111")]
    assert shown_resumes(desk.run)[0].text == RESUME
    desk.run.resumes = with_own_texts([replace(desk.run.resumes[0], unmasked=None)], desk.pile.documents)  # as after a restart
    assert people(desk) == [("林知遥", "13800001111")]
    store = Store(tmp_path / "feedback" / FILE_NAME)
    reopen(desk.run, desk.pile, store.run(desk.run.run_id), store)
    desk.run.is_blind = False
    assert "林知遥" not in people(desk)[0][0], "of a ranking that was opened again only the masked text is there"


def test_another_file_of_the_same_name_is_nobodys_own_text(desk: Desk):
    [resume] = desk.run.resumes
    others = [read_pasted(PastedText(resume.name, "吴清越\n出纳，三年"), 1_000)]
    assert with_own_texts([replace(resume, unmasked=None)], others)[0].unmasked is None


def test_evidence_is_quoted_from_the_own_text_once_names_are_shown(tmp_path: Path):
    """In the list, beside the text, on paper and in a comparison: what masking changed and moved is found again."""
    resume = "姓名：林知遥\n电话：13800001111\n\n工作经历\n林知遥用 Python 写了平台，五年\n熟悉 MySQL"
    desk = Desk()
    for name, text in (("a.txt", resume), ("b.txt", resume.replace("林知遥", "吴清越").replace("五年", "六年"))):
        (tmp_path / name).write_text(text, "utf-8")
    upload(desk, [tmp_path / "a.txt", tmp_path / "b.txt"])
    finish(desk, order("任职要求：\n1. 熟悉 Python\n2. 熟悉 MySQL", cleaning=Cleaning(blind=True)), ready())
    session, words = Session(pile=desk.pile, run=desk.run), texts("zh")
    session.view.selected = next(number for number, resume in enumerate(desk.run.resumes, start=1) if resume.name == "a.txt")
    session.view.beside = 3 - session.view.selected
    store = Store(tmp_path / "feedback" / FILE_NAME)
    views = [
        lambda: board_of(session),
        lambda: opened_of(session, ready()),
        lambda: opened_of(replace(session, view=View(session.view.selected)), ready()),
        lambda: saved(printed(session.run, session.visitor, store)),
    ]
    assert not any("林知遥" in view() or "13800001111" in view() for view in views)
    session.run.is_blind = False
    assert all("林知遥用 Python 写了平台" in view() for view in views[1:])
    assert words("detail.own_text") in views[2]() and words("detail.still_masked") not in views[2]()
    assert all("林知遥" in view() and "候选人用 Python" not in view() for view in views)
    ranking = shown_ranking(desk.run, words)
    assert ranking
    for row in ranking.rows:
        own = shown_resumes(desk.run)[row.input_position - 1].text
        assert all(point.quote == own[point.start : point.end] != "" for point in row.match_points or ())


def test_the_printed_list_says_that_it_was_blind_until_the_names_were_shown(desk: Desk, tmp_path: Path):
    store, words = Store(tmp_path / "feedback" / FILE_NAME), texts("zh")
    session = Session(pile=desk.pile, run=desk.run)
    assert words("shortlist.is_blind") in saved(printed(session.run, session.visitor, store))
    session.run.is_blind = False
    assert words("shortlist.revealed") in saved(printed(session.run, session.visitor, store))
    reopen(session.run, session.pile, store.run(session.run.run_id), store)
    assert session.run.is_blind and session.run.was_blind


def saved(value: str) -> str:
    """Return the document that `as_file` hands to the browser."""
    return base64.b64decode(json.loads(value)["data"]).decode()
