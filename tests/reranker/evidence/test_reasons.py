"""What a resume states against a requirement decides the point, and is said: years of another subject, less of an amount, a no."""

import pytest

from reranker.evidence.facts import years
from reranker.evidence.match_points import MatchPoint, find_evidence
from reranker.evidence.requirements import Requirement
from tests.encoder import JUDGE

AUDITOR = """周岚
工作经历
2018.04-至今 天健会计师事务所 审计经理
带领 4 人项目组完成上市公司年报审计，复核底稿
2015.07-2018.03 某会计师事务所 审计员
项目
签下单笔 60 万元的审计合同，年销售额 350 万元
其他
英语四级；未取得 CPA；没有用过 SAP；不接受长期出差
"""
SELLER = """Tom Hale
Experience
Account Manager, Brightwave Media (advertising agency), Jan 2018 - Present
- Managed a £1.2m portfolio of SME clients
Skills
I have never used Salesforce. No driving licence. Japanese (JLPT N4)
"""


def points(resume: str, *requirements: str, kind: str = "must") -> list[MatchPoint]:
    return list(find_evidence([Requirement(text, kind, ()) for text in requirements], resume, JUDGE).points)


@pytest.mark.parametrize(
    "requirement, most",
    [
        ("3 年制造业财务经理经验", "partial"),
        ("5 年以上快消行业销售经验", "partial"),
        ("3 年以上银行对公客户经理经验", "partial"),
        ("3 年以上会计师事务所审计经验", "met"),
    ],
)
def test_years_count_where_entries_carry_trade_industry_and_rank(requirement: str, most: str):
    [point] = points(AUDITOR, requirement)
    assert (point.status == "met") == (most == "met")
    if most != "met":
        assert point.reason and point.reason.code in ("years", "years_of_it", "years_unseen")


@pytest.mark.parametrize(
    "requirement, work, count",
    [
        ("3年以上制造业成本会计经验", "2019.01-2023.12 宁波某五金工厂 成本会计", 5),
        ("3年以上制造业成本会计经验", "2019.01-2023.12 某会计师事务所 审计员", 0),
        ("3年以上制造业总账会计经验", "2019.01-2023.12 Penta (a manufacturer) Senior GL Accountant", 5),
        ("3年以上制造业总账会计经验", "2019.01-2023.12 昆山某精密部件厂 应收应付会计\n- 配合总账会计月结", 0),
        ("3年以上制造业总账会计经验", "2019.01-2023.12 天衡会计师事务所 审计员\n- 复核制造业客户的合并报表与总账", 0),
        ("3年以上制造业总账会计经验", "2019.01-2023.12 衡启软件 实施顾问\n- 为工厂实施总账模块", 0),
        ("3年以上制造业总账会计或财务主管经验", "2019.01-2023.12 某五金工厂 总账会计", 5),
        ("5年以上光伏电站设计经验", "2015.01-2022.12 某设计院 配电设计工程师", 0),
        ("3+ years of retail store management", "Store Manager, Corner Shop, Jan 2019 - Dec 2022", 4),
        ("3+ years as a finance manager in manufacturing", "Audit Manager, Deloitte LLP, Jan 2016 - Dec 2022", 0),
    ],
)
def test_years_that_carry_the_subject(requirement: str, work: str, count: float):
    demands = years.asked(requirement)
    assert demands
    [demand] = demands
    heading = "工作经历" if work[0].isdigit() else "Experience"
    assert years.carried(demand, years.stated(f"{heading}\n{work}\n")) == pytest.approx(count, abs=0.1)


def test_internships_under_a_heading_of_their_own_are_no_years_of_work():
    studies = "宋一鸣\n教育经历\n2022.09-2026.06 某财经大学 会计学 本科\n"
    resume = studies + "实习经历\n2025.12-2026.03 某电子厂 财务实习生\n- 协助总账会计录入凭证，用用友U8"
    whole, mixed = points(resume, "5年以上会计工作经验", "3年以上财务工作经验，熟悉用友U8")
    assert whole.said == "no" and "财务实习生" in whole.quote and mixed.status == "partial"
    assert points(studies + "协助总账会计录入凭证", "5年以上会计工作经验")[0].status != "met", "studies are none"


