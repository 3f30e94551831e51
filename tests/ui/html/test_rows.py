"""The list as HTML: nothing from outside becomes markup, and what it claims is what the ranking says."""

from dataclasses import replace

import pytest
from lxml import html

from i18n.texts import texts
from preprocess.document import Note
from service.match import band, percent
from service.message import Message
from service.model import Model
from service.pile import Pile
from service.progress import EXPLAINING, SCORING, Progress
from service.run_state import RunState
from tests.engines import engine_info
from tests.ui.samples import HOSTILE, QUERY, REJECTED, RESUMES, ranking, rows
from ui.html.board import board_html, opened_html
from ui.html.rows import WARNINGS, rejected_html, results_html, shortened
from ui.html.status import pile_html
from ui.session import Session, View

RESUMES = RESUMES[::-1]  # as given: previous_rank 1 is the hostile one


def shown(made=None, settled=True, language="zh"):
    return html.fromstring(f"<div>{results_html(made or ranking(), texts(language), settled)}</div>")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("beside", [0, 2])
def test_hostile_text_is_only_text(language, beside):
    session = Session(language, pile=Pile(unread=list(REJECTED)))
    session.run = RunState(query=QUERY, ranking=ranking(), resumes=RESUMES, rejected=list(REJECTED))
    session.run.model = engine_info(name=HOSTILE)
    session.message = Message("message.scoring_failed", {"problem": HOSTILE})
    session.view.selected, session.view.beside = 1, beside
    words = texts(language)
    page = html.fromstring(f"<div>{board_html(session, words)}{opened_html(session, Model(), words)}{pile_html(session, words)}</div>")
    assert not page.xpath("//img | //script")
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert page.text_content().count(HOSTILE) >= 8


def test_a_row_says_rank_movement_match_points_and_gaps():
    first, second = shown().xpath("//button[contains(@class,'rr-row')]")
    assert first.xpath("string(.//*[@class='rr-rank']/b)") == "1"
    assert first.xpath("string(.//*[contains(@class,'rr-move')])") == "2 → 1 ▲1"
    assert second.xpath("string(.//*[contains(@class,'rr-move')])") == "1 → 2 ▼1"
    assert first.xpath("string(.//*[@class='rr-point'])") == "符合熟悉 Python熟悉 Python 与 FastAPI"
    assert "会用 Kubernetes" in first.xpath("string(.//*[@class='rr-gaps'])")
    assert "321" in second.xpath("string(.//*[@class='rr-chip warn']/@title)"), "what was not read is in the chip's full text"
    assert "隐藏" in second.text_content(), "hidden text is said in the list itself"


def test_many_warnings_are_one_short_chip_that_says_the_most_urgent_and_holds_them_all():
    codes = ("page_cap", "read_by_ocr", "hidden_text", "score_without", "instruction_to_model")
    made = ranking()
    row = replace(made.rows[0], notes=tuple(Note(code, page=30, before="x", after="y", count=40) for code in codes))
    (chip,) = shown(replace(made, rows=(row,))).xpath("//*[@class='rr-chip warn']")
    assert chip.text_content() == "疑似写给评分程序的话等 5 项"
    assert all(texts("zh").note(note) in chip.get("title") for note in row.notes)
    (chip,) = shown(replace(made, rows=(replace(row, notes=row.notes[-1:]),))).xpath("//*[@class='rr-chip warn']")
    assert chip.text_content() == "疑似写给评分程序的话"


def test_every_warning_has_a_short_form():
    assert {f"short_notes.{code}" for code in WARNINGS} <= set(texts("zh").table)


def test_the_match_is_a_word_and_its_probability_shows_on_hover():
    first, second = shown().xpath("//*[@class='rr-band']")
    assert (first.text_content(), second.text_content()) == ("高", "低")
    assert "96.1%" in first.get("title")
    assert "18.2%" in second.get("title")


def test_the_stand_in_never_shows_a_percentage():
    made = ranking(has_probability=False)
    page = shown(made)
    assert "%" not in page.text_content() + "".join(page.xpath("//@title"))
    assert "相对高" in page.text_content()
    assert [band(row, made.rows) for row in made.rows] == ["high", "low"]
    assert band(made.rows[0], made.rows[:1]) == "middle", "alone there is nothing to be higher than"


def test_while_it_streams_there_is_no_movement():
    partial = replace(ranking(), total=5, finished=False, rows=tuple(replace(row, match_points=None) for row in rows()))
    assert not shown(partial, settled=False).xpath("//*[contains(@class,'rr-move')]")


def test_the_open_candidate_is_marked_in_the_list():
    page = html.fromstring(results_html(ranking(), texts("zh"), True, selected=2))
    assert page.xpath("//button[@aria-current='true']/@data-select") == ["2"]


def test_blind_mode_shows_letters_and_no_name_until_somebody_asks():
    session = Session("zh", run=RunState(query=QUERY, ranking=ranking(), resumes=RESUMES, is_blind=True), view=View(2, hides_names=True))
    session.run.model = engine_info(name="m")
    words = texts("zh")
    page = board_html(session, words) + opened_html(session, Model(), words)
    assert "候选人 A" in page and "候选人 B" in page
    assert "张三.pdf" not in page
    assert "显示姓名" in page
    session.run.is_blind = False
    assert "张三.pdf" in opened_html(session, Model(), words)


def test_a_probability_is_never_all_or_nothing():
    assert [percent(value) for value in (1.0, 0.9996, 0.9604, 0.001, 0.0)] == ["> 99.9%", "> 99.9%", "96.0%", "0.1%", "< 0.1%"]


@pytest.mark.parametrize(("stage", "expected"), [(SCORING, "8/12 · 还需 3.1 秒"), (EXPLAINING, "8/12 · 还需 3.1 秒")])
def test_progress_is_in_numbers(stage, expected):
    assert expected in board_html(Session("zh", run=RunState(progress=Progress(stage, 8, 12, 3.14))), texts("zh"))


def test_no_estimate_before_there_is_anything_to_base_it_on():
    assert "还需" not in board_html(Session("zh", run=RunState(progress=Progress(SCORING, 0, 12))), texts("zh"))


def test_the_empty_page_says_what_to_do():
    assert "Paste or upload the job description" in board_html(Session("en"), texts("en"))


def test_no_list_of_unread_files_when_all_were_read():
    assert rejected_html([], texts("zh")) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("熟悉 Python", "熟悉 Python"),
        ("熟悉 Kubernetes", "熟悉…"),  # not "熟悉 Kubern…"
        ("熟悉容器与云原生", "熟悉容器与…"),
        ("Pneumonoultramicroscopic", "Pneumonoultr…"),
    ],
)
def test_what_is_cut_is_cut_between_words(text, expected):
    assert shortened(text, 12 if text.isascii() else 11) == expected
