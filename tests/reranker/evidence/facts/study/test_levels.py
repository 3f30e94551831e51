"""Every word of levels.toml names its level, in a resume and in a job; words that contain one do not."""

import pytest

from reranker.evidence.facts.study.levels import levels_asked, levels_folded, levels_stated, table
from tests.each import each

LEVELS = table()["levels"]


def words_of(key: str) -> list[tuple[str, int]]:
    return [(word, level["rank"]) for level in LEVELS.values() for word in level.get(key, [])]


def stated(text: str) -> list[int]:
    return [mention.level for mention in levels_stated(levels_folded(text))]


def asked(text: str) -> list[int]:
    return [mention.level for mention in levels_asked(levels_folded(text))]


@each("word, rank", words_of("words") + words_of("abbreviations"))
def test_each_word_states_its_level(word, rank):
    assert rank in stated(f"Brook University, {word.rstrip('*')}, 2012" if word.isascii() else f"2012 {word}")


@each("word, rank", words_of("abbreviations"))
def test_each_abbreviation_is_read_without_its_dots_beside_a_school(word, rank):
    trade = {"LL.M": "Law", "D.B.A": "Business Administration"}.get(word, "History")
    assert rank in stated(f"{word.replace('.', '')} in {trade}, Brook University, 2012")


@each("word, rank", words_of("doubtful"))
def test_each_doubtful_word_states_its_level_beside_a_school_only(word, rank):
    subject = " History" if word.endswith((" in", " of")) else " in History"
    assert rank in stated(f"Brook University, {word}{subject}, 2012")
    assert rank not in stated(f"{word}: see the attached notes on the kitchen garden and its drains")


@each("word, rank", words_of("alone"))
def test_each_word_that_stands_alone_states_its_level(word, rank):
    assert stated(f"{word} 会计") == [rank]
    assert rank not in stated(f"某某{word}会计")


@pytest.mark.parametrize(("label", "rank"), [(level["label"], level["rank"]) for level in LEVELS.values() if "label" in level])
def test_each_label_states_its_level(label, rank):
    assert stated(f"{label}：某某大学") == [rank]


@each("word, rank", words_of("words") + words_of("asked") + words_of("asked_doubtful"))
def test_each_word_asks_for_its_level(word, rank):
    assert rank in asked(f"{word.rstrip('*')} required" if word.isascii() else f"要求{word}")


@each("word, rank", [(word, rank) for word, rank in words_of("never") if not word.isascii()])
def test_another_word_that_contains_one_is_no_level(word, rank):
    assert rank not in stated(f"滨河大学 {word}")


@pytest.mark.parametrize(("word", "meant"), table()["taiwan"].items())
def test_words_of_taiwan_are_those_that_say_the_same_here(word, meant):
    assert len(word) == len(meant)
    assert stated(word) == stated(meant) != []


@pytest.mark.parametrize("word", table()["context"])
def test_capitals_with_another_meaning_are_no_level_without_their_context(word):
    assert stated(f"Deployed {word} services and wrote the release notes of the platform, 2019") == []


@pytest.mark.parametrize(
    "name", ["March 2019", "bed 12", "Med student care", "MS Office", "the MIS team", "DBA for Oracle", "TensorRT-LLM"]
)
def test_words_that_look_like_abbreviations_are_none(name):
    assert stated(f"{name}, and some more words on the same line of work") == []