def test_years_that_nothing_shows_to_be_of_the_subject_are_not_said_to_be_none():
    [point] = points("工作经历\n2019.08-至今 天衡会计师事务所 审计员\n- 复核制造业客户的合并报表与总账", "3年以上制造业总账会计经验")
    assert point.status != "met" and point.reason and point.reason.code == "years_unseen"


@pytest.mark.parametrize("led", ["带12人财务团队", "Lead 3 accountants; review vouchers"])
def test_whoever_led_people_has_a_part_of_leading_and_something_more(led: str):
    [point] = points(f"工作经历\n2016.01-至今 某机械厂 财务经理\n- {led}", "带领3人左右的会计小组，指导并复核凭证", kind="duty")
    assert point.status != "missing" and led[:5] in point.quote


def test_one_product_is_not_shown_by_another_and_a_date_is_no_amount():
    resume = "工作经历\n2015.07-2018.05 某机械厂 电气工程师\n项目 40 余个\n技能\n用友U8、Office"
    sap, office, sales = points(resume, "会SAP者优先", "熟练使用Office办公软件", "年销售额不低于1500万元")
    assert sap.status == "missing" and office.status != "missing"
    assert not sales.reason or "2018" not in sales.reason.said


def test_fellow_students_are_no_staff():
    [point] = points("校园经历\n校学生会外联部部长，带8人", "有销售团队管理经验者优先", kind="nice")
    assert point.status != "met"


@pytest.mark.parametrize(
    "resume, requirement, asked, said",
    [
        (AUDITOR, "单笔 300 万以上的合同", "300 万以上", "60 万元"),
        (AUDITOR, "年销售额 1000 万以上", "1000 万以上", "350 万元"),
        (SELLER, "Managed a portfolio of £5m or more", "£5m", "£1.2m"),
    ],
)
def test_less_of_an_amount_is_a_part_with_both_numbers(resume: str, requirement: str, asked: str, said: str):
    [point] = points(resume, requirement)
    assert (point.status, point.reason and (point.reason.code, point.reason.asked, point.reason.said)) == (
        "partial",
        ("amount", asked, said),
    )


def test_as_much_as_is_asked_for_is_enough_where_nothing_else_is():
    seller = (
        "工作经历\n2019.05-至今 柯迈机器人 大客户经理\n- 负责机器人及锂电自动化产线的大客户销售，2024年个人销售额2,350万元，2025年2,780万元"
    )
    [point] = points(seller, "近两年个人年销售额不低于1000万元")
    assert point.status == "met" and "2,350万元" in point.quote
    [other] = points("工作经历\n2019.05-至今 某机械厂 会计\n- 主导高新认定，2023年加计扣除约1,260万元", "近两年个人年销售额不低于1000万元")
    assert other.status != "met", "an amount of something else"


def test_languages_in_words_are_compared_on_one_scale():
    [good, fluent] = points(AUDITOR, "英语良好", "英语流利，可与海外客户沟通")
    assert good.status == fluent.status == "partial" and "英语四级" in good.quote
    assert [point.reason and (point.reason.asked, point.reason.said) for point in (good, fluent)] == [("B2", "B1"), ("C1", "B1")]


@pytest.mark.parametrize(
    "resume, requirement, line",
    [
        (AUDITOR, "持有 CPA 证书", "未取得 CPA"),
        (AUDITOR, "熟悉 SAP", "没有用过 SAP"),
        (AUDITOR, "能接受出差", "不接受长期出差"),
        (SELLER, "Experience with Salesforce", "never used Salesforce"),
        (SELLER, "Full UK driving licence", "No driving licence"),
    ],
)
def test_a_no_is_quoted_as_one(resume: str, requirement: str, line: str):
    [point] = points(resume, requirement)
    assert (point.status, point.said) == ("missing", "no") and line in point.quote
    assert resume[point.start : point.end] == point.quote


