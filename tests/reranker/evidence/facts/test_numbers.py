"""Numbers that jobs ask for against numbers that resumes state: the verdict, and that it rests on words of the resume."""

import tomllib
from pathlib import Path

import pytest

from reranker.evidence.facts import employers
from reranker.evidence.facts.amounts import NUMBERS, find_amounts
from reranker.evidence.facts.numbers import answer, asked, stated
from reranker.evidence.facts.quantities import Quantity
from tests.growth.clock import is_linear, thread_seconds

CASES = """
3–5 人团队管理经验 | 带领 6 人完成支付系统重构 | met
3-5人团队管理经验 | 带领 2 人小组 | partly
带过 10 人以上团队 | 管理 12 人的研发团队 | met
带过 10 人以上团队 | 团队负责人，8 人团队 | partly
带过 10 人以上团队 | 带 3 名实习生 | not_met
带过 10 人以上团队 | 在 12 人团队中负责支付模块 | not_said
带过 10 人以上团队 | 所在团队 15 人 | not_said
带过 10 人以上团队 | 与 20 人的团队协作 | not_said
带过 10 人以上团队 | 作为 20 人团队的一员参与开发 | not_said
有管理 20 人以上团队的经验 | 任店长，下属 25 人 | met
有管理 20 人以上团队的经验 | 管理 300 名学员的档案 | not_said
有管理 20 人以上团队的经验 | 培训新人 200 人 | not_said
有管理 20 人以上团队的经验 | 管理系统支持 500 人同时在线 | not_said
有管理 20 人以上团队的经验 | 将团队从 5 人扩充到 30 人，担任负责人 | met
有十人以上团队管理经验 | 领导十二人的销售团队 | met
有百人以上团队管理经验 | 管理上百人的工厂 | met
5 人以上团队管理经验 | 8人团队负责人 | met
5 人以上团队管理经验 | 直管下属 7 名 | met
5 人以上团队管理经验 | 负责 8 人小组的日常管理 | met
Experience managing a team of at least 5 | Led a team of 12 engineers | met
Experience managing a team of at least 5 | Managed 3 developers | partly
Experience managing a team of at least 5 | Worked in a team of 12 | not_said
Experience managing a team of at least 5 | Member of a 12-person team | not_said
Experience managing a team of at least 5 | Joined a team of eight | not_said
Experience managing a team of at least 5 | Led the migration in a team of 12 | not_said
Experience managing a team of at least 5 | Trained 30 nurses | not_said
10+ direct reports | Engineering manager with 14 direct reports | met
10+ direct reports | 4 direct reports | not_met
Leads a team of 8 | Supervised a crew of twelve | met
Leads a team of 8 | Grew the team from 3 to 12 | met
Leads a team of 8 | Managed payroll for 300 employees | not_said
Manage a team of 6+ | Head of a 9-strong team | met
管理过 1000 万以上预算 | 负责年度预算 1500 万元 | met
管理过 1000 万以上预算 | 年度预算 600 万 | partly
管理过 1000 万以上预算 | 年度预算 80 万 | not_met
管理过 1000 万以上预算 | 年薪 1200 万 | not_said
管理过 1000 万以上预算 | 年销售额 3000 万 | not_said
年销售额 5000 万以上 | 年销售额 1.2 亿元 | met
年销售额 5000 万以上 | 个人业绩 3000 万 | partly
年销售额 5000 万以上 | 完成营收 300 万 | not_met
年销售额不低于 5000 万元 | 销售额 800 万美元 | met
有亿级资金管理经验 | 管理 3 亿元资产 | met
融资额 1 亿以上 | 主导 A 轮融资 2 亿元 | met
Budget of at least $1M | Managed a $1.5M budget | met
Budget of at least $1M | Owned a budget of $600k | partly
Budget of at least $1M | Budget of $50,000 | not_met
Budget of at least $1M | Budget of ¥5,000,000 | partly
Budget of at least $1M | Salary $1.2M | not_said
Carry a quota of $2 million | Closed $2.4M in annual sales | met
Revenue responsibility of €10m | Grew revenue to €12.5 million | met
P&L of over £5m | P&L of £3m | partly
支撑过 1 万 QPS 以上的系统 | QPS 从 800 提升到 3 万 | met
支撑过 1 万 QPS 以上的系统 | 峰值 QPS 6000 | partly
支撑过 1 万 QPS 以上的系统 | 峰值 500 QPS | not_met
支撑过 1 万 QPS 以上的系统 | QPS 提升 3 倍 | not_said
有百万级 DAU 产品经验 | 日活 500 万 | met
有百万级 DAU 产品经验 | DAU 60 万 | partly
有百万级 DAU 产品经验 | DAU 提升 50% | not_said
千万级用户产品经验 | 产品拥有 5000 万注册用户 | met
千万级用户产品经验 | 服务 20 万用户 | not_met
有 PB 级以上 100 TB 数据处理经验 | 处理 2PB 数据 | met
处理过 10 TB 以上的数据 | 数据仓库 8TB | partly
处理过 10 TB 以上的数据 | 数据仓库 500 GB | not_met
Systems at 10k requests per second | Served 25,000 requests per second | met
Systems at 10k requests per second | Peak of 6k QPS | partly
Products with 1M+ users | App with 3 million monthly active users | met
Products with 1M+ users | 200k users | not_met
At least 5 million DAU | 12M daily active users | met
GPA 3.5/4.0 以上 | GPA 3.7/4.0 | met
GPA 3.5/4.0 以上 | GPA：3.3（满分 4.0） | partly
GPA 3.5/4.0 以上 | GPA 2.6/4.0 | not_met
GPA 3.5/4.0 以上 | 绩点 4.5/5.0 | met
GPA 3.5 以上 | 均分 91 | met
GPA of at least 3.0 | GPA: 3.8 out of 4.0 | met
GPA of at least 3.0 | Bachelor of Science | not_said
专业前 10% | 专业前 5% | met
专业前 10% | 专业排名 3/120 | met
专业前 10% | 排名前 20% | partly
专业前 10% | 专业排名前 50% | not_met
专业前 10% | 排名 10/60 | partly
专业前 10% | 专业第一 | met
Top 10% of class | Ranked 3rd of 120 | met
Top 10% of class | Top 30% of class | not_met
GPA 3.5 以上或专业前 10% | 专业排名 5/100 | met
年级前 10 名 | 年级第 3 名 | met
四大经验优先 | 2018-2021 普华永道 审计员 | met
四大会计师事务所背景 | 2018.07-2021.06 德勤华永会计师事务所 高级审计 | met
四大经验优先 | 2018-2021 某会计师事务所 审计员 | not_said
四大经验优先 | 就职于 EY，负责年报审计 | met
四大经验优先 | 拥有 5 年四大审计经验 | met
四大经验优先 | 2019-2021 立信会计师事务所，客户：德勤 | partly
有互联网大厂经验 | 2019.03-2022.05 腾讯 后端工程师 | met
有互联网大厂经验 | 2019.03-2022.05 字节跳动有限公司 | met
有互联网大厂经验 | 使用阿里云与腾讯云部署 | not_said
有互联网大厂经验 | 2019-2022 某公司，使用百度地图 | not_said
世界500强企业经验 | 2015-2020 西门子（中国）有限公司 | met
世界 500 强企业经验 | 曾就职于世界500强外企 | met
世界500强企业经验 | 2015-2020 中国500强企业 | partly
世界500强企业经验 | 2015-2020 使用 Oracle 数据库 | not_said
Big Four experience | Audit Associate at KPMG, 2019 - 2022 | met
Big Four experience | Audit Associate at Grant Thornton, 2019 - 2022 | partly
Fortune 500 experience | Walmart, Bentonville, 2016 - 2020 | met
Fortune 500 experience | Clients included Walmart | not_said
有大厂或四大背景 | 2018-2021 毕马威 | met
团队规模不少于 8 人 | 团队规模：12 人，均直接汇报给我 | met
管理 20 人以上团队 | 手下 25 个人 | met
Experience leading teams of 10+ | My team has 12 designers | met
有大型项目（合同额亿元以上）管理经验 | 负责合同额 2.3 亿元的项目 | met
TB 级以上数据处理经验 | 处理 300 GB 数据 | not_met
TB 级以上数据处理经验 | 数据仓库 40 TB | met
处理过亿级数据 | 每日处理 3 亿条日志 | met
Managed budgets in excess of £500k | Budget of £700k | met
Budget of no less than $1M | Budget of $2M | met
Top-10% graduates | Graduated 2nd in a class of 150 | met
专业排名前三 | 专业排名 2/90 | met
带领 5 人以上团队，管理 500 万以上预算 | 带领 8 人，预算 600 万 | met
带领 5 人以上团队，管理 500 万以上预算 | 带领 8 人团队 | partly
""".strip().split("\n")

