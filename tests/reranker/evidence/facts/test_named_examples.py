"""A list of products in a requirement names alternatives, whether or not the table of technologies knows them."""

import pytest

from reranker.evidence.facts.named_examples import asks_for_an_example_only, named_examples, repeats_examples


@pytest.mark.parametrize(
    "requirement, names",
    [
        ("Hands-on knowledge of a warehouse management system (Manhattan, Blue Yonder or SAP EWM)", ("Manhattan", "Blue Yonder")),
        ("Hands-on knowledge of a WMS (Manhattan, Blue Yonder or SAP EWM)", ("Manhattan", "Blue Yonder")),
        ("Experience of Manhattan, Blue Yonder or SAP EWM", ("Manhattan", "Blue Yonder")),
        ("Experience with an applicant tracking system (Greenhouse or Lever)", ("Greenhouse", "Lever")),
        ("Property management system experience (Opera, Mews or Protel)", ("Opera", "Mews", "Protel")),
        ("Electronic health records (Epic, Cerner or SystmOne)", ("Epic", "Cerner", "SystmOne")),
        ("Practice management software: Clio, LEAP or Proclaim", ("Clio", "LEAP", "Proclaim")),
        ("EPOS (Lightspeed, Toast or Square)", ("Lightspeed", "Toast", "Square")),
        ("Accounting software (e.g. Xero, Sage or QuickBooks)", ("Xero", "Sage", "QuickBooks")),
        ("Till systems such as Lightspeed and Toast", ("Lightspeed", "Toast")),
        ("熟悉酒店管理系统（Opera、绿云或西软）", ("Opera", "绿云", "西软")),
        ("有费控系统（每刻、汇联易、合思等）上线经验者优先", ("每刻", "汇联易", "合思")),
        ("Shifts (days, nights or weekends)", ()),
        ("Counterbalance forklift licence (RTITB or ITSSAR)", ()),
        ("IOSH Managing Safely or NEBOSH General Certificate", ()),
        ("Fluent in French, Dutch or German", ()),
        ("Tasks such as Picking and Packing", ()),
        ("Degree from Leeds, York or Hull", ()),
    ],
)
def test_names_of_products(requirement: str, names: tuple[str, ...]):
    assert named_examples(requirement) == names


def test_whoever_names_all_of_several_products_repeats_the_job():
    requirement = "Hands-on knowledge of a WMS (Manhattan, Blue Yonder or SAP EWM)"
    assert repeats_examples("Teach Manhattan, Blue Yonder and SAP EWM as subjects", requirement)
    assert not repeats_examples("Moved two sites from Manhattan to Blue Yonder", requirement)
    assert not repeats_examples("Recruited in Greenhouse, later Lever", "An applicant tracking system (Greenhouse or Lever)")


@pytest.mark.parametrize(
    "requirement, is_all",
    [
        ("Hands-on knowledge of a WMS (Manhattan, Blue Yonder or SAP EWM)", True),
        ("有费控系统（每刻、汇联易、合思等）上线经验者优先", True),
        ("熟悉费控系统（每刻、汇联易、合思等），能独立编制合并报表", False),
        ("SQL and a dashboard tool (Looker, Metabase or Tableau)", False),
        ("A TMS (Microlise, Mandata or Paragon) and a WMS (Manhattan or Korber)", False),
    ],
)
def test_what_else_is_asked_for(requirement: str, is_all: bool):
    assert asks_for_an_example_only(requirement) is is_all
