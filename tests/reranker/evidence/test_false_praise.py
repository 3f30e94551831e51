"""What looks like proof and is none, and the part that is there beside a part that is not: statements that users found wrong."""

import pytest

from reranker.evidence.match_points import find_evidence
from reranker.evidence.requirements import Requirement
from tests.encoder import JUDGE

KEYWORDS = "销售精英 | PLC | 伺服 | 变频器 | OEM | 系统集成商 | 经销商管理 | 招投标 | 回款 | 华东区 | 1000万 | C1 | CET-4 | 出差"
RECRUITER = """Helen Brandt
I check NMC registration, ALS certificates and critical care courses of every applicant.
MedStaff Recruitment, Reading - Senior consultant, 2017-now"""
EXPERT = "张三\n工作经历\n2019.09-至今 某轴承公司 财务主管\n每月出具成本分析报告，向总经理汇报"
NURSE = """Priya Nair
Staff Nurse, Emergency Department, 02/2020 to date
- Care of ventilated patients in resus until they are transferred to intensive care
I have not worked in intensive care."""
SELLER = "唐鹏飞\n工作经历\n2020.01-至今 平安人寿 区域销售经理\n带领28人团队，团队年度保费1800万元"
STUDENT = "孙雨桐\n实习经历\n2025.06-2025.09 某公司 成本会计实习生\n校园经历\n校学生会财务部部长，管理10人团队"


@pytest.mark.parametrize(
    "requirement, resume, status, in_quote, reason",
    [
        ("独立完成过年销售额1000万以上", f"罗志强\n{KEYWORDS}", "not met", "", ""),
        ("持有C1驾照，能适应长期出差（每月15天左右）", f"罗志强\n{KEYWORDS}", "not met", "", ""),
        ("英语CET-4", f"罗志强\n{KEYWORDS}", "partial", "CET-4", ""),
        ("独立完成过年销售额1000万以上", SELLER, "partial", "团队年度保费", "amount_of_team"),
        ("Valid ALS certificate", RECRUITER, "missing", "", ""),
        ("Current registration with the NMC", RECRUITER, "missing", "", ""),
        ("3 years' experience in adult intensive care", NURSE, "no", "have not worked", "denied"),
        ("编制月度成本分析报告，跟踪材料价差", EXPERT, "partial", "成本分析报告", ""),
        ("需通过英语六级，接受大小周", "张三\n其他：CET-6 512", "partial", "CET-6", ""),
        ("需通过英语六级，接受大小周", "张三\n其他：CET-6 512\n可接受大小周", "met", "CET-6", ""),
        ("有团队管理经验（3人以上）", STUDENT, "not met", "", ""),
        ("5年以上成本会计工作经验", STUDENT, "no", "实习生", "no_work"),
    ],
)
def test_what_is_there_and_no_more_is_said(requirement: str, resume: str, status: str, in_quote: str, reason: str):
    [point] = find_evidence([Requirement(requirement, "must", ())], resume, JUDGE).points
    assert point.said != "met" if status == "not met" else point.said == status, point
    assert in_quote in point.quote and (not reason or (point.reason and point.reason.code == reason))


def test_years_of_related_work_are_of_the_trade_of_the_job():
    job = ["3年以上相关经验", "负责环保设施运行与废水处理", "熟悉环保法规，能编制环评报告"]
    resumes = ["工作经历\n2017.01-2023.01 明禾商贸 总账会计", "工作经历\n2017.01-2023.01 某化工厂 环保专员"]
    said = [find_evidence([Requirement(text, "must", ()) for text in job], resume, JUDGE).points[0].said for resume in resumes]
    assert said[0] != "met" and said[1] == "met"
