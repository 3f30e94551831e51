"""Years of experience that jobs ask for against what resumes tell: by dates, by claims, by subject; of nobody else and of no study."""

from datetime import date
from pathlib import Path

import pytest

from reranker.evidence.facts import years
from reranker.evidence.facts.career.rivals import RIVALS, excludes, kinds_of
from reranker.evidence.facts.career.trades import LEADERSHIP, TRADES, WORDS, trades_of
from tests.data.facts import wordings
from tests.each import each
from tests.growth.clock import is_linear, thread_seconds
from tests.reranker.evidence.facts.verdicts import verdict_of

TODAY = date(2026, 11, 28)
KNOWN_MISSES = {
    # a part of the years, told of with a pronoun; an age at the beginning; a noun left out
    (
        "Secondary school teacher, Physics, 2019–present\nTaught A-level two of these years, otherwise KS3 only",
        "5 years teaching A-level Physics",
    ),
    ("1992年生人，16岁进店学理发，一直剪到现在", "5年以上美发经验"),
    ("My mentor has 25 years in glass. I've one.", "5+ years glassblowing"),
    # arguable: other work counts as none elsewhere; of a part of it as partly; a captain of the floor leads
    ("本人有10年行政后勤工作经验", "3年以上跟单经验"),
    ("2022.05-2022.11 产品助理,半年后转岗做测试至今", "3年以上产品经理经验"),
    ("擁有超過八年酒店中菜樓面工作經驗", "需有五年或以上樓面部長經驗或同等餐飲樓面經驗"),
    # an architect's years are those of any work on software; a band above counts as the one; a controller is no rank
    ("后端开发7年，去年起转做架构，满1年", "3年以上系统架构设计经验"),
    (
        "Band 6 Deputy Sister, Cardiology, June 2025 to date\nBand 5 Staff Nurse, Cardiology, Oct 2020 - May 2025",
        "Minimum two years at Band 6 or above",
    ),
    ("Controller, 2013–2021 (Series B to IPO); VP Finance, 2021–present", "10+ years of finance leadership"),
    # years of an apprenticeship are counted as work of the trade; that Ogilvy is an agency
    ("Mechanical fitter. Apprenticeship 2022-2026, just completed.", "Minimum 8 years post-apprenticeship experience"),
    # posts with nothing but the year in which each began
    (
        "Lagos State Civil Service: Admin Officer II (2012), Admin Officer I (2016), Senior Admin Officer (2020 – date)",
        "Not less than 10 years in the public service",
    ),
    ("Account Executive, Ogilvy Mumbai, Apr 2025 – Oct 2026", "2 years of agency experience"),
}
"""(resume, requirement); may not grow."""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("part", ["development", "further", "third", "fourth", "fifth", "sixth", "development8", "own"])
def test_wordings_stay_right(part: str, language: str) -> None:
    written = wordings(part, language, "years")
    wrong = [wording for wording in written if verdict_of(years, wording["requirement"], wording["resume"], TODAY) != wording["verdict"]]
    assert {(wording["resume"], wording["requirement"]) for wording in wrong} <= KNOWN_MISSES


