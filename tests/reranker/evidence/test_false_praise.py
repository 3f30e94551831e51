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


WMS = "Hands-on knowledge of a WMS (Manhattan, Blue Yonder or SAP EWM)"
DEGREE = "Bachelor's degree in logistics, supply chain or similar, or equivalent experience"
INTENSIVE = "A minimum of 3 years' post-registration experience in adult intensive care"
WAREHOUSE = "At least 5 years' experience managing a warehouse or distribution centre"
COVER = "Tom W\nYou ask for IOSH Managing Safely or NEBOSH General Certificate. I can learn it.\n2019 - 2024 Kitchen porter, Hotel Albion"
WORK = "Jo Hill\nWarehouse Manager, Castleford Ltd, March 2013 – present\n- "


@pytest.mark.parametrize(
    "requirement, resume, status, in_quote, reason",
    [
        (
            WMS,
            f"{WORK}Raised pick accuracy from 99.2% to 99.83% after introducing voice picking on Blue Yonder WMS",
            "met",
            "Blue Yonder",
            "",
        ),
        (WMS, f"{WORK}Introduced SAP EWM at two sites in 2024", "met", "SAP EWM", ""),
        (
            WMS,
            "Jo Hill\n2016 - present Lecturer, University of York\nTeach Manhattan, Blue Yonder and SAP EWM as subjects",
            "not met",
            "",
            "",
        ),
        (DEGREE, "Jo Hill\nBA (Hons) Business and Logistics Management, University of Huddersfield, 2009 – 2012", "met", "Logistics", ""),
        (DEGREE, "Jo Hill\nBSc in Geography (Durham, 2007)", "partial", "Geography", ""),
        ("Lean Six Sigma Green Belt", f"{WORK}Lean Six Sigma Yellow Belt", "no", "Yellow Belt", ""),
        (
            "AWS Certified Solutions Architect",
            "Jo Hill\nDevOps engineer, Acme, 2018 – present\n- Ran 40 services on AWS",
            "not met",
            "",
            "",
        ),
        ("ACCA or CIMA qualified", "Daniel Okafor ACCA\nFinancial Controller 2018 – present, Harrogate Textiles", "met", "ACCA", ""),
        ("Teaching or mentoring qualification", "Wei Li\nSichuan University, Nursing, Bachelor, 2016", "not met", "", ""),
        ("Teaching or mentoring qualification", "F. Sayed\nStaff Nurse, 2016 – 2020\nPGCert Clinical Education, 2023", "met", "PGCert", ""),
        ("Proven people management: teams of 50 or more on shifts", f"{WORK}118 colleagues, 24/7, frozen and chilled", "met", "118", ""),
        (
            INTENSIVE,
            "J. Armitage\nElectrician, Harlow, 2016 – present\nWired the new intensive care unit of Leeds Infirmary",
            "not met",
            "",
            "",
        ),
        (
            INTENSIVE,
            "A. Muir\nAccount Manager, Ventil Medical, 2014 – present\n- Sell ventilators to intensive care units",
            "not met",
            "",
            "",
        ),
        (
            WAREHOUSE,
            "Jo Hill\nAssistant Warehouse Manager, Trafford Grocers\n2013 – 2020\n- Planned the rota",
            "not met",
            "",
            "years_unseen",
        ),
        (WAREHOUSE, "Jo Hill\nTransport Manager, Clydeside Haulage, 2010 – present\n- Fleet of 64 vehicles", "not met", "", ""),
        (WAREHOUSE, f"{WORK}60 colleagues", "met", "Warehouse Manager", ""),
        ("IOSH Managing Safely or NEBOSH General Certificate", COVER, "missing", "", ""),
    ],
)
def test_what_walkers_saw_in_english(requirement: str, resume: str, status: str, in_quote: str, reason: str):
    [point] = find_evidence([Requirement(requirement, "must", ())], resume, JUDGE).points
    assert point.said != "met" if status == "not met" else point.said == status, point
    assert in_quote in point.quote and (not reason or (point.reason and point.reason.code == reason))


def test_years_of_related_work_are_of_the_trade_of_the_job():
    job = ["3年以上相关经验", "负责环保设施运行与废水处理", "熟悉环保法规，能编制环评报告"]
    resumes = ["工作经历\n2017.01-2023.01 明禾商贸 总账会计", "工作经历\n2017.01-2023.01 某化工厂 环保专员"]
    said = [find_evidence([Requirement(text, "must", ()) for text in job], resume, JUDGE).points[0].said for resume in resumes]
    assert said[0] != "met" and said[1] == "met"
