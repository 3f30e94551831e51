"""Which questions are asked, in which order, and the one that decides between two candidates."""

from datetime import date

from reranker.evidence.match_points import MatchPoint
from reranker.evidence.questions.choose import MOST_QUESTIONS, deciding_question, questions
from reranker.evidence.resume_text.lines import read_lines
from tests.ui.samples import point

TODAY = date(2025, 6, 15)
RESUME = "工作经历\n2021.03-至今 越州贸易 会计\n负责开票与报税，按月结账"
LINE = "负责开票与报税，按月结账"


def kinds(points: list[MatchPoint], resume: str = RESUME) -> list[str]:
    return [question.kind for question in questions(points, read_lines(resume), TODAY)]


def test_facts_come_first_then_work_then_traits_and_duties_last():
    points = [
        point("负责固定资产盘点", "missing", kind="duty"),
        point("责任心强，沟通顺畅", "missing"),
        point("熟悉成本核算流程", "missing"),
        point("持有注册会计师证书", "missing"),
    ]
    assert kinds(points) == ["certificate_unsaid", "missing", "trait", "missing"]


def test_the_career_has_its_place_among_many_musts():
    points = [
        point(f"熟悉{subject}的处理", "partial", RESUME, LINE) for subject in ("存货", "往来", "薪酬", "资金", "税务", "费用", "合并")
    ]
    asked = kinds(points, RESUME.replace("至今", "2024.06"))
    assert asked == ["partial"] * 4 + ["since"] + ["partial"]
    assert len(asked) == MOST_QUESTIONS


def test_many_missing_requirements_are_one_question():
    points = [point(f"熟悉{subject}的处理", "missing") for subject in ("存货", "往来", "薪酬")]
    (asked,) = questions([*points, point("负责盘点", "missing", kind="duty")], read_lines(RESUME), TODAY)
    assert asked.kind == "several_missing"
    assert dict(asked.values) == {"first": "熟悉存货的处理", "second": "熟悉往来的处理", "count": 3}


def test_the_same_technologies_are_asked_about_once():
    points = [point("熟悉 Kafka、Redis", "partial", RESUME, LINE), point("用 Kafka 建设消息平台", "partial", RESUME, LINE, kind="duty")]
    assert kinds(points) == ["technologies_none"]


def test_nothing_is_asked_of_whom_everything_is_known():
    assert kinds([point("会计经验", "met", RESUME, LINE)]) == []


def decide(first: list[MatchPoint], second: list[MatchPoint]):
    return deciding_question(first, second, (read_lines(RESUME), read_lines(RESUME)))


def test_the_most_important_difference_decides():
    first = [point("负责盘点", "met", RESUME, LINE, "duty"), point("熟悉报税", "met", RESUME, LINE), point("熟悉用友软件", "missing")]
    second = [point("负责盘点", "missing", kind="duty"), point("熟悉报税", "partial", RESUME, LINE), point("熟悉用友软件", "missing")]
    decision = decide(first, second)
    assert decision and (decision.requirement, decision.asks, decision.quote) == (1, "second", LINE)
    turned = decide(second, first)
    assert turned and (turned.requirement, turned.asks) == (1, "first")


def test_the_larger_difference_counts_among_musts():
    first = [point("熟悉报税", "met", RESUME, LINE), point("熟悉用友软件", "met", RESUME, LINE)]
    second = [point("熟悉报税", "partial", RESUME, LINE), point("熟悉用友软件", "missing")]
    decision = decide(first, second)
    assert decision and (decision.requirement, decision.question.kind) == (1, "missing")


def test_without_a_difference_both_are_asked_about_what_neither_makes_clear():
    points = [
        point("熟悉报税", "met", RESUME, LINE),
        point("熟悉用友软件", "partial", RESUME, LINE),
        point("会英语", "missing", kind="nice"),
    ]
    decision = decide(points, points)
    assert decision and (decision.requirement, decision.asks, decision.question.kind) == (1, "both", "both")


def test_two_who_meet_everything_need_no_question():
    points = [point("熟悉报税", "met", RESUME, LINE)]
    assert decide(points, points) is None


def test_what_nobody_may_ask_decides_nothing():
    assert decide([point("35岁以下", "missing")], [point("35岁以下", "met", RESUME, LINE)]) is None
