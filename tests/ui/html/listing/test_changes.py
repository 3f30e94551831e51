"""Reasons of a move are said against the average: who fell may have gained, and others more."""

import pytest

from feedback.comparison.compare import Comparison, Move
from i18n.texts import texts
from ui.html.listing.changes import change_html


@pytest.mark.parametrize(
    ("language", "reason"), [("zh", "要求的改动（比平均）+0.02"), ("en", "changed criteria +0.02 against the average")]
)
def test_what_changed_criteria_gave_is_against_the_average(language: str, reason: str):
    moves = (
        Move("b" * 64, "周予安", 2, 1, 0.5, 0.5, 1, {"rubric": 0.04}, 2),
        Move("a" * 64, "白露", 1, 2, 0.5, 0.5, -1, {"rubric": 0.02}, 1),
    )
    assert reason in change_html(Comparison(("rubric",), (), moves), texts(language))
