"""Who leads, by title or by deed, and who only names a superior, helps one, or is a deputy of the rank that is asked for."""

from datetime import date

from reranker.evidence.facts import years
from reranker.evidence.facts.career.trades import LEADERSHIP, trades_of
from reranker.evidence.facts.contract import Verdict
from reranker.evidence.facts.mentions import folded
from tests.each import each

TODAY = date(2026, 11, 28)

LEADS = """
成本主管 带领4人成本组
财务经理，向总经理汇报
担任车间主任，配合设备部检修
华东区域主管，协助总监制定预算
店长，对接区域督导
任护士长
2020年起任班长
客服组长，支持3条产线
仓库主管（向运营总监汇报）
会计主管
负责人，配合审计
店長，向區經理匯報
Team leader, reporting to the plant manager
Kitchen manager; supported the owner
"""

DOES_NOT_LEAD = """
成本会计助理 协助主管录入工单
配合区域经理做经销商进货
向财务经理汇报
每周向总监提交周报
在主管指导下完成月结
随区域经理拜访客户
为大客户经理准备报价单
对接各门店店长
协助厂长处理行政事务
跟随主任医师查房
给销售总监安排行程
由主管安排每日工作
配合班组长点检设备
总监秘书
店长助理
主管助理
經理助理，協助主管排班
服从领班安排
Assisted the manager with rotas
Reported to the team leader
Supported supervisors with filing
Worked under a head chef
"""


@each("text", LEADS.strip().split("\n"))
def test_who_leads(text: str) -> None:
    assert LEADERSHIP in trades_of(folded(text))


@each("text", DOES_NOT_LEAD.strip().split("\n"))
def test_who_only_names_a_superior(text: str) -> None:
    assert LEADERSHIP not in trades_of(folded(text))


GRADES = """
其中2年以上主管经验 | 昆山博铭模具 2022.07 ~ 至今 成本会计助理\\n协助主管录入工单，核对领料单 | below
2年以上主管经验 | 2020.03-至今 恒达物流 仓库主管\\n配合经理排班 | met
3年以上店长经验 | 2019.03-至今 优品便利 副店长\\n排班、订货 | below
3年以上店长经验 | 2019.03-至今 优品便利 店长助理\\n排班、订货 | below
3年以上店长经验 | 2019.03-至今 优品便利 店长\\n2018.01-2019.02 优品便利 副店长 | met
3年以上经理经验 | 2019.03-至今 星达酒店 客房部副经理\\n负责排班 | below
3年以上管理经验 | 2019.03-至今 星达酒店 客房部副经理\\n带领12人 | met
2年以上厨师长经验 | 2019.03-至今 鼎香酒楼 副厨师长 | below
5年以上护士长经验 | 2015.03-至今 市二院 副护士长 | below
3年以上班组长经验 | 2018.03-至今 宏远机械 副班长\\n协助班组长点检 | below
5年以上项目经理经验 | 2017.03-至今 某建设集团 资料员\\n协助项目经理整理竣工资料 | below
5年以上HR经验 | 2018.03-至今 某咨询 行政助理\\n协助HR整理档案 | below
3年以上财务经理经验 | 2018.03-至今 某集团 财务经理助理\\n协助财务经理编制预算 | below
2年以上班组长经验 | 2018.03-至今 宏远机械 操作工\\n服从班组长安排，多次获评优秀员工 | below
2年以上班组长经验 | 2018.03-至今 宏远机械 班长\\n带20人，配合车间主任排产 | met
3年以上店長經驗 | 2019.03-至今 優品便利 副店長 | below
"""


@each("case", GRADES.strip().split("\n"))
def test_a_deputy_has_no_years_of_the_rank(case: str) -> None:
    requirement, resume, wanted = case.split(" | ")
    demand = years.asked(requirement)
    assert demand is not None
    facts = years.stated("工作经历\n" + resume.replace("\\n", "\n"), TODAY)
    said = years.answer(demand, facts).verdict
    proven = all(years.carried(one, facts) >= one.years for one in demand)
    assert (said is Verdict.MET and proven) == (wanted == "met"), (said, proven)
