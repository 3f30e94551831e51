"""The list as HTML: nothing from outside becomes markup, and what it claims is what the ranking says."""

from collections import Counter
from dataclasses import replace

import pytest
from lxml import html

from feedback.comparison.compare import Comparison, Move
from i18n.texts import texts
from preprocess.document import Document, Note, Rejected, Resume
from reranker.evidence.match_points import MatchPoint
from reranker.rows import Ranking
from service.listing.candidate import candidates
from service.listing.listing import Listing
from service.listing.match import band, match_key, percent
from service.message import Message
from service.model import Model
from service.pile import Pile
from service.progress import EXPLAINING, SCORING, Progress
from service.run_state import RunState
from tests.engines import engine_info
from tests.ui.samples import HOSTILE, QUERY, REJECTED, RESUMES, ranking, rows
from ui.html.board import board_html
from ui.html.listing.rows import WARNINGS, ListView, rejected_html, results_html, shortened
from ui.html.status import pile_html
from ui.session import Session
from ui.session_parts import View, Visitor
from ui.tabs.rank_contents import board_of, opened_of

RESUMES = RESUMES[::-1]  # as given: previous_rank 1 is the hostile one


def shown(made=None, settled=True, language="zh", **view):
    made = made or ranking()
    listed = ListView(candidates(made.rows, RESUMES), made.rows, settled, **view)
    return html.fromstring(f"<div>{results_html(listed, texts(language))}</div>")


def person(requirement: str, *statuses: str, kind: str = "must", text: str = "张三\n做过很多事") -> tuple[Resume, Ranking]:
    """Return a list of one candidate with a point for each status."""
    points = [MatchPoint(f"{requirement} {status}", kind, status, "" if status == "missing" else "张三", 0, 2, 0.5) for status in statuses]
    row = replace(rows()[0], rank=1, input_position=1, match_points=tuple(points))
    return Resume(row.id, row.name, text), Ranking((row,), 1, finished=True)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("beside", [0, 2])
def test_hostile_text_is_only_text(language, beside):
    session = Session(Visitor(language), pile=Pile(unread=list(REJECTED)))
    session.run = RunState(query=QUERY, ranking=ranking(), resumes=RESUMES, rejected=list(REJECTED))
    session.run.model = engine_info(name=HOSTILE)
    session.view.message = Message("message.scoring_failed", {"problem": HOSTILE})
    session.view.selected, session.view.beside = 1, beside
    words = texts(language)
    pile = pile_html(session.pile, session.form, session.view, words)
    page = html.fromstring(f"<div>{board_of(session)}{opened_of(session, Model())}{pile}</div>")
    assert not page.xpath("//img | //script")
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert page.text_content().count(HOSTILE) >= 8


def test_a_row_says_rank_match_points_and_gaps():
    first, second = shown().xpath("//button[contains(@class,'rr-row')]")
    assert first.xpath("string(.//*[@class='rr-rank']/b)") == "1"
    assert first.xpath("string(.//*[@class='rr-point'])") == "符合熟悉 Python熟悉 Python 与 FastAPI"
    assert "会用 Kubernetes" in first.xpath("string(.//*[@class='rr-gaps'])")
    assert "熟悉 Go" in second.xpath("string(.//*[@class='rr-gaps'])"), "a missing must is a graver gap than one met in part"
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


def test_a_row_is_headed_with_the_person_and_the_file_is_small():
    first, second = shown().xpath("//button[contains(@class,'rr-row')]")
    assert first.xpath("string(.//*[@class='rr-name'])") == "张三"
    assert first.xpath("string(.//*[@class='rr-file-name'])") == "张三.pdf"
    assert second.xpath("string(.//*[@class='rr-name'])") == f"{HOSTILE}.txt", "who gives no name is known by the file"
    assert not second.xpath(".//*[@class='rr-file-name']")


def test_a_heading_has_job_years_and_degree_in_the_page_s_language():
    work, study = "工作经历\n云帆科技有限公司  测试工程师  2020.01-2023.01", "教育背景\n江城大学  软件工程 本科  2015.09-2019.06"
    text = f"王小明\n电话：13800000000\n{work}\n{study}"
    _, made = person("Python", "met")
    view = ListView(candidates(made.rows, [Resume("c" * 64, "x.pdf", text)]), made.rows, True)
    chinese, english = (html.fromstring(f"<div>{results_html(view, texts(language))}</div>") for language in ("zh", "en"))
    assert chinese.xpath("string(//*[@class='rr-called'])") == "王小明3 年 · 本科"
    assert chinese.xpath("string(//*[@class='rr-job'])") == "测试工程师 @云帆科技有限公司"
    assert english.xpath("string(//*[@class='rr-career'])") == "3 yrs · Bachelor"


