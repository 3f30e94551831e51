"""What comes from a browser is checked before it is used."""

import pytest

from ui.from_browser import number_of


@pytest.mark.parametrize(
    ("value", "number"), [("12", 12), (12, 12), (True, 0), ("-1", 0), ("٣", 0), ("9" * 40, 0), (None, 0), (1.5, 0), ([], 0)]
)
def test_a_number_from_the_browser_is_a_number_or_none(value: object, number: int):
    assert number_of(value) == number
