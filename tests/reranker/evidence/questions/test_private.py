"""What no employer asks about is recognised, and the work with people of all kinds is not taken for it."""

import pytest

from reranker.evidence.questions.private import is_private, without_private

PRIVATE = (
    "35岁以下 年龄不限 18-40周岁 90后优先 限男性 女士优先 性别不限 已婚已育优先 未婚 无孩 已孕 籍贯不限 本地人优先 限本地户籍 汉族 少数民族"
    " 无宗教信仰 身体健康 无传染性疾病 无残疾 身高165以上 形象气质佳 视力正常"
).split()
PRIVATE_ENGLISH = (
    "aged under 35|male only|young and energetic|married with no children|nationality: Irish|locals only|Christian preferred"
    "|in good health|physically fit|attractive appearance|no disabilities"
).split("|")
WORK = (
    "6-12岁儿童英语教学 女性用品销售 孕产妇护理 婚礼策划 生育保险办理 品牌形象设计 有健康证 慢性疾病护理 残疾人服务 结婚礼服设计"
    " 熟悉民族舞 老年护理 精通3ds Max 健康管理师证书 女装设计"
).split()
WORK_ENGLISH = (
    "aged care experience|care of pregnant women|race conditions|working at height|mental health nursing|midwife|man-hours".split("|")
)


@pytest.mark.parametrize("text", [*PRIVATE, *PRIVATE_ENGLISH])
def test_it_is_recognised(text: str):
    assert is_private(text) and without_private(text) == ""


@pytest.mark.parametrize("text", [*WORK, *WORK_ENGLISH])
def test_work_with_people_is_no_private_matter(text: str):
    assert without_private(text) == text


def test_only_the_clauses_that_are_private_are_left_out():
    assert without_private("35岁以下，本科及以上，3年销售经验") == "本科及以上，3年销售经验"
    assert without_private("女 | 1990.11 | 汉族 | 会计") == "会计"