def test_there_is_a_dot_for_every_must_and_words_for_who_does_not_see_them():
    resume, made = person("Python", "met", "met", "partial", "missing")
    (dots,) = html.fromstring(f"<div>{results_html(ListView(candidates(made.rows, [resume]), made.rows, True), texts('zh'))}</div>").xpath(
        "//*[@class='rr-dots']"
    )
    assert [dot.get("class") for dot in dots] == ["met", "met", "partial", "missing"]
    assert dots.get("aria-label") == "必须 4 项: 符合 2，部分 1，未见 1"
    assert "未见: Python missing" in dots.get("title")


def test_many_musts_are_counted_instead():
    resume, made = person("Python", *["met"] * 7, *["missing"] * 5)
    (dots,) = html.fromstring(f"<div>{results_html(ListView(candidates(made.rows, [resume]), made.rows, True), texts('zh'))}</div>").xpath(
        "//*[@class='rr-dots']"
    )
    assert dots.text_content() == "75"
    assert [dot.get("class") for dot in dots] == ["met", "missing"]


def test_no_movement_is_shown_against_the_order_of_the_upload():
    assert not shown().xpath("//*[contains(@class,'rr-move')]")


def moved(changed: tuple[str, ...], **others) -> list[str]:
    """Return what the rows say of their movement, if the run before had the other order."""
    made = [Move(row.id, row.name, 3 - row.rank, row.rank, 0.0, 0.0, 3 - 2 * row.rank, {}, row.input_position) for row in rows()]
    run = RunState(query=QUERY, ranking=ranking(), resumes=RESUMES, change=Comparison(changed, (), tuple(made), **others))
    run.model = engine_info(name="m")
    page = html.fromstring(board_html(run, Pile(), View(), "", texts("zh")))
    return [move.text_content() for move in page.xpath("//*[contains(@class,'rr-move ')]")]


def test_movement_is_shown_against_an_earlier_run_of_the_same_pile_for_the_same_job_only():
    assert moved(("instruction",)) == ["2 → 1 ▲1", "1 → 2 ▼1"]
    assert moved(("job", "instruction")) == []
    assert moved(("instruction",), only_after=(object(),)) == [], "others came"


def test_a_search_quotes_the_line_that_has_it():
    page = shown(words=["fastapi"])
    assert page.xpath("string(//*[@class='rr-point'])") == "搜到熟悉 Python 与 FastAPI"


def test_a_long_list_shows_a_page_and_offers_more():
    first = rows()[0]
    many = [replace(first, rank=rank, input_position=rank, id=str(rank)) for rank in range(1, 121)]
    resumes = [Resume(str(rank), f"{rank}.pdf", f"简历 {rank}") for rank in range(1, 121)]
    run = RunState(query=QUERY, ranking=Ranking(tuple(many), 120, finished=True), resumes=resumes, model=engine_info(name="m"))

    def page(listing: Listing):
        return html.fromstring(board_html(run, Pile(), View(listing=listing), "", texts("zh")))

    assert len(page(Listing()).xpath("//ol/li")) == 50
    assert page(Listing()).xpath("string(//*[@class='rr-list-count'])").strip() == "显示 50 / 120"
    assert "再显示 50 人（还有 70 人）" in page(Listing()).text_content()
    assert len(page(Listing(shown=100)).xpath("//ol/li")) == 100
    assert "再显示 20 人" in page(Listing(shown=100)).text_content()
    assert not page(Listing(shown=150)).xpath("//*[@data-list-more]")
    searched = page(Listing(search="简历 119"))
    assert searched.xpath("string(//*[@class='rr-list-count'])").split() == ["显示", "1", "/", "120", "清除筛选"]
    assert page(Listing(search="无此人")).xpath("//ol") == []
    assert "没有符合" in page(Listing(search="无此人")).text_content()


def test_blind_mode_neither_shows_nor_finds_names_that_were_masked():
    run = RunState(query=QUERY, ranking=ranking(), is_blind=True, model=engine_info(name="m"))
    run.resumes = [replace(resume, text="候选人\n熟悉 Python") for resume in RESUMES]
    words = texts("zh")
    page = html.fromstring(board_html(run, Pile(), View(), "", words))
    assert Counter(name.text_content() for name in page.xpath("//*[@class='rr-name']")) == Counter(["候选人 A", "候选人 B"])
    assert "张三" not in html.tostring(page, encoding="unicode")
    searched = html.fromstring(board_html(run, Pile(), View(listing=Listing(search="张三")), "", words))
    assert not searched.xpath("//ol/li"), "else a search would tell who is behind a letter"


