"""Match points against labels given by hand, and standards that answer a topic without naming it."""

import pytest

from reranker.evidence.match_points import MatchPoint, find_evidence
from reranker.evidence.requirements import Requirement
from tests.data.match_points.labelled import HALVES, Judged, confusion, figures, judge, load, unsplit
from tests.encoder import JUDGE, read_once

SAMPLE = {"data_zh", "graduate_zh", "security_en"}


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    """Return a job that was tuned on and two that were held out; benchmarks/match_points.py judges them all."""
    chosen = [job for job in load() if job.name in SAMPLE]
    assert len(chosen) == len(SAMPLE)
    return judge(chosen, JUDGE)


def of_half(judged: list[Judged], half: str) -> list[Judged]:
    return [judgement for judgement in judged if judgement.job.half == half]


def test_the_set_is_large_and_mixed():
    jobs = load()
    pairs = [(job, label) for job in jobs for resume in job.resumes for label in resume.labels]
    assert len(pairs) >= 200
    assert {job.half for job in jobs} == set(HALVES)
    assert all(2 <= len(job.resumes) <= 4 for job in jobs if job.half in ("tuning", "held out"))
    for half in HALVES:
        statuses = [label.status for job, label in pairs if job.half == half]
        assert min(statuses.count(status) for status in ("met", "partial", "missing")) >= 0.1 * len(statuses)
        assert {job.language for job in jobs if job.half == half} == {"zh", "en"}


def test_every_labelled_requirement_is_split_off():
    assert {job.name: lost for job in load() if (lost := unsplit(job))} == {}


def test_what_is_said_is_right(judged):
    assert figures(judged).precision >= 0.87
    assert figures(of_half(judged, "held out")).precision >= 0.85


def test_what_is_there_is_found(judged):
    assert figures(judged).recall >= 0.8
    assert figures(of_half(judged, "held out")).recall >= 0.8


def test_met_and_missing_are_seldom_taken_for_each_other(judged):
    table = confusion(judged)
    assert table["missing", "met"] <= 0.06 * sum(table["missing", said] for said in ("met", "partial", "missing"))


COVER = """黎望舒
求职意向：技术负责人　手机：138-0000-0000

个人优势：十年互联网研发经历，做过电商、出行与支付，习惯先写清楚边界再动手。带团队时看重代码评审与文档，也愿意自己写关键模块。

在第三家公司负责商户平台：主导通过 PCI DSS Level 1 认证，协调 14 个系统的整改，并落地 GDPR 兼容的数据脱敏，历时九个月。

此前在出行公司做司机端服务，用 Go 重写派单接口，峰值 3 万 QPS，P99 从 210ms 降到 70ms。订单库拆成 32 个分片，迁移期间没有停机。

再往前在电商公司写商品与库存，参加过四次大促，负责限流与降级预案。

教育背景：南屏理工大学 软件工程 本科 2010-2014
技能：Java、Go、MySQL、Redis、Kafka、Kubernetes
业余时间喜欢登山和摄影，参加过两次越野赛。"""


TOPICS = ("熟悉支付合规", "有支付合规经验", "有支付行业合规项目经验者优先", "了解数据合规与隐私保护", "payments compliance")


@pytest.mark.parametrize("requirement", TOPICS)
def test_a_standard_in_the_third_paragraph_answers_the_topic(requirement: str):
    read_once(COVER, TOPICS)
    point = look(requirement, COVER)
    assert point.status in ("met", "partial")
    assert "PCI DSS Level 1 认证" in point.quote


STANDARDS = [
    ("熟悉质量管理体系", "推动车间通过 IATF 16949 复审，客诉下降四成"),
    ("有内部控制相关经验", "按 SOX 404 梳理 23 个流程，完成穿行测试"),
    ("有功能安全开发经验", "按 ISO 26262 完成制动控制器的 ASIL D 开发"),
    ("了解等级保护与信息安全管理", "牵头 ISO 27001 换证审核，零不符合项"),
    ("Experience with continuous integration", "Wrote GitHub Actions workflows for 40 repositories"),
    ("Knowledge of food safety rules", "Kept the HACCP plan of two kitchens up to date"),
]


def test_the_name_of_a_standard_or_tool_shows_its_topic():
    """In some of the cases: the judge has the last word, and knows few of them in a resume of three lines."""
    other = "负责办公室绿植养护与会议室预订\nPlanned the summer party and looked after visitors"
    quotes = [look(requirement, f"{other}\n{line}").quote for requirement, line in STANDARDS]
    assert sum(quote == line for quote, (_, line) in zip(quotes, STANDARDS, strict=True)) >= len(STANDARDS) / 3
    assert all(quote in ("", line) for quote, (_, line) in zip(quotes, STANDARDS, strict=True))
    read_once(other, tuple(requirement for requirement, _ in STANDARDS))
    assert [look(requirement, other).status for requirement, _ in STANDARDS] == ["missing"] * len(STANDARDS)


@pytest.mark.parametrize(
    ("requirement", "resume"),
    [
        ("熟悉支付合规", "没有做过 PCI DSS 认证，希望以后有机会学习相关的规范"),
        ("OSCP or similar certification", "Learning security in the evenings, preparing for OSCP but not certified"),
        ("German is a plus", "Languages: English (native), Portuguese (native), no German"),
        ("能接受出差", "其他情况：不能接受长期出差"),
        ("Willing to work weekends", "Hobbies: sailing and weekend markets"),
    ],
)
def test_what_is_denied_or_a_hobby_shows_nothing(requirement: str, resume: str):
    assert look(requirement, resume).status == "missing"


def test_a_word_does_not_count_for_the_line_before():
    assert look("德语优先", "负责公司前台接待与访客登记\n德语").quote == "德语"
    many = "\n".join(f"第 {number % 10} 次整理会议室的桌椅与投影仪" for number in range(100))
    assert look("熟悉支付合规", f"{many}\n仔细擦拭了第二会议室的白板").status == "missing"


@pytest.mark.parametrize("dates", ["03/2016 - 05/2023", "Mar 2016 till now", "März 2016 bis heute", "2016年3月至今", "Sept 2016 – ongoing"])
def test_years_are_shown_by_the_title_where_its_dates_have_a_line_to_themselves(dates: str):
    resume = f"Work Experience\nClaims handler, Wyvern Mutual\n{dates}\nHandled motor and property claims."
    assert look("5+ years of experience in claims handling", resume).quote == "Claims handler, Wyvern Mutual"


def look(requirement: str, resume: str) -> MatchPoint:
    (point,) = find_evidence([Requirement(requirement, "must", ())], resume, JUDGE).points
    assert resume[point.start : point.end] == point.quote
    return point


@pytest.mark.parametrize(
    ("requirement", "dates", "status"),
    [
        ("5+ years of experience in claims handling", "03/2016 - 05/2023", "met"),
        ("5+ years of experience in claims handling", "03/2021 - 05/2023", "partial|missing"),
        ("5年以上保险理赔工作经验", "2016.03-2023.05", "met"),
        ("5年以上保险理赔工作经验", "2022.03-2023.05", "partial|missing"),
    ],
)
def test_dated_work_that_surely_is_of_the_subject_decides_about_years_of_it(requirement: str, dates: str, status: str):
    resume = {
        True: f"Wilfred Ackland\nWork Experience\nClaims handler, Wyvern Mutual   {dates}\nHandled motor and property claims.",
        False: f"苏砚清\n工作经历\n{dates}  溪岸保险  理赔专员\n处理车险与财产险理赔案件，协调查勘与定损。",
    }[requirement.isascii()]
    assert look(requirement, resume).status in status.split("|")
