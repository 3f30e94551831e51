"""Whose a file is, as far as its names and contacts say."""

import pytest

from preprocess.joining.identity import FileIdentity, is_longer_form
from preprocess.joining.referees import without_referees
from tests.preprocess.joining import papers
from tests.preprocess.joining.papers import document


def identity(text: str, name: str = "a.txt") -> FileIdentity:
    return FileIdentity(document(name, text))


@pytest.mark.parametrize(
    ("name", "short", "expected"),
    [
        ("e lindqvist maya", "lindqvist maya", True),
        ("anna lindqvist maya", "lindqvist maya", True),
        ("lindqvist maya", "lindqvist maya", False),
        ("lindqvist maya", "maya", False),
        ("lindqvist tom", "lindqvist maya", False),
        ("张伟", "张", False),
    ],
)
def test_middle_names_may_be_left_out(name: str, short: str, expected: bool):
    assert is_longer_form(name, short) is expected


def test_a_chinese_and_an_english_given_name_with_one_family_name():
    chinese, other = (identity(text.replace("林知遥", name)) for text, name in ((papers.RESUME, "张凯文"), (papers.OTHER, "陈屿舟")))
    english = identity(papers.ENGLISH.replace("Zhiyao LIN", "Kevin Zhang"))
    assert chinese.has_family_name_of(english) and english.has_family_name_of(chinese)
    assert not english.has_family_name_of(identity(papers.OTHER)) and not chinese.has_family_name_of(other)


def test_a_name_in_traditional_characters_is_the_same():
    traditional = papers.RESUME.replace("林知遥", "劉國榮").replace("工作经历", "工作經歷")
    assert identity(papers.RESUME.replace("林知遥", "刘国荣"), "简体.txt").is_named_like(identity(traditional, "繁體.txt"))


def test_contacts_of_referees_and_recruiters_are_nobodys():
    text = f"{papers.RESUME}\n推荐人\n陈立 总监 13711110000\n荣誉奖项\n优秀员工\n紧急联系人：林父 13711110001"
    assert without_referees(text) == f"{papers.RESUME}\n荣誉奖项\n优秀员工"
    assert identity(text).contacts == {"13900000022", "linzhiyao@example.com"}
    assert identity("王经理，推荐一位候选人。\n李娜 13711112222").contacts == frozenset()
    assert identity("Kate\n13711112222", "转发 - body (2).txt").contacts == frozenset()
    assert identity(f"{papers.RESUME}\nReferences: Amy Wood, +44 7700 900200").contacts == {"13900000022", "linzhiyao@example.com"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("荣誉证书\n兹证明林知遥同学荣获2015年国家奖学金。", "林知遥"),
        ("离职证明\n兹证明林知遥（身份证号 110101199003071234）自 2019 年 4 月起在我公司任职。", "林知遥"),
        ("在职证明\n兹证明我公司员工林知遥女士担任后端工程师。", "林知遥"),
        ("茲證明 林國榮 同學榮獲獎學金。", "林國榮"),
        ("This is to certify that Isolde Brandreth was employed by Halvard Ceramics.", "brandreth isolde"),
        ("We confirm that Ms Isolde Brandreth has passed the exam.", "brandreth isolde"),
    ],
)
def test_the_name_in_a_sentence_of_a_certificate(text: str, name: str):
    assert name in identity(text).names


@pytest.mark.parametrize("name", ["Zhang San", "Ma Long", "Jun Ma", "LONG MA", "Ma Huateng", "Ai Weiwei", "Shi San"])
def test_a_name_in_pinyin_with_a_syllable_that_is_a_word_of_the_trade(name: str):
    assert identity(papers.ENGLISH.replace("Zhiyao LIN", name)).names == {" ".join(sorted(name.lower().split()))}


@pytest.mark.parametrize("words", ["San Francisco", "San Jose", "MA Nankai", "AI Native", "BA Hons"])
def test_such_words_beside_others_are_no_name(words: str):
    assert identity(papers.ENGLISH.replace("Zhiyao LIN", words).replace("linzhiyao", "office")).names.isdisjoint(
        {" ".join(sorted(words.lower().split()))}
    )