def test_the_open_candidate_is_marked_in_the_list():
    page = shown(selected=2)
    assert page.xpath("//button[@aria-current='true']/@data-select") == ["2"]


def test_blind_mode_shows_letters_and_no_name_until_somebody_asks():
    run = RunState(query=QUERY, ranking=ranking(), resumes=RESUMES, is_blind=True)
    session = Session(Visitor("zh"), run=run, view=View(2, hides_names=True))
    session.run.model = engine_info(name="m")
    words = texts("zh")
    page = board_of(session) + opened_of(session, Model())
    assert "候选人 A" in page and "候选人 B" in page
    assert "张三.pdf" not in page
    assert "显示姓名" in page
    session.run.rejected = session.pile.unread = [Rejected("加密简历_钱多多.pdf", "empty_file")]
    for part in (board_of(session), pile_html(session.pile, session.form, session.view, words)):
        assert "钱多多" not in part and "文件 1.pdf" in part
    session.run.is_blind = False
    assert "张三.pdf" in opened_of(session, Model())


def test_a_probability_is_never_all_or_nothing():
    assert [percent(value) for value in (1.0, 0.9996, 0.9604, 0.001, 0.0)] == ["> 99.9%", "> 99.9%", "96.0%", "0.1%", "< 0.1%"]


@pytest.mark.parametrize("stage", [SCORING, EXPLAINING])
@pytest.mark.parametrize(("seconds", "said"), [(3.14, "还需几秒"), (23.0, "约 25 秒"), (87.4, "约 85 秒"), (171.0, "约 3 分钟")])
def test_progress_is_in_numbers_and_words_that_people_use(stage, seconds, said):
    assert f"8/12 · {said}" in board_html(RunState(progress=Progress(stage, 8, 12, seconds)), Pile(), View(), "", texts("zh"))


def test_no_estimate_before_there_is_anything_to_base_it_on():
    assert "约" not in board_html(RunState(progress=Progress(SCORING, 0, 12)), Pile(), View(), "", texts("zh"))


def test_a_list_of_one_has_no_place_in_it_and_its_bar_is_gone():
    alone = Ranking((replace(rows()[0], probability=None),), 1, finished=True)
    assert not shown(alone).xpath("//*[contains(@class, 'rr-band')]") and shown().xpath("//*[contains(@class, 'rr-band')]")
    assert match_key(alone.rows[0], alone.rows) == "match.none"


def test_a_run_that_was_stopped_before_the_first_score_counts_the_whole_pile():
    documents = [Document(f"{number}.txt", "text", ()) for number in range(25)]
    session = Session(Visitor("zh"), pile=Pile(documents), run=RunState(stopped=True, resumes=RESUMES[:1]))
    assert texts("zh")("summary.stopped", done=0, total=25) in board_of(session)


def test_what_was_searched_for_shows_in_the_quoted_line_however_far_behind_it_stands():
    text = "张三\n" + "负责集团合并报表与月度结账、税务申报、" * 4 + "SAP FICO 上线"
    resume, listed = person("熟悉", "met", text=text)
    view = ListView(candidates(listed.rows, [resume]), listed.rows, True, words=["sap"])
    [quote] = html.fromstring(f"<div>{results_html(view, texts('zh'))}</div>").xpath("//q/text()")
    assert quote.startswith("…") and "SAP FICO" in quote


def test_the_empty_page_says_what_to_do():
    assert "Paste or upload the job description" in board_html(RunState(), Pile(), View(), "", texts("en"))


def test_no_list_of_unread_files_when_all_were_read():
    assert rejected_html([], texts("zh")) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("熟悉 Python", "熟悉 Python"),
        ("熟悉 Kubernetes", "熟悉…"),  # not "熟悉 Kubern…"
        ("熟悉容器与云原生", "熟悉容器与…"),
        ("Pneumonoultramicroscopic", "Pneumonoultr…"),
        ("40 leases. Oracle", "40 leases…"),  # not four dots
        ("hotel or à la carte", "hotel…"),
    ],
)
def test_what_is_cut_is_cut_between_words(text, expected):
    assert shortened(text, 12 if text.isascii() else 11) == expected
