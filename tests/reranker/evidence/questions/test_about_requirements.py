"""What is asked about a requirement, for each way in which a resume may fall short of it."""

from typing import Any

import pytest

from reranker.evidence.questions.about_requirements import question_about
from reranker.evidence.questions.question import Question
from reranker.evidence.resume_text.lines import read_lines
from tests.ui.samples import point

CASES: dict[str, tuple[str, str, str, str, str, dict[str, Any]]] = {
    # requirement, status, resume, quote → kind, values
    "nothing of it": ("熟悉成本核算流程", "missing", "负责招聘与考勤", "", "missing", {}),
    "years short by dates": (
        "3年以上总账会计经验",
        "partial",
        "工作经历\n2022.01-2023.12 沐阳食品 总账会计\n负责总账核算与月结",
        "",
        "years_short",
        {"asked": 3, "held": 2, "short": 1},
    ),
    "no years of that work": ("3年以上药品销售经验", "missing", "负责招聘与考勤", "", "years_unsaid", {}),
    "years of work, but not of that": (
        "3年以上药品销售经验",
        "missing",
        "工作经历\n2020.01-2023.12 沐阳食品 总账会计\n负责总账核算与月结",
        "",
        "years_other",
        {"held": 4},
    ),
    "a rota asks for no years": ("On-call one week in six", "missing", "Wrote accounts", "", "condition", {}),
    "named, though not as work": ("Docker and Kubernetes in production", "missing", "Docker Compose; no Kubernetes yet", "", "unclear", {}),
    "named by another name": (
        "熟悉 Kubernetes、Kafka",
        "missing",
        "用 k8s 部署",
        "",
        "technologies_some",
        {"names": ("Kafka",), "present": ("Kubernetes",)},
    ),
    "a lower degree": (
        "本科及以上学历",
        "missing",
        "教育背景\n2017-2020 临川职业学院 会计 大专",
        "",
        "degree_less",
        {"quote": "2017-2020 临川职业学院 会计 大专"},
    ),
    "a degree that was left": (
        "Bachelor's degree in Physics",
        "missing",
        "Education\nNo degree. Self-taught; left a Physics BSc at Leiden",
        "",
        "degree_less",
        {"quote": "No degree. Self-taught; left a Physics BSc at Leiden"},
    ),
    "a degree that was not finished": (
        "本科及以上学历",
        "partial",
        "教育经历\n2012.09-2016.06 澄江大学 物理学 本科 结业",
        "",
        "degree_less",
        {"quote": "2012.09-2016.06 澄江大学 物理学 本科 结业"},
    ),
    "a degree under way": (
        "硕士及以上学历",
        "partial",
        "教育经历\n2025.09-2028.06 澄江大学 计算机 硕士在读",
        "",
        "degree_unfinished",
        {"quote": "2025.09-2028.06 澄江大学 计算机 硕士在读"},
    ),
    "no degree told": ("本科及以上学历", "missing", "负责总账核算", "", "degree_unsaid", {}),
    "a certificate in preparation": (
        "持有注册会计师证书",
        "missing",
        "证书\nCPA 备考中",
        "",
        "certificate_preparing",
        {"quote": "CPA 备考中"},
    ),
    "a certificate passed in part": (
        "持有注册会计师证书",
        "partial",
        "证书\n注册会计师已过 3 科",
        "",
        "certificate_part",
        {"quote": "注册会计师已过 3 科"},
    ),
    "no certificate": ("持有注册会计师证书", "missing", "负责总账核算", "", "certificate_unsaid", {}),
    "a language level below": ("英语六级以上", "partial", "语言\n英语四级", "", "language_less", {"quote": "英语四级"}),
    "no language told": ("日语 N2 以上", "missing", "负责总账核算", "", "language_unsaid", {}),
    "a smaller team": (
        "带领过 20 人以上的团队",
        "partial",
        "带领 12 人的销售团队完成指标",
        "带领 12 人的销售团队完成指标",
        "number_less",
        {"quote": "带领 12 人的销售团队完成指标"},
    ),
    "size not told": ("带领过 20 人以上的团队", "partial", "负责销售团队的管理", "负责销售团队的管理", "number_unsaid", {}),
    "some technologies not named": (
        "熟悉 Redis、Kafka",
        "partial",
        "使用 Redis 实现缓存，接口延迟下降 40%",
        "使用 Redis 实现缓存，接口延迟下降 40%",
        "technologies_some",
        {"names": ("Kafka",), "present": ("Redis",)},
    ),
    "alternatives are one": (
        "熟悉 MySQL 或 PostgreSQL，熟悉 Kafka",
        "partial",
        "使用 Kafka 处理订单消息，日均 500 万单",
        "",
        "technologies_some",
        {"names": ("MySQL / PostgreSQL",), "present": ("Kafka",)},
    ),
    "one of several suffices": (
        "了解ClickHouse、Doris等OLAP引擎中的一种",
        "partial",
        "用 Doris 搭建报表，查询耗时下降 40%",
        "用 Doris 搭建报表，查询耗时下降 40%",
        "partial",
        {"quote": "用 Doris 搭建报表，查询耗时下降 40%"},
    ),
    "years that dates bear out": ("3年以上总账会计经验", "partial", "李四，5年总账会计经验", "李四，5年总账会计经验", "unclear", {}),
    "less than asked for": (
        "精通 Java",
        "partial",
        "熟悉 Python；了解 Java",
        "熟悉 Python；了解 Java",
        "weaker",
        {"quote": "了解 Java"},
    ),
    "less by the level": (
        "精通 Java",
        "partial",
        "语言：Java（初级）、Go",
        "语言：Java（初级）、Go",
        "weaker",
        {"quote": "语言：Java（初级）"},
    ),
    "only a claim": (
        "有高并发系统经验",
        "partial",
        "精通高并发、分布式、微服务、缓存、消息队列",
        "精通高并发、分布式、微服务、缓存、消息队列",
        "claimed",
        {"quote": "精通高并发、分布式、微服务、缓存、消息队列"},
    ),
    "some of it": (
        "管理经销商渠道，跟进回款",
        "partial",
        "参加招标 22 次，中标 9 次，合同尾款全部收回",
        "参加招标 22 次，中标 9 次，合同尾款全部收回",
        "partial",
        {"quote": "参加招标 22 次，中标 9 次，合同尾款全部收回"},
    ),
    "another mode of study": (
        "全日制本科",
        "partial",
        "2010 - 2013 苏州大学（自学考试） 会计学 本科",
        "2010 - 2013 苏州大学（自学考试） 会计学 本科",
        "degree_mode",
        {"quote": "2010 - 2013 苏州大学（自学考试） 会计学 本科"},
    ),
    "what somebody can do": ("会开车优先", "missing", "负责总账核算", "", "ability_unsaid", {}),
    "a voucher is no certificate": ("指导并复核凭证", "missing", "负责总账核算", "", "missing", {}),
    "a trait": ("责任心强，沟通顺畅", "missing", "负责总账核算", "", "trait", {}),
    "a condition": ("能适应经常出差", "missing", "负责总账核算", "", "condition", {}),
    "a condition that is refused": (
        "能适应经常出差",
        "missing",
        "其他：不能接受长期出差",
        "",
        "condition_said",
        {"quote": "其他：不能接受长期出差"},
    ),
    "english": ("Willing to work nights", "missing", "Staff nurse on a surgical ward", "", "condition", {}),
}


