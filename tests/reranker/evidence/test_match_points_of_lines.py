"""Match points with the real judge: what is named must be found, what is not there must not, and quotes are literal."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reranker.evidence.match_points import MatchPoint, find_evidence
from reranker.evidence.requirements import Requirement, split_job
from reranker.judge.judge import Judge
from tests.each import each
from tests.encoder import JUDGE, read_once
from tests.fuzzing import reached, reaches

FEATURES = {"must_strength", "must_missing", "duty_strength", "nice_strength"}


@pytest.fixture(scope="module")
def judge() -> Judge:
    return JUDGE


def look(judge: Judge, requirement: str, resume: str, kind: str = "must") -> MatchPoint:
    evidence = find_evidence([Requirement(requirement, kind, ())], resume, judge)
    assert set(evidence.features) == FEATURES
    assert all(0 <= value <= 1 for value in evidence.features.values())
    (point,) = evidence.points
    assert resume[point.start : point.end] == point.quote
    assert point.quote or point.said == "missing"
    return point


BACKEND = """张三
专业技能
Java、Go、Kafka、Docker
工作经历
某某支付 后端开发工程师  2018.03 – 2023.03
- 使用 Go 开发交易清算服务，日均处理 300 万笔订单，可用性 99.99%。
- 负责把订单系统从 Oracle 迁移到 MySQL，停机时间少于 5 分钟。
教育背景
江城理工大学  软件工程 本科  2014.09 – 2018.06
"""


CHINESE = [
    ("熟悉 Go 和 Kafka", "met", "Kafka"),
    ("熟悉 MySQL", "met", "迁移到 MySQL"),
    ("熟悉 Go、Rust、Kafka", "partial", ""),
    ("熟悉 Rust", "missing", ""),
    ("精通 Rust/Go/Scala 至少一门", "met", "使用 Go"),
    ("熟悉 PostgreSQL 或 MySQL", "met", "MySQL"),
    ("熟悉 Python、Scala、Go 等至少一种编程语言", "met", "Go"),
    ("one of Rust, Go or Scala", "met", "Go"),
    ("Kotlin or Scala", "missing", ""),
    ("有 Kafka 实战经验", "partial", "Kafka"),
    ("3 年以上工作经验", "met", "2018.03"),
    ("5年以上后端开发经验", "met", "后端"),
    ("8年以上工作经验", "partial", "2018.03"),
    ("十年以上工作经验", "partial", "2018.03"),
    ("十二年以上工作经验", "no", "2018.03"),
    ("10 年以上法务经验", "no", "2018.03"),
    ("本科及以上学历", "met", "江城理工大学"),
    ("硕士及以上学历", "no", "本科"),
    ("大专及以上学历", "met", "本科"),
    ("本科及以上学历，3 年以上后端经验", "met", ""),
    ("持有护士执业证书，能上夜班", "missing", ""),
]


@pytest.mark.parametrize(("requirement", "status", "in_quote"), CHINESE)
def test_chinese(judge: Judge, requirement: str, status: str, in_quote: str):
    read_once(BACKEND, tuple(row[0] for row in CHINESE))
    point = look(judge, requirement, BACKEND)
    assert point.said == status, point
    assert in_quote in point.quote


ENGLISH = """Jane Doe
Backend engineer with six years of experience in card payments.
Skills
Java, Kotlin, Terraform, AWS
Experience
Fjordpay, Senior Engineer, Mar 2017 – Feb 2023
- Designed and run the authorisation service in Go: 5,200 requests per second at peak, p99 of 96 ms.
- Migrated a 2.4 TB MySQL database to PostgreSQL with four minutes of downtime.
Education
Nordvik Institute MSc Computer Science
"""


OF_ENGLISH = [
    ("Strong PostgreSQL and MySQL skills", "met", "Migrated"),
    ("Working knowledge of Terraform and a public cloud", "partial", "Terraform"),  # in a list, nothing told of it
    ("5+ years of professional experience", "met", "six years"),
    ("at least ten years of professional experience", "partial", "six years"),
    ("15+ years of professional experience", "no", "six years"),
    ("Bachelor's degree or higher in computer science", "met", "MSc"),
    ("PhD in computer science", "no", "MSc"),
    ("Design highly available, low latency request services with thousands of requests per second", "met", "5,200"),
    ("Registered nurse with night shift availability", "missing", ""),
]


@pytest.mark.parametrize(("requirement", "status", "in_quote"), OF_ENGLISH)
def test_english(judge: Judge, requirement: str, status: str, in_quote: str):
    read_once(ENGLISH, tuple(row[0] for row in OF_ENGLISH))
    point = look(judge, requirement, ENGLISH)
    assert point.said == status, point
    assert in_quote in point.quote


COMPLIANCE = """王五，服务端工程师，六年互联网行业经历。