NOT_ASKED = [
    "熟悉 Java",
    "3 年以上工作经验",
    "本科及以上学历",
    "你将加入 20 人的团队",
    "You will join a team of six",
    "提升 30% 的转化率",
    "四大模块的开发",
    "薪资 20-30K",
    "月薪 2 万元",
    "英语六级 500 分以上",
    "2019 年以后毕业",
    "CET-6",
    "招聘 5 人",
]


@pytest.mark.parametrize("case", CASES)
def test_verdict(case: str):
    requirement, resume, verdict = (part.strip() for part in case.split("|"))
    demand = asked(requirement)
    assert demand is not None
    given = answer(demand, stated(resume))
    assert given.verdict == verdict
    assert (given.fact is None) == (verdict == "not_said")


@pytest.mark.parametrize("requirement", NOT_ASKED)
def test_nothing_of_the_kind_is_asked(requirement: str):
    assert asked(requirement) is None


def test_a_fact_has_its_place():
    text = "负责支付系统\n带领 6 人，QPS 从 800 提升到 3 万"
    assert [(text[fact.start : fact.end].strip(), fact.value.kind) for fact in stated(text)] == [
        ("6 人", "people"),
        ("800", "qps"),
        ("3 万", "qps"),
    ]


def test_of_what_is_denied_there_is_none():
    assert {fact.value.amount for fact in stated("没有带过 5 人以上的团队")} == {0}


