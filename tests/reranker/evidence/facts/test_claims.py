"""Claims: each word of the table says how a mention stands, before or behind it, and words of another mention say nothing of it."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from reranker.evidence.facts import claims
from reranker.evidence.facts.claims import Claim
from reranker.evidence.facts.mentions import Standing
from tests.each import each

TABLE = tomllib.loads(Path(claims.__file__).with_suffix(".toml").read_text("utf-8"))
TODAY = date(2026, 11, 28)
FAILED_IS_DENIED = {"failed": Standing.DENIED, "registering": Standing.PREPARING}
WORDS = [
    (FAILED_IS_DENIED.get(kind) or Standing(kind), side, word)
    for kind in ("denied", "failed", "revoked", "expired", "registering", "preparing", "planned", "others")
    for side in ("before", "behind", "direct")
    for word in TABLE[kind].get(side, [])
]


def claim(text: str, *others: str) -> Claim:
    """Return the claim of XYZ in a text that mentions others, too."""
    spans = sorted((text.index(name), text.index(name) + len(name)) for name in ("XYZ", *others))
    return claims.claims(text, spans, TODAY)[spans.index((text.index("XYZ"), text.index("XYZ") + 3))]


@each("state, side, word", WORDS)
def test_each_word_says_how_it_stands(state, side, word):
    word = word.replace("*", "")
    gap = " " if word[0].isascii() or word[-1].isascii() else ""
    assert claim(f"技能：Java，{word}{gap}XYZ" if side == "before" else f"XYZ{gap}{word}").standing is state


@each("word", [word for word in TABLE["others"]["subject"]])
def test_each_relative_is_somebody_else(word):
    assert claim(f"{word.replace('*', '')} XYZ").standing is Standing.OTHERS
    assert claim(f"{word.replace('*', '')} ABC，本人XYZ").standing is Standing.HAS


@each("body", TABLE["others"]["bodies"])
def test_companies_and_colleagues_need_a_verb(body):
    assert claim(f"{body} {'has' if body.isascii() else '持有'} XYZ").standing is Standing.OTHERS
    assert claim(f"{body}，XYZ").standing is Standing.HAS


@each("verb", TABLE["others"]["verbs"])
def test_each_verb_of_a_company(verb):
    assert claim(f"our company {verb} XYZ" if verb.isascii() else f"公司{verb}XYZ").standing is Standing.OTHERS


@each("word", TABLE["components"]["words"])
def test_a_part_that_was_passed_is_a_part(word):
    assert claim(f"XYZ ({word} passed)").is_part


@each("word", TABLE["renewed"]["behind"])
def test_what_was_renewed_is_valid(word):
    assert claim(f"XYZ 2021年过期 {word}").standing is Standing.HAS


HAS = [
    ("XYZ，备考 ABC", "ABC"),
    ("已取得 XYZ；未通过 ABC", "ABC"),
    ("未通过 ABC，XYZ", "ABC"),
    ("ABC（未通过），XYZ", "ABC"),
    ("ABC, not certified. XYZ", "ABC"),
    ("not only XYZ",),
    ("XYZ（2019）",),
    ("XYZ, valid until 06/2028",),
    ("XYZ（有效期至2029年3月）",),
    ("XYZ licence no. 12345",),
    ("XYZ，2028年才到期",),
]


@each("text, others", [(text, others) for text, *others in HAS])
def test_words_of_another_mention_say_nothing_of_this_one(text, others):
    assert claim(text, *others) == Claim()


PARTS = [
    "XYZ 已过 4 门",
    "XYZ: 3 of 4 sections passed",
    "XYZ（3/6）",
    "XYZ：法规已过，实务未过",
    "XYZ part-qualified",
    "XYZ，四科过了三科",
    "XYZ finalist",
]


@pytest.mark.parametrize("text", PARTS)
def test_an_examination_passed_in_part(text):
    assert claim(text).is_part


def test_what_ran_out_is_expired():
    for text in ("XYZ（有效期至2021年）", "XYZ, valid until 06/2026", "XYZ (2020-2023)", "XYZ 上个月到期"):
        assert claim(text).standing is Standing.EXPIRED
