"""Lines of job descriptions that ask for nothing, and lines in the same words that do."""

import re
import tomllib
from pathlib import Path

import pytest

from reranker.evidence import asks
from reranker.evidence.asks import asks_for_something
from reranker.evidence.requirements import split_job
from tests.growth.clock import is_linear, thread_seconds

NOTHING = """
无需相关经验，可培养
学历不作硬性要求
不要求英语
非外包岗位，不接受外派
五险一金、双休、年终奖
有无经验均可
没有经验也可以
学历不是问题
年底 13 薪
对年龄没有要求
There is no dress code
Interviews are held online
English is not a must
薪资 8-12K·13薪
接受应届毕业生
学历不限
专业不限，经验不限
性别：不限
经验：无要求
不限专业
不限学历，欢迎应届生
年龄、性别不限
应届生亦可
小白可投，老员工带教
零基础可，提供带薪培训
无工作经验要求
对学历没有硬性要求
学历非必须
英语不是必需的
不强求名校背景
不需要加班
无需坐班
我们不用 PHP
公司不接受远程
月薪 15-25K，年底双薪
薪资面议
待遇：底薪+提成
提供有竞争力的薪酬和完善的福利
每天免费下午茶，零食无限量
周末双休，弹性工作，不打卡
工作地点：杭州市滨江区
工作时间：9:00-18:00
我们是一家成立于 2015 年的物流公司
公司总部位于深圳，已完成 B 轮融资
简历投递：hr@example.com
请将简历发送至 hr@example.com
有意者请联系人事部
试用期三个月
可协助办理工作签证
猎头勿扰
一视同仁，反对任何形式的就业歧视
包吃包住，全勤奖 300 元
No prior management experience required
A degree is not required
Visa sponsorship is not available
We do not use PHP
We don't use Java here
Equal opportunity employer: all applicants are considered without regard to age or gender
Salary: 30,000 - 35,000 a year
Not interested in front-end or database work
No degree needed
You don't need a degree
You do not have to know Rust
A driving licence isn't necessary
Prior experience with Kubernetes is not mandatory
Certification is optional
Experience is not essential, full training provided
Free snacks and coffee
25 days of holiday, private medical and a pension
Competitive salary and annual bonus
$30 - $35 per hour
401(k) with company match
Stock options, gym, learning budget
We are unable to sponsor visas
We cannot offer sponsorship for this role
We are a fast-growing startup, backed by leading investors
Founded in 2009, headquartered in Leeds
To apply, send your CV to jobs@example.com
We do not discriminate on the basis of race or religion
This is not a remote role
Graduates welcome
Career changers are welcome to apply
No agencies please
Flexible hours, hybrid working
We're not looking for rock stars
Location: Dublin
Working hours: Monday to Friday, 9 to 5
""".strip().split("\n")

SOMETHING = """
本科及以上学历，专业不限
3 年以上经验，学历不限
本科及以上，3 年以上经验
学历不限，但需有扎实的编程基础
不要求学历，Python 熟练
熟悉 Java 或 Go
熟悉数据库，包括但不限于 MySQL、Redis
经验不限于电商行业
无需督促，能独立完成工作
无犯罪记录
无不良嗜好
能接受出差
负责五险一金的缴纳与核算
熟悉薪酬福利体系
有薪酬核算经验
熟悉无需编译的脚本语言
了解无锁编程
不接受无经验者
我们不接受没有相关经验的候选人
英语流利者优先，不强求
最好有大厂经验，不强求
硕士优先
负责员工福利与团建活动的策划
建设公司招聘官网，负责前端开发
会开车，有驾照
普通话标准
形象气质佳
诚实守信，吃苦耐劳
不怕吃苦
非科班需有项目经验
CPA 或 ACCA
负责签证资料的审核
大专以上学历，无经验可培养
开发餐饮行业的免费点餐系统
Python
Experience with payments
5+ years building backend services
A degree in computer science, or equivalent experience
A degree is not required, but experience with Go is preferred
Kubernetes is a plus but not required
No degree required, just 3 years of experience
Able to work without supervision
Doesn't need hand-holding
Experience administering benefits and pensions
Manage the company's benefits programme
Design compensation plans
Familiar with visa processes
Negotiate sponsorship deals
Databases including but not limited to PostgreSQL
Must not have a criminal record
You have the right to work in the UK
Must be authorized to work in the US
We do not consider candidates without a nursing licence
Bachelor's degree (not required for internal candidates)
Knowledge of salary benchmarking
Willing to travel
Valid driving licence
Build free tools for teachers
Write clear English
Fluent French
Ensure equal opportunity policies are followed
Able to carry 20 kg
Not afraid of heights
Python, no degree required
Java or Kotlin
Non-smoker
Experience is a must, a degree is not
Strong benefits administration background
Sponsor management at clinical trials
没有销售经验者勿投
无纹身
做过地铁或大型公建项目
负责贸易融资
Time series analysis
Good contact with parents
""".strip().split("\n")


@pytest.mark.parametrize("line", NOTHING)
def test_asks_for_nothing(line: str):
    assert not asks_for_something(line)


@pytest.mark.parametrize("line", SOMETHING)
def test_asks_for_something(line: str):
    assert asks_for_something(line)


@pytest.mark.parametrize("line", NOTHING)
def test_what_asks_for_nothing_is_no_requirement(line: str):
    assert [requirement.text for requirement in split_job(f"任职要求：\n熟悉 Linux\n{line}")] == ["熟悉 Linux"]


def phrases(section: str, *groups: str) -> list[str]:
    """What the table lists, written out with the first word of each slot."""
    table = tomllib.loads(Path(asks.__file__).with_name("asks.toml").read_text("utf-8"))
    slots = table["slots"]
    listed = [phrase for group in groups for phrase in table[section][group]]
    written = [re.sub(r"\{(\w+)\}", lambda slot: slots[slot[1]][0], phrase) for phrase in listed]
    samples = [re.sub(r"[\^$]", "", phrase).replace("#", "12").replace("…", "x") for phrase in written]
    return [sample if sample[-1].isalnum() else f"{sample}us" for sample in samples]


@pytest.mark.parametrize("phrase", phrases("offers", "perks", "pay", "equality", "visa", "contact", "company"))
def test_each_offer_of_the_table_asks_for_nothing(phrase: str):
    assert not asks_for_something(phrase)


@pytest.mark.parametrize("phrase", [*phrases("waived", "ahead", "behind"), *phrases("no_demand", "welcome", "self")])
def test_each_waiver_of_the_table_asks_for_nothing(phrase: str):
    assert not asks_for_something(phrase)


@pytest.mark.parametrize("cue", phrases("offers", "cues", "verbs"))
def test_each_demand_of_the_table_asks(cue: str):
    assert asks_for_something(f"{cue} 公积金")


@pytest.mark.growth
@pytest.mark.parametrize("piece", ["not a ", "no …", "无", "we are ", "接受", "a1-", "不限", "@"])
def test_long_lines_take_linear_time(piece: str):
    assert is_linear(lambda size: thread_seconds(lambda: asks_for_something(piece * size)), 3_000)
