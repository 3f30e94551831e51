"""Who helped, as an assistant or an intern, has a part of what is to be done alone or led; lines of fields are no keyword list."""

import pytest

from reranker.evidence.match_points import find_evidence
from reranker.evidence.requirements import Requirement
from reranker.evidence.resume_text.line_kinds import is_keyword_list
from tests.each import each
from tests.encoder import JUDGE

ASSISTANT = """何立群
工作经历
昆山博铭模具有限公司    2022.07 ~ 至今    成本会计助理
- 协助主管录入工单、BOM 用量，核对车间领料单和工时
- 每月协助盘点原材料仓，整理盘点表
- 用友U8 存货核算模块录入；用 VLOOKUP 核对供应商对账单"""
INTERN = """丁晓雯
实习经历
苏州博泽热系统有限公司　成本会计实习生  2025.06-2025.09
- 协助整理标准成本与实际成本差异，汇总 5 个成本中心数据
- 参与 7 月存货盘点，复核 800 余个料号"""
REP = """孙浩
经历
2024.03 至今   上海金麦食品有限公司   销售代表
负责浦东新区便利店、小超市铺货，拜访终端 40 家/天，月均销售 28 万
配合区域经理做经销商进货、促销陈列"""
OWNER = """沈若楠
工作经历
2019.09-至今  苏州恒瀚电子有限公司  成本主管
- 建立标准成本卡 2600 张，每月做料、工、费差异分析
- 组织半年度存货盘点，账实差异率由 1.6% 降到 0.3%"""
ALONE = "熟悉标准成本法，能独立完成成本核算、差异分析和存货盘点"
COUNT = "组织每月存货盘点，对呆滞库存提出处理意见"
DEALERS = "有经销商渠道开发和管理经验"


@pytest.mark.parametrize(
    ("requirement", "resume", "is_met"),
    [
        (ALONE, ASSISTANT, False),
        (COUNT, ASSISTANT, False),
        (ALONE, INTERN, False),
        (COUNT, INTERN, False),
        (DEALERS, REP, False),
        ("有采购经理经验", "孙七\n工作经历\n2019.03-至今 某电子厂 采购助理\n协助采购经理询价比价", False),
        (ALONE, OWNER, True),
        (COUNT, OWNER, True),
    ],
)
def test_help_is_a_part(requirement: str, resume: str, is_met: bool) -> None:
    [point] = find_evidence([Requirement(requirement, "must", ())], resume, JUDGE).points
    assert (point.said == "met") is is_met, point


FIELDS = """
性别：男   出生年月：1986.02   手机：151-0000-2201   现居住地：杭州   驾照：C1（有车）
姓名：王一  性别：女  年龄：30  学历：本科  驾照：C1  婚姻：未婚
學歷：大學   專長：會計   證照：乙級會計   語言：英文   電話：0912
性别: 男 | 年龄: 35 | 学历: 本科 | 驾照: C1 | 籍贯: 南通
"""
KEYWORDS = """
区域销售管理 | 经销商渠道开发 | KA | 流通 | 餐饮 | 团队管理 | 应收账款 | 社区团购 | 驾照C1
技能：Java、Go、Redis、Kafka、MySQL、Docker、K8s、Vue
标准成本法、作业成本法、成本核算、差异分析、存货盘点、月结、SAP、用友U8
"""


@each("line", FIELDS.strip().split("\n"))
def test_fields_are_no_keyword_list(line: str) -> None:
    assert not is_keyword_list(line)


@each("line", KEYWORDS.strip().split("\n"))
def test_keywords_are(line: str) -> None:
    assert is_keyword_list(line)
