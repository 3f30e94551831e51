"""Words of a job that does not ask for something are read before and behind it, and a text keeps its places when it is folded."""

import tomllib
from pathlib import Path

import pytest

from reranker.evidence.facts import mentions
from tests.each import each

TABLE = tomllib.loads(Path(mentions.__file__).with_name("mentions.toml").read_text("utf-8"))


@each("side, word", [(side, word) for side in ("before", "after") for word in TABLE["waived"][side]])
def test_each_word_says_that_it_is_not_asked_for(side, word):
    gap = " " if word.isascii() else ""
    text = f"{word}{gap}XYZ" if side == "before" else f"XYZ{gap}{word}"
    assert mentions.is_waived(text, text.index("XYZ"), text.index("XYZ") + 3)


@pytest.mark.parametrize("text", ["證書：碩士（２０１９）", "ＣＥＴ－６", "Level Ⅱ — “x’s”", "\u3000İ\tß"])
def test_folding_keeps_every_place(text):
    assert len(mentions.folded(text)) == len(text)


def test_an_optional_clause_is_blanked_only_where_another_asks():
    assert mentions.wanted_clauses("本科，硕士优先").strip() == "本科，"
    assert mentions.wanted_clauses("硕士优先") == "硕士优先"