CASES = """
3年以上总账或合并报表经验 | 工作经历\\n2023.04 - 至今 星禾科技 成本会计\\n负责8家子公司的月结、合并报表与税务申报 | met
3年以上总账经验 | 工作经历\\n2023.04 - 至今 星禾科技 成本会计\\n编制成本分析报告 | partly
5年以上工作经验 | 一、工作经历\\n2018.03-2024.02 云图 工程师\\n教育背景\\n2014.09-2018.06 江城大学 | met
5年以上工作经验 | 工作经历 / Work Experience\\n2018.03-2022.02 云图 工程师\\n教育背景\\n2014.09-2018.06 江城大学 | partly
5年以上工作经验 | 从业经历\\n2018.03-2024.02 云图 | met
5年以上工作经验 | 工作及实习经历\\n2018.03-2024.02 云图 工程师 | met
3年以上工作经验 | 教育经历\\n2014.09-2018.06 江城大学\\n2018.09-2021.06 江城大学 硕士 | not_said
3年以上工作经验 | 2018.09-2021.06 江城护理学院 护理 | not_said
3年以上工作经验 | 2018.09-2024.06 江城大学 讲师 | met
3年以上工作经验 | 2023.07-2026.10 某医院 实习 | not_met
5年财务工作经验 | 2012.01-2020.01 货车司机\\n2021.01-2026.10 某厂 会计 | met
5年财务工作经验 | 2012.01-2020.01 货车司机 | not_met
5年以上光伏设计经验 | 2014.01-2021.12 配电设计\\n2022.01-2026.10 光伏电站设计 | partly
5年以上销售经验，其中2年以上团队管理 | 2016.01-2020.12 销售代表\\n2021.01-2026.10 销售主管 | met
5年以上销售经验，其中2年以上团队管理 | 2016.01-2026.10 销售代表 | partly
半年以上客服经验 | 2026.01-2026.10 电话客服 | met
18个月以上客服经验 | 2026.01-2026.10 电话客服 | partly
五年以上經驗 | 從事裝修伍年整 | met
5年以上经验 | 公司有20年历史 | not_said
5年以上经验 | 与一位12年工作经验的架构师合作 | not_said
5年以上经验 | 8人团队负责人 | not_said
5年以上经验 | 打算做满五年 | not_said
5年以上Java开发经验 | 工作年限：10年\\n工作经历\\n2025.01-至今 云图 Java开发工程师 | not_met
5年以上养老护理经验 | 5年养老护理经验\\n2022.12-2026.10 某养老院 护理员 | partly
6年以上品检经验 | 电子厂2年，五金厂1年半，注塑厂3年，都是品检 | met
3年以上薪酬经验 | HR工作满6年：其中招聘4年、薪酬2年 | partly
3年以上预算经验 | 财务工作12年\\n从未接触过预算编制 | not_met
2年以上工作经验 | 暂无正式工作经历 | not_met
At least 5 years of experience | Ten years of experience in retail | met
At least 5 years of experience | Twenty-two years a butcher, man and boy | met
At least 5 years of experience | A decade on the tools | met
At least 5 years of experience | My husband has been a pilot for 12 years | not_said
At least 5 years of experience | Served a client with 20 years of experience | not_said
At least 5 years of experience | Managed a portfolio with 15-year bonds | not_said
At least 5 years of experience | Exceeded target 6 of 9 years | not_said
At least 5 years of experience | looking for a place I can stay 10+ years | not_said
At least 5 years of experience | saving the team five hours a week | not_said
At least 5 years of experience | BSc, Skelwith University, 2012 - 2020 | not_said
At least 5 years of experience | Career break, 2012 - 2020 | not_said
At least 5 years of experience | Fresher, 0 yrs | not_met
At least 5 years of experience | Work Experience\\nCook, Rose Inn\\n2016 - present | met
2 years reach truck | 1yr 10mths on reach trucks | partly
5 years of Go | Backend engineer, 2016-present\\nSince 2025 some services in Go | partly
5 years of welding | Accountant, Acme, 2010 - present | not_met
"""


@each("line", CASES.strip().splitlines())
def test_verdicts(line: str) -> None:
    requirement, resume, expected = line.replace("\\n", "\n").split(" | ")
    assert verdict_of(years, requirement, resume, TODAY) == expected


@each("line", Path(__file__).with_name("years.txt").read_text("utf-8").splitlines())
def test_more_verdicts(line: str) -> None:
    requirement, resume, expected = line.replace("\\n", "\n").split(" | ")
    assert verdict_of(years, requirement, resume, TODAY) == expected


ASKED = [("5年以上经验", 5), ("3-5年经验", 3), ("三年及以上", 3), ("十五年以上", 15), ("一年半以上", 1.5), ("5+ years", 5), ("4-6 yrs", 4)]
ASKED += [("at least ten years", 10), ("0–2 years", 0), ("18 months of experience", 1.5), ("several years (at least 3)", 3)]
ASKED += [
    ("10+ YOE", 10),
    ("经验5年起", 5),
    ("3（三）年以上管理经验", 3),
    ("two-and-a-half years", 2.5),
    ("three (3) years' experience", 3),
]
ASKED += [
    ("3年以上制造业经验", 3),
    ("3年以上经验，近3年无重大事故", 3),
    ("half a dozen years", 6),
    ("a degree, plus 2 years on the job", 2),
]


@each("text, count", ASKED)
def test_asked(text: str, count: float) -> None:
    demands = years.asked(text)
    assert demands and [demand.years for demand in demands] == [count]


