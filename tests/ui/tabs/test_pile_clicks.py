"""Pasted text is ranked with the files: the pile shows it, and emptying the pile empties it."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from lxml import html

from feedback.store.store import FILE_NAME, Store
from i18n.texts import texts
from preprocess.document import Document
from service.model import Model
from settings import Settings
from tests.ui.clicks import click
from ui.html.status import pile_html
from ui.page import build_page
from ui.session import Form, Session
from ui.session_registry import SessionRegistry

WORDS = texts("zh")


@pytest.mark.parametrize(("removed", "files_left"), [("all", 0), ("pasted", 1)])
def test_pasted_text_is_an_entry_that_can_be_removed_and_comes_back(tmp_path: Path, removed: str, files_left: int):
    session, page = (
        Session(),
        build_page(Model(), Store(tmp_path / FILE_NAME), Settings(), SessionRegistry(lambda _: None, lambda *_: None)),
    )
    session.pile.documents = [Document("a.txt", "text", ())]
    shown = click(page, "rr-pasted", session, "JD", "王五，会计", "")["rr-pile"]
    assert [entry.get("class") for entry in html.fromstring(shown).findall(".//li")] == ["document", "pasted"]
    assert WORDS("pile.pasted", count=5) in shown and WORDS("pile.clear") in shown

    answer = click(page, "rr-pile", session, "JD", "王五，会计", "", SimpleNamespace(_data={"remove": removed}))
    assert (answer["rr-pasted"], session.form.pasted, len(session.pile.documents)) == ("", "", files_left)
    assert WORDS("pile.pasted", count=5) not in answer["rr-pile"] and session.form.job == "JD"

    click(page, "rr-undo", session)
    assert (session.form.pasted, len(session.pile.documents)) == ("王五，会计", 1)


def test_pasted_text_alone_is_no_count_of_files():
    shown = pile_html(Session(form=Form(pasted="王五，会计")), WORDS)
    assert WORDS("pile.count", count=0) not in shown and WORDS("pile.clear") in shown
