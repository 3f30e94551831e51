"""Questions in words: natural in both languages, about nothing private, and each with a button that copies it."""

import re
from string import Formatter

import pytest
from lxml import html

from i18n.texts import texts
from reranker.evidence.questions.choose import DecidingQuestion, questions
from reranker.evidence.questions.private import is_private
from reranker.evidence.questions.projects import UntoldResult
from reranker.evidence.questions.question import Question
from reranker.evidence.resume_text.lines import read_lines
from tests.ui.samples import HOSTILE, point
from ui.html.opened.questions import decide_html, hint_text, question_anchors, question_text, questions_html

ZH, EN = texts("zh"), texts("en")
ASKED = Question("missing", {"requirement": "熟悉 Kafka"}, 0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_wording_asks_about_anything_private(language: str):
    wordings = {key: text for key, text in texts(language).table.items() if key.startswith("questions.")}
    assert len(wordings) > 30
    assert [key for key, text in wordings.items() if is_private(text)] == []


def test_both_languages_say_the_same_of_each_question():
    for key in (key for key in ZH.table if key.startswith("questions.")):
        fields = [{name for _, name, _, _ in Formatter().parse(words.table[key]) if name} for words in (ZH, EN)]
        assert fields[0] == fields[1], key


def test_a_question_is_what_a_recruiter_would_say():
    asked = Question(
        "technologies_some", {"names": ("Kafka", "Milvus"), "present": ("Redis",), "requirement": "熟悉 Redis、Kafka、Milvus"}, 0
    )
    assert (
        question_text(asked, ZH) == "岗位要求的 Kafka、Milvus，简历没有提到（提到了 Redis）。请问接触过吗？用在什么项目、解决了什么问题？"
    )
    assert question_text(asked, EN).startswith(
        "The job asks for Kafka, Milvus, which your resume does not mention (it does mention Redis)."
    )
    gap = Question("gap", {"from_year": 2021, "from_month": 4, "to_year": 2021, "to_month": 12, "months": 9})
    assert question_text(gap, ZH).startswith("2021 年 4 月到 2021 年 12 月约 9 个月没有写工作经历。")
    assert question_text(gap, EN).startswith("From 04/2021 to 12/2021, about 9 months,")
    assert (
        hint_text(UntoldResult("密评改造  负责人", 0, 9), ZH) == "结果未写：密评改造 负责人。可追问背景、任务、行动、结果（最好有数字）。"
    )


def test_a_quote_ends_without_its_full_stop():
    said = question_text(Question("partial", {"requirement": "熟悉报税", "quote": "负责开票与报税。"}, 0), ZH)
    assert "最接近的是“负责开票与报税”。" in said


def test_long_quotes_are_cut():
    quote = "负责收单核心系统，" * 40
    said = question_text(Question("partial", {"requirement": "要求" * 100, "quote": quote}, 0), ZH)
    assert len(said) < 140 and said.count("…") == 2


def test_each_question_is_copied_by_itself_and_all_at_once():
    points = [point("熟悉 Redis", "met", "用 Redis 做缓存", "用 Redis 做缓存"), point("熟悉 Kafka", "missing")]
    page = html.fromstring(
        questions_html([Question("missing", {"requirement": "熟悉 Kafka"}, 1)], [UntoldResult("网关", 3, 9)], points, [1, 0], ZH)
    )
    assert [button.get("data-done") for button in page.xpath("//button[@data-copy]")] == ["已复制", "已复制"]
    assert page.xpath("//button[@data-copy-all]/@data-done") == ["已复制 1 条"], "hints are for the interviewer"
    assert page.xpath("//*[@data-copied]/text()") == [
        question_text(Question("missing", {"requirement": "熟悉 Kafka"}), ZH),
        hint_text(UntoldResult("网关", 3, 9), ZH),
    ]
    assert page.xpath("//*[@role='status' and @aria-live='polite']")
    (number,) = page.xpath("//b[contains(@class,'rr-number')]")
    assert (number.text, number.get("title")) == ("1", "熟悉 Kafka"), "numbered as the requirements are shown"


def test_a_question_about_a_line_goes_to_it():
    asked = [ASKED, Question("overlap", {"first": "甲", "second": "乙", "months": 4}, start=7, end=9)]
    hints = [UntoldResult("网关", 20, 30)]
    assert question_anchors(asked, hints) == [("q1", 7), ("h0", 20)]
    page = html.fromstring(questions_html(asked, hints, [point("熟悉 Kafka", "missing")], [0], ZH))
    assert page.xpath("//button[@data-jump]/@data-jump") == ["q1", "h0"]


def test_without_questions_it_says_so():
    page = html.fromstring(questions_html((), (), (), (), ZH))
    assert "没有需要追问的地方" in page.text_content() and not page.xpath("//button")


def test_the_deciding_question_names_who_is_asked():
    decision = DecidingQuestion(0, "second", ASKED, "用 Kafka 处理 500 万单")
    said = html.fromstring(decide_html(decision, "候选人 A", "候选人 B", ZH)).text_content()
    assert "候选人 A：“用 Kafka 处理 500 万单”；候选人 B：没有写清。请问候选人 B：" in said
    both = html.fromstring(
        decide_html(DecidingQuestion(0, "both", Question("both", {"requirement": "熟悉 Kafka"}, 0)), "A", "B", EN)
    ).text_content()
    assert "Neither resume makes this clear" in both


def test_hostile_text_is_only_text():
    points = [point(HOSTILE, "partial", f"{HOSTILE} 负责订单系统", HOSTILE)]
    asked = questions(points, read_lines(f"{HOSTILE} 负责订单系统"))
    made = str(questions_html(asked, [UntoldResult(HOSTILE, 0, 5)], points, [0], ZH))
    made += str(decide_html(DecidingQuestion(0, "first", asked[0], HOSTILE), HOSTILE, HOSTILE, ZH))
    assert asked and not html.fromstring(f"<div>{made}</div>").xpath("//img")
    assert not re.search(r"<img", made) and "49" not in made
