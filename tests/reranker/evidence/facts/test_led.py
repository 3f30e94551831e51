"""People whom somebody led by what stands beside their number, and those who were only there, served or counted."""

import pytest

from reranker.evidence.facts import numbers

ASKED = "Proven people management: teams of 50 or more"
LED = [
    "Warehouse Manager, Pennine Foods, Oldham\nFeb 2018 – Oct 2025\n• 118 colleagues, 24/7, frozen and chilled",
    "the last as officer commanding a supply squadron of 165 soldiers and civilians",
    "Head of Warehousing at Dales Dairy, where 74 colleagues store and pick chilled goods",
    "Responsible for 140 staff on 3 shifts, frozen and chilled",
    "Inbound Manager, Boxwell\n2 shifts, 54 direct and indirect reports",
    "Shift Manager – Freshline Foods\n60 colleagues, freezer store",
    "Transport Manager, Clydeside Haulage: fleet of 64 vehicles, 88 drivers on shifts",
    "Ran a kitchen brigade of 55",
    "Ward manager (62 staff)",
    "Led the night team (75 people)",
    "仓储经理\n管理仓库团队（60人）",
]
NOT_LED = [
    "Warehouse operative at a site of 640 colleagues",
    "Picker, one of 120 pickers on nights",
    "Canteen cook for 450 colleagues",
    "Trained 1,200 ICU nurses on our devices",
    "Since 2017 I have placed more than 400 intensive care nurses",
    "Reception manager for a building of 500 staff",
    "IT support for 150 users",
    "HR adviser: casework for 200 staff",
    "Sales Manager\nAcme (2,000 employees), 2015 – 2019",
    "Project Manager, Acme Ltd (640 employees)",
    "Product Manager\n- survey of 150 employees",
    "项目经理，某某科技（2000人），2015-2019",
]


@pytest.mark.parametrize("resume, is_met", [*((line, True) for line in LED), *((line, False) for line in NOT_LED)])
def test_who_was_led(resume: str, is_met: bool):
    demand = numbers.asked(ASKED)
    assert demand is not None
    assert (numbers.answer(demand, numbers.stated(resume)).verdict == "met") is is_met


@pytest.mark.parametrize(
    "requirement, people",
    [
        ("Lead a team of 4 shift managers and around 120 colleagues", 124),
        ("Supervise 2 chefs and 6 porters", 8),
        ("管理2名组长和20名操作工", 22),
        ("Lead a team of 5 people and work with 20 stakeholders", 5),
        ("Manage a team of 10 or more", 10),
    ],
)
def test_people_asked_for_one_after_another_are_one_team(requirement: str, people: float):
    demand = numbers.asked(requirement)
    assert demand is not None and demand.wanted[0].amount == people
