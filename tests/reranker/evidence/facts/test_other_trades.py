"""Years in a ward, in a kind of law or of a kitchen are those of who works there, not of who wires it, sells to it or recruits for it."""

from datetime import date

import pytest

from reranker.evidence.facts import years

TODAY = date(2026, 11, 28)
INTENSIVE = "3 years' experience in adult intensive care"
WAREHOUSE = "At least 5 years' experience managing a warehouse or distribution centre"


def carried(requirement: str, resume: str) -> float:
    demands = years.asked(requirement)
    assert demands is not None
    return min(years.carried(demand, years.stated(resume, TODAY)) for demand in demands)


@pytest.mark.parametrize(
    "requirement, resume, are_carried",
    [
        (INTENSIVE, "Electrician, Harlow, 2016 – present\nWired the new intensive care unit of Leeds Infirmary", False),
        (INTENSIVE, "Account Manager, Ventil Medical, 2014 – present\n- Sell ventilators to adult intensive care units", False),
        (INTENSIVE, "Recruiter, MedStaff, 2014 – present\n- Place nurses in adult intensive care", False),
        ("3年以上ICU经验", "水电工，2014.01-至今，某装修公司\n负责ICU病房的线路安装", False),
        ("3 years' experience in criminal law", "IT technician, Crown LLP, 2014 – present\n- Laptops of the criminal law team", False),
        (INTENSIVE, "Staff Nurse, Adult Intensive Care, Leeds Infirmary, 2014 – present", True),
        (INTENSIVE, "Doctor, Leeds Infirmary, 2014 – present\n- Adult intensive care, two days a week", True),
        ("3 years' experience in criminal law", "Solicitor, Crown LLP, 2014 – present\n- Criminal law", True),
        ("3年以上肿瘤药品推广经验", "2020.01-至今 某药业 医药代表（肿瘤线）\n推广肿瘤药品", True),
        (WAREHOUSE, "Warehouse Manager, Trafford Grocers, 2013 – 2020", True),
        (WAREHOUSE, "Distribution Centre Manager, Freshline, 2013 – 2020", True),
        (WAREHOUSE, "Transport Manager, Clydeside Haulage, 2010 – present\n- Fleet of 64 vehicles", False),
        ("3年以上医疗器械或药品销售经验", "2020.03-2026.02 启明软件 大客户销售", False),
    ],
)
def test_whose_years_they_are(requirement: str, resume: str, are_carried: bool):
    assert (carried(requirement, resume) >= 3) is are_carried
