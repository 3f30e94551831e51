"""The stand-in on clear cases: twenty-two trades against each other, junior against senior, and resumes made to fool it."""

import tomllib
from pathlib import Path

import pytest

from reranker.embedded.engine import EmbeddedEngine
from reranker.engine import Query
from tests.encoder import JUDGE
from tests.engines import with_ids

TRADES = tomllib.loads(Path(__file__).with_name("trades.toml").read_text("utf-8"))
ENGINEERS = {"zh": ("后端", "前端", "数据", "测试", "运维", "算法"), "en": ("backend", "frontend", "data scientist", "devops")}
OTHERS = {"zh": ("销售", "招聘", "会计", "护士"), "en": ("sales", "recruiter", "accountant", "nurse", "teacher")}
EACH = [(language, trade) for language in TRADES for trade in TRADES[language]]


@pytest.fixture(scope="module")
def engine() -> EmbeddedEngine:
    return EmbeddedEngine(JUDGE)


def scores(engine: EmbeddedEngine, job: str, *resumes: str) -> list[float]:
    return [score.logit for score in engine.score(Query(job, ""), with_ids(resumes))]


def scores_of_trades(engine: EmbeddedEngine, language: str, trade: str) -> dict[str, float]:
    resumes = {name: texts["resume"] for name, texts in TRADES[language].items()}
    return dict(zip(resumes, scores(engine, TRADES[language][trade]["job"], *resumes.values()), strict=True))


@pytest.mark.parametrize(("language", "trade"), EACH)
def test_the_resume_of_the_trade_comes_first(engine, language, trade):
    by_trade = scores_of_trades(engine, language, trade)
    assert max(by_trade, key=lambda name: by_trade[name]) == trade


@pytest.mark.parametrize("language", ENGINEERS)
def test_a_neighbouring_trade_is_nearer_than_a_strange_one(engine, language):
    """In most pairs: who is next to a tester, a recruiter of testers or a front-end developer, is not always clear to the judge."""
    right = pairs = 0
    for trade in ENGINEERS[language]:
        by_trade = scores_of_trades(engine, language, trade)
        for neighbour in ENGINEERS[language]:
            for stranger in OTHERS[language] if neighbour != trade else ():
                pairs += 1
                right += by_trade[neighbour] > by_trade[stranger]
    assert right >= 0.8 * pairs


SENIORITY = [
    (
        "任职要求\n1. 8年以上后端开发经验，精通 Java\n2. 主导过高并发系统的架构设计\n3. 有团队管理经验",
        "架构师，10年经验\n工作经历\n2014.07-2024.06 某支付公司\n- 主导交易核心架构设计，用 Java 支撑每秒 5 万笔\n- 带领 15 人后端团队",
        "开发工程师，1年经验\n工作经历\n2023.07-2024.06 某软件公司\n- 用 Java 维护后台报表页面\n- 修复测试提出的缺陷",
    ),
    (
        "Requirements\n- 8+ years of backend development in Java\n- Led the architecture of high-traffic systems\n- People management",
        "Experience\nPayloom, Principal Engineer, Jan 2013 - Dec 2023\n- Led the design of a Java payment platform\n- Managed 15 engineers",
        "Experience\nSoftnook, Junior Developer, Jul 2023 - Jun 2024\n- Fixed bugs in Java report pages\n- Wrote unit tests",
    ),
    (
        "任职要求\n1. 5年以上销售管理经验\n2. 带过20人以上销售团队\n3. 大客户资源丰富",
        "销售总监，9年经验\n工作经历\n2015.03-2024.06 某软件公司\n- 管理 25 人销售团队，年营收 1.2 亿\n- 维护 40 家头部客户，完成续约",
        "销售助理，1年经验\n工作经历\n2023.06-2024.06 某软件公司\n- 整理客户名单，录入合同\n- 协助同事准备报价",
    ),
]


@pytest.mark.parametrize(("job", "senior", "junior"), SENIORITY)
def test_the_senior_comes_before_the_junior(engine, job, senior, junior):
    first, second = scores(engine, job, senior, junior)
    assert first > second


@pytest.mark.parametrize(("language", "trade"), [("zh", "后端"), ("zh", "数据"), ("zh", "运维"), ("en", "backend"), ("en", "devops")])
def test_a_stranger_does_not_win_by_copying(engine, language, trade):
    """Neither by a list of all that is asked for, nor by the whole job description at the end, nor by lists repeated."""
    job, honest = TRADES[language][trade]["job"], TRADES[language][trade]["resume"]
    stranger = TRADES[language][OTHERS[language][3]]["resume"]
    names = (
        "Java、Go、MySQL、Redis、Kafka、Spark、Flink、Hive、SQL、Linux、Kubernetes、Docker、Prometheus、Terraform、AWS、PostgreSQL、Python"
    )
    fakes = [f"{stranger}\n技能\n{names}", f"{stranger}\n{names}\n" + f"{names}\n" * 10, f"{stranger}\n{job}", job]
    own, *faked = scores(engine, job, honest, *fakes)
    assert own > max(faked)


@pytest.mark.parametrize(("language", "trade"), EACH[::3])
def test_length_alone_decides_nothing(engine, language, trade):
    """The resume of the trade stays first beside a stranger's that is six times as long."""
    resumes = TRADES[language]
    stranger = "\n".join(resumes[name]["resume"] for name in OTHERS[language] if name != trade)
    own, long = scores(engine, resumes[trade]["job"], resumes[trade]["resume"], stranger + "\n" + stranger)
    assert own > long
