"""Experience in an industry is shown by work at its firms or on its goods, by an internship in part, and by no word that is only near."""

import pytest

from reranker.evidence.facts.career.industries import only_industries
from reranker.evidence.match_points import find_evidence
from reranker.evidence.requirements import Requirement
from tests.each import each
from tests.encoder import JUDGE

SHOP = "有电商/社区团购渠道经验者加分"
AUTO = "有汽车零部件行业经验者优先"
ONLINE = "有电商行业经验优先"


@pytest.mark.parametrize(
    ("requirement", "resume", "said", "in_quote"),
    [
        (SHOP, "工作经历\n2024.03-至今 上海金麦食品有限公司 销售代表\n配合区域经理做经销商进货、促销陈列", "missing", ""),
        (SHOP, "工作经历\n2017.06-至今 安徽康衡医疗器械有限公司 华东区域经理\n负责华东区经销商渠道开发与管理，骨科耗材", "missing", ""),
        (SHOP, "工作经历\n2026.03-2026.09 南京九谷粮油有限公司 区域经理，开发苏北经销商", "missing", ""),
        (SHOP, "工作经历\n2019.04-至今 上海清沐日用品有限公司 KA销售经理\n自我评价\n熟悉KA和便利店渠道，未做过经销商。", "missing", ""),
        (SHOP, "工作经历\n2021.03-至今 杭州食倾电子商务有限公司 天猫运营经理\n负责天猫、京东三个店铺，年 GMV 1.2 亿", "met", "电子商务"),
        (
            SHOP,
            "工作经历\n2018.04-至今 味源食品（中国）有限公司 浙江区域经理\n开发 KA 和餐饮渠道，社区团购试点 2 个城市",
            "met",
            "社区团购",
        ),
        (ONLINE, "工作经历\n2022.07-至今 杭州优选汇电子商务有限公司 数据分析师\n搭建会员指标体系", "met", "电子商务"),
        (ONLINE, "个人总结\n5年电商数据分析经验\n工作经历\n2021.07-至今 上海拾物优品电商有限公司 高级数据分析师", "met", "电商"),
        (ONLINE, "实习经历\n2025.05-2025.11 京云电商 数据分析实习生\n取数，搭建大促看板", "partial", "京云电商"),
        (ONLINE, "工作经历\n2015.03-至今 北京信达软件股份有限公司 项目经理\n负责省数据中台项目", "missing", ""),
        (AUTO, "工作经历\n2024.06-2025.03 昆山友信电子 成本会计\n料工费归集，SAP", "missing", ""),
        (AUTO, "工作经历\n2016.03-至今 苏州宏远汽车零部件有限公司 成本主管", "met", "汽车零部件"),
        (AUTO, "工作经歷\n2016.03-至今 蘇州啟闊汽配有限公司 成本主管", "met", "汽配"),
        ("有医药行业背景优先", "工作经历\n2019.03-至今 南京康华药业 行政专员", "met", "药业"),
        ("Experience in the hospitality industry", "Experience\nGrand Hotel, Night Manager, 2019 - 2024", "met", "Hotel"),
    ],
)
def test_experience_in_an_industry(requirement: str, resume: str, said: str, in_quote: str) -> None:
    [point] = find_evidence([Requirement(requirement, "nice", ())], "张三\n" + resume, JUDGE).points
    assert point.said == said, point
    assert in_quote in point.quote


ONLY = """
有电商行业经验优先
有电商/社区团购渠道经验者加分
有汽车零部件行业经验者优先
具有互联网或金融行业工作背景
医药行业从业经历
有快消品行业经验者优先
有房地产行业背景
Experience in the automotive industry preferred
Background in financial services
"""
MORE = """
有电商运营经验
5年以上快消品（食品、饮料、日化）销售经验
3年及以上互联网行业数据分析经验
负责电商平台的日常运营
熟悉汽车零部件成本核算
有经销商渠道开发和管理经验
具备良好的沟通能力
有半导体设备维护经验
会计师事务所审计经验
"""


@each("line", ONLY.strip().split("\n"))
def test_what_asks_for_an_industry_alone(line: str) -> None:
    assert only_industries(line)


@each("line", MORE.strip().split("\n"))
def test_what_asks_for_more(line: str) -> None:
    assert not only_industries(line)
