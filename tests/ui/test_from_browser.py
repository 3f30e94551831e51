"""What comes from a browser is checked before it is used."""

import pytest

from ui.from_browser import number_of, typed_before
from ui.session import Form


@pytest.mark.parametrize(
    ("value", "number"), [("12", 12), (12, 12), (True, 0), ("-1", 0), ("٣", 0), ("9" * 40, 0), (None, 0), (1.5, 0), ([], 0)]
)
def test_a_number_from_the_browser_is_a_number_or_none(value: object, number: int):
    assert number_of(value) == number


def test_a_box_that_the_page_never_showed_keeps_its_text():
    kept = '{"user": "hr", "process": "1", "typed": ["new job", null, ""], "left": null}'
    assert typed_before(kept, "hr", Form("job", "pasted resumes", "instruction")) == Form("new job", "pasted resumes", "")


@pytest.mark.parametrize(
    "kept", [None, "", "{", "[]", '{"user": "hr", "typed": ["a", "b"]}', '{"user": "hr"}', '{"user": "ann", "typed": ["", "", ""]}']
)
def test_what_is_not_theirs_or_no_form_is_not_taken(kept: object):
    assert typed_before(kept, "hr", Form()) is None
