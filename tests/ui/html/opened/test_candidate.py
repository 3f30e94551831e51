"""The open candidate: requirements and their lines in the same colours, word for word; and two candidates side by side."""

from dataclasses import replace

from lxml import html

from i18n.texts import texts
from preprocess.document import Note, Resume
from reranker.evidence.asking import ModelAnswer
from tests.ui.samples import RESUMES, TEXT, point, ranking, rows
from ui.html.listing.rows import Judged
from ui.html.opened.beside import beside_html
from ui.html.opened.candidate import Asked, detail_html
from ui.html.opened.marked import SHOWN_CHARACTERS, Mark, marked_html, marks

WORDS = texts("zh")
JUDGED = Judged({}, "", {"logit": 1.0})


NOT_ASKED = Asked()


def shown(row=None, resume=None, asked=NOT_ASKED, judged=JUDGED):
    row = row or rows()[0]
    made = replace(ranking(), rows=(row, *rows()[1:]))
    return html.fromstring(detail_html(row, made, resume or RESUMES[0], WORDS, judged, asked))


def box(page) -> str:
    """Return the text as shown, without the numbers of the requirements."""
    (element,) = page.xpath("//*[@class='rr-text']")
    for number in element.xpath(".//sup"):
        number.drop_tree()
    return element.text_content()


def test_a_quote_is_marked_in_the_text_word_for_word_in_the_colour_of_its_requirement():
    page = shown()
    assert box(page) == TEXT
    (mark,) = shown().xpath("//mark")
    assert mark.text_content() == "1熟悉 Python 与 FastAPI"
    number = page.xpath("//ol[@class='rr-reqs']/li[1]/b")[0]
    assert number.text == mark.get("data-numbers") == "1"
    assert mark.get("class") in number.get("class").split()
    jump = page.xpath("//button[@data-jump]/@data-jump")[0]
    assert page.xpath(f"//a[@id='rr-{jump}']")


def test_a_requirement_without_a_line_has_no_colour_and_no_jump():
    missing = shown().xpath("//ol[@class='rr-reqs']/li[2]")[0]
    assert "未见" in missing.text_content()
    assert missing.xpath("./b/@class")[0].split() == ["rr-number"]
    assert not missing.xpath(".//button")


def test_overlapping_quotes_lose_no_letter_and_keep_all_their_numbers():
    points = (point("a", "met", TEXT, "熟悉 Python"), point("b", "partial", TEXT, "Python 与"), point("c", "met", TEXT, "Python"))
    page = shown(replace(rows()[0], match_points=points))
    assert page.xpath("//mark/@data-numbers") == ["1 2 3"]
    assert len(page.xpath("//a[starts-with(@id,'rr-r')]")) == 3
    assert box(page) == TEXT


def test_marks_that_only_touch_stay_apart():
    assert marks([(4, 8, 2), (0, 4, 1), (10, 12, 3), (11, 14, 1)]) == [Mark(0, 4, (1,)), Mark(4, 8, (2,)), Mark(10, 14, (3, 1))]


def test_figures_inside_a_mark_are_bold_and_anchors_stand_where_they_belong():
    made = html.fromstring(f"<p>{marked_html('延迟下降 37% 以上', [Mark(0, 8, (1,))], [(5, 8)], {5: ['here']})}</p>")
    assert made.xpath("string(.//b)") == "37%"
    assert made.xpath("string(.//a[@id='here']/following-sibling::b[1])") == "37%"
    assert made.text_content() == "1延迟下降 37% 以上"


def test_a_huge_text_is_cut_and_says_so():
    page = detail_html(replace(rows()[0], match_points=()), ranking(), replace(RESUMES[0], text="字" * 300_000), WORDS, None)
    assert len(page) < SHOWN_CHARACTERS + 6_000
    assert "280,000" in page


def test_results_in_figures_and_vague_lines_are_told_apart():
    text = "工作经历\n主导网关改造，P99 延迟从 320ms 降到 45ms。\n参与公司多个项目的日常开发工作，完成领导交办的任务。"
    page = shown(replace(rows()[0], match_points=()), Resume("c" * 64, "李四.txt", text))
    told = page.xpath("string(//section[@class='rr-told'])")
    assert "有量化结果：1" in told
    assert "描述笼统：1" in told
    assert page.xpath("//*[@class='rr-text']//b"), "the figure is bold in the text"


def test_answers_of_the_model_stand_beside_their_requirement():
    start = TEXT.index("负责推理服务")
    asked = Asked((ModelAnswer(0, 2.0, 0.88, rows()[0].match_points[0].start, 5), ModelAnswer(1, -1.0, 0.27, start, len(TEXT))))  # pyright: ignore[reportOptionalSubscript]
    first, second = shown(asked=asked).xpath("//ol[@class='rr-reqs']/li")
    assert "88.0%" in first.text_content()
    assert "27.0%" in second.text_content()
    assert not first.xpath(".//button[@data-jump='a1']"), "the same line is linked already"
    assert second.xpath(".//button[@data-jump='a2']")