第一份工作在电商公司，负责商品搜索与推荐接口，支撑大促流量。

在支付公司期间主导通过 PCI DSS Level 1 认证，并搭建 GDPR 兼容的数据脱敏流程，覆盖 14 个业务系统。

业余时间喜欢跑步。"""


TOPICS = ("有支付合规经验", "有支付合规/数据合规经验", "熟悉数据合规", "具备 PCI DSS 与 GDPR 相关经验", "data privacy")


@pytest.mark.parametrize("requirement", TOPICS)
def test_compliance_in_the_third_paragraph(judge: Judge, requirement: str):
    read_once(COMPLIANCE, TOPICS)
    point = look(judge, requirement, COMPLIANCE)
    assert point.status in ("met", "partial")
    assert "PCI DSS Level 1 认证" in point.quote


def test_a_keyword_list_is_no_experience(judge: Judge):
    duty = "负责基于 Kubernetes 的容器平台建设"
    listed = look(judge, duty, "精通 Kubernetes、Docker、Istio、Helm、微服务\n负责公司前台接待与打印机维护", "duty")
    done = look(judge, duty, "精通 Docker、Istio、Helm\n主导 Kubernetes 容器平台建设，纳管 800 台服务器，支撑全公司业务上云", "duty")
    assert listed.status != "met" and done.status == "met"
    assert listed.strength < done.strength


def test_what_was_not_done_does_not_count(judge: Judge):
    assert look(judge, "熟悉 Kafka", "没有使用过 Kafka，后续计划学习消息队列").said == "no"
    resume = "Twelve years of experience in card payments.\nI read Java but have not built backend services myself."
    assert look(judge, "5+ years building backend services in Go or Java", resume).status != "met"


@pytest.mark.parametrize(
    ("requirement", "resume", "status"),
    [
        ("3年以上Java经验", "工作经历\n- 5年后端开发经验，使用 Java 开发订单系统", "met"),
        ("3年以上Java经验", "1年Java开发经验\n- 使用 Java 负责订单系统的接口开发", "partial"),
        ("5+ years of Python", "- Built and ran data pipelines in Python at Acme for 6 years.", "met"),
        ("5+ years in platform engineering", "Senior Platform Engineer, Acme Ltd Mar 2016 - Sep 2023\n- Ran 60 services.", "met"),
        ("5+ years in platform engineering", "Platform Engineer, Acme Ltd Mar 2021 - Sep 2023\n- Ran 60 services.", "partial"),
        ("精通 Java", "了解 Java", "partial"),
        ("熟悉 Java", "Java 零基础，正在自学", "no"),
        ("本科及以上学历，计算机相关专业", "江城大学 会计学 本科 2014-2018", "partial"),
        ("本科及以上学历，计算机相关专业", "江城大学 软件工程 本科 2014-2018", "met"),
        ("Bachelor's degree in computer science", "BA History, Norwick University", "partial"),
        ("英语六级及以上", "大学英语六级（CET-6）568 分", "met"),
        ("英语六级及以上", "英语：CET-4", "partial"),
        ("英语流利，可作为工作语言", "语言：雅思 7.5", "met"),
        ("英语流利，可作为工作语言", "大专，负责打印机维护", "missing"),
        ("Fluent English", "Languages: English (native), French", "met"),
        ("3年以上产品经理经验", "服务端开发工程师，6年经验\n- 使用 Java 开发结算服务\n- 用 Kafka 削峰，大促期间零故障", "missing"),
        ("3年以上互联网招聘经验", "产品经理，5年经验\n- 负责客户管理系统的规划，访谈 80 位客户\n- 搭建埋点体系", "missing"),
        ("3+ years of B2B software sales", "Acme, Software Engineer, Jul 2018 - Jun 2024\n- Built billing APIs in Go", "missing"),
        (
            "3+ years as a product manager",
            "Product manager\nDeskly, Jul 2019 - Jun 2024\n- Owned the roadmap",
            "met",
        ),  # so little is told
    ],
)
def test_no_more_and_no_less_than_is_there(judge: Judge, requirement: str, resume: str, status: str):
    assert look(judge, requirement, resume).said == status


def test_education_years_are_not_work(judge: Judge):
    resume = "教育背景\n江城理工大学 2012.09 – 2019.06\n项目经历\n课程设计 2018.01 – 2019.01\n工作经历\n某公司 2022.01 – 2022.07"
    point = look(judge, "3年以上工作经验", resume)
    assert (point.said, point.quote) == ("no", "某公司 2022.01 – 2022.07")


def test_features_are_means_of_the_points_of_a_kind(judge: Judge):
    requirements = split_job("任职要求\n熟悉 Go\n熟悉 Rust\n加分项\n熟悉 Kafka、Scala")
    evidence = find_evidence(requirements, BACKEND, judge)
    must = [point for point in evidence.points if point.kind == "must"]
    assert evidence.features["must_strength"] == pytest.approx(sum(point.strength for point in must) / 2)
    assert evidence.features["must_missing"] == 0.5
    assert evidence.features["nice_strength"] > 0 == evidence.features["duty_strength"]


def test_the_better_resume_proves_more(judge: Judge):
    requirements = split_job("岗位职责\n负责交易系统的开发与高可用\n任职要求\n熟悉 Go、MySQL\n本科及以上学历")
    accountant = "工作经历\n负责月末结账与税务申报，编制合并报表\n教育背景\n甬江财经学院 会计学 本科"
    good, bad = (find_evidence(requirements, text, judge).features for text in (BACKEND, accountant))
    assert good["must_strength"] > bad["must_strength"] and good["duty_strength"] > bad["duty_strength"]


@pytest.mark.parametrize("resume", ["", "  \n\n", "abc", "Java", "熟悉 Java", "。" * 500, "x" * 2_000])
def test_little_or_odd_text(judge: Judge, resume: str):
    look(judge, "熟悉 Java，3年以上经验，本科", resume)
    assert find_evidence([], resume, judge).points == ()


@reaches("met", "missing")
@given(
    st.lists(
        st.sampled_from(
            [
                "熟悉 Java",
                "3年",
                "以上",
                "本科",
                "。",
                "；",
                "\n",
                "- ",
                "负责开发",
                "2019.01 - 至今",
                "PhD",
                " or ",
                "/",
                "Go",
                "\r\n",
                "İ",
                "\0",
                "1. ",
            ]
        ),
        max_size=14,
    ).map("".join),
    st.lists(
        st.sampled_from(["熟悉 Java", " 或 ", "Go", "3年以上", "五年", "硕士", "，", "0+ years", "至少一门", "数据合规", "负责"]),
        max_size=5,
    ).map("".join),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text(judge: Judge, resume: str, requirement: str):
    point = look(judge, requirement, resume)
    assert point.status in ("met", "partial", "missing")
    reached(point.status)
    assert 0 <= point.strength <= 1
    if point.said == "missing":
        assert (point.start, point.end) == (0, 0)


def test_traditional_characters_are_read_as_their_simplified_ones():
    text = "溫予安\n工作經歷\n2016/03 - 至今 汀灣軟體 後端工程師\n負責訂單系統的開發與效能優化，使用 Java、Kafka、Redis。"
    for requirement in ("5年以上後端開發經驗", "5年以上后端开发经验"):
        (point,) = find_evidence([Requirement(requirement, "must", ())], text, JUDGE).points
        assert (point.status, point.quote) == ("met", "2016/03 - 至今 汀灣軟體 後端工程師")


MASKED = """{name}

