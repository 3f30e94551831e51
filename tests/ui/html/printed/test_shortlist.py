"""The printable shortlist: all that a reader must know is in it, nothing from outside becomes markup, and it prints."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from pypdf import PdfReader

from feedback.labels import FULL, MODEL_ORDER, NONE, Label, Strength, Weights
from feedback.store.desk.notes import CandidateNote
from feedback.store.desk.statuses import INTERVIEW
from i18n.texts import texts
from preprocess.document import Note
from preprocess.fold import fold
from reranker.engine import Query
from reranker.evidence.profile.profile import Profile
from reranker.rows import Ranking, Row
from reranker.rubric.lifts import Lift
from service.output.candidates import ListedPerson
from tests.ui.samples import HOSTILE, MODEL, TEXT, point, ranking, rows
from ui.html.printed.shortlist import shortlist_html

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu"]
JOB = "AI 平台工程师\n任职要求：\n" + "\n".join(f"- 要求 {number}：熟悉推理平台" for number in range(30)) + "\n- 末尾的要求"
QUERY = Query(JOB, "Rank by hands-on experience")
SCRIPT = "<script>document.title='stolen'</script>"


def document(made: Ranking | None = None, language: str = "zh", labels: Mapping[str, Sequence[Label]] = {}, count: int = 5, **given) -> str:
    made = made or ranking()
    about = {"scope": "shown", "date": datetime(2026, 8, 1, 14, 5), "user": "", "weights": MODEL_ORDER, "blind": "not_blind"}
    people = [person(row, labels=tuple(labels.get(row.id, ()))) for row in made.rows[:count]]
    people = given.pop("people", people)
    query, model = given.pop("query", QUERY), given.pop("model", MODEL)
    return shortlist_html(people, made, query, model, texts(language), **about | given)


def test_what_the_law_forbids_to_ask_is_named_as_not_counted():
    asked = Query("任职要求：\n1. 熟悉 Python\n2. 年龄30-40岁，女性优先", "x")
    assert "JD 中依法不计" in document(query=asked) and "“年龄30-40岁”（年龄），“女性优先”（性别）" in document(query=asked)
    assert "依法不计" not in document()


def person(row: Row, **said: Any) -> ListedPerson:
    """Return a candidate of whom nothing is known but the row."""
    return ListedPerson(
        **{
            "row": row,
            "name": row.name,
            "contact": "",
            "profile": Profile(),
            "file": row.name,
            "status": "to_read",
            "labels": (),
            "notes": (),
        }
        | said
    )


def parsed(made: Ranking | None = None, language: str = "zh", **given) -> html.HtmlElement:
    return html.document_fromstring(document(made, language, **given))


def plain(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_candidate_and_every_point_is_there():
    page = parsed()
    overview, articles = page.xpath("//table[@class='overview']/tbody/tr"), page.xpath("//article")
    assert [plain(line.xpath("./th")[0]) for line in overview] == [row.name for row in rows()]
    assert len(articles) == 2
    for row, article in zip(rows(), articles, strict=True):
        assert plain(article.xpath(".//h3/bdi")[0]) == row.name
        lines = article.xpath(".//tbody/tr[@class='met' or @class='partial' or @class='missing']")
        shown = {(plain(line.xpath("./td")[1]), line.get("class")) for line in lines}
        assert shown == {(point.requirement, point.status) for point in row.match_points or ()}
        assert [q.text_content() for q in article.xpath(".//q")] == [point.quote for point in row.match_points or () if point.quote]


def test_hard_requirements_come_first_and_met_ones_first_among_them():
    points = (point("d", "met", TEXT, "Python", "duty"), point("n", "met", TEXT, "张三", "nice"), point("m2", "missing"))
    points += (point("m1", "partial", TEXT, "FastAPI"),)
    article = parsed(Ranking((replace(rows()[0], match_points=points),), 1)).xpath("//article")[0]
    assert [line.xpath("string(./td[2])") for line in article.xpath(".//tr[@class]") if line.get("class") != "kind"] == [
        "m1",
        "m2",
        "n",
        "d",
    ]
    assert [plain(head) for head in article.xpath(".//tr[@class='kind']/th/text()/..")] == [
        "必须要求部分 1 未见 1",
        "加分项符合 1",
        "岗位职责符合 1",
    ]


def test_a_status_is_said_in_a_word():
    points = (point("a", "met", TEXT, "Python"), point("b", "partial", TEXT, "张三"), point("c", "missing"))
    lines = parsed(Ranking((replace(rows()[0], match_points=points),), 1)).xpath("//article//tr[td/*[@class='status']]")
    assert [plain(line) for line in lines] == ["符合aPython", "部分b张三", "未见c"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_comes_from_outside_is_only_text(language):
    evil = replace(rows()[1], name=f"{SCRIPT}.txt", match_points=(point(SCRIPT, "met", SCRIPT, SCRIPT),))
    labels = {evil.id: (Label(SCRIPT, FULL, SCRIPT),)}
    model = replace(MODEL, name=SCRIPT, dtype=SCRIPT, device=SCRIPT, fingerprint=SCRIPT)
    page = parsed(Ranking((evil,), 1), language, query=Query(f"岗位 {SCRIPT} 一名", SCRIPT), model=model, labels=labels, user=SCRIPT)
    assert not page.xpath("//script | //img | //iframe | //object | //embed | //form | //a | //link")
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert page.text_content().count(SCRIPT) == 15, "each place that it can come to"
    assert parsed(language=language).text_content().count(HOSTILE) == 5, "name (twice), requirement, quote, warning"


def test_nothing_is_loaded_from_anywhere():
    page = parsed()
    targets = [element.get(name) for element in page.iter() for name in ("src", "href", "srcset", "action", "data") if element.get(name)]
    assert targets
    assert all(target.startswith("#") for target in targets)
    (style,) = page.xpath("//style/text()")
    assert "url(" not in style
    assert "@import" not in style
    assert page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0].startswith("default-src 'none'")


def test_it_says_what_it_is_the_result_of():
    facts = plain(
        parsed(
            user="hr-wang", weights=Weights(3, strength=Strength(0.35, 14)), blind="is_blind", model=replace(MODEL, fingerprint="f00d" * 16)
        ).xpath("//dl")[0]
    )
    for fact in ("2026-08-01 14:05", "hr-wang", "前 2 名；共 2 份", "14 个相近岗位", "力度 35%", "第 3 版", "隐去姓名", QUERY.instruction):
        assert fact in facts
    assert "Qwen3-Reranker-0.6B · FP32 · cpu · f00df00df00d" in facts
    assert "f00d" * 4 not in facts
    assert texts("zh")("shortlist.revealed") in plain(parsed(blind="revealed").xpath("//dl")[0])
    plainly = plain(parsed().xpath("//dl")[0])
    assert "模型原顺序" in plainly
    assert "盲评 否" in " ".join(parsed().xpath("//dl/div[@class='blind']//text()"))
    assert "制表人" not in plainly


def test_only_as_many_as_asked_for_and_the_others_are_not_hidden_from_the_reader():
    page = parsed(count=1)
    assert len(page.xpath("//article")) == len(page.xpath("//table[@class='overview']/tbody/tr")) == 1
    assert "前 1 名；共 2 份简历，已排序 2 份" in page.text_content()


def test_the_match_is_a_word_with_the_probability_beside_it_and_none_for_the_stand_in():
    assert [plain(match) for match in parsed().xpath("//h3/*[@class='match']")] == ["高 96.1%", "低 18.2%"]
    stand_in = parsed(ranking(has_probability=False), model=replace(MODEL, score_scale="relative"))
    assert [plain(element) for element in stand_in.xpath("//h3/*[@class='match']")] == ["相对高", "相对低"]
    assert "%" not in stand_in.xpath("//main")[0].text_content()
    assert "不是 Qwen3-Reranker" in stand_in.text_content()


def test_labels_reasons_and_warnings_are_said_and_routine_notes_are_not():
    labels = {"a" * 64: (Label("王芳", FULL, "推理经验对口"), Label("", NONE))}
    first, second = parsed(labels=labels).xpath("//article")
    assert "完全匹配（王芳）：推理经验对口" in plain(first)
    assert [plain(element) for element in first.xpath(".//ul[@class='remarks']/li")][1] == "HR 标注 不匹配"
    assert "页码" not in plain(first)
    assert "321" in plain(second)
    assert "隐藏文字" in plain(second)
    assert "完全匹配（王芳）" in plain(parsed(labels=labels).xpath("//table[@class='overview']")[0])


def test_what_was_not_looked_for_is_not_called_complete():
    page = parsed(Ranking((replace(rows()[0], match_points=None),), 1))
    assert page.text_content().count("未查找匹配点") == 2
    assert not page.xpath("//p[@class='headline']")
    assert "没有可逐条对照的要求" in parsed(Ranking((replace(rows()[0], match_points=()),), 1)).text_content()


def test_the_overview_names_the_gaps_hard_ones_first():
    asked = {"会画画": ("nice", "missing"), "值夜班": ("duty", "missing"), "熟悉 Go": ("must", "partial")}
    points = tuple(point(text, status, kind=kind) for text, (kind, status) in asked.items())
    line = parsed(Ranking((replace(rows()[0], match_points=points),), 1)).xpath("//table[@class='overview']/tbody/tr")[0]
    assert [plain(item) for item in line.xpath("./td[4]//li")] == ["部分 熟悉 Go", "会画画（加分项）"], "as in the list on the page"


def test_a_rank_that_learning_changed_says_so():
    assert "模型原排第 7" in plain(parsed(Ranking((replace(rows()[0], model_rank=7),), 1)).xpath("//h3")[0])
    assert "模型原排" not in parsed().text_content()


def test_any_name_can_be_saved_as_utf_8():
    made = document(Ranking((replace(rows()[0], name="a\x00b\ud800c\x0bd"),), 1))
    assert "abcd" in made.encode("utf-8").decode("utf-8")


def test_people_stand_there_by_name_with_their_job_and_what_hr_wrote():
    profile = Profile("平台工程师", "青梧科技", 7, 4)
    note = CandidateNote(1, "王芳", 0.0, "周三下午面试")
    someone = person(rows()[0], name="张三", profile=profile, status=INTERVIEW, notes=(note,))
    page = parsed(people=[someone], scope="decided")
    line, article = page.xpath("//table[@class='overview']/tbody/tr")[0], page.xpath("//article")[0]
    assert plain(line.xpath("./th")[0]) == "张三平台工程师 @青梧科技 · 7 年 · 本科"
    assert "☑ 面试" in plain(line) and "□ 备选" in plain(line)
    assert plain(article.xpath(".//h3")[0]).startswith("1张三张三.pdf"), "the file is named beside it"
    assert "备注 周三下午面试 (王芳)" in plain(article)
    assert "HR 选定的 1 人" in page.text_content()


def test_what_hr_changed_in_the_requirements_is_part_of_what_the_order_is_of():
    lifted = replace(rows()[0], lifts=(Lift("能接受出差", "added", 0.5), Lift("本科", "ignored", -1.0)))
    page = parsed(Ranking((lifted, rows()[1]), 2))
    assert "HR 对要求的改动：能接受出差（新增），本科（忽略）" in plain(page.xpath("//dl/div[@class='order']")[0])
    assert "本科（忽略） -1.00; 能接受出差（新增） +0.50" in plain(page.xpath("//article")[0])
    assert "改动" not in plain(parsed().xpath("//dl")[0])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_prints_all_of_it_and_runs_nothing(browser: Browser, language: str):
    """As a person has it: opened from a Blob, printed to A4, read back from the PDF."""
    evil = replace(rows()[1], name=f"{SCRIPT}.txt", notes=(Note("hidden_text", page=1, before=SCRIPT),))
    many = [replace(rows()[0], rank=rank, id=str(rank), name=f"候选人_{rank}.pdf", match_points=_many(rank)) for rank in (2, 3)]
    made = Ranking((replace(evil, rank=1), *many), 3, finished=True)
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    address = page.evaluate("text => URL.createObjectURL(new Blob([text], {type: 'text/html;charset=utf-8'}))", document(made, language))
    page.evaluate("address => { location.href = address }", address)
    page.locator("article").first.wait_for()
    title = page.title()
    ran = page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'})), window.ran")
    ink = {status: _ink(page.locator(f"tr.{status} svg").first.screenshot()) for status in ("met", "partial", "missing")}
    pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    assert [url for url in asked if not url.startswith("blob:")] == []
    assert title.startswith(texts(language)("shortlist.title")), "no script has changed it"
    assert ink["met"] > 1.3 * ink["partial"] > 1.3 * 1.3 * ink["missing"] > 0, "shapes differ on a grey printer, too"
    assert ran is None, "the policy allows no script, whoever writes it"
    assert [float(side) for side in pdf.pages[0].mediabox[2:]] == pytest.approx([595, 842], abs=1), "A4"
    pages = [_folded(sheet.extract_text()) for sheet in pdf.pages]
    text = "".join(pages)
    for row in made.rows:
        assert _folded(row.name) in text
        for match_point in row.match_points or ():
            assert _folded(match_point.quote) in text
            assert _folded(match_point.requirement) in text
    assert "末尾的要求" in text, "the job description is not cut at the box that it has on the screen"
    foot = texts(language)("shortlist.page", page=2, pages=len(pages))
    assert _folded(foot) in pages[1]
    of_second = [number for number, sheet in enumerate(pages) if "要求2之" in sheet]
    assert len(of_second) > 1, "the table is too short to test this"
    assert all("候选人_2.pdf" in pages[number] for number in of_second), "every page says whose it is"


def _ink(png: bytes) -> float:
    """Return how much black is in a picture."""
    shades = Image.open(io.BytesIO(png)).convert("L").histogram()
    return sum(count * (255 - shade) for shade, count in enumerate(shades))


def _folded(text: str) -> str:
    """Return the text without spaces; a PDF of Chromium's gives 人 as the radical ⼈."""
    return "".join(fold(text).split())


def _many(rank: int) -> tuple:
    text = "\n".join(f"第{rank}位的第{number}行：负责推理平台的建设，把可用性提升到了99.97%，支撑日均八千万次调用" for number in range(40))
    lines = text.splitlines()
    return tuple(point(f"要求{rank}之{number}：熟悉推理平台与容量规划", "met", text, line) for number, line in enumerate(lines))
