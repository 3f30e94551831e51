"""The dialog that ? opens explains the keys, and the terms of the list."""

import pytest
from lxml import html

from i18n.texts import LANGUAGES, texts
from ui.html.keys import KEYS, TERMS, keys_html


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_and_every_term_has_a_line(language: str):
    page = html.fromstring(f"<div>{keys_html(texts(language))}</div>")
    assert len(page.xpath(".//dt")) == len(KEYS)
    assert [line.text for line in page.xpath(".//li")] == [texts(language)(f"keys.about_{term}") for term in TERMS]
