"""The list as HTML: nothing from outside becomes markup, and what it claims is what the ranking says."""

from dataclasses import replace

import pytest
from lxml import html

from tests.ui.samples import HOSTILE, QUERY, REJECTED, RESUMES, TEXT, point, ranking, rows
from ui.match import band
from ui.results import SHOWN_CHARACTERS, percent, rejected_html, results_html
from ui.session import EXPLAINING, SCORING, Message, Progress, Session
from ui.status import board_html, pile_html
from ui.texts import texts

RESUMES = RESUMES[::-1]  # as given: previous_rank 1 is the hostile one


def shown(made=None, settled=True, language="zh"):
    return html.fromstring(f"<div>{results_html(made or ranking(), RESUMES, texts(language), settled)}</div>")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_text_is_only_text(language):
    session = Session(language, query=QUERY, ranking=ranking(), resumes=RESUMES, rejected=list(REJECTED), unread=list(REJECTED))
    session.model = {"name": HOSTILE, "dtype": "FP32", "device": "cpu"}
    session.message = Message("message.scoring_failed", {"problem": HOSTILE})
    page = html.fromstring(f"<div>{board_html(session, texts(language))}{pile_html(session, texts(language))}</div>")
    assert not page.xpath("//img | //script")
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert page.text_content().count(HOSTILE) >= 6


def test_a_row_says_rank_movement_match_points_and_gaps():
    first, second = shown().xpath("//details")
    assert first.xpath("string(.//*[@class='rr-rank']/b)") == "1"
    assert first.xpath("string(.//*[contains(@class,'rr-move')])") == "2 → 1 ▲1"
    assert second.xpath("string(.//*[contains(@class,'rr-move')])") == "1 → 2 ▼1"
    assert first.xpath("string(.//*[@class='rr-match']/b)") == "96.1%"
    assert first.xpath("string(.//*[@class='rr-point'])") == "符合熟悉 Python熟悉 Python 与 FastAPI"
    assert "会用 Kubernetes" in first.xpath("string(.//*[@class='rr-gaps'])")
    assert "321" in second.xpath("string(.//summary)")
    assert "隐藏" in second.xpath("string(.//summary)"), "hidden text is said in the list itself"


def test_quotes_are_marked_in_the_text_word_for_word():
    (box, _) = shown().xpath("//*[@class='rr-text']")
    assert box.text_content() == TEXT
    assert [mark.text for mark in box.xpath(".//mark")] == ["熟悉 Python 与 FastAPI"]
    jump = shown().xpath("//button[@data-jump]")[0].get("data-jump")
    assert box.xpath(f".//a[@id='{jump}']")


def test_overlapping_quotes_lose_no_letter():
    points = (point("a", "met", TEXT, "熟悉 Python"), point("b", "partial", TEXT, "Python 与"), point("c", "met", TEXT, "Python"))
    row = replace(rows()[0], match_points=points)
    (box,) = shown(replace(ranking(), rows=(row,), total=1)).xpath("//*[@class='rr-text']")
    assert box.text_content() == TEXT
    assert len(box.xpath(".//a")) == 3


def test_a_huge_text_is_cut_and_says_so():
    resumes = [RESUMES[0], replace(RESUMES[1], text="字" * 300_000)]
    row = replace(rows()[0], match_points=())
    made = results_html(replace(ranking(), rows=(row,), total=1), resumes, texts("zh"), True)
    assert len(made) < SHOWN_CHARACTERS + 5_000
    assert "280,000" in made


def test_the_stand_in_never_shows_a_percentage():
    made = ranking(has_probability=False)
    text = shown(made).text_content()
    assert "%" not in text
    assert "相对高" in text
    assert [band(row, made.rows) for row in made.rows] == ["high", "low"]
    assert band(made.rows[0], made.rows[:1]) == "middle", "alone there is nothing to be higher than"


def test_while_it_streams_there_is_no_movement_and_no_text():
    partial = replace(ranking(), total=5, finished=False, rows=tuple(replace(row, match_points=None) for row in rows()))
    page = shown(partial, settled=False)
    assert not page.xpath("//*[contains(@class,'rr-move')]")
    assert not page.xpath("//*[@class='rr-text']")


def test_a_probability_is_never_all_or_nothing():
    assert [percent(value) for value in (1.0, 0.9996, 0.9604, 0.001, 0.0)] == ["&gt; 99.9%", "&gt; 99.9%", "96.0%", "0.1%", "&lt; 0.1%"]


@pytest.mark.parametrize(("stage", "expected"), [(SCORING, "8/12 · 还需 3.1 秒"), (EXPLAINING, "8/12 · 还需 3.1 秒")])
def test_progress_is_in_numbers(stage, expected):
    assert expected in board_html(Session("zh", progress=Progress(stage, 8, 12, 3.14)), texts("zh"))


def test_no_estimate_before_there_is_anything_to_base_it_on():
    assert "还需" not in board_html(Session("zh", progress=Progress(SCORING, 0, 12)), texts("zh"))


def test_the_empty_page_says_what_to_do():
    assert "Paste or upload the job description" in board_html(Session("en"), texts("en"))


def test_no_list_of_unread_files_when_all_were_read():
    assert rejected_html([], texts("zh")) == ""