def test_what_is_not_mentioned_is_not_seen():
    [point] = points(SELLER, "Experience with Kubernetes")
    assert (point.said, point.quote, point.start, point.end) == ("missing", "", 0, 0)


def test_a_trait_is_asked_about_and_never_missing():
    [point] = points(SELLER, "Team player with a positive attitude", kind="soft")
    assert point.status == point.said == "ask"


ASSISTANT = """工作经历
2020.08-2026.08 某自动化设备公司 销售助理
- 为6位大客户经理准备报价单、合同和投标文件
2016.08-2020.07 某便利店 店长
- 管理6名店员
校园经历
学生会部长，带8人，拉赞助12万元
证书：驾照C1"""


@pytest.mark.parametrize(
    "requirement, most",
    [
        ("5年以上工业品B2B销售经验，3年以上大客户销售经验", "partial"),
        ("有销售团队管理经验者优先", "partial"),
        ("具备投标和商务谈判能力", "partial"),
        ("能适应长期出差，有驾照", "partial"),
        ("有团队管理经验者优先", "met"),
    ],
)
def test_whoever_helps_leads_elsewhere_or_has_one_clause_of_two_has_a_part(requirement: str, most: str):
    [point] = points(ASSISTANT, requirement)
    assert (point.status == "met") == (most == "met") and "学生会" not in point.quote


def test_a_tester_and_an_auditor_do_other_work_than_is_asked_for():
    tester = "工作经历\n2018.05-2026.08 某支付公司 高级测试开发工程师\n- 负责支付收单、清结算系统的功能、接口与性能测试"
    auditor = "工作经历\n2018.05-2026.08 某会计师事务所 审计员\n- 出具企业所得税汇算清缴鉴证报告"
    assert points(tester, "负责支付核心系统（收单、清结算）的设计与开发", kind="duty")[0].status != "met"
    assert points(auditor, "负责增值税、企业所得税等各项税费的申报及所得税汇算清缴", kind="duty")[0].status != "met"


def test_years_are_quoted_from_dated_work_and_counted_for_nothing_else():
    studies = "应聘：会计\n教育经历\n2010.09-2014.06 某财经大学 会计学 本科\n证书：初级会计师\n"
    [point] = points(studies + "工作经历\n2014.07-2026.08 某机械厂 总账会计\n- 负责总账", "5年以上会计工作经验")
    assert point.status == "met" and point.quote.startswith("2014.07")


def test_fewer_days_away_are_a_part():
    resume = "工作经历\n2018.05-2026.08 某传感器公司 大客户经理\n- 每月出差约12天\n驾照C1"
    [fewer] = points(resume, "能适应长期出差（每月15天以上），有驾照")
    assert fewer.status == "partial" and fewer.reason and "12天" in fewer.reason.said and "出差" in fewer.quote
    [enough] = points(resume.replace("12天", "18天"), "能适应长期出差（每月15天以上），有驾照")
    assert enough.status == "met" and enough.reason is None


def test_papers_passed_of_the_certificate_asked_for_count_before_another_one():
    [point] = points("证书\n中级会计师（2018）\nCPA已过4科（会计、税法、审计、经济法），其余在考", "有CPA证书者优先")
    assert point.status == "partial" and "CPA" in point.quote
    assert points("CERTIFICATES\nIntermediate Accountant (PRC, 2019)", "持有中级会计师及以上职称")[0].status == "met"


def test_programs_in_a_short_list_and_amounts_of_a_club():
    [named] = points("工作经历\n2018.05-2026.08 某机械厂 财务经理\n- 组织年度审计\n软件：SAP、用友U8、Excel", "熟练使用用友U8或金蝶K3")
    assert named.status != "missing" and "用友" in named.quote
    [raised] = points(ASSISTANT, "完成年度销售指标（1500万）", kind="duty")
    assert raised.reason is None or "12万" not in raised.reason.said
