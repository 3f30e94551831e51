"""Which lines say less of a technology than a requirement wants."""

import pytest

from reranker.evidence.facts.mastery import claims_less, claims_office
from reranker.evidence.parsed_requirement import parse_requirement
from tests.each import each

LITTLE = [
    ("Strong Python and SQL", "Python (basic), SQL (basic)"),
    ("熟练掌握 SQL", "数据库：SQL（基础）"),
    ("精通 Python", "Python 入门"),
    ("精通 Python", "自学 Python"),
    ("精通 Python", "接触过 Python"),
    ("Strong Python", "some Python"),
    ("Strong Python", "Python coursework"),
    ("Strong Python", "currently learning Python"),
]


@each("requirement, line", LITTLE)
def test_a_line_that_claims_less(requirement, line):
    assert claims_less(requirement, line)


@each(
    "requirement, line",
    [
        ("Strong Python", "Python, Visual Basic"),
        ("熟悉 Python", "了解 Python"),
        ("精通 Python", "深入了解 Python"),
        ("精通 Java", "Java、Python（基础）"),
        ("Strong Python", "Built Python pipelines for machine learning"),
        ("Strong Kubernetes", "Ran some of the largest Kubernetes clusters"),
    ],
)
def test_a_line_that_does_not(requirement, line):
    assert not claims_less(requirement, line)


@pytest.mark.parametrize(
    ("requirement", "line", "wanted"),
    [
        ("熟练使用Office办公软件", "Office 熟练；普通话、吴语", True),
        ("熟练使用办公软件", "熟练使用Word、Excel等办公软件", True),
        ("精通Excel", "Excel 熟练", True),
        ("熟練使用Excel", "熟練 Excel 文書", True),
        ("熟练使用Office办公软件", "C1，Office，能喝酒", False),
        ("熟练使用Office办公软件", "Office 基础操作", False),
        ("熟练使用Office办公软件", "了解办公软件；粤语熟练", False),
        ("熟练使用SAP", "SAP 熟练", False),
        ("熟练使用Excel和SQL", "Excel 熟练", False),
        ("Proficient in Microsoft Office", "Proficient in Word and Excel", True),
    ],
)
def test_programs_of_the_office_are_as_known_as_is_said(requirement: str, line: str, wanted: bool) -> None:
    assert claims_office(parse_requirement(requirement).groups, line) is wanted