def test_the_model_is_only_offered_where_it_can_be_asked():
    assert shown(asked=Asked(can_ask=True)).xpath("//button[@data-ask-model]")
    assert not shown().xpath("//button[@data-ask-model]")
    running = shown(asked=Asked((ModelAnswer(0, 1.0, 0.7, 0, 2),), is_running=True, can_ask=True))
    assert not running.xpath("//button[@data-ask-model]")
    assert "1/2" in running.text_content()


def test_two_candidates_side_by_side_show_what_each_has():
    first = replace(rows()[0], match_points=(point("熟悉 Go", "met", "Go 五年", "Go 五年"), point("熟悉 K8s", "missing")))
    second = replace(rows()[1], match_points=(point("熟悉 Go", "missing"), point("熟悉 K8s", "missing")))
    page = html.fromstring(beside_html(first, second, replace(ranking(), rows=(first, second)), WORDS))
    lines = [[cell.text_content() for cell in row.xpath("./*")] for row in page.xpath("//tbody/tr")]
    assert lines == [["熟悉 Go必须", "符合Go 五年", "未见"], ["熟悉 K8s必须", "未见", "未见"]]
    assert [row.get("class") for row in page.xpath("//tbody/tr")] == ["differ", ""]
    assert "有 1 项更好" in page.text_content() and "有 0 项更好" in page.text_content()


def test_musts_are_shown_first_and_numbered_so_in_the_text_as_well():
    points = (
        point("负责推理服务", "met", TEXT, "负责推理服务", "duty"),
        point("熟悉 Kafka", "missing"),
        point("熟悉 Python", "met", TEXT, "熟悉 Python"),
    )
    page = shown(replace(rows()[0], match_points=points), asked=Asked((ModelAnswer(0, 2.0, 0.88, 0, 2),)))
    assert page.xpath("//ol[@class='rr-reqs']/li//span[@class='rr-kind']/text()") == ["必须", "必须", "职责"]
    assert page.xpath("//mark/@data-numbers") == ["2", "3"]
    assert "88.0%" in page.xpath("string(//ol[@class='rr-reqs']/li[3])"), "the answer stays with its requirement"
    assert page.xpath("//ol[@class='rr-asks']//b[contains(@class,'rr-number')]/text()") == ["1"]


def test_questions_come_with_the_match_points_and_not_before():
    assert not shown(replace(rows()[0], match_points=None)).xpath("//*[contains(@class,'rr-interview')]")
    assert shown().xpath("//section[contains(@class,'rr-interview')]")


def test_a_button_leads_to_questions_only_where_there_are_some():
    parts = "//nav[@class='rr-parts']/button/@data-part"
    assert shown().xpath(parts) == ["requirements", "questions", "notes"]
    without = replace(rows()[0], match_points=(point("熟悉 Python", "met", TEXT, "熟悉 Python"),))
    assert shown(without, replace(RESUMES[0], text="熟悉 Python")).xpath(parts) == ["requirements", "notes"]


def test_warnings_are_read_at_once_and_the_cleaning_is_folded():
    notes = (Note("page_number", page=2, before="第 2 页"), Note("hidden_text", page=1, before="白字"))
    page = shown(replace(rows()[0], notes=notes))
    (folded,) = page.xpath("//section[@id='rr-part-notes']/details")
    assert "第 2 页" in folded.text_content() and "白字" not in folded.text_content()
    assert "白字" in page.xpath("string(//section[@id='rr-part-notes']/ul)")


def test_two_candidates_have_the_question_that_would_decide():
    first = replace(rows()[0], name="候选人 A", match_points=(point("熟悉 Python", "met", TEXT, "熟悉 Python"),))
    second = replace(rows()[1], name="候选人 B", match_points=(point("熟悉 Python", "missing"),))
    page = html.fromstring(beside_html(first, second, replace(ranking(), rows=(first, second)), WORDS, (RESUMES[0], RESUMES[1])))
    decide = page.xpath("string(//section[contains(@class,'rr-decide')])")
    assert "请问候选人 B：" in decide and "简历里没有找到与“熟悉 Python”有关的内容" in decide
    assert "张三" not in page.text_content(), "letters stand for names everywhere"


def test_what_is_to_ask_says_so_once():
    page = shown(replace(rows()[0], match_points=(point("沟通能力强", "ask", kind="soft"), point("熟悉 Python", "missing"))))
    asked = page.xpath("//ol[@class='rr-reqs']/li[contains(., '沟通能力强')]")[0].text_content()
    assert asked.count("面试问") == 1 and page.xpath("//span[@class='rr-kind']/text()") == ["必须"]


def test_the_button_to_the_questions_counts_those_that_are_copied():
    text = "张三\n工作经历\n2014.07-2019.02  苏州正衡税务师事务所  项目经理\n负责制造业客户汇算清缴鉴证、土增清算，编写报告与底稿"
    page = shown(replace(rows()[0], match_points=(point("熟悉 Kafka", "missing"),)), replace(RESUMES[0], text=text))
    copied = page.xpath("count(//section[contains(@class,'rr-interview')]/ol/li)")
    assert page.xpath("count(//section[contains(@class,'rr-interview')]//li)") > copied > 0, "a hint, too"
    assert page.xpath("string(//button[@data-part='questions']/b)") == f"{copied:.0f}"
