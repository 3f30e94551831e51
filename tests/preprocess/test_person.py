"""Whom a resume is of: the same person's versions agree in something, whatever was done to the text."""

from dataclasses import asdict

import pytest

from preprocess.document import Person
from preprocess.intake import File
from preprocess.person import called, comparable, person_of
from preprocess.pipeline import Cleaning, read_resume

TEXT = "姓名：林知遥\n电话：+86 139-0000-0022 | 邮箱：Lin.ZhiYao@Example.com\n三年后端开发，负责订单服务。"


def test_a_blind_resume_knows_whom_it_is_of_and_shows_nothing_of_it():
    file = File("简历.txt", TEXT.encode())
    plain, blind = read_resume(file), read_resume(file, Cleaning(blind=True))
    assert blind.id != plain.id and "林知遥" not in blind.text
    assert blind.person == plain.person == Person(("13900000022",), ("lin.zhiyao@example.com",), plain.id, ("林知遥",))
    assert "person" not in repr(blind) and "13900000022" not in repr(blind)


@pytest.mark.parametrize(
    "written",
    ["13900000022", "139 0000 0022", "139-0000-0022", "+8613900000022", "(+86)139 0000 0022", "0086-13900000022", "１３９００００００２２"],
)
def test_a_phone_number_is_the_same_however_it_is_written(written: str):
    assert person_of(f"电话：{written}\n熟悉 Python").phones == ("13900000022",)


def test_a_number_with_stars_is_none():
    assert person_of("电话：139****0022\n熟悉 Python").phones == ()


@pytest.mark.parametrize(("first", "second"), [("Jane Doe", "JANE  DOE"), ("Jane Doe", "doe jane"), ("阿依古丽·买买提", "阿依古丽•买买提")])
def test_names_are_compared_without_case_blanks_dots_and_order(first: str, second: str):
    assert comparable(first.split()) == comparable(second.split())


def test_the_name_of_a_file_counts_where_the_text_says_none():
    assert person_of("熟悉 Python，负责订单服务。", "林知遥_后端.pdf").names == ("林知遥",)
    assert set(asdict(person_of("", ""))) == {"phones", "mails", "text_id", "names"}


@pytest.mark.parametrize("name", ["陳國榮", "歐陽靖", "劉曉東", "林志豪"])
def test_a_name_in_traditional_characters_needs_no_label(name: str) -> None:
    text = f"{name}\n電話：0912-345-678 | 信箱：someone@example.com\n學歷\n2015.09-2019.06 某大學 會計系"
    assert person_of(text).names == (name,)


def test_a_files_name_that_the_text_does_not_say_hides_no_title_line() -> None:
    assert "陈国荣" in person_of("陈国荣\n电话：13900000022\n教育背景\n2015.09-2019.06 某某大学", "简体.docx").names


@pytest.mark.parametrize(
    "name",
    [
        "Leïla-Nour El Idrissi",
        "Pieter van den Broek",
        "Omar al-Farsi",
        "Rosa María de los Ríos",
        "Nur Aisyah binti Rahman",
        "Niamh O'Dwyer",
    ],
)
@pytest.mark.parametrize("line", ["{}", "{} – Senior Accountant", "{} | Casablanca", "CURRICULUM VITAE\n{}"])
def test_a_name_with_particles_and_hyphens_is_called_whole(name: str, line: str):
    facts = "\nPhone: +49 170 1234567\nEmail: someone@mail.example\nExperience\n2019 - present Acme GmbH, Engineer\n"
    assert called(line.format(name) + facts) == name
    for file in (f"{name}.pdf", f"CV_{name.replace(' ', '_')}.docx", f"{name} Resume 2025.pdf"):
        assert called(line.format(name) + facts, file) == name


@pytest.mark.parametrize("text", ["蒙古族\n陈知夏\n电话 13800005561", "姓名：陈知夏 民族 蒙古族\n电话 13800005561"])
def test_a_people_is_nobodys_name(text: str) -> None:
    assert person_of(text).names == ("陈知夏",)
    assert called(text) == "陈知夏"


@pytest.mark.parametrize("rest", ["\n5 years Python, SQL.\n", " | Dublin | 087 123 4567\n", ", Data Analyst\n\nWork\n"])
@pytest.mark.parametrize("name", ["John Smith", "Oisín O’Dowd"])
def test_a_name_on_the_first_line_needs_no_title_below_it(name, rest):
    assert called(f"{name}{rest}Shopco, 2019-2024\n", "cv_17.pdf") == name
