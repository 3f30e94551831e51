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
