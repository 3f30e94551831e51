"""The stand-in on clear cases: trades against each other, junior against senior, and resumes made to fool it.

A few of the twenty-two trades here; benchmarks/trades.py has every job beside every resume.
"""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from reranker.embedded.engine import EmbeddedEngine
from reranker.engine import Query
from tests.encoder import JUDGE
from tests.engines import with_ids

TRADES = tomllib.loads(Path(__file__).with_name("trades.toml").read_text("utf-8"))
ENGINEERS = {"zh": ("后端", "前端", "数据", "测试", "运维", "算法"), "en": ("backend", "frontend", "data scientist", "devops")}
OTHERS = {"zh": ("销售", "招聘", "会计", "护士"), "en": ("sales", "recruiter", "accountant", "nurse", "teacher")}
CHOICES = {
    "zh": [
        ("后端", "测试", "销售"),
        ("测试", "后端", "护士"),
        ("销售", "招聘", "后端"),
        ("会计", "护士", "测试"),
        ("护士", "会计", "招聘"),
    ],
    "en": [
        ("backend", "devops", "nurse"),
        ("devops", "backend", "teacher"),
        ("nurse", "teacher", "sales"),
        ("sales", "recruiter", "devops"),
    ],
}
"""Each trade with others whose resumes its job is offered too."""


@pytest.fixture(scope="module")
def engine() -> EmbeddedEngine:
    return EmbeddedEngine(JUDGE)


def scores(engine: EmbeddedEngine, job: str, *resumes: str) -> list[float]:
    return [score.logit for score in engine.score(Query(job, ""), with_ids(resumes))]


def scores_of_trades(engine: EmbeddedEngine, language: str, trade: str, among: Sequence[str]) -> dict[str, float]:
    """Return the scores of the resumes of the trades `among` for the job of `trade`."""
    resumes = [TRADES[language][name]["resume"] for name in among]
    return dict(zip(among, scores(engine, TRADES[language][trade]["job"], *resumes), strict=True))


@pytest.mark.parametrize(("language", "choice"), [(language, choice) for language in CHOICES for choice in CHOICES[language]])
def test_the_resume_of_the_trade_comes_first(engine, language, choice):
    by_trade = scores_of_trades(engine, language, choice[0], choice)
    assert max(by_trade, key=lambda name: by_trade[name]) == choice[0]


@pytest.mark.parametrize(("language", "choice"), [(language, choice) for language in CHOICES for choice in CHOICES[language][:2]])
def test_a_neighbouring_trade_is_nearer_than_a_strange_one(engine, language, choice):
    trade, neighbour, stranger = choice
    by_trade = scores_of_trades(engine, language, trade, choice)
    assert by_trade[neighbour] > by_trade[stranger]


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


@pytest.mark.parametrize(("language", "trade"), [("zh", "后端"), ("en", "backend")])
def test_a_stranger_does_not_win_by_copying(engine, language, trade):
    """Neither by a list of all that is asked for, nor by the whole job description at the end, nor by lists repeated."""
    own, *faked = scores(engine, TRADES[language][trade]["job"], TRADES[language][trade]["resume"], *fakes(language, trade))
    assert own > max(faked)


def fakes(language: str, trade: str) -> list[str]:
    """Return resumes of somebody of another trade that copy what the job of this one asks for."""
    job, stranger = TRADES[language][trade]["job"], TRADES[language][OTHERS[language][3]]["resume"]
    names = (
        "Java、Go、MySQL、Redis、Kafka、Spark、Flink、Hive、SQL、Linux、Kubernetes、Docker、Prometheus、Terraform、AWS、PostgreSQL、Python"
    )
    return [f"{stranger}\n技能\n{names}", f"{stranger}\n{names}\n" + f"{names}\n" * 10, f"{stranger}\n{job}", job]


@pytest.mark.parametrize(("language", "trade"), [("zh", "测试"), ("en", "devops")])
def test_length_alone_decides_nothing(engine, language, trade):
    """The resume of the trade stays first beside a stranger's that is many times as long."""
    resumes = TRADES[language]
    own, long = scores(engine, resumes[trade]["job"], resumes[trade]["resume"], long_stranger(language, trade))
    assert own > long


def long_stranger(language: str, trade: str) -> str:
    """Return the resumes of all other trades that are no engineers', twice."""
    return "\n".join([TRADES[language][name]["resume"] for name in OTHERS[language] if name != trade] * 2)
