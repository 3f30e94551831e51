"""An assistant or a deputy has not had the title that is asked for; whoever rose to it has, and an assistant where one is asked for."""

import pytest

from reranker.evidence.facts.career.understudies import is_below

BELOW = [
    (
        "At least 5 years' experience managing a warehouse",
        "Assistant Warehouse Manager, Trafford Grocers\n2013 - 2020\n- Stood in for the manager",
    ),
    ("5+ years as a head teacher", "Deputy Head Teacher, Hill School, 2012 - 2020"),
    ("5 years as a store manager", "Assistant Store Manager, Next, 2012 - 2020"),
    ("5+ years' experience as finance director", "Personal Assistant to the Finance Director, Acme, 2010 - 2020"),
    ("3 years as a qualified solicitor", "Trainee Solicitor, Smith LLP, 2018 - 2022"),
    ("5 years' experience as head chef", "Sous Chef, Abbey Hotel, 2012 - 2020"),
    ("4 years as a ward manager", "Deputy Ward Manager, St James, 2012 - 2020"),
    ("5 years as an accountant", "Accounts assistant, Bristol Paper Co, since Jan 2022"),
    ("3 years as managing director", "Secretary to the Managing Director, Acme, 2012 - 2020"),
    ("Hotel manager, 4 years", "Associate Hotel Manager, Albion, 2012 - 2020"),
]
NOT_BELOW = [
    (
        "At least 5 years' experience managing a warehouse",
        "Warehouse Manager, Trafford Grocers, 2013 - 2020\n- Trained two assistant managers",
    ),
    ("5 years as a store manager", "Store Manager, Next, 2012 - 2020 (promoted from Assistant Manager)"),
    ("5 years as a store manager", "Assistant Manager, then Store Manager, Next, 2012 - 2020"),
    ("5 years as an assistant manager", "Assistant Manager, Next, 2012 - 2020"),
    ("5 years' experience managing a team", "Assistant Store Manager, Next, 2012 - 2020"),
    ("5 years' experience managing projects", "Assistant Site Manager, Kier, 2012 - 2020"),
    ("3 years in month-end close", "Accounts assistant, Bristol Paper Co, since Jan 2022"),
    ("5+ years as a head teacher", "Head Teacher, Hill School, 2012 - 2020"),
    ("3年以上店长经验", "店长助理 2012-2020"),
]


@pytest.mark.parametrize("requirement, entry, is_under", [*((*row, True) for row in BELOW), *((*row, False) for row in NOT_BELOW)])
def test_who_is_below(requirement: str, entry: str, is_under: bool):
    assert is_below(requirement, entry) is is_under
