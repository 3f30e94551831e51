"""The features that labels can teach: each says what its name says, in Chinese and English, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.labels import Term
from feedback.learning.features import NAMES, extract
from feedback.learning.wording import is_result, wording
from preprocess.lexicon.headings import heading_kind, section_headings
from reranker.engine import Query
from reranker.evidence.facts import years
from reranker.evidence.match_points import Evidence, MatchPoint
from tests.each import each
from tests.growth.clock import is_linear, thread_seconds

NOTHING_FOUND = {name: 0.0 for name in ("must_strength", "must_missing", "duty_strength", "nice_strength")}


def point(kind: str, strength: float) -> MatchPoint:
    return MatchPoint("熟悉 Java", kind, "partial", "", 0, 0, strength)


def extracted(job: str, resume: str, *points: MatchPoint, glossary: tuple[Term, ...] = ()) -> dict[str, float]:
    return extract(Query(job, ""), resume, 1.25, Evidence(points, NOTHING_FOUND), glossary)


@each(
    "line",
    [
        "接口耗时降低 37%",
        "点击率提升6.3个百分点",
        "支撑万级QPS的网关",
        "单集群峰值 6 万 QPS",
        "日均 500 万单",
        "日均 1.2 亿次调用",
        "开源项目 120+ star",
        "性能提升 3x",
        "吞吐提高两倍",
        "首屏从5s降到800ms",
        "接口 P99 从 300ms 优化到 60ms",
        "年节省算力成本约 900 万元",
        "Improved CTR by 25%",
        "Cut first load from 4 s to 1.2 s",
        "Built a platform serving 10M+ users",
        "APIs handling 4,000 requests per second",
        "Closed deals worth $6.2 million",
        "gpu-share-lite, 620 Star",
        "Throughput grew 3x after the rewrite",
    ],
)
def test_a_result_in_figures_is_recognised(line):
    assert is_result(line)


@each(
    "line",
    [
        "2019.07-2024.06 某电商公司",
        "2019年-2021年 江城大学",
        "电话：138-0000-0011",
        "使用 Java 8、Python 3.11 与 Spring Boot 2.7",
        "GPA 3.8/4.0，专业前 5%",
        "年龄：28 岁",
        "工作年限：6 年",
        "本科 211 院校，英语六级 580 分",
        "Python 90%",
        "从 2019 到 2021 在北京工作",
        "Worked there from 2019 to 2021",
        "Phone +353 1 234 5678",
        "Ranked top 5% of the class",
        "Migrated to HTTP/2 and TLS 1.3",
        "显示器 1920x1080",
        "负责订单系统的开发",
        "5x8 小时支持",
    ],
)
def test_dates_phones_versions_grades_ages_and_bare_numbers_are_no_results(line):
    assert not is_result(line)


@each(
    "feature, line",
    [
        ("ownership", "主导交易核心架构设计"),
        ("ownership", "从0到1搭建监控平台"),
        ("ownership", "Led the design of a payment platform"),
        ("ownership", "Architected the ledger"),
        ("collaboration", "与法务跨部门推进合规"),
        ("collaboration", "带教两名实习生"),
        ("collaboration", "Mentored 5 junior engineers"),
        ("collaboration", "Member of a cross-functional squad"),
        ("quantified", "机器成本下降 28%"),
        ("projects", "搭建并上线知识库项目"),
        ("tenure", "工作年限：6 年"),
    ],
)
def test_wording_raises_its_own_feature(feature, line):
    plain = "编写日常文档\n整理会议纪要"
    assert wording(f"{plain}\n{line}")[feature] > wording(plain)[feature]


@pytest.mark.parametrize("claim", ["具有良好的团队协作精神与沟通能力", "Team player with excellent communication skills"])
def test_claiming_to_work_well_with_others_is_no_evidence(claim):
    assert wording(claim)["collaboration"] == 0.0


def test_counts_saturate_so_that_repeating_does_not_pay():
    few, many = wording("主导架构设计\n" * 3), wording("主导架构设计\n" * 30)
    assert few["ownership"] == 0.5
    assert many["ownership"] - few["ownership"] < 0.5


@each("heading", ["校园经历", "获奖情况", "个人优势", "求职意向", "语言能力", "五、獲獎情況：", "Publications", "Volunteer Experience"])
def test_projects_end_at_any_heading(heading: str):
    resume = f"项目经历\n智能客服助手\n{heading}\n在校期间担任学生会主席"
    assert wording(resume)["projects"] == pytest.approx(len("智能客服助手") / len("智能客服助手在校期间担任学生会主席"))


def test_projects_are_what_stands_under_their_heading():
    resume = "工作经历\n处理线上反馈的问题\n项目经历\n智能客服助手\n教育背景\n江城大学 本科"
    assert wording(resume)["projects"] == pytest.approx(len("智能客服助手") / len("处理线上反馈的问题智能客服助手江城大学 本科"))


HEADINGS = sorted(
    {heading for heading, kind in section_headings().items() if kind not in ("project", "open_source")}
    | {"Publications", "LANGUAGES", "Honors", "Hobbies", "Training", "Work Experience", "【荣誉证书】", "校园经历：", "一、教育背景"}
)


@each("heading", HEADINGS)
def test_a_section_ends_at_every_heading_that_is_known_anywhere(heading):
    resume = f"项目经历\n智能客服助手\n{heading}\n江城大学优秀学生干部"
    assert wording(resume)["projects"] == pytest.approx(len("智能客服助手") / len("智能客服助手江城大学优秀学生干部"))
    if heading_kind(heading) != "work":
        resume = f"工作经历\n2018.01-2019.12 某公司\n{heading}\n2010.01-2014.12 江城"
        assert years.held(years.stated(resume)) == pytest.approx(2)


@pytest.mark.parametrize("line", ["项目描述：", "工作成果：", "主要成果", "主导核心项目技能培训平台的设计"])
def test_a_section_goes_on_after_what_only_names_a_part_of_it(line):
    assert wording(f"项目经历\n智能客服助手\n{line}\n江城优秀案例")["projects"] == 1.0


def test_the_glossary_counts_for_jobs_that_call_for_it_only():
    terms = (Term("高并发", "#万qps"), Term("高并发", "#亿流量"), Term("数据驱动", "北极星看板"))
    resume = "接口峰值 3 万 QPS"
    assert extracted("有高并发经验", resume, glossary=terms)["glossary"] == 1.0
    assert extracted("有高并发经验，数据驱动", resume, glossary=terms)["glossary"] == 0.5
    assert extracted("熟悉 Excel", resume, glossary=terms)["glossary"] == 0.0
    assert extracted("有高并发经验", "整理会议纪要", glossary=terms)["glossary"] == 0.0


def test_the_model_logit_is_passed_on_untouched():
    assert extracted("job", "resume")["logit"] == 1.25


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_every_feature_is_there_and_all_but_the_logit_are_between_0_and_1(job, resume):
    features = extracted(job, resume, glossary=(Term("a", "b"),))
    assert tuple(features) == NAMES
    assert all(0.0 <= value <= 1.0 for name, value in features.items() if name != "logit")


@pytest.mark.growth
@pytest.mark.parametrize("unit", ["1", "9 ", "从5s", "9.9,", "项目 ", "led ", "工作", "from 1 ", "1万", "提升"])
def test_time_is_linear_even_on_text_made_to_be_slow(unit):
    assert is_linear(lambda length: thread_seconds(lambda: wording(unit * (length // len(unit)))), 4_000)
