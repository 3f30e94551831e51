"""What stands below the instruction: what it means, or who reads it."""

import pytest

from i18n.texts import texts
from reranker.instructions import TEMPLATES
from ui.presets import OWN_WORDS, meaning_html


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_is_explained_and_of_own_words_it_is_said_that_the_stand_in_does_not_read_them(language: str):
    words = texts(language)
    explained = {name: meaning_html(name, words) for name in TEMPLATES}
    assert len(set(explained.values())) == len(TEMPLATES)
    assert all(words("instruction.sent") in text for text in explained.values())
    for own in (OWN_WORDS, "saved:团队的要求"):
        text = meaning_html(own, words)
        assert words("instruction.own").split("：")[0].split(":")[0] in text and words("instruction.sent") not in text