NOT_ASKED = """
熟悉 Java
年龄35岁以下
签3年合同
2026届毕业生
经验不限
试用期3个月，转正后缴纳社保
年终奖2-3个月工资
司龄满3年可享额外年假
公司成立15年，行业领先
服务期5年，违约需赔偿
带教老师均有10年以上临床经验
in the last 5 years
a 3-year degree
Bachelor's degree (4-year) in Engineering
Fixed-term contract of 2 years
18-month maternity cover
Probation period: 6 months
We have been trading for over 40 years
You must be over 18 years of age
25 days' holiday rising to 30 after 5 years' service
Must be able to stay in the role for at least one year
Join a team with a combined 60 years of experience
Has owned a marketing budget of $2m+ a year
Visa sponsorship for up to 5 years
"""


@each("text", NOT_ASKED.strip().splitlines())
def test_nothing_asked(text: str) -> None:
    assert years.asked(text) is None


def test_of_alternatives_either_is_the_subject() -> None:
    def is_sure(requirement: str, resume: str) -> bool:
        demands = years.asked(requirement)
        assert demands
        return years.is_of_subject(demands, years.stated(resume, TODAY))

    brewer = "Work Experience\nAssistant brewer, Fennel Bridge Brewery\nFeb 2010 - Mar 2019\nBottled beer and cider"
    assert is_sure("8+ years of experience in brewing or cider", brewer)
    assert not is_sure(
        "5 years of experience in data analysis or business analysis", "Work Experience\nClerk, Acme\n2010 - 2019\ndata entry"
    )


def test_held_counts_dates_and_believed_claims() -> None:
    def years_of(text: str) -> float | None:
        return years.held(years.stated(text, TODAY))

    assert years_of("2018.01-2021.12 云图\n2020.01-2022.12 兼职") == 5
    assert years_of("8年经验\n2018.01-2024.12 云图") == 8
    assert years_of("20年经验\n2018.01-2024.12 云图") == 7
    assert years_of("爱好：跑步") is None


def test_a_fact_stands_where_the_text_says_so() -> None:
    resume = "工作经历\n2018.03-2024.02 云图 工程师"
    demands = years.asked("5年以上工作经验")
    assert demands
    fact = years.answer(demands, years.stated(resume, TODAY)).fact
    assert fact and resume[fact.start : fact.end].startswith("2018.03")


@each("trade", TRADES)
def test_every_word_of_a_trade_names_it(trade: str) -> None:
    for word in TRADES[trade]:
        text = word.lstrip("+").rstrip("*")
        trades = trades_of(text.replace("設備", "设备") if trade != "mechanical" else text)
        assert trade in trades or (trade == LEADERSHIP and "manager" in text), word


@each("group", RIVALS)
def test_every_word_of_a_kind_names_it(group: str) -> None:
    for kind, words in RIVALS[group].items():
        for word in words:
            assert (group, kind) in kinds_of(word.rstrip("*")), word


def test_kinds_exclude_one_another_within_their_group_only() -> None:
    assert excludes(kinds_of("初中数学"), kinds_of("高中英语"))
    assert not excludes(kinds_of("初中英语、高中英语"), kinds_of("高中英语"))
    assert not excludes(kinds_of("ICU"), kinds_of("高中英语"))


@each("kind", WORDS)
def test_every_list_of_words_is_used(kind: str) -> None:
    assert WORDS[kind] and len(WORDS[kind]) == len(set(WORDS[kind])), [word for word in WORDS[kind] if WORDS[kind].count(word) > 1]


