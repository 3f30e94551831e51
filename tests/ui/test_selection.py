"""Statuses, notes and labels on the page: one click, one stored change, told to whoever else is at a list for the job."""

import base64
import csv
import io
import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from lxml import html

from feedback.labels import FULL, NONE
from feedback.store.desk.notes import MAX_NOTE, add_note
from feedback.store.desk.statuses import INTERVIEW, RESERVE, TO_READ, set_status, statuses_of_run
from feedback.store.erase import erase
from feedback.store.history import delete_run
from feedback.store.store import Store, audit
from i18n.texts import texts
from service.access.access import EVERYBODY
from service.message import Message
from service.model import Model
from service.run_state import RunState
from service.watched.watch import Watch
from settings import Settings
from tests.feedback.stored import id_of, run_of
from tests.ui.samples import HOSTILE
from ui.html.listing.selection import bar_html
from ui.selection import Selection
from ui.session import Session
from ui.session_parts import Form
from ui.session_registry import SessionRegistry
from ui.steps import reopen_run
from ui.tabs.in_work import RankingsInWork
from ui.tabs.rank import RankTab
from ui.tabs.rank_contents import board_of, opened_of
from ui.tabs.rank_updates import RankUpdates

ZH = texts("zh")
A, B, C = id_of("resume a"), id_of("resume b"), id_of("resume c")


class Desk:
    """A server with one store, and pages of several people on it."""

    def __init__(self, store: Store, blocks: gr.Blocks, tab: RankTab):
        self.store, self.tab = store, tab
        self.registry = SessionRegistry(lambda session: None, lambda user, tab: None)
        updates = RankUpdates(tab, Model(), store, Settings(), EVERYBODY)
        self.selection = Selection(updates, store, self.registry)
        with blocks:
            self.selection.wire(gr.State(), {})

    def page(self, user: str, run: int) -> Session:
        """Return a page at a stored run."""
        session = self.registry.enter(user, f"{len(self.registry.sessions()):032x}", Session())
        reopen_run(session, run, self.store, Form())
        return session

    def click(self, session: Session, **clicked: Any) -> dict[str, Any]:
        """Click in the list or the panel; return what the page is told in place."""
        return self.told(self.selection.answered(session, clicked) or {})

    def act(self, session: Session, act: str, value: str = "", ticked: Any = ()) -> dict[Any, Any]:
        """Click on the bar."""
        return self.selection._on_bar(session, SimpleNamespace(_data={"act": act, "value": value, "ticked": list(ticked)}))  # pyright: ignore[reportArgumentType]

    def told(self, updates: dict[Any, Any]) -> dict[str, Any]:
        """Return the parts to be replaced, by key."""
        said = str(updates.get(self.tab.saved, ""))
        match = re.search(r'data-news="([^"]*)"', said)
        return json.loads(unescape(match[1]))["parts"] if match else {}

    def saved(self, answer: dict[Any, Any]) -> bytes:
        """Return the file that an answer holds."""
        [file] = [value for component, value in answer.items() if component not in (self.tab.saved, self.tab.board)]
        return base64.b64decode(json.loads(file)["data"])


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> tuple[gr.Blocks, RankTab]:
    """Return the components, which say nothing of whom they show."""
    with gr.Blocks() as blocks:
        in_work = RankingsInWork(SessionRegistry(lambda _: None, lambda _user, _tab: None), EVERYBODY)
        return blocks, RankTab(ZH, Model(), Store(tmp_path_factory.mktemp("presets") / "feedback.sqlite3"), Watch(), in_work)


@pytest.fixture
def desk(tmp_path: Path, laid_out: tuple[gr.Blocks, RankTab]) -> Desk:
    return Desk(Store(tmp_path / "feedback.sqlite3"), *laid_out)


@pytest.fixture
def run(desk: Desk) -> int:
    return stored(desk.store, "招聘JD", "a", "b", "c")


def stored(store: Store, job: str, *names: str) -> int:
    """Store a run of these resumes, ranked as they came."""
    made = run_of(job, [f"resume {name}" for name in names])
    return store.add_run(replace(made, rows=tuple(replace(row, input_position=row.rank) for row in made.rows)))


def chosen(part: str) -> str:
    """Return the status that a row's drop-down shows."""
    return html.fromstring(part).xpath("string(//option[@selected]/@value)")


