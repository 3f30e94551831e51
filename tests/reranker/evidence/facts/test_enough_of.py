"""Which kinds a requirement lists, how many it asks for, and how many a resume names."""

import pytest

from reranker.evidence.facts.enough_of import enough_of, kinds_named
from tests.each import each

KA = "有经销商渠道开发和管理经验，熟悉KA、流通、餐饮等渠道至少两种"


@pytest.mark.parametrize(
    ("requirement", "kinds", "count"),
    [
        (KA, ("ka", "流通", "餐饮"), 2),
        ("熟悉注塑、冲压、压铸工艺中的任意一种", ("注塑", "冲压", "压铸工艺"), 1),
        ("掌握氩弧焊、二保焊、手工焊等焊接方法至少两种", ("氩弧焊", "二保焊", "手工焊"), 2),
        ("熟悉川菜、粵菜、湘菜等至少一種", ("川菜", "粤菜", "湘菜"), 1),
        ("做过招聘、薪酬、绩效、培训其中两个模块", ("招聘", "薪酬", "绩效", "培训"), 2),
        ("At least two of payroll, recruitment and training", ("payroll", "recruitment", "training"), 2),
    ],
)
def test_what_is_listed(requirement: str, kinds: tuple[str, ...], count: int) -> None:
    asked = enough_of(requirement)
    assert asked is not None and (asked.kinds, asked.count) == (kinds, count)


@each(
    "requirement",
    [
        "有经销商渠道开发和管理经验",
        "5年以上经验，至少2年管理经验",
        "熟悉KA、流通、餐饮等渠道",
        "至少一次完整项目经验",
        "At least two years",
    ],
)
def test_what_lists_nothing(requirement: str) -> None:
    assert enough_of(requirement) is None


@pytest.mark.parametrize(
    ("resume", "count"),
    [
        ("开发 KA（大润发）和餐饮渠道，社区团购试点", 2),
        ("负责华东区经销商渠道开发与管理，骨科耗材", 0),
        ("熟悉KA和便利店渠道", 1),
        ("餐飲、流通、KA 渠道", 3),
    ],
)
def test_how_many_are_named(resume: str, count: int) -> None:
    asked = enough_of(KA)
    assert asked is not None and kinds_named(asked, resume) == count
