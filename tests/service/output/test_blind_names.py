"""Files for people after somebody asked for the names of a blind ranking: name and contact are there, and that it was blind."""

import base64
import json
from pathlib import Path

import pytest

from feedback.store.store import FILE_NAME, Store
from i18n.texts import texts
from preprocess.pipeline import Cleaning
from service.output.blind_names import unmasked_resumes
from service.output.candidates import listed_people
from service.reopen import reopen
from tests.service.desk import Desk, finish, order, ready, upload
from ui.exporting import printed
from ui.session import Session

RESUME = "姓名：林知遥\n电话：13800001111\n熟悉 Python，五年平台开发"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "resume(3).txt").write_text(RESUME, "utf-8")
    desk = Desk()
    upload(desk, [tmp_path / "resume(3).txt"])
    return finish(desk, order(cleaning=Cleaning(blind=True)), ready(), Store(tmp_path / "feedback" / FILE_NAME))


def people(desk: Desk) -> list[tuple[str, str]]:
    assert desk.run.ranking
    resumes = unmasked_resumes(desk.run, desk.pile)
    return [(person.name, person.contact) for person in listed_people(desk.run.ranking, resumes, is_blind=desk.run.is_blind)]


def test_name_and_contact_come_from_the_file_once_names_are_shown_and_not_before(desk: Desk):
    assert "林知遥" not in unmasked_resumes(desk.run, desk.pile)[0].text
    assert people(desk)[0][1] == ""
    desk.run.is_blind = False
    assert people(desk) == [("林知遥", "13800001111")]
    desk.pile.cleaned[1].clear()  # as after a restart
    assert people(desk) == [("林知遥", "13800001111")]
    desk.pile.documents.clear()
    assert "林知遥" not in people(desk)[0][0], "of a file that is not there any more only the masked text is"


def test_the_printed_list_says_that_it_was_blind_until_the_names_were_shown(desk: Desk, tmp_path: Path):
    store, words = Store(tmp_path / "feedback" / FILE_NAME), texts("zh")
    held = Session(pile=desk.pile, run=desk.run)
    assert words("shortlist.is_blind") in saved(printed(held, store))
    held.run.is_blind = False
    assert words("shortlist.revealed") in saved(printed(held, store))
    reopen(held.run, held.pile, store.run(held.run.run_id), store)
    assert held.run.is_blind and held.run.was_blind


def saved(value: str) -> str:
    """Return the document that `as_file` hands to the browser."""
    return base64.b64decode(json.loads(value)["data"]).decode()