@pytest.mark.parametrize(("scale", "factor"), NUMBERS["scales"].items())
def test_each_scale_of_the_table(scale: str, factor: float):
    (amount,) = find_amounts(f"3{scale}")
    assert amount.low == pytest.approx(3 * factor)


@pytest.mark.parametrize(("currency", "sign"), [(name, sign) for name, signs in NUMBERS["currencies"].items() for sign in signs])
def test_each_currency_of_the_table(currency: str, sign: str):
    written = f"{sign}500,000" if sign[-1] in "$€£¥￥" else f"500,000 {sign}"
    assert [fact.value for fact in stated(f"budget {written}")] == [Quantity("money", 500_000, "budget", currency)]


@pytest.mark.parametrize(
    ("about", "word"), [(about, word) for about, words in NUMBERS["money"].items() if about != "pay" for word in words]
)
def test_each_purpose_of_money_of_the_table(about: str, word: str):
    assert [fact.value for fact in stated(f"{word} 5,000,000 元")] == [Quantity("money", 5_000_000, about, "CNY")]


@pytest.mark.parametrize("word", NUMBERS["money"]["pay"])
def test_pay_is_no_money_that_is_answered_for(word: str):
    assert stated(f"{word} 500,000 元") == ()


@pytest.mark.parametrize(("kind", "unit"), [(kind, unit) for kind, measure in NUMBERS["measures"].items() for unit in measure["units"]])
def test_each_unit_of_the_table(kind: str, unit: str):
    before = "managed a team of 12 " if kind == "people" else "峰值 12 "
    (fact,) = stated(before + unit.replace("…", "注册"))
    assert fact.value.kind == kind


@pytest.mark.parametrize(("kind", "label"), [(kind, label) for kind, measure in NUMBERS["measures"].items() for label in measure["labels"]])
def test_each_label_of_the_table(kind: str, label: str):
    assert [fact.value.kind for fact in stated(f"{label} 50000")] == [kind]


@pytest.mark.parametrize(("shape", "amount"), NUMBERS["shapes"].items())
def test_each_shape_of_the_table(shape: str, amount: float):
    assert [found.low for found in find_amounts(shape)] == [amount]


EMPLOYERS = tomllib.loads(Path(employers.__file__).with_name("employers.toml").read_text("utf-8"))


@pytest.mark.parametrize(("group", "name"), [(group, name) for group, entry in EMPLOYERS.items() for name in entry["names"]])
def test_each_employer_of_the_table(group: str, name: str):
    assert group in {found.group for found in employers.find_employers(f"2018-2021 {name} 专员")}
    assert group in {found.group for found in employers.find_employers(f"Analyst at {name}, 2018 - 2021")}


@pytest.mark.parametrize(("group", "word"), [(group, word) for group, entry in EMPLOYERS.items() for word in entry["words"]])
def test_each_class_of_the_table(group: str, word: str):
    demand = asked(f"{word} 经验")
    assert demand is not None
    assert Quantity("employer", 1, group) in demand.wanted


@pytest.mark.parametrize(
    "piece", ["带领 6 人，", "3-5", "数百万", "team of ", "GPA 3.", "专业前", "2019 at PwC ", "$1,000", "a b ", "一二三"]
)
def test_long_texts_take_linear_time(piece: str):
    assert is_linear(lambda size: thread_seconds(lambda: stated(piece * size)), 1_500)
