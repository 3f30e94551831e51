"""Several resumes pasted one below another with blank lines between are told apart; one person's stays in one piece."""

import pytest

from preprocess.pasted import has_separators, split, without
from tests.preprocess.joining import papers

GAO = """高翔 | 大客户销售经理 | 男
手机 138-1111-2222

工作经历
2016.07-至今 苏州某某机器人 区域销售经理
- 负责华东区大客户，年销售额 3000 万元

教育背景
2012.09-2016.06 苏州大学 机械工程 本科"""

PENG = """个人简历

姓名：彭丽娜
邮箱：pengln@example.com

工作经历

2017.03-至今 某某传感器 行业大客户经理
主要把工业电源卖给工厂，平均账期由 120 天降到 75 天

教育经历
2013.09-2017.06 江南大学 市场营销 本科"""

ENGLISH_OTHER = """Daniel Moore
daniel.moore@example.com

Work experience

Jul 2015 - present, Sales Director at Some Motors
- Sold drives to factories in four countries

Education
Sep 2011 - Jun 2015 University of Leeds, B.A. Business"""

REFERENCES = """References

Dr. Alan Smith
Head of Sales, Big Motors, Jan 2010 - Dec 2014
Education: University of York
alan.smith@example.com

Mary Jones
+44 7700 900123, mary.jones@example.com, 2014.01-2019.12, 2020.01-2021.12, 2022.01-2023.12"""

BOTH_LANGUAGES = papers.ENGLISH.replace("+86 139 0000 0022 | linzhiyao@example.com", "zhiyao.lin@example.org")


@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n", "\r\n \r\n"])
def test_people_with_names_and_contacts_of_their_own_are_split(gap: str):
    texts = [GAO, PENG, papers.RESUME, ENGLISH_OTHER, papers.OTHER]
    pasted = gap.join(texts)
    assert [text for _, text in split(pasted)] == texts
    assert [name.partition("·")[0] or name for name, _ in split(pasted)] == ["高翔", "彭丽娜", "林知遥", "Daniel Moore", "陈屿舟"]
    assert not has_separators(pasted)


LABELLED = [
    "姓名：吴桐\n审计助理 大专 审计专业 2019-2022\n2022.8-至今 苏州某会计师事务所 审计助理",
    "姓名：杜蘅（女）\n大专 会计 2018-2021\n2021.7-至今 某商贸公司 出纳 日记账",
    "Name: Ann Lee\n2015-2019 University of Leeds\n2019.07-2023.01 Acme, accountant",
]


def test_people_with_labelled_names_and_a_career_are_split_without_contacts():
    assert [text for _, text in split("\n\n\n".join(LABELLED))] == LABELLED


@pytest.mark.parametrize(
    "added",
    [
        "姓名：王五\n关系：父亲\n工作单位：苏州某厂 车间主任",  # a relative
        "姓名：李强\n职务：部门经理，2019-2022 共事",  # a referee
        "姓名：吴桐\n本科 会计 2023-2025\n2025.1-至今 某公司 会计",  # the same person again
        "Name: Tong Wu\n2019-2022 college\n2022.8-now audit assistant",
    ],
)
def test_a_labelled_name_alone_makes_no_person(added: str):
    assert len(split(f"{LABELLED[0]}\n\n{added}")) == 1


def test_a_short_line_before_the_first_name_is_no_obstacle():
    assert len(split(f"以下两份简历请看：\n\n{GAO}\n\n{PENG}")) == 2


@pytest.mark.parametrize(
    "text",
    [
        GAO,
        PENG,
        f"{ENGLISH_OTHER}\n\n{REFERENCES}",
        f"{ENGLISH_OTHER}\n\n{REFERENCES.removeprefix('References')}",  # without the heading over them
        f"{GAO}\n\n证明人\n\n张伟\n13900001111 2010.01-2012.02 苏州某某公司 总监\n\n李强\n13900002222 zhang@example.com",
        f"{GAO}\n\n紧急联系人：王芳 13700001111",
        f"{GAO}\n\n张伟\n上级领导，电话 13900001111",
        f"{papers.RESUME}\n\n{BOTH_LANGUAGES}",  # one person's, in two languages
        f"{papers.RESUME}\n\n{papers.NEWER}",
        f"{papers.LETTER}\n\n{papers.RESUME}",
        f"{GAO}\n\n{PENG.replace('邮箱：pengln@example.com', '')}",  # nothing tells that it is another person
        GAO.replace("手机", "\n\n个人信息\n\n手机") + "\n\n邮箱 gaoxiang@example.com",
    ],
)
def test_one_person_or_a_doubtful_one_stays_in_one_piece(text: str):
    assert len(split(text)) == 1


def test_a_rule_anywhere_switches_the_guess_off():
    pasted = f"{GAO}\n\n{PENG}\n---"
    assert len(split(pasted)) == 1 and has_separators(pasted)
    assert len(split(f"{GAO}\n---\n{PENG}\n\n{papers.OTHER}")) == 2


def test_the_others_stay_apart_when_one_is_taken_out():
    pasted = "\n\n".join([GAO, PENG, papers.OTHER])
    assert [text for _, text in split(without(pasted, {1}))] == [GAO, papers.OTHER]
