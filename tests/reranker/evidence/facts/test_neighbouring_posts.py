"""Years in a post that is next to the one asked for, whatever its deeds touch, are not years in that post."""

from datetime import date

from reranker.evidence.facts import years
from tests.each import each

TODAY = date(2026, 11, 28)
ANALYST = "3年及以上互联网行业数据分析经验"

CASES = """
{A} | 2015.03-至今 北京信达软件股份有限公司 项目经理\\n负责零售企业数据分析平台实施（FineBI），指标体系由客户业务部门提供 | no
{A} | 2020.8—至今 成都快团电商科技有限公司 大数据开发工程师\\n维护流量、交易主题域模型，支持数据分析师取数 | no
{A} | 2019.05-至今 某互联网平台 数仓开发\\n为数据分析团队建设指标层 | no
{A} | 2018.05-至今 某电商 ETL工程师\\n数据分析报表的数据加工 | no
{A} | 2022.07-至今 杭州优选汇电子商务有限公司 数据分析师\\n搭建会员业务指标体系 | yes
{A} | 2021.07-至今 上海拾物优品电商有限公司 高级数据分析师\\n负责商品与营销分析 | yes
{A} | 2021.07-至今 某互联网平台 商业分析师\\n经营专题数据分析 | yes
3年以上数据分析或数据开发经验 | 2020.8—至今 成都快团电商科技有限公司 大数据开发工程师\\n维护主题域模型 | yes
3年以上数据仓库开发经验 | 2020.8—至今 某公司 数仓开发工程师\\n离线数仓建设 | yes
5年以上产品经理经验 | 2016.03-至今 某软件公司 项目经理\\n与产品经理对接需求 | no
5年以上产品经理经验 | 2016.03-至今 某软件公司 高级产品经理\\n负责会员产品 | yes
5年以上项目经理经验 | 2016.03-至今 某软件公司 产品经理\\n与项目经理排期 | no
3年以上數據分析經驗 | 2016.03-至今 某公司 專案經理\\n導入數據分析平台 | no
3 years of data analysis experience | Acme Ltd, Data Engineer, 2018 - 2024\\nBuilt pipelines for data analysts | no
3 years of data analysis experience | Acme Ltd, Data Analyst, 2018 - 2024\\nBuilt dashboards | yes
"""


@each("case", CASES.strip().replace("{A}", ANALYST).split("\n"))
def test_years_in_the_post(case: str) -> None:
    requirement, resume, wanted = case.split(" | ")
    demand = years.asked(requirement)
    assert demand is not None
    facts = years.stated(
        ("Experience\n" if resume[0].isascii() and resume[0].isalpha() else "工作经历\n") + resume.replace("\\n", "\n"), TODAY
    )
    proven = all(years.carried(one, facts) >= one.years for one in demand)
    assert proven == (wanted == "yes"), [years.carried(one, facts) for one in demand]


CONSUMER = "5年以上快消品（食品、饮料、日化）销售经验"
AT_FIRMS = """
2024.08-2025.04 合肥甜语食品 区域经理 | 0.75
2026.03-2026.09 南京九谷粮油有限公司 区域经理，开发苏北经销商 | 0.58
2025.06-2026.01 江苏优泉饮品 省区经理 | 0.67
2022.05-2023.07 上海雪域乳业 城市经理 | 1.25
2015.01-2019.12 上海清沐日用品有限公司 KA销售经理 | 5
2015.01-2019.12 某乳品公司 业務代表 | 5
2021.02-2022.03 常州好邻居连锁超市 采购 | 0
2017.06-2024.05 安徽康衡医疗器械有限公司 华东区域经理 | 0
2017.06-2024.05 味源食品有限公司 会计 | 0
"""


@each("case", AT_FIRMS.strip().split("\n"))
def test_years_at_the_firms_of_an_industry(case: str) -> None:
    resume, wanted = case.split(" | ")
    demand = years.asked(CONSUMER)
    assert demand is not None
    assert abs(years.carried(demand[0], years.stated("工作经历\n" + resume, TODAY)) - float(wanted)) < 0.1


MAKERS = (
    "苏州启阔汽配有限公司 无锡海桐电机有限公司 常熟金盛纺织有限公司 苏州同裕五金有限公司 太仓力博机械有限公司 苏州仁创塑业有限公司".split()
)


@each("firm", MAKERS)
def test_firms_that_make_things(firm: str) -> None:
    demand = years.asked("5年以上制造业成本会计工作经验")
    assert demand is not None
    assert years.carried(demand[0], years.stated(f"工作经历\n2016.01-2020.12 {firm} 成本会计", TODAY)) == 5