def test_a_click_is_told_to_the_other_page_at_the_job_and_to_no_other(desk: Desk, run: int):
    again, elsewhere = stored(desk.store, "招聘JD", "a"), stored(desk.store, "another job", "a")
    anna, ben, cyd = (desk.page(user, shown) for user, shown in (("anna", run), ("ben", again), ("cyd", elsewhere)))
    own = desk.click(anna, status=INTERVIEW, resumes=[A])
    assert chosen(own[f"cell-{A}"]) == INTERVIEW
    count = [desk.registry.news(session.visitor.user, session.visitor.tab) for session in (anna, ben, cyd)]
    assert count == [0, 1, 0]
    heard = desk.told(desk.selection.news(ben) or {})
    assert chosen(heard[f"cell-{A}"]) == INTERVIEW and "anna" in heard[f"status-{A}"]
    assert desk.selection.news(ben) is None, "told once"
    assert f"cell-{B}" not in heard

    desk.click(ben, status=RESERVE, resumes=[A])
    assert desk.registry.news("anna", anna.visitor.tab) == 1 and anna.run.statuses[A].status == RESERVE, "the later one wins"
    assert [(entry.user, entry.facts["status"]) for entry in audit.entries(desk.store, limit=2)] == [("ben", RESERVE), ("anna", INTERVIEW)]


def test_labels_and_notes_of_a_colleague_come_too_and_nothing_that_is_being_typed_is_replaced(desk: Desk, run: int):
    anna, ben = desk.page("anna", run), desk.page("ben", run)
    desk.click(anna, label=A, grade=FULL, reason="led it")
    desk.click(anna, note="call her", resume=A)
    heard = desk.told(desk.selection.news(ben) or {})
    assert "led it" in heard[f"colleagues-{A}"] and "call her" in heard[f"notes-{A}"]
    assert not any(html.fromstring(part).xpath("//textarea | //input[@type='text']") for part in heard.values())
    ben.view.selected = 1
    shown = html.fromstring(str(opened_of(ben, Model())))
    keys = {element.get("data-part") for element in shown.xpath("//*[@data-part]")}
    assert {key for key in heard if not key.startswith("cell-")} <= keys, "each has its place in the panel"


def test_a_page_with_an_erasure_to_be_told_of_is_shown_anew(desk: Desk, run: int):
    anna, ben = desk.page("anna", run), desk.page("ben", run)
    desk.click(anna, status=INTERVIEW, resumes=[A])
    ben.erasures.untold.append(object())  # pyright: ignore[reportArgumentType]
    assert desk.selection.news(ben) is None


def test_a_status_labels_only_if_both_were_asked_for(desk: Desk, run: int):
    anna = desk.page("anna", run)
    desk.click(anna, status=INTERVIEW, resumes=[A])
    assert anna.run.labels == {}
    box = desk.click(anna, labelsToo=True)["labels-too"]
    assert "checked" in box and anna.view.labels_too
    said = desk.selection.answered(anna, {"labelsToo": True}) or {}
    assert ZH("desk.labels_too_hint") in str(list(said.values())), "who has no mouse sees no title"
    desk.click(anna, label=B, grade=FULL, reason="why")
    desk.click(anna, status="declined", resumes=[B])
    desk.click(anna, status=TO_READ, resumes=[A])
    assert {key: [(label.grade, label.reason) for label in given] for key, given in anna.run.labels.items()} == {B: [(NONE, "why")]}


def test_the_bar_acts_on_those_ticked_in_the_list(desk: Desk, run: int):
    anna = desk.page("anna", run)
    numbers = {row.id: row.input_position for row in anna.run.ranking.rows} if anna.run.ranking else {}
    ticked = [numbers[A], numbers[C], 99, "x", None]
    assert {chosen(part) for key, part in desk.told(desk.act(anna, "status", INTERVIEW, ticked)).items() if key.startswith("cell")} == {
        INTERVIEW
    }
    assert set(statuses_of_run(desk.store, run)) == {A, C}
    desk.act(anna, "label", "2", ticked)
    assert {key: given[0].grade for key, given in anna.run.labels.items()} == {A: FULL, C: FULL}
    desk.act(anna, "label", "9", ticked)
    assert anna.view.message and anna.view.message.key == "message.label_failed"
    for act in ("compare", "status", "nonsense"):
        before = statuses_of_run(desk.store, run)
        desk.act(anna, act, "x", [])
        assert statuses_of_run(desk.store, run) == before
    assert not anna.view.selected
    desk.act(anna, "compare", "", ticked)
    assert {anna.view.selected, anna.view.beside} == {numbers[A], numbers[C]}


