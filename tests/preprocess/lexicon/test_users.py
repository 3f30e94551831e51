"""Who asks the lexicon gets the same answer: one resume with headings and labels in every form goes through all of them."""

from datetime import date
from itertools import product

import pytest

from feedback.learning.wording import wording
from preprocess.blind.mask import mask
from preprocess.cleaning.letter_spacing import close_letter_spacing
from preprocess.cleaning.wraps import may_go_on
from preprocess.docx.table import join_row
from preprocess.lexicon import job_titles, relatives
from preprocess.lexicon.date_forms import WORDS
from preprocess.pasted import split
from reranker.evidence.facts import certificates, degrees, years
from reranker.evidence.facts.career.durations import find_durations
from reranker.evidence.facts.mentions import Standing
from reranker.evidence.profile.latest_job import title_in
from reranker.evidence.profile.profile import read_profile
from reranker.evidence.resume_text.lines import read_lines
from tests.each import each

TODAY = date(2026, 11, 28)
FORMS = ["工作经历", "一、工作經歷", "【工作经验】", "■ 工作经历：", "工作经历 / Work Experience", "WORK EXPERIENCE", "Employment History:"]
FORMS += ["工作经历（2019.03-2022.02）"]
OTHERS = ["三、獲獎情況", "校园经历", "Publications", "开源项目", "培训经历：", "【证书】", "Volunteer Experience"]


@each("heading, other", product(FORMS, OTHERS))
def test_years_of_work_are_those_between_its_heading_and_the_next(heading: str, other: str) -> None:
    lines = [heading, "2019.03-2021.02 云图科技", "Mar 2021 – Feb 2022 Acme", other, "2010.01-2018.12 某某"]
    assert years.held(years.stated("\n".join(lines))) == 3


@each("heading", FORMS + OTHERS)
def test_headings_part_a_projects_section_a_pasted_text_and_wrapped_lines(heading: str) -> None:
    assert wording(f"项目经历\n智能助手\n{heading}\n其余的话")["projects"] == (1.0 if heading == "开源项目" else 0.5)
    assert len(split(f"张三 {'后' * 120}\n---\n{heading}\n{'端' * 120}")) == 1
    assert not may_go_on("负责订单系统的重构与性能优化工作，并在团队内推广了灰度发布的", heading)


@pytest.mark.parametrize("tail", ["技能", "项目", "experience", "projects", "工作中积累的经验"])
def test_the_end_of_a_sentence_is_no_heading(tail: str) -> None:
    assert may_go_on("负责订单系统的重构与性能优化工作，并在团队内推广了灰度发布的", tail)


@each("word", WORDS["ends"]["until_now"])
def test_whatever_says_until_now_does_so_to_all_who_read_careers(word: str) -> None:
    word = word if word[0] > "\u2e80" else f" {word}"
    last = "工作经历\n2013.01-2018.12 部队炊事班，转业后在食堂掌勺"
    assert years.held(years.stated(f"{last}。", TODAY)) == 6 and (years.held(years.stated(last + word, TODAY)) or 0) > 13
    claim = "做电工12年老手艺"
    assert years.held(years.stated(claim, TODAY)) is None and years.held(years.stated(claim + word, TODAY)) == 12
    assert find_durations("从业15年") and not find_durations(f"15年{word}")
    assert read_profile(f"工作经历\n09.03 {word.strip()}\n云图科技 后端工程师", TODAY).years == 23


@each(
    "sentence",
    [f"我{word}是飞行员，飞了20年" for word in relatives.CHINESE] + [f"My {word} has 20 years of experience" for word in relatives.ENGLISH],
)
def test_the_years_of_a_relative_are_not_the_candidates(sentence: str) -> None:
    assert years.held(years.stated(sentence, TODAY)) is None
    assert years.held(years.stated("我是飞行员，飞了20年", TODAY)) == years.held(years.stated("I have 20 years of experience", TODAY)) == 20


@each(
    "sentence", [f"我{word}持有教师资格证" for word in relatives.CHINESE] + [f"My {word} holds a CPA licence" for word in relatives.ENGLISH]
)
def test_the_certificate_of_a_relative_is_not_the_candidates(sentence: str) -> None:
    assert [fact.value.standing for fact in certificates.stated(sentence, TODAY)] in ([], [Standing.OTHERS])
    assert [fact.value.standing for fact in certificates.stated("我持有教师资格证\nI hold a CPA licence", TODAY)] == 2 * [Standing.HAS]


@each("sentence", [f"{word}是博士毕业" for word in relatives.CHINESE] + [f"My {word} has a PhD in History" for word in relatives.ENGLISH])
def test_the_degree_of_a_relative_is_not_the_candidates(sentence: str) -> None:
    assert degrees.stated(sentence, TODAY) == ()
    assert degrees.stated("博士毕业", TODAY) and degrees.stated("I have a PhD in History", TODAY)


@each("title", job_titles.ENGLISH)
def test_a_title_makes_work_of_years_at_a_school(title: str) -> None:
    assert years.held(years.stated(f"{title.title()}, Highfield School, Jan 2010 – Dec 2015", TODAY)) == 6
    assert title_in(f"Senior {title.title()}") == f"Senior {title.title()}"


@each("title", job_titles.ENGLISH_BESIDE_OTHERS)
def test_a_title_that_stands_beside_degrees_makes_none(title: str) -> None:
    assert not years.held(years.stated(f"Highfield School, {title.title()} of the year, Jan 2010 – Dec 2015", TODAY))
    assert title_in(f"Senior {title.title()}") == f"Senior {title.title()}"


@pytest.mark.parametrize("degree", ["DBA", "BSc Paramedic Science", "Associate of Arts", "Education Specialist degree"])
def test_a_degree_that_is_named_like_a_position_is_no_work(degree: str) -> None:
    assert not years.held(years.stated(f"{degree}, Highfield University, Sep 2010 – Jun 2014", TODAY))


FIELDS = [("性別", "男"), ("電子郵件", "a@example.com"), ("出生年月", "1995.05"), ("Nationality", "Chinese"), ("血型", "O")]


@pytest.mark.parametrize(("label", "value"), FIELDS)
def test_labels_head_a_cell_and_are_hidden(label: str, value: str) -> None:
    [row] = join_row([[label], [value]])
    assert row in (f"{label}：{value}", f"{label}: {value}")
    assert value not in mask(f"张三\n{row}\n工作经历\n云图").text


def test_heads_of_columns_are_not_joined_with_their_neighbours() -> None:
    assert join_row([["时间"], ["单位名称"], ["职务"]]) == ["时间  单位名称  职务"]


SPACED = [("性  別：男", "性別：男"), ("S E L E C T E D  P R O J E C T S", "SELECTED PROJECTS"), ("荣  誉", "荣誉")]


@pytest.mark.parametrize(("spaced", "closed"), SPACED)
def test_letter_spaced_labels_and_headings_are_closed(spaced: str, closed: str) -> None:
    assert close_letter_spacing(spaced)[0] == closed


def test_a_field_is_a_contact_and_a_sentence_with_its_word_is_none() -> None:
    lines = read_lines("聯絡電話：一三八零零零零零零零零\n负责微信小程序与手机银行客户端的开发与维护\n通讯地址：某市某区某路某号某单元")
    assert [lines.lines[index] for index in lines.encoded] == ["负责微信小程序与手机银行客户端的开发与维护"]