@pytest.mark.growth
@pytest.mark.parametrize("unit", ["5年", "5 years ", "2019.03-2020.03 会计\n", "公司有", "a year ", "，", "经验 ", "2019-2020\n"])
def test_time_is_linear(unit: str) -> None:
    assert is_linear(lambda length: thread_seconds(lambda: years.stated(unit * (length // len(unit)), TODAY)), 4_000)


HELD = [
    (
        "教育：2015-2019 某大学 会计 本科\n工作：\n2019.08-2023.05 某公司 前台行政\n2023.06-至今 某商贸公司 行政专员",
        7.3,
    ),
    ("2015-2019 某大学 会计 本科\n2019.08-2023.07 某公司 会计", 4),
    (
        "学历：2016-2019 某职业学院 物流 大专\n工作经历：2019.06-2026.02 某快递公司 分拣员\n培训经历：2026.03-2026.08 前端全栈班",
        6.7,
    ),
    ("教育 2016.09-2019.06 芜湖职业技术学院 机电一体化 大专\n2019.07-2021.06 芜湖某广告公司 业务员", 2),
    ("2012-2015 市卫生学校 护士 中专\n2015.07-2020.06 市第一医院 护士", 5),
    ("2016.09-2020.06 财经大学 审计 本科\n2020.07-2023.06 立信会计师事务所 审计员", 3),
    ("教育经历：2011.09-2015.07 某大学 秘书学 本科\n2015.08-2020.07 某集团 董事长秘书", 5),
    ("Education: 2012 - 2016 University of Leeds, BA Teacher Education\nOct 2016 - Sep 2020 Teacher, Leeds Grammar School", 4),
    ("BEd Teacher Training, University of York, 2008 - 2012\nTeacher, York High School, Sep 2012 - Aug 2016", 4),
    ("2010.09-2014.08 某大学 会计系 辅导员", 4),
    ("2014.07-2018.06 某大学 会计主管", 4),
    ("Training: Jan 2020 - Jun 2020 Coding bootcamp\nJul 2020 - Jun 2022 Developer, Acme", 2),
    ("实习：2020.07-2020.12 某厂 会计实习生\n2021.01-2022.12 某厂 会计", 2),
    ("工作经历：2019.01-2020.12 某厂 会计\n2021.01-2022.12 某公司 会计", 4),
]


@each("resume, expected", HELD)
def test_studies_and_courses_are_no_work_whatever_their_subject_is_called(resume, expected):
    held = years.held(years.stated(resume, date(2026, 11, 30)))
    assert held == pytest.approx(expected, abs=0.2)


OF_OTHER_WORK = """
本科及以上学历，计算机相关专业，3年以上前端开发经验 | 2018.03-至今 某公司 项目经理\\n管理项目，团队15人（含前端5人） | no
3年以上前端开发经验 | 2017.05-至今 杭州芯锐微电子有限公司 射频前端工程师\\n负责射频前端模块设计与测试 | no
3年以上前端开发经验 | 2017.05-至今 某芯片公司 数字IC前端设计工程师 | no
3年以上后端开发经验 | 2017.05-至今 某芯片公司 芯片后端工程师 | no
3+ years of front-end development | RF front-end engineer, Acme, Jan 2017 - present | no
3+ years of front-end development | Front-end loader operator, Acme Quarry, Jan 2017 - present | no
3+ years of front-end development | Front end cashier, Walmart, Jan 2017 - present | no
3+ years of frontend development | Project manager, Acme, Jan 2017 - present\\nLed a team of 5 frontend developers | no
3年以上前端开发经验 | 2017.05-至今 某公司 前端工程师 | met
3年以上前端开发经验 | 2017.05-至今 某公司 前端开发兼项目经理 | met
3年以上Java开发经验 | 2017.05-至今 某公司 研发项目经理\\n使用Java、Spring开发 | met
3年以上项目经理经验 | 2017.05-至今 某公司 项目经理 | met
3年以上射频经验 | 2017.05-至今 杭州芯锐微电子有限公司 射频前端工程师 | met
3+ years of front-end development | Front-end developer, Acme, Jan 2017 - present | met
3 years in adult intensive care | Emergency nurse, 02/2020 to date\\n- Until intensive care\\nI have not worked in intensive care. | no
3 years in adult intensive care | Staff Nurse, Adult Intensive Care, 02/2020 to date | met
3 years in adult intensive care | Since 2017 I have placed more than 400 intensive care nurses in NHS trusts | no
3年以上ICU护理经验 | 2018.01-至今 某院 急诊科护士\\n病人转入ICU前的护理\\n没有在ICU工作过 | no
3年以上Java开发经验 | 2018.01-至今 某公司 招聘经理\\n招聘Java工程师、前端工程师 | no
3+ years as a Java developer | Recruiter, Acme, Jan 2018 - present\\nRecruited Java developers and data engineers | no
3年以上招聘经验 | 2018.01-至今 某公司 招聘经理\\n招聘Java工程师、前端工程师 | met
3年以上护理经验 | 2018.01-至今 某人力公司 猎头顾问\\n输送护士300名 | no
"""


@each("requirement, resume, expected", [tuple(line.split(" | ")) for line in OF_OTHER_WORK.splitlines() if line])
def test_namesakes_managers_and_recruiters_have_no_years_of_it(requirement, resume, expected):
    assert (verdict_of(years, requirement, resume.replace("\\n", "\n"), TODAY) == "met") == (expected == "met")
