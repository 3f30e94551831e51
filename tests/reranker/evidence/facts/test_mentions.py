"""Words around a mention: each of the table is read, before and behind it, and the text keeps its places when it is folded."""

import tomllib
from pathlib import Path

import pytest

from reranker.evidence.facts import mentions
from reranker.evidence.facts.mentions import Standing

TABLE = tomllib.loads(Path(mentions.__file__).with_name("mentions.toml").read_text("utf-8"))
STATES = [
    (Standing(kind), side, word)
    for kind in ("denied", "planned", "expired", "others")
    for side in ("before", "after")
    for word in TABLE[kind][side]
]


def standing(text: str) -> Standing:
    return mentions.standing(text, text.index("XYZ"), text.index("XYZ") + 3)


@pytest.mark.parametrize(("state", "side", "word"), STATES)
def test_each_word_says_how_it_stands(state, side, word):
    word = word.replace("*", "ing")
    gap = " " if word.isascii() else ""
    assert standing(f"技能：Java，{word}{gap}XYZ" if side == "before" else f"技能：Java，XYZ{gap}{word}") is state


@pytest.mark.parametrize(("side", "word"), [(side, word) for side in ("before", "after") for word in TABLE["waived"][side]])
def test_each_word_says_that_it_is_not_asked_for(side, word):
    gap = " " if word.isascii() else ""
    text = f"{word}{gap}XYZ" if side == "before" else f"XYZ{gap}{word}"
    assert mentions.is_waived(text, text.index("XYZ"), text.index("XYZ") + 3)


HAS = [
    "XYZ，备考 ABC",
    "XYZ、ABC 备考中",
    "已取得 XYZ；未通过 ABC",
    "未通过 ABC，XYZ",
    "ABC（未通过），XYZ",
    "XYZ 未通过ABC",
    "ABC, not certified. XYZ",
    "not only XYZ",
    "XYZ（2019）",
]


@pytest.mark.parametrize("text", HAS)
def test_words_of_another_mention_say_nothing_of_this_one(text):
    assert standing(text) is Standing.HAS


@pytest.mark.parametrize("text", ["證書：碩士（２０１９）", "ＣＥＴ－６", "Level Ⅱ — “x’s”", "\u3000İ\tß"])
def test_folding_keeps_every_place(text):
    assert len(mentions.folded(text)) == len(text)


def test_an_optional_clause_is_blanked_only_where_another_asks():
    assert mentions.wanted_clauses("本科，硕士优先").strip() == "本科，"
    assert mentions.wanted_clauses("硕士优先") == "硕士优先"