{skills}

{heading}
2019.03-2024.05 {work}
"""


@each("name", ["候选人", "the candidate", "张三", "JANE DOE", "jane.doe@example.com | +44 7700 900123", "【联系方式】"])
def test_a_name_a_mask_and_contact_data_are_never_quoted(name):
    listed = "金蝶、用友、Excel、SAP、浪潮、费控、每刻、汇联易"
    resume = MASKED.format(name=name, skills=listed, heading="工作经历", work="江城贸易有限公司 总账会计\n- 负责总账、月结与报表")
    assert look(JUDGE, "3年以上SAP经验", resume).quote == listed
    assert look(JUDGE, "负责总账与报表", name).status == "missing"


def test_contact_data_is_left_out_of_the_quote_that_people_read(judge):
    point = look(judge, "本科及以上学历", "江城财经大学 会计学 本科 2014.09-2018.06 | 电话：13800001234")
    assert point.shown_quote == "江城财经大学 会计学 本科 2014.09-2018.06"


ADVERT = ["5+ years of backend development experience with Python and Django", "Experience with Kubernetes in production"]


def test_lines_copied_from_the_job_prove_no_years_and_are_a_part_at_most(judge):
    resume = (
        f"Jane Roe\nProfile\n{ADVERT[0]}\n{ADVERT[1]}\nWork\nJunior Developer, Foo Ltd, Jan 2023 - Jan 2024\n- Fixed bugs in the web shop\n"
    )
    years, kubernetes = find_evidence([Requirement(text, "must", ()) for text in ADVERT], resume, judge).points
    assert (years.status, years.reason.said if years.reason else "") == ("partial", "1.1")
    assert ADVERT[0] not in years.quote
    assert kubernetes.status == "partial"


@each(
    "requirement, line, status",
    [
        ("Strong Python and SQL", "Python (basic), SQL (basic)", "partial"),
        ("精通 Python", "了解 Python", "partial"),
        ("精通 Python", "精通 Python，了解 Java", "met"),
        ("有费控系统（每刻、汇联易、合思等）上线经验者优先", "参与搭建每刻报销系统，报销周期由 15 天缩短到 5 天", "partial"),
        ("Experience with expense tools such as Zoho Expense and Fyle", "Introduced Fyle for the expenses of 300 staff", "met"),
        ("能适应月末加班", "细心，能承受月末加班", "met"),
        ("Able to travel within Europe", "Willing to travel, also at short notice", "met"),
        ("中级优先", "中级会计职称（2023）", "met"),
    ],
)
def test_a_line_says_how_far(requirement, line, status):
    assert look(JUDGE, requirement, f"张三\n{line}\n").status == status


def test_an_overtime_that_is_refused_is_not_accepted(judge):
    assert look(judge, "能适应月末加班", "张三\n不能接受加班，细心\n").status != "met"


def test_years_of_a_technology_that_is_never_named_are_missing(judge):
    resume = "Jane Roe\nExperience\nData Analyst, Shopco, Mar 2018 - May 2025\n- Wrote Python scripts for the weekly reports\n"
    assert look(judge, "5+ years of Java experience", resume).status == "missing"
    assert look(judge, "5+ years of Python experience", resume).status == "met"
