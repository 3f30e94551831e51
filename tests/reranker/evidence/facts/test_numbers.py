"""Numbers that jobs ask for against numbers that resumes state: the verdict, and that it rests on words of the resume."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from reranker.evidence.facts import numbers
from reranker.evidence.facts.numbers import answer, asked, stated
from reranker.evidence.facts.quantity import employers
from reranker.evidence.facts.quantity.amounts import NUMBERS, find_amounts
from reranker.evidence.facts.quantity.quantities import Quantity
from tests.each import each
from tests.growth.clock import is_linear, thread_seconds
from tests.reranker.evidence.facts.verdicts import verdict_of

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
有20人以上团队管理经验 | 车间主任，手底下管着五十多号工人 | met
有20人以上团队管理经验 | 团队管理：18人（含外包6人） | partly
有20人以上团队管理经验 | 项目经理，协调供应商30人进场施工 | not_said
有20人以上团队管理经验 | 未担任过管理职务 | not_met
有20人以上团队管理经验 | 公司共有员工300人，我是前台 | not_said
有20人以上团队管理经验 | 一個人負責全部門市，底下沒有人 | not_met
10人以上带教经验 | 带教新护士12名 | met
管理5家以上门店 | 区域督导，负责片区8家门店 | met
管理5家以上门店 | 店长，1家店 | not_met
管理5家以上门店 | 督导，管3间分店 | partly
独立操盘过千万级营销预算 | 年度市场费用1800万，独立负责投放 | met
独立操盘过千万级营销预算 | 活动物料采购，预算每场3万 | not_met
独立操盘过千万级营销预算 | 协助经理管理1200万投放预算 | partly
年回款3000万以上 | 2025全年回款￥3,650万 | met
年回款3000万以上 | 月均回款280万 | met
年回款3000万以上 | 部门全年回款2亿，我负责合同归档 | not_said
QPS 5万以上系统设计经验 | 接口压测 6.8w qps | met
QPS 5万以上系统设计经验 | 峰值TPS 3.2万 | partly
QPS 5万以上系统设计经验 | 每秒几十个请求的内部系统 | not_met
服务过千万级用户的产品 | APP注册用户 3,200 万，负责推荐算法 | met
GPA 3.3以上 | 平均学分绩点：3.6（4.0制） | met
GPA 3.3以上 | 加权平均分 86.5/100 | met
GPA 3.3以上 | 绩点2.4 | not_met
专业排名前15% | 年级排名 8/92 | met
专业排名前15% | 班级第20名，全班45人 | not_met
专业排名前15% | 排名：前17% | partly
专业排名前15% | 毕业于全国排名前10的大学 | not_said
四大事务所优先 | 2019.9-2022.8 安永（中国）企业咨询有限公司 税务顾问 | met
四大事务所优先 | 大三暑假在德勤实习两个月 | partly
四大事务所优先 | 公司年报由普华永道审计，我负责配合 | not_said
互联网大厂背景 | 京东物流 | 仓储运营 2020.6—2023.1 | met
互联网大厂背景 | 在小创业公司干了三年，没有大厂经历 | not_met
世界500强工作经验 | 博世汽车部件（苏州）有限公司 质量工程师 | met
世界500强工作经验 | 供应商质量，客户有大众、丰田等世界500强 | not_said
日处理订单2000单以上 | 电商客服，日均接单2600+ | met
月产能10万件以上工厂管理经验 | 生产厂长，月产15万件 | met
管理过2万平米以上仓库 | 仓库面积35000㎡，主管 | met
管理过2万平米以上仓库 | 小仓库 300 平 | not_met
发表SCI论文3篇以上 | 以第一作者发表SCI论文4篇 | met
发表SCI论文3篇以上 | SCI论文2篇，在投1篇 | partly
Managed a team of 15 or more | Store manager with a staff of 22 | met
Managed a team of 15 or more | Ran a kitchen brigade of 12 | partly
Managed a team of 15 or more | Team lead, 3 direct reports | not_met
Managed a team of 15 or more | Part of a 40-strong sales floor | not_said
Managed a team of 15 or more | I have never managed people | not_met
Managed a team of 15 or more | Taught classes of 30 pupils | not_said
Budget responsibility of £500k+ | Budget holder for £1.2m of training spend | met
Budget responsibility of £500k+ | Controlled a departmental budget of £350k | partly
Budget responsibility of £500k+ | Petty cash float of £200 | not_met
Budget responsibility of £500k+ | Company turnover £40m | not_said
$3M annual quota | Exceeded $3.4M quota in FY2024 | met
$3M annual quota | Carried a $1.8M number | partly
$3M annual quota | Sold $40k of phone accessories a year | not_met
Manage a portfolio of 50+ accounts | Looked after 65 SME clients | met
Manage a portfolio of 50+ accounts | Account manager for 30 clients | partly
Manage a portfolio of 50+ accounts | 6 accounts | not_met
Systems serving 5M+ users | Mobile app with 12 million downloads | met
100k+ requests per second | API gateway peaking at 140,000 rps | met
TB-scale data pipelines | ETL of 3 TB/day into Redshift | met
TB-scale data pipelines | CSV exports of about 20 MB | not_met
Minimum 3.2 GPA | Cumulative GPA 3.45 | met
Minimum 3.2 GPA | 2.5 GPA | not_met
Minimum 75% in graduation | B.Com - 81% | met
Minimum 75% in graduation | BBA 58 % | not_met
CGPA 7.5 or above | CGPA: 7.2/10 | partly
Top 10% of cohort | Graduated 4th out of 85 | met
Top 10% of cohort | Ranked 70/85 | not_met
Top 10% of cohort | Studied at a top 10 university | not_said
Big 4 experience required | EY, Manchester - Audit Senior (2018-2021) | met
Big 4 experience required | Summer intern, Deloitte Tax | partly
Big 4 experience required | Audit manager at Mazars | partly
Big 4 experience required | Liaised with external auditors (KPMG) | not_said
FAANG background | SDE II, Amazon, Hyderabad | met
FAANG background | Built apps on Amazon Web Services | not_said
FAANG background | Google Ads certified freelancer | not_said
Fortune 500 exposure | Operations analyst, Target Corporation, Minneapolis | met
Supervise a fleet of 40+ vehicles | Transport manager, 55 HGVs | met
Supervise a fleet of 40+ vehicles | Fleet of 28 vans | partly
Typing speed of 50 wpm | types 65 words per minute | met
Minimum 200 surgeries assisted | Scrub nurse in 340 operations | met
Experience in hospitals with 300+ beds | 450-bedded multi-specialty hospital, staff nurse | met
带过30人以上的销售团队 | 大区经理，下面5个城市经理，每个城市经理带8个销售 | met
带过30人以上的销售团队 | 销售总监，团队从10人做到45人 | met
带过30人以上的销售团队 | 销售，团队20人里业绩第一 | not_said
带过30人以上的销售团队 | 想带30人团队 | not_said
带过30人以上的销售团队 | 班长，管8个人 | not_met
年采购额1亿以上 | 负责华东采购，年度采购额约1.3亿 | met
年采购额1亿以上 | 采购专员，年采购金额6000多万 | partly
年采购额1亿以上 | 采购助理，单笔最大20万 | not_met
年采购额1亿以上 | 公司年采购额10亿，本人做前台 | not_said
管理资产规模5亿以上 | 基金经理，在管规模8.2亿元 | met
管理资产规模5亿以上 | 理财经理，管理客户资产3亿 | partly
日活百万以上产品经验 | DAU 130w 的社区产品，做推荐 | met
日活百万以上产品经验 | 日活2千的小程序 | not_met
TPS 1万以上 | 交易系统 TPS 达 12000 | met
TPS 1万以上 | 单机 TPS 800 | not_met
QPS 10万+ | 只写过后台管理页面，没接触过高并发 | not_met
GPA 3.5/4 | 3.8/4.0 GPA | met
GPA 3.5/4 | 学分绩 3.1 | not_met
班级前5名 | 班级第2 | met
班级前5名 | 班级第6名 | partly
班级前5名 | 班级排名30/42 | not_met
世界500强外企经验优先 | 2012-2018 西门子(中国) 采购主管 | met
世界500强外企经验优先 | 一直在私企，从没进过外企 | not_met
大厂经验优先 | 美团外卖骑手三年 | met
四大所背景 | 毕马威华振 审计助理 2021至今 | met
管理500亩以上种植基地 | 管护果园680亩 | met
管理500亩以上种植基地 | 果园 40 亩 | not_met
门店年营业额800万以上 | 店长，门店月销售额45万 | partly
安全驾驶30万公里以上 | 安全行车42万公里无事故 | met
安全驾驶30万公里以上 | 跑了8万公里 | not_met
手术500台以上 | 主刀阑尾手术620例 | met
管理100张以上床位 | 病区120张床，护士长 | met
独立设计过3个以上量产项目 | 独立负责5个量产项目 | met
独立设计过3个以上量产项目 | 独立完成2个项目量产 | partly
曾管理20人以上團隊 | 店經理，轄下25名員工 | met
曾管理20人以上團隊 | 從未管理過下屬 | not_met
業績達1,000萬以上 | 2024個人業績NT$1,250萬 | met
Led teams of 30+ | Head of operations; 4 managers and 38 associates reporting into me | met
Led teams of 30+ | Led 22 warehouse operatives | partly
Led teams of 30+ | Supervised two trainees | not_met
Led teams of 30+ | One of 45 engineers on the platform team | not_said
Led teams of 30+ | Would love to lead a team of 30 | not_said
P&L of $10m or more | Owned $14M P&L for the Midwest region | met
P&L of $10m or more | GM of a hotel with $7.5M revenue | partly
P&L of $10m or more | Lemonade stand, $900 profit | not_met
P&L of $10m or more | The firm reported $500m in revenue last year | not_said
ARR growth past $5m | Took ARR from $1.2M to $6.3M | met
Annual billings of £250k+ | Billed £310k in FY23 | met
Annual billings of £250k+ | Recruitment consultant, £150k billings last year | partly
Portfolio of INR 50 crore | Managed loan book of Rs 72 crores | met
Sales of ₹2 crore per month | Monthly sales of 1.4 Cr | partly
Kitchen doing 300 covers | Ran the pass for 380 covers on Saturdays | met
Kitchen doing 300 covers or more | Café, 40 covers | not_met
Warehouse of 100,000 sq ft+ | Managed a 150,000 sq ft DC | met
Warehouse of 100,000 sq ft+ | 6,000 m2 depot manager | partly
10 TB+ databases | Administered 14 TB Oracle estate | met
10 TB+ databases | largest DB 200 GB | not_met
1 million DAU or more | app with 2.4M DAU | met
1 million DAU or more | hobby app with 50 users | not_met
3.5 GPA or higher | GPA: 3.1/4.0 | not_met
3.5 GPA or higher | GPA 3.9 | met
Minimum 70% in Class XII | XII (CBSE): 84% | met
Minimum 70% in Class XII | 12th - 51% | not_met
Big Four firm | Deloitte Consulting, Manager 2019-23 | met
Big Four firm | Never worked at a Big Four; sole practitioner all my career | not_met
Fortune 500 company | Walmart store associate, Tulsa OK, 2015-2018 | met
Fortune 500 company | Sold printers to Fortune 500 clients | not_said
FAANG experience | Interviewed at Google twice | not_said
FAANG experience | Contractor at Meta via TCS | partly
Caseload of 25+ | Carried 32 cases at a time | met
Caseload of 25+ | caseload: 18 | partly
Manage 10+ properties | Oversaw 14 apartment buildings | met
100+ placements a year | 62 placements in 2024 | partly
5,000+ sq m retail | 7,500 sqm flagship, duty manager | met
100% of quota in the last year | 2025: 96% of target | partly
Consistently above 100% of quota | 112% of quota in FY24, 105% in FY25 | met
Consistently above 100% of quota | Quota attainment: 2023 134%, 2024 118% | met
At least 100% target attainment | 41% to annual target | not_met
Track record of exceeding quota | Missed targets | not_said
Track record of exceeding annual targets | Beat sales target three years running | met
Proven record of exceeding annual targets of £2m or more | Exceeded £3.2m sales target in FY24 | met
年度目标完成率100%以上 | 2024年销售任务完成率112% | met
年度目标完成率100%以上 | 全年指标仅完成46% | not_met
年度目标完成率100%以上 | 完成全年目标的 92% | partly
超额完成销售任务的经历 | 连续两年超额完成业绩指标 | met
超额完成销售任务的经历 | 未超额完成任务 | not_said
Responsible for 5 or more homes | Cluster manager for 4 care homes | partly
管理门店10家以上 | 管7家便利店 | partly
打字速度80字/分钟 | 一分钟25个字左右 | not_met
Projects of 50MW+ | Built wind farms up to 90 MW | met
光伏项目100兆瓦以上 | 装机容量30MW的光伏电站 | not_met
h-index of 15+ | h-index 18 | met
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


@each("case", CASES)
def test_verdict(case: str):
    requirement, rest = case.split(" | ", 1)
    resume, verdict = (part.strip() for part in rest.rsplit("|", 1))
    demand = asked(requirement)
    assert demand is not None
    given = answer(demand, stated(resume))
    assert given.verdict == verdict
    assert (given.fact is None) == (verdict == "not_said")


def rows_of(name: str) -> list[str]:
    return Path(__file__).with_name(name).read_text("utf-8").splitlines()[1:]


def is_answered_as_written(case: str) -> bool:
    requirement, rest = case.split(" | ", 1)
    resume, verdict = rest.rsplit(" | ", 1)
    return verdict_of(numbers, requirement, resume.replace("\\n", "\n")) == verdict


@each("case", rows_of("numbers_by_trade.txt"))
def test_verdict_by_trade(case: str):
    assert is_answered_as_written(case)


@each("case", rows_of("numbers_missed.txt"))
def test_known_misses(case: str):
    assert not is_answered_as_written(case)


@each("requirement", NOT_ASKED)
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


@each("scale, factor", NUMBERS["scales"].items())
def test_each_scale_of_the_table(scale: str, factor: float):
    (amount,) = find_amounts(f"3{scale}")
    assert amount.low == pytest.approx(3 * factor)


@each("currency, sign", [(name, sign) for name, signs in NUMBERS["currencies"].items() for sign in signs])
def test_each_currency_of_the_table(currency: str, sign: str):
    written = f"{sign}500,000" if sign[-1] in "$€£¥￥" else f"500,000 {sign}"
    assert [fact.value for fact in stated(f"budget {written}")] == [Quantity("money", 500_000, "budget", currency)]


@each("about, word", [(about, word) for about, words in NUMBERS["money"].items() if about != "pay" for word in words])
def test_each_purpose_of_money_of_the_table(about: str, word: str):
    assert [replace(fact.value, period="") for fact in stated(f"{word} 5,000,000 元")] == [Quantity("money", 5_000_000, about, "YUAN")]


@each("word", NUMBERS["money"]["pay"])
def test_pay_is_no_money_that_is_answered_for(word: str):
    assert stated(f"{word} 500,000 元") == ()


@each("kind, unit", [(kind, unit) for kind, measure in NUMBERS["measures"].items() for unit in measure["units"]])
def test_each_unit_of_the_table(kind: str, unit: str):
    before = "managed a team of 12 " if kind == "people" else "峰值 12 "
    (fact,) = stated(before + unit.replace("…", "注册"))
    assert fact.value.kind == kind


@each("kind, label", [(kind, label) for kind, measure in NUMBERS["measures"].items() for label in measure["labels"]])
def test_each_label_of_the_table(kind: str, label: str):
    assert [fact.value.kind for fact in stated(f"{label} 50000")] == [kind]


@each("shape, amount", NUMBERS["shapes"].items())
def test_each_shape_of_the_table(shape: str, amount: float):
    assert [parsed.low for parsed in find_amounts(shape)] == [amount]


EMPLOYERS = tomllib.loads(Path(employers.__file__).with_name("employers.toml").read_text("utf-8"))


@each("group, name", [(group, name) for group, entry in EMPLOYERS.items() for name in entry["names"]])
def test_each_employer_of_the_table(group: str, name: str):
    assert group in {employer.group for employer in employers.find_employers(f"2018-2021 {name} 专员")}
    assert group in {employer.group for employer in employers.find_employers(f"Analyst at {name}, 2018 - 2021")}


@each("group, word", [(group, word) for group, entry in EMPLOYERS.items() for word in entry["words"]])
def test_each_class_of_the_table(group: str, word: str):
    demand = asked(f"{word} 经验")
    assert demand is not None
    assert Quantity("employer", 1, group) in demand.wanted


@pytest.mark.growth
@pytest.mark.parametrize(
    "piece", ["带领 6 人，", "3-5", "数百万", "team of ", "GPA 3.", "专业前", "2019 at PwC ", "$1,000", "a b ", "一二三"]
)
def test_long_texts_take_linear_time(piece: str):
    assert is_linear(lambda size: thread_seconds(lambda: stated(piece * size)), 1_500)


@each(
    "group, name", [(group, name) for group, entry in EMPLOYERS.items() for kind in ("near", "near_words") for name in entry.get(kind, [])]
)
def test_each_neighbour_of_a_class_is_not_quite_in_it(group: str, name: str):
    classes = {(employer.group, employer.certainty) for employer in employers.find_employers(f"2018-2021 {name} 专员")}
    assert (group, 0.4) in classes


@each("word", NUMBERS["none"]["deny"])
def test_each_word_that_denies(word: str):
    assert [fact.value for fact in stated(f"{word} {'budget' if word.isascii() else '预算'}")] == [Quantity("money", 0)]


@each("kind, word", [(kind, word) for kind, words in NUMBERS["none"].items() if kind not in ("deny", "alone") for word in words])
def test_each_thing_that_is_denied(kind: str, word: str):
    assert Quantity(kind, 0) in [fact.value for fact in stated(f"{'no' if word.isascii() else '没有'} {word}")]


@each("kind, word", [(kind, word) for kind, words in NUMBERS["none"]["alone"].items() for word in words])
def test_each_word_for_none(kind: str, word: str):
    assert Quantity(kind, 0) in [fact.value for fact in stated(word)]


def test_each_currency_has_a_rate():
    assert NUMBERS["rates"].keys() == NUMBERS["currencies"].keys()


@each("word", NUMBERS["whose"]["others"])
def test_each_somebody_else(word: str):
    assert stated(f"{word} 5,000,000 元") == ()


@each("word", NUMBERS["whose"]["shared"])
def test_each_word_for_a_part_in_it(word: str):
    assert {fact.certainty for fact in stated(f"{word} a project of 5,000,000 元")} <= {0.4}


@each("name, word", [(name, word) for name, words in NUMBERS["periods"].items() for word in words])
def test_each_period_of_the_table(name: str, word: str):
    assert {fact.value.period for fact in stated(f"sales of $5,000,000 {word}")} == {name}


OF_OTHER_THINGS = """
独立完成过年销售额1000万以上 | 其他：CET-6 512；技术博客 120 篇；开源项目 star 1.4k | not_said
独立完成过年销售额1000万以上 | 开源项目获 GitHub 2.3k stars | not_said
年销售额1000万以上 | 运营公众号项目，阅读量累计1500万 | not_said
年销售额1000万以上 | 销售短视频播放量破2000万 | not_said
年销售额1000万以上 | 销售系统代码量30万行 | not_said
年销售额1000万以上 | 项目组维护粉丝1200万的账号 | not_said
年销售额1000万以上 | 营收系统日均请求1500万次 | not_said
年销售额1000万以上 | 销售系统注册用户1200万 | not_said
年销售额1000万以上 | 翻译项目累计1500万字 | not_said
年销售额1000万以上 | 服务1200万人口的地铁项目 | not_said
年销售额1000万以上 | 220千伏变电站项目 | not_said
年销售额1000万以上 | 大模型项目，参数量130亿 | not_said
年销售额1000万以上 | 70亿参数大模型项目 | not_said
年销售额1000万以上 | 参与30万千瓦光伏项目 | not_said
年销售额1000万以上 | 4K超高清视频项目 | not_said
年销售额1000万以上 | 销售热线 40088 | not_said
年销售额1000万以上 | 项目短视频获赞1200万 | not_said
At least $1m in annual sales | Open-source project with 1.4k GitHub stars | not_said
At least $1m in annual sales | Sales training videos with 1.2M views | not_said
At least $1m in annual sales | Blog about sales: 2M page views | not_said
At least $1m in annual sales | CRM project for 2 million customers | not_said
At least $1m in annual sales | Mobile project, 3M downloads | not_said
At least $1m in annual sales | Sales newsletter, 1.5 million subscribers | not_said
At least $1m in annual sales | Language model project, 7B parameters | not_said
年销售额1000万以上 | 项目销售额1500万 | met
年销售额1000万以上 | 2023年销售额2680万元 | met
年销售额1000万以上 | 签单1200万 | met
At least $1m in annual sales | Closed $1.4m in new business | met
At least $1m in annual sales | Sales of 1.4m a year | met
"""
OF_TEAMS = """
独立完成过年销售额1000万以上 | 带领28人团队，团队年度保费1800万元 | partly
个人年销售额1000万以上 | 团队年销售额5000万 | partly
独立完成过年销售额1000万以上 | 部门全年销售额3000万，带5人 | partly
独立完成过年销售额1000万以上 | 门店年销售额2000万，任店长 | partly
独立完成过年销售额1000万以上 | 带领团队完成年销售额5000万 | partly
独立完成年销售额1000万以上 | 个人年销售额1200万，团队5000万 | met
独立完成年销售额1000万以上 | 团队销售冠军，年销售额1200万 | met
年销售额1000万以上 | 带领销售团队，团队年销售额5000万 | met
有年销售额1000万以上的团队管理经验 | 团队年销售额5000万，任销售经理 | met
Personally sold $1m+ a year | Led a team of 8; team sales of $5m a year | partly
Individual sales of $1m a year | Branch sales of $4m, I was branch manager | partly
Individual annual sales of at least $1m | My own sales were $1.2m | met
Individual annual sales of at least $1m | Best in a team of 12: $1.2m in sales | met
独立完成过年销售额1000万以上 | 带6家门店，年成交额3.2亿元 | partly
独立完成年销售额1000万以上 | 管理8人，年销售额3000万 | partly
Individual sales of $1m a year | Led a team of 8, sales of $5m a year | partly
年销售额1000万以上 | 带6家门店，年成交额3.2亿元 | met
"""


@each("requirement, resume, expected", [tuple(line.split(" | ")) for line in (OF_OTHER_THINGS + OF_TEAMS).splitlines() if line])
def test_stars_and_volts_are_no_money_and_what_a_team_sold_is_not_ones_own(requirement, resume, expected):
    assert verdict_of(numbers, requirement, resume) == expected