def test_only_those_ticked_are_exported_with_their_status(desk: Desk, run: int):
    anna = desk.page("anna", run)
    desk.click(anna, status=RESERVE, resumes=[C])
    [number] = [row.input_position for row in anna.run.ranking.rows if row.id == C] if anna.run.ranking else []
    head, *lines = csv.reader(io.StringIO(desk.saved(desk.act(anna, "csv", "", [number])).decode("utf-8-sig")))
    (line,) = (dict(zip(head, line, strict=True)) for line in lines)
    assert (line["姓名"], line["状态"], line["文件"]) == ("resume c.pdf", "备选", "resume c.pdf")
    assert line["匹配度"] == ZH("match.relative_low"), "its place among all, not among those ticked"
    paper = html.document_fromstring(desk.saved(desk.act(anna, "print", "", [number])).decode())
    assert paper.xpath("//table[@class='overview']/tbody/tr/th//text()") == ["resume c.pdf"]
    assert "".join(paper.xpath("//td[@class='decision']//text()")) == "□ 面试☑ 备选□ 暂不"
    assert "所选 1 人；共 3 份" in paper.text_content()
    assert [entry.facts for entry in audit.entries(desk.store, limit=2)] == [
        {"kind": "shortlist", "chosen": 1},
        {"kind": "csv", "chosen": 1},
    ]


def test_a_note_is_only_text_is_refused_too_long_and_deleted_by_its_author(desk: Desk, run: int):
    anna, ben = desk.page("anna", run), desk.page("ben", run)
    part = desk.click(anna, note=HOSTILE, resume=A)[f"notes-{A}"]
    listed = html.fromstring(part)
    assert listed.xpath("string(//p)") == HOSTILE and not listed.xpath("//img")
    assert not html.fromstring(desk.told(desk.selection.news(ben) or {})[f"notes-{A}"]).xpath("//button"), "not theirs to delete"
    desk.click(anna, note="x" * (MAX_NOTE + 1), resume=A)
    assert anna.view.message == Message("message.note_too_long")
    [number] = listed.xpath("//button[@data-ask]/@data-note-delete")
    desk.click(ben, noteDelete=int(number))
    assert len(anna.run.notes[A]) == 1
    desk.click(anna, noteDelete=int(number))
    assert anna.run.notes == {} and ben.run.notes == {}


def test_in_blind_mode_notes_of_colleagues_wait_for_the_names(desk: Desk, run: int):
    add_note(desk.store, run, A, "ben", "resume a is 张三")
    add_note(desk.store, run, A, "anna", "my own words")
    anna = desk.page("anna", run)
    anna.run.is_blind, anna.view.selected = True, 1
    panel = str(opened_of(anna, Model()))
    assert "张三" not in panel and "my own words" in panel and ZH("desk.notes_hidden", count=1) in panel
    anna.run.is_blind = False
    assert "张三" in str(opened_of(anna, Model()))


@pytest.mark.parametrize("clicked", [{"status": INTERVIEW, "resumes": [A]}, {"note": "words", "resume": A}, {"label": A, "grade": FULL}])
def test_about_somebody_gone_nothing_is_stored_and_the_row_goes(desk: Desk, run: int, clicked: dict[str, Any]):
    anna = desk.page("anna", run)
    erase(desk.store, [A], "another process")
    desk.click(anna, **clicked)
    assert anna.view.message == Message("message.candidate_erased")
    assert anna.run.ranking and [row.id for row in anna.run.ranking.rows] == [B, C]
    delete_run(desk.store, run)
    desk.click(anna, **clicked | {"resume": B, "resumes": [B]})
    assert anna.view.message == Message("message.candidate_run_gone") or "label" in clicked


@pytest.mark.parametrize(
    "clicked",
    [
        {"status": 7},
        {"status": "hired", "resumes": [A]},
        {"status": INTERVIEW, "resumes": [[]]},
        {"labels": [A], "grade": True},
        {"labels": [A], "grade": []},
        {"labels": [A]},
        {"labels": [{}], "grade": 9},
        {"note": 1, "resume": A},
        {"note": "x", "resume": 3},
        {"noteDelete": "1"},
    ],
)
def test_what_no_page_sends_changes_nothing(desk: Desk, run: int, clicked: dict[str, Any]):
    anna = desk.page("anna", run)
    desk.click(anna, **clicked)
    assert (anna.run.statuses, anna.run.notes, anna.run.labels) == ({}, {}, {}) and len(audit.entries(desk.store)) == 1


def test_a_reopened_list_shows_statuses_and_a_list_of_another_run_unticks(desk: Desk, run: int):
    set_status(desk.store, run, [B], RESERVE, "ben", at=5.0)
    anna = desk.page("anna", run)
    rows = html.fromstring(board_of(anna)).xpath("//li[.//button[contains(@class,'rr-row')]]")
    assert [row.xpath("string(.//option[@selected]/@value)") for row in rows] == [TO_READ, RESERVE, TO_READ]
    assert len({box for row in rows for box in row.xpath(".//input/@data-tick")}) == 3
    before = html.fromstring(bar_html(anna.run, anna.view.labels_too, ZH)).get("data-run")
    reopen_run(anna, run, desk.store, Form())
    assert html.fromstring(bar_html(anna.run, anna.view.labels_too, ZH)).get("data-run") != before
    assert bar_html(RunState(), False, ZH) == ""
