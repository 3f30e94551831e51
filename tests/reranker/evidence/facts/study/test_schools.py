"""The lists of schools.toml are complete, and each name belongs to its groups."""

import tomllib
from pathlib import Path

import pytest

from reranker.evidence.facts.study import schools
from reranker.evidence.facts.study.schools import classes_asked, classes_stated
from tests.each import each

SCHOOLS = tomllib.loads(Path(schools.__file__).with_name("schools.toml").read_text("utf-8"))
CLASSES = {"985": {"985", "211", "双一流"}, "211": {"211", "双一流"}, "双一流": {"双一流"}}


def test_the_lists_of_schools_are_complete():
    """39 in Project 985, 112 in Project 211, 147 Double First-Class with three twin campuses that share a name here."""
    assert len(SCHOOLS["985"]) == 39
    assert len(SCHOOLS["985"]) + len(SCHOOLS["211"]) == 112
    assert len(SCHOOLS["985"]) + len(SCHOOLS["211"]) + len(SCHOOLS["双一流"]) == 147 - 3
    names = [name for programme in CLASSES for school in SCHOOLS[programme] for name in school]
    assert len(names) == len(set(names))


@each("programme, name", [(programme, name) for programme in CLASSES for school in SCHOOLS[programme] for name in school])
def test_each_school_belongs_to_its_programmes(programme, name):
    assert classes_stated(f"2012-2016 {name} 法学 本科") & set(CLASSES) == CLASSES[programme]


@each("short, name", SCHOOLS["short"].items())
def test_each_short_name_is_the_schools(short, name):
    assert classes_stated(f"毕业于{short}") == classes_stated(name)
    assert classes_stated(f"{short} 法学") == classes_stated(name)


@each("name", [*SCHOOLS["others"]["names"], *(f"南京大学{tail}" for tail in SCHOOLS["others"]["after"])])
def test_a_school_whose_name_contains_one_of_the_table_is_another(name):
    assert not classes_stated(f"2012-2016 {name} 法学 本科")


@pytest.mark.parametrize("name", ["湖北大学", "河北大学", "云南大学附中", "湖南大厦", "北大荒农场", "人大代表", "北理工珠海学院"])
def test_a_short_name_in_another_word_is_no_school(name):
    assert not classes_stated(name) & {"985"}


@each("word", SCHOOLS["overseas"]["words"])
def test_each_school_abroad_is_overseas(word):
    assert "overseas" in classes_stated(f"2012-2016 {word} 法学 本科")


@each("group, name", [(group, name) for group, entry in SCHOOLS["groups"].items() for name in entry["members"]])
def test_each_member_belongs_to_its_group(group, name):
    assert group in classes_stated(f"2012-2016 {name}, BA")


@each("group, word", [(group, word) for group, entry in SCHOOLS["groups"].items() for word in entry["asked"]])
def test_each_group_is_asked(group, word):
    assert group in classes_asked(f"{word.rstrip('*')} graduates")


@each(
    "text, classes",
    [
        ("985/211 院校", {"985", "211"}),
        ("非985/211勿扰", set()),
        ("985不限", set()),
        ("重点大学", {"重点"}),
        ("一本院校", {"一本"}),
        ("double first-class university", {"双一流"}),
        ("海外硕士", {"overseas"}),
        ("海外市场拓展", set()),
    ],
)
def test_what_a_requirement_names(text, classes):
    assert classes_asked(text) == classes
