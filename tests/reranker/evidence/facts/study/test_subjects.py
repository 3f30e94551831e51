"""Every name of subjects.toml is asked and stated; near families and groups exist."""

import tomllib
from pathlib import Path

import pytest

from preprocess.lexicon.characters import has_cjk
from reranker.evidence.facts import degrees
from reranker.evidence.facts.contract import Verdict
from reranker.evidence.facts.study import subjects
from tests.each import each

TABLE = tomllib.loads(Path(subjects.__file__).with_name("subjects.toml").read_text("utf-8"))
GENERAL = {"general_engineering", "general_science"}


@each("family, name", [(family, name) for family, entry in TABLE["subjects"].items() for name in entry["names"]])
def test_each_subject_is_stated(family, name):
    name = name.replace("*", "")
    assert family in subjects.families(name)
    assert any(family in fact.value.subjects for fact in degrees.stated(f"Brook University, {name}, bachelor's degree, 2012"))


@each(
    "family, name",
    [(family, name) for family, entry in TABLE["subjects"].items() if family not in GENERAL for name in entry["names"] if "." not in name],
)
def test_each_subject_is_asked(family, name):
    name = name.replace("*", "")
    demand = degrees.asked(f"Bachelor's degree in {name} or related field" if name.isascii() else f"本科及以上，{name}相关专业")
    assert demand is not None
    assert family in demand.subject.families


def test_near_families_and_groups_exist():
    families = set(TABLE["subjects"])
    assert {near for entry in TABLE["subjects"].values() for near in entry["near"]} <= families
    assert {family for group in TABLE["groups"].values() for family in group} <= families


@each("group", TABLE["groups"])
def test_each_group_of_subjects_is_asked(group):
    demand = degrees.asked(f"Bachelor's degree in {group}" if group.isascii() else f"本科及以上，{group.rstrip('类')}类相关专业")
    assert demand is not None
    assert demand.subject.families >= set(TABLE["groups"][group])


@each(
    "requirement, families, names",
    [
        ("会计、财务管理相关专业，本科及以上", {"accounting"}, ()),
        ("本科，旅游或日语专业", {"tourism", "japanese"}, ()),
        ("茶学专业本科", set(), ("茶学",)),
        ("本科及以上学历，3年以上财务工作经验", set(), ()),
        ("本科，专业不限", set(), ()),
        ("本科，英语专业八级", set(), ()),
        ("Bachelor of Science in Nursing (BSN)", {"nursing"}, ()),
        ("Master of Business Administration", {"management"}, ()),
        ("BE/B.Tech/MCA in Computer Science or equivalent", {"computing"}, ()),
        ("Bachelor's degree in puppetry", set(), ("puppetry",)),
        ("A degree in any discipline", set(), ()),
        ("MBA", {"management"}, ()),
        ("Master's degree or MBA", set(), ()),
    ],
)
def test_what_a_requirement_names(requirement, families, names):
    demand = degrees.asked(requirement)
    assert demand is not None
    assert (set(demand.subject.families), demand.subject.names) == (families, names)


OF_MACHINES = [
    ("机械、电气、自动化等相关专业", "合肥工业大学 软件工程 本科", False),
    ("机械、电气、自动化等相关专业", "江城理工 计算机科学与技术 大专", False),
    ("机械、电气、自动化等相关专业", "江城理工 物流管理 本科", False),
    ("電氣、自動化、機械相關科系", "某大學 資訊工程 學士", False),
    ("机电类相关专业", "某学院 计算机应用 大专", False),
    ("电气相关专业", "某大学 电子信息工程 本科", True),
    ("电气、自动化、机械相关专业", "某大学 测控技术与仪器 本科", True),
    ("机械、电气、自动化等相关专业", "某大学 机械设计制造及其自动化 本科", True),
    ("机械、电气、自动化等相关专业", "南京工程学院 电气工程 本科", True),
    ("机电一体化、电气自动化相关专业", "某学院 机电一体化 大专", True),
    ("计算机、电子、通信等相关专业", "某大学 自动化 本科", True),
    ("计算机相关专业", "某大学 自动化 本科", True),
    ("电子信息相关专业", "某大学 计算机科学与技术 本科", True),
    ("Degree in electrical or mechanical engineering or a related field", "BSc Computer Science, 2015", False),
    ("Degree in electrical engineering", "BEng Electrical and Electronic Engineering, 2015", True),
]


@pytest.mark.parametrize(("requirement", "resume", "is_met"), OF_MACHINES)
def test_software_is_no_subject_of_machines(requirement: str, resume: str, is_met: bool):
    demand = degrees.asked("大专及以上学历，" + requirement if has_cjk(requirement) else requirement)
    assert demand is not None
    assert (degrees.answer(demand, degrees.stated("教育经历\n2010.09-2014.06 " + resume)).verdict is Verdict.MET) is is_met
