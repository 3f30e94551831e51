"""Traits of character are told from requirements about work, in both languages, and are of a kind of their own."""

import pytest

from reranker.evidence.requirements import split_job
from reranker.evidence.soft import is_soft
from reranker.rubric.criteria import as_parsed
from reranker.rubric.edits import set_kind

TRAITS = """
思维敏捷，富有创新精神
有强烈的责任心和团队荣誉感
能够承受较大工作压力，心态积极
善于沟通协调，亲和力强
具備良好的溝通技巧及團隊合作精神
形象好，气质佳，谈吐得体
有较强的自我驱动力和学习能力
A self-starter with a strong sense of ownership
Excellent interpersonal and organisational skills
Calm under pressure and able to prioritise
Ability to multitask and meet tight deadlines
Friendly, reliable and punctual
Strong problem solving and critical thinking skills
""".strip().splitlines()
WORK = """
负责跨部门项目的推进与落地
独立完成与供应商的价格谈判
英语沟通能力强
熟悉压力容器设计规范
3 年以上客户关系管理经验，责任心强
具有强化学习项目经验
能带领 10 人以上团队
Led communication with the regulator
Excellent written English and French
Experience in crisis communications for listed companies
Stress testing of bank portfolios
Build relationships with key accounts in retail
""".strip().splitlines()


@pytest.mark.parametrize("line", TRAITS)
def test_a_trait_is_soft(line: str):
    assert is_soft(line)


@pytest.mark.parametrize("line", WORK)
def test_work_is_not(line: str):
    assert not is_soft(line)


def test_traits_are_a_kind_of_their_own_that_hr_can_change():
    job = "任职要求：\n1. 沟通能力强，有责任心\n2. 熟悉 Java\n3. 性格开朗者优先\n岗位职责：\n1. 负责团队沟通"
    kinds = {requirement.text: requirement.kind for requirement in split_job(job)}
    assert kinds == {"沟通能力强，有责任心": "soft", "熟悉 Java": "must", "性格开朗者优先": "soft", "负责团队沟通": "duty"}
    assert set_kind(as_parsed(split_job(job)), 1, "must").criterion(1).kind == "must"
