"""Job descriptions of many shapes → requirements with the right kind, and nothing that no one asks for."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reranker.evidence.requirements import MAX_REQUIREMENTS, parse_job, split_job
from tests.each import each
from tests.fuzzing import reached, reaches
from tests.growth.clock import is_linear, thread_seconds

CHINESE = """Java 后端工程师
公司：某某支付  工作地点：上海
关于我们
我们为商户提供支付服务。
岗位职责
• 负责支付系统的设计与开发
• 建设优先级队列与限流降级能力
任职要求：
1. 本科及以上学历，硕士优先
2、3 年以上 Java 开发经验；熟悉 MySQL 或 PostgreSQL
3、有跨境支付经验者优先。
加分项
- 了解 PCI DSS
福利待遇
五险一金，年底双薪"""

ENGLISH = """Senior Backend Engineer
Location: Dublin
About the role
You will join a team of six.
What you will do
- Build payment services in Go or Java.
What we look for
- 5+ years building backend services
- Kubernetes is a plus
Nice to have
- Open-source contributions.
Benefits
- 25 days of holiday"""


STYLES = tomllib.loads(Path(__file__).with_name("job_styles.toml").read_text("utf-8"))["job"]


@each("job", STYLES)
def test_styles_of_job_sites(job: dict):
    read: dict[str, list[str]] = {}
    for requirement in parse_job(job["text"]):
        read.setdefault(requirement.kind, []).append(requirement.text)
    assert read == {kind: texts for kind, texts in job.items() if kind not in ("name", "text")}


def kinds(job: str) -> list[tuple[str, str]]:
    return [(requirement.kind, requirement.text) for requirement in split_job(job)]


def test_chinese_sections():
    assert kinds(CHINESE) == [
        ("duty", "负责支付系统的设计与开发"),
        ("duty", "建设优先级队列与限流降级能力"),
        ("must", "本科及以上学历"),
        ("nice", "硕士优先"),
        ("must", "3 年以上 Java 开发经验"),
        ("must", "熟悉 MySQL 或 PostgreSQL"),
        ("nice", "有跨境支付经验者优先"),
        ("nice", "了解 PCI DSS"),
    ]
    assert split_job(CHINESE)[5].skills == ("MySQL", "PostgreSQL")


def test_english_sections():
    assert kinds(ENGLISH) == [
        ("duty", "Build payment services in Go or Java."),
        ("must", "5+ years building backend services"),
        ("nice", "Kubernetes is a plus"),
        ("nice", "Open-source contributions."),
    ]


def test_headings_and_numbers_inside_one_paragraph():
    job = (
        "招聘后端工程师，岗位职责：1、负责支付系统开发；2、参与架构设计。"
        "任职要求：1、本科及以上学历；2、3年以上Java经验；3、熟悉Redis。福利：五险一金"
    )
    assert kinds(job) == [
        ("duty", "负责支付系统开发"),
        ("duty", "参与架构设计"),
        ("must", "本科及以上学历"),
        ("must", "3年以上Java经验"),
        ("must", "熟悉Redis"),
    ]


def test_unstructured_paragraph_is_all_must():
    assert kinds("我们需要一位后端工程师，熟悉Java。3年以上经验；有支付经验者优先") == [
        ("must", "我们需要一位后端工程师，熟悉Java"),
        ("must", "3年以上经验"),
        ("nice", "有支付经验者优先"),
    ]


def test_long_english_paragraph_is_cut_at_sentences():
    job = "You build services in Go for our payments platform every day with the team. " * 5
    assert len(split_job(job.replace("Go", "Rust", 1))) == 2


def test_long_clauses_are_cut_at_commas():
    pieces = split_job("，".join(f"熟悉第{number}种分布式系统的设计方法" for number in range(30)))
    assert len(pieces) > 1
    assert all(len(piece.text) <= 130 for piece in pieces)


def test_markup_headings_and_trailing_colons():
    assert kinds("**【岗位职责】**\n负责平台研发工作\n**Requirements:**\n* Python and SQL") == [
        ("duty", "负责平台研发工作"),
        ("must", "Python and SQL"),
    ]


def test_a_word_of_a_heading_inside_a_sentence_is_no_heading():
    assert kinds("任职要求\n岗位要求变化快，能够适应\n福利系统开发经验") == [
        ("must", "岗位要求变化快，能够适应"),
        ("must", "福利系统开发经验"),
    ]


def test_too_many_lose_duties_first():
    job = (
        "岗位职责\n" + "\n".join(f"负责第{n}个系统" for n in range(25)) + "\n任职要求\n" + "\n".join(f"熟悉第{n}个系统" for n in range(20))
    )
    parsed = kinds(job)
    assert len(parsed) == MAX_REQUIREMENTS
    assert [kind for kind, _ in parsed].count("must") == 20
    assert parsed[0] == ("duty", "负责第0个系统")


def test_a_certificate_stays_a_must_where_another_is_preferred():
    assert kinds("任职要求\n持有中级会计师职称，CPA优先\n熟悉用友") == [
        ("must", "持有中级会计师职称"),
        ("nice", "CPA优先"),
        ("must", "熟悉用友"),
    ]
    assert kinds("任职要求\n熟练使用用友U8等财务软件，会SAP者优先") == [("must", "熟练使用用友U8等财务软件"), ("nice", "会SAP者优先")]
    assert kinds("任职要求\n熟悉支付系统，有清结算经验者优先") == [("must", "熟悉支付系统"), ("nice", "有清结算经验者优先")]


def test_title_alone_or_nothing():
    assert split_job("Java后端工程师") == ()
    assert split_job("") == ()
    assert split_job(" \n\n•\n1.\n---") == ()


def test_what_is_not_asked_is_left_out():
    assert kinds("任职要求\n经验不限\n熟悉 Linux") == [("must", "熟悉 Linux")]


@reaches("must", "nice", "duty")
@given(
    st.text(alphabet="任职要求岗位职责加分项：:1234.、；。,， \n•-Java优先熟悉ab(（)", max_size=300)
    | st.lists(
        st.sampled_from(["岗位职责：\n", "任职要求：\n", "加分项：\n", "1. 负责订单系统", "熟悉 Java", "；", "\n"]), max_size=12
    ).map("".join)
)
@settings(max_examples=200, deadline=None)
def test_any_text_gives_pieces_of_itself(job: str):
    for requirement in split_job(job):
        assert requirement.text in job
        assert requirement.kind in ("must", "nice", "duty")
        reached(requirement.kind)
        assert len(requirement.text) >= 2


@pytest.mark.growth
@pytest.mark.parametrize("text", [lambda size: "任职要求 1、熟悉 Java，" * size, lambda size: "1" * 9 * size + "(" * 9 * size])
def test_long_input_takes_linear_time(text: Callable[[int], str]):
    assert is_linear(lambda size: thread_seconds(lambda: split_job(text(size))), 1_500)


@each(
    "line, texts",
    [
        ("熟悉 Java 或 Go", ["熟悉 Java 或 Go"]),
        ("本科及以上，3 年以上经验", ["本科及以上，3 年以上经验"]),
        ("熟悉常用框架（Spring；MyBatis；Dubbo）；了解 Linux", ["熟悉常用框架（Spring；MyBatis；Dubbo）", "了解 Linux"]),
        ("Knows a queue (Kafka; RabbitMQ); writes tests", ["Knows a queue (Kafka; RabbitMQ)", "writes tests"]),
        ("熟悉 Java；Go；了解 Linux", ["熟悉 Java；Go", "了解 Linux"]),
        ("至少熟悉以下语言之一：Java；Python；Rust", ["至少熟悉以下语言之一：Java；Python；Rust"]),
        ("At least one of: Java; Python; Rust", ["At least one of: Java; Python; Rust"]),
        ("熟悉 Java；有支付经验者优先", ["熟悉 Java", "有支付经验者优先"]),
        ("熟悉 Java；学历不限", ["熟悉 Java"]),
        ("本科及以上学历，专业不限", ["本科及以上学历，专业不限"]),
        ("免费午餐；健身房；下午茶", []),
        ("统招本科及以上；或大专学历且 5 年以上经验", ["统招本科及以上；或大专学历且 5 年以上经验"]),
        ("CPA; or ACCA", ["CPA; or ACCA"]),
        ("熟悉 React；\n或 Vue；\n熟悉 TypeScript", ["熟悉 React； 或 Vue", "熟悉 TypeScript"]),
        ("至少掌握以下一种：Java；Go；Python", ["至少掌握以下一种：Java；Go；Python"]),
        ("经理或许可以出差；熟悉 Java", ["经理或许可以出差", "熟悉 Java"]),
        ("本科；有驾照；CPA", ["本科", "有驾照", "CPA"]),
        ("熟练使用用友U8，会SAP者优先，能出差", ["熟练使用用友U8", "会SAP者优先", "能出差"]),
        ("有A轮经验，有团队者优先", ["有A轮经验，有团队者优先"]),
        ("有外贸经验优先，如家具、灯具", ["有外贸经验优先，如家具、灯具"]),
        ("本科，3年以上经验（含实习，不少于1年），熟悉 Java", ["本科", "3年以上经验（含实习，不少于1年）", "熟悉 Java"]),
        ("年销售额不低于1000万元；客户不少于100家；年薪不低于20万元", ["年销售额不低于1000万元", "客户不少于100家"]),
    ],
)
def test_what_belongs_together_is_one_requirement(line: str, texts: list[str]):
    assert [text for _, text in kinds(f"任职要求\n{line}")] == texts


@each(
    "job, last",
    [
        ("任职要求\n1. 本科\n【加分项】\n- 有Node.js经验\n另：需通过英语六级，接受大小周", ("must", "需通过英语六级，接受大小周")),
        ("加分项：\n- 会PS者优先\n此外，必须能出差", ("must", "必须能出差")),
        ("加分项：\n- 会PS者优先\n另：有驾照", ("nice", "有驾照")),
        ("岗位职责\n- 负责记账\n另外：协助年审", ("duty", "协助年审")),
        (
            "Requirements\n- Degree in nursing\nDesirable\n- Polish\nNote: must hold a driving licence",
            ("must", "must hold a driving licence"),
        ),
        (
            "The role\nYou will lead a bay of six beds. You will work closely with consultants.",
            ("duty", "You will work closely with consultants."),
        ),
    ],
)
def test_what_is_added_below_a_list_and_a_second_sentence_are_read_by_themselves(job, last):
    requirement = split_job(job)[-1]
    assert (requirement.kind, requirement.text) == last
