"""Pasted text is ranked with the files: the pile shows it, and emptying the pile empties it."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from lxml import html

from feedback.store.store import FILE_NAME, Store
from i18n.texts import texts
from preprocess.document import Document
from preprocess.plain_text import pasted_document
from service.model import Model
from service.pile import Pile
from settings import Settings
from tests.service.desk import ready
from tests.ui.clicks import click
from ui.html.status import pile_html
from ui.page import build_page
from ui.session import Session
from ui.session_parts import Form, View
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
    assert WORDS("pile.pasted_as", count=5, resumes=1) in shown and WORDS("pile.clear") in shown

    answer = click(page, "rr-pile", session, "JD", "王五，会计", "", SimpleNamespace(_data={"remove": removed}))
    assert (answer["rr-pasted"], session.form.pasted, len(session.pile.documents)) == ("", "", files_left)
    assert WORDS("pile.pasted_as", count=5, resumes=1) not in answer["rr-pile"] and session.form.job == "JD"

    click(page, "rr-undo", session)
    assert (session.form.pasted, len(session.pile.documents)) == ("王五，会计", 1)


@pytest.mark.parametrize(("between", "resumes"), [("\n\n", 1), ("\n---\n", 2)])
def test_for_how_many_resumes_pasted_text_is_taken_is_said_before_it_is_ranked(between: str, resumes: int):
    pasted = f"张三 会计 3年{between}李四 出纳 2年"
    shown = pile_html(Pile(), Form(pasted=pasted), View(), WORDS)
    assert WORDS("pile.pasted_as", count=len(pasted), resumes=resumes) in shown
    assert (WORDS("pile.pasted_one") in shown) == (resumes == 1)


def test_a_long_paste_is_not_looked_through_while_somebody_types():
    assert Form(pasted="张三\n---\n" * 20_000).pasted_count == 0


def test_pasted_text_alone_is_no_count_of_files():
    shown = pile_html(Pile(), Form(pasted="王五，会计"), View(), WORDS)
    assert WORDS("pile.count", count=0) not in shown and WORDS("pile.clear") in shown


def test_the_example_puts_pasted_people_away_and_undo_brings_them_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "examples" / "zh"
    folder.mkdir(parents=True)
    (folder / "JD_平台.txt").write_text("任职要求：\n1. 熟悉 Python", "utf-8")
    (folder / "示例.txt").write_text("示例\n熟悉 Python，三年。", "utf-8")
    monkeypatch.setattr("ui.tabs.pile_clicks.EXAMPLES", folder.parent)
    session, page = (
        Session(),
        build_page(Model(), Store(tmp_path / FILE_NAME), Settings(), SessionRegistry(lambda _: None, lambda *_: None)),
    )
    click(page, "rr-example", session, "", "王五，会计", "")
    assert (session.form.pasted, session.pile.has_examples) == ("", True)
    assert click(page, "rr-undo", session)["rr-pasted"] == "王五，会计"


def test_pasted_people_are_not_ranked_among_those_of_the_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ui.undo.SECONDS", 100.0)
    session, page = (
        Session(),
        build_page(ready(), Store(tmp_path / FILE_NAME), Settings(), SessionRegistry(lambda _: None, lambda *_: None)),
    )
    session.pile.documents, session.pile.has_examples = [pasted_document("示例\n熟悉 Python，三年。", "示例.txt")], True
    switches = (0, True, True, False, False, False, SimpleNamespace(username=None))
    click(page, "rr-run", session, "任职要求：\n1. 熟悉 Python", "王五，熟悉 Python，会计，十年经验", "", *switches)
    assert [row.name for row in session.run.ranking.rows] == ["王五"] and not session.pile.documents  # type: ignore[union-attr]
    click(page, "rr-undo", session)
    assert [document.name for document in session.pile.documents] == ["示例.txt"]
