"""Which lines say less of a technology than a requirement wants."""

from reranker.evidence.facts.mastery import claims_less
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