@pytest.mark.parametrize("case", CASES)
def test_it_says_what_exactly_is_missing(case: str):
    requirement, status, resume, quote, kind, values = CASES[case]
    asked = ask(requirement, status, resume, quote)
    assert asked and asked.kind == kind
    assert dict(asked.values) == {"requirement": requirement} | values
    if asked.end:
        assert str(asked.values["quote"]) in resume[asked.start : asked.end]


@pytest.mark.parametrize(
    ("requirement", "resume"),
    [
        ("Strong Go or Java in production", "Maintain two Go services that track parcels"),
        ("Go, Rust and Kafka", "Wrote the daemons in golang"),
        ("Docker and Kubernetes in production", "Deploy with Docker Compose; no K8S yet"),
        ("熟悉 PostgreSQL、Redis", "没有用过 Postgres 和 redis"),
        ("gRPC, Terraform, AWS", "Moved everything to Amazon Web Services with terraform and grpc"),
        ("Willing to be on call", "On call every fourth week"),
    ],
)
@pytest.mark.parametrize("status", ["missing", "partial"])
def test_no_question_denies_what_the_resume_says(requirement: str, resume: str, status: str):
    asked = ask(requirement, status, resume, resume if status == "partial" else "")
    assert asked and asked.kind not in ("missing", "condition", "technologies_none")
    lacking = asked.values.get("names", ())
    assert isinstance(lacking, tuple) and not {"Go", "Docker", "Kubernetes", "PostgreSQL", "Redis", "AWS", "Terraform", "gRPC"} & set(
        lacking
    )


def test_what_is_met_is_not_asked_about():
    assert ask("熟悉 Redis", "met", "用 Redis 做缓存", "用 Redis 做缓存") is None


@pytest.mark.parametrize(
    ("requirement", "asked_about"),
    [("35岁以下，3年以上销售经验", "3年以上销售经验"), ("已婚已育优先", None), ("Male only, under 35", None)],
)
def test_what_nobody_may_ask_is_left_out(requirement: str, asked_about: str | None):
    asked = ask(requirement, "missing", "负责招聘")
    assert (asked and asked.values["requirement"]) == asked_about


def test_a_line_that_also_tells_of_the_family_is_quoted_without_it():
    asked = ask("能适应经常出差", "missing", "不能接受长期出差，已婚已育")
    assert asked and asked.values["quote"] == "不能接受长期出差"


def test_the_language_of_the_resume_needs_no_proof():
    assert ask("Clear written English", "missing", "Built payment services in Go") is None
    asked = ask("Clear written English", "missing", "负责支付服务的开发")
    assert asked and asked.kind == "language_unsaid"


def ask(requirement: str, status: str, resume: str, quote: str = "") -> Question | None:
    return question_about(point(requirement, status, resume, quote), 0, read_lines(resume))


@pytest.mark.parametrize(
    "requirement, is_condition",
    [
        ("Proven people management: teams of 50 or more on shifts", False),
        ("Managed a team working night shifts", False),
        ("Supervised weekend staff", False),
        ("Coordinated on-call rotas", False),
        ("Set rosters for nights and weekends", False),
        ("Travel agency background", False),
        ("Experience as a night nurse", False),
        ("Knowledge of weekend trading", False),
        ("带过三班倒的班组", False),
        ("有节假日促销活动策划经历", False),
        ("Willing to work nights and weekends", True),
        ("Travel up to 40%", True),
        ("Shift work", True),
        ("Able to work shifts on a rota", True),
        ("Flexible about shifts", True),
        ("可接受两班倒", True),
        ("能适应节假日加班", True),
    ],
)
def test_work_on_shifts_is_no_condition_to_accept(requirement: str, is_condition: bool):
    question = question_about(point(requirement, "missing"), 0, read_lines("Wrote accounts"))
    assert question is not None and (question.kind == "condition") is is_condition
