"""Invent companies ("houses") whose HR likes something that no job description says: what tests and benchmarks/feedback.py learn from.

Jobs and resumes are written from pools of lines of eight trades; features come from the real texts through the real `features.extract`,
the logit from whatever engine is given. What a house likes acts on what was written into a resume (how many project lines, years, lines
about work with others, phrases of the house's own), never on a feature. Labels are noisy and only given to what was shown first.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from feedback.labels import FULL, NONE, PARTIAL, Candidate, Group, Label, Term
from feedback.learning.features import extract
from reranker.engine import Engine, IdAndText, Query, Score
from reranker.evidence.match_points import find_evidence
from reranker.evidence.requirements import split_job
from reranker.judge.judge import Judge
from tests.engines import FALLBACK, with_ids

SKILLS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "后端开发": {
        "精通 Java，熟悉 Spring Boot": ("使用 Java 与 Spring Boot 开发订单服务", "基于 Spring Boot 重写结算模块"),
        "熟悉 MySQL 分库分表": ("对 MySQL 做分库分表，迁移 3 亿条历史数据", "维护 MySQL 主从与慢查询治理"),
        "熟悉 Redis 缓存设计": ("引入 Redis 多级缓存，减轻数据库压力", "用 Redis 实现分布式锁与限流"),
        "熟悉 Kafka 等消息队列": ("用 Kafka 削峰填谷，解耦下单与扣减库存", "处理 Kafka 消息积压与重复消费"),
        "有微服务拆分经验": ("把单体应用拆成 14 个微服务", "维护服务注册、网关与链路追踪"),
        "熟悉 Go 语言": ("用 Go 编写内部网关", "Go 实现的定时任务调度服务"),
    },
    "前端开发": {
        "精通 TypeScript 与 React": ("使用 React 与 TypeScript 开发商家后台", "TypeScript 改造老页面 120 个"),
        "熟悉 Vue": ("用 Vue 开发小程序管理端", "Vue 组件库的维护与文档"),
        "有前端性能优化经验": ("首屏分包与懒加载", "接入性能监控，治理长任务"),
        "熟悉 Node.js": ("用 Node.js 写中间层接口", "Node.js 服务端渲染"),
        "了解前端工程化": ("用 Vite 搭建脚手架与规范检查", "流水线里接入构建缓存"),
        "有可视化经验": ("用 ECharts 开发经营看板", "Canvas 实现流程图编辑器"),
    },
    "数据开发": {
        "精通 SQL 与数仓建模": ("建设离线数仓，沉淀 200 张主题表", "SQL 编写订单主题模型"),
        "熟悉 Spark": ("Spark 作业调优，处理数据倾斜", "用 Spark 清洗日志"),
        "熟悉 Flink 实时计算": ("用 Flink 做实时订单宽表", "Flink 作业的状态管理与恢复"),
        "有数据质量治理经验": ("建立字段级质量监控", "梳理血缘与口径"),
        "熟悉 Hive": ("Hive 表分区与生命周期管理", "Hive 迁移到湖表"),
        "熟悉调度系统": ("维护 Airflow 调度", "基线任务保障与补数"),
    },
    "算法": {
        "熟悉 PyTorch": ("用 PyTorch 训练多目标排序模型", "PyTorch 模型的蒸馏与量化"),
        "有推荐系统经验": ("信息流推荐的精排模型", "双塔召回的训练与上线"),
        "熟悉大模型微调": ("LoRA 微调客服大模型", "构造指令数据并清洗"),
        "有特征工程经验": ("维护特征平台与样本拼接", "交叉特征的挖掘"),
        "熟悉 NLP": ("文本分类与实体识别", "NLP 语料标注与评测"),
        "有 A/B 实验经验": ("设计分层实验，分析显著性", "实验平台的指标口径"),
    },
    "测试": {
        "有自动化测试经验": ("用 Pytest 搭建接口自动化", "Selenium 回归用例 800 条"),
        "熟悉性能测试": ("用 JMeter 压测交易接口", "全链路压测的造数"),
        "熟悉 Python": ("Python 写测试工具", "Python 解析日志定位缺陷"),
        "有移动端测试经验": ("App 兼容性与弱网测试", "Appium 脚本维护"),
        "熟悉持续集成": ("Jenkins 流水线里接入回归", "按提交触发用例筛选"),
        "会写测试方案": ("编写版本测试方案与报告", "需求评审阶段提出可测性"),
    },
    "运维": {
        "精通 Linux": ("维护 600 台 Linux 服务器", "Linux 内核参数调整"),
        "熟悉 Kubernetes": ("容器化迁移到 Kubernetes", "Kubernetes 集群升级"),
        "熟悉监控告警": ("用 Prometheus 与 Grafana 建监控", "告警收敛与值班制度"),
        "有故障处理经验": ("处理机房网络故障", "故障复盘与演练"),
        "熟悉自动化发布": ("用 Ansible 实现批量发布", "灰度发布流程"),
        "会写脚本": ("Shell 与 Python 脚本巡检", "日志切割与清理脚本"),
    },
    "产品": {
        "有 B 端产品经验": ("客户管理系统的规划与迭代", "企业采购后台的需求文档"),
        "擅长需求分析": ("访谈客户，整理需求池", "用户旅程图与痛点归类"),
        "熟悉数据分析": ("搭建埋点与漏斗报表", "用 SQL 分析留存"),
        "有 SaaS 经验": ("订阅与计费功能设计", "多租户权限设计"),
        "会画原型": ("用 Axure 画高保真原型", "交互规范整理"),
        "有上线推广经验": ("灰度名单与上线公告", "客户培训材料"),
    },
    "销售": {
        "有大客户销售经验": ("开拓制造业客户 60 家", "维护 20 家重点客户"),
        "擅长商务谈判": ("合同谈判与签约", "招投标文件与报价"),
        "能完成回款": ("季度回款跟进", "逾期账款处理"),
        "有渠道管理经验": ("发展区域代理 12 家", "渠道政策与培训"),
        "熟悉软件行业": ("软件解决方案演示", "竞品分析与打单"),
        "能适应出差": ("常驻华东出差", "走访客户现场"),
    },
}
NEIGHBOURS = {
    "后端开发": "运维",
    "运维": "后端开发",
    "前端开发": "后端开发",
    "数据开发": "算法",
    "算法": "数据开发",
    "测试": "前端开发",
    "产品": "销售",
    "销售": "产品",
}
PROJECTS = (
    "{x}平台重构，三个月交付",
    "从零做出{x}工具，全组使用",
    "{x}中台项目，本人写核心模块",
    "设计并上线{x}系统第二版",
    "开源了一个{x}小工具",
    "{x}迁移项目，按期切换",
    "黑客松作品：{x}助手，获二等奖",
    "实现{x}的原型并推广到两条业务线",
)
COLLABORATION = (
    "和产品、法务一起定方案，每周同步",
    "跨部门推进接口规范统一",
    "带两名新人熟悉业务",
    "与运营、客服团队共创改进清单",
    "组织月度技术分享会",
    "协调五个团队的联调排期",
    "作为接口人对接外部合作方",
    "指导实习生完成毕业设计",
)
PLAIN = (
    "按时完成上级安排的任务",
    "编写日常文档与周报",
    "处理线上反馈的问题",
    "参加例会并整理纪要",
    "学习公司制度与流程",
    "维护既有功能，修复缺陷",
    "按排期完成需求",
    "整理历史资料归档",
)
TOPICS = ("对账", "风控", "会员", "库存", "报表", "工单", "营销", "权限", "检索", "搬迁")
OWN_WORDS: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    # what jobs say, and how people of the trade write it in their resumes
    "高并发": (
        ("有高并发系统经验", "承担高并发场景下的设计", "做过高并发服务者优先", "对高并发、低延迟有实践"),
        ("大促当天扛住 {n} 万 QPS", "单机房承接{n}万QPS", "接口峰值到{n}万 QPS 仍平稳", "万级QPS的网关", "压到 {n} 万QPS 不抖动"),
    ),
    "数据驱动": (
        ("有数据驱动的工作方式", "以数据驱动改进流程", "数据驱动意识", "能用数据驱动决策"),
        ("搭了北极星看板，每周复盘", "按北极星看板定优先级", "北极星看板落到每个小组", "用北极星看板说服业务方"),
    ),
}
"""Two terms that a house's jobs use and what resumes that fit say instead: nothing that an encoder would bring together."""


@dataclass(frozen=True)
class Written:
    """A resume and what was written into it: `skills` by the requirement they answer, counts of lines, years, own words by job term."""

    id: str
    text: str
    trade: str
    skills: frozenset[str]
    years: int
    projects: int
    collaboration: int
    own_words: frozenset[str]


@dataclass(frozen=True)
class Job:
    """A job and what it asks for; `own_words` are the terms of OWN_WORDS that it uses."""

    id: str
    text: str
    trade: str
    skills: frozenset[str]
    own_words: frozenset[str]
    pile: tuple[Written, ...]


@dataclass(frozen=True)
class House:
    """What its HR likes beyond the job description, in units of utility (a full match of skills is 4): so much for many projects, many
    years, much work with others, and for one of its `own_words` where the job calls for it. `noise` is each rater's, per label.
    """

    name: str
    projects: float = 0.0
    years: float = 0.0
    collaboration: float = 0.0
    own_words: Mapping[str, float] = field(default_factory=dict)
    noise: float = 0.5
    raters: tuple[str, ...] = ("ann",)

    def liking(self, job: Job, resume: Written) -> float:
        """Return the hidden part of the utility."""
        return (
            self.projects * min(resume.projects, 5) / 5
            + self.years * min(resume.years, 12) / 12
            + self.collaboration * min(resume.collaboration, 4) / 4
            + sum(worth for term, worth in self.own_words.items() if term in job.own_words & resume.own_words)
        )

    def utility(self, job: Job, resume: Written) -> float:
        """Return what HR would say without noise: the fit with the job and the hidden part."""
        return fit(job, resume) + self.liking(job, resume)


HOUSES = (
    House("projects over years", projects=2.5, years=-1.5),
    House("collaboration", collaboration=2.5),
    House("own words", own_words=dict.fromkeys(OWN_WORDS, 2.5)),
)


def fit(job: Job, resume: Written) -> float:
    """Return 0 to 4: the share of the job's skills that the resume has; another trade has none."""
    return 4 * len(job.skills & resume.skills) / len(job.skills)


def write_resume(dice: random.Random, number: int, trade: str) -> Written:
    """Return a resume of one to two dozen lines."""
    pool = SKILLS[trade]
    skills = dice.sample(sorted(pool), dice.choice((2, 3, 3, 4, 5)))
    years, projects, collaboration = dice.randint(1, 14), dice.choice((0, 0, 1, 2, 3, 5)), dice.choice((0, 0, 0, 1, 2, 4))
    own = {term for term in OWN_WORDS if dice.random() < 0.3}
    work = [dice.choice(pool[skill]) for skill in skills]
    work += dice.sample(COLLABORATION, collaboration) + dice.sample(PLAIN, dice.randint(1, 5))
    for term in sorted(own):
        work.append(dice.choice(OWN_WORDS[term][1]).format(n=dice.choice((2, 3, 5, 8))))
    if dice.random() < 0.4:
        work.append(f"相关指标改善 {dice.choice((10, 20, 30))}%")
    dice.shuffle(work)
    lines = [f"候选人{number}", f"求职意向：{trade}工程师", f"工作年限：{years} 年", "工作经历", f"某{dice.choice(TOPICS)}公司", *work]
    if projects:
        lines += ["项目经历", *(line.format(x=dice.choice(TOPICS)) for line in dice.sample(PROJECTS, projects))]
    lines += ["教育背景", f"{dice.choice(('江城', '云海', '北岭'))}大学 {dice.choice(('软件工程', '信息管理', '统计学'))} 本科"]
    return Written(f"r{number}", "\n".join(lines), trade, frozenset(skills), years, projects, collaboration, frozenset(own))


def write_job(dice: random.Random, number: int, pile: Sequence[Written], size: int = 20) -> Job:
    """Return a job of a random trade, with a pile of which some two thirds are of the trade and the rest of a neighbouring or any other."""
    trade = dice.choice(sorted(SKILLS))
    skills = dice.sample(sorted(SKILLS[trade]), 4)
    own = {term for term in OWN_WORDS if dice.random() < 0.4}
    asked = [*skills, *(dice.choice(OWN_WORDS[term][0]) for term in sorted(own))]
    dice.shuffle(asked)
    lines = [f"{trade}工程师", "任职要求：", *(f"{index}. {line}" for index, line in enumerate([*asked, "本科及以上学历"], start=1))]
    same, near = ([written for written in pile if written.trade == wanted] for wanted in (trade, NEIGHBOURS[trade]))
    chosen = dice.sample(same, min(len(same), size * 2 // 3))
    chosen += dice.sample(near, min(len(near), size // 5))
    rest = [written for written in pile if written not in chosen]
    chosen += dice.sample(rest, size - len(chosen))
    return Job(f"j{number}", "\n".join(lines), trade, frozenset(skills), frozenset(own), tuple(chosen))


def write_world(seed: int, resumes: int, jobs: int, size: int = 20) -> list[Job]:
    """Return jobs with their piles, from one pool of resumes."""
    dice = random.Random(seed)
    pool = [write_resume(dice, number, dice.choice(sorted(SKILLS))) for number in range(resumes)]
    return [write_job(dice, number, pool, size) for number in range(jobs)]


def rank_world(jobs: Sequence[Job], engine: Engine, judge: Judge, glossary: Sequence[Term] = ()) -> list[Group]:
    """Return unlabelled groups: each pile ranked by the engine, with the real features."""
    groups = []
    for number, job in enumerate(jobs):
        query, requirements = Query(job.text, ""), split_job(job.text)
        logits = {score.index: score.logit for score in engine.score(query, with_ids(written.text for written in job.pile))}
        order = sorted(logits, key=lambda index: -logits[index])
        candidates = []
        for rank, index in enumerate(order, start=1):
            resume = job.pile[index]
            features = extract(query, resume.text, logits[index], find_evidence(requirements, resume.text, judge), glossary)
            candidates.append(Candidate(resume.id, resume.id, rank, features, resume.text))
        groups.append(Group(job.id, job.text, engine.info.fingerprint, tuple(candidates), at=float(number)))
    return groups


class NoisyEngine:
    """An `engine.Engine` that sees how well each resume of these jobs fits, with noise: what the house likes it does not see."""

    info = replace(FALLBACK, fingerprint="noisy")

    def __init__(self, jobs: Sequence[Job], noise: float, seed: int = 0):
        self._jobs = {job.text: job for job in jobs}
        self._noise, self._seed = noise, seed

    def score(self, query: Query, documents: Iterable[IdAndText], batch_size: int | None = None) -> Iterator[Score]:
        job = self._jobs[query.job]
        written = {written.text: written for written in job.pile}
        for index, (_, document) in enumerate(documents):
            noise = random.Random(f"{self._seed} {job.id} {document}").gauss(0, self._noise)
            yield Score(index, fit(job, written[document]) + noise, len(document))

    def forget(self, query: Query) -> None:
        pass


@dataclass(frozen=True)
class Labelled:
    """A house's labels: `groups` as HR left them, `truth` the grade without noise by (job id, resume id)."""

    groups: list[Group]
    truth: dict[tuple[str, str], int] = field(default_factory=dict)


def label_world(house: House, jobs: Sequence[Job], groups: Sequence[Group], seed: int, shown: int = 10) -> Labelled:
    """Let each rater grade the first `shown` of each group; the best eighth of all would be 完全匹配, the next quarter 部分匹配."""
    dice = random.Random(seed)
    utility = {(job.id, written.id): house.utility(job, written) for job in jobs for written in job.pile}
    ordered = sorted(utility.values())
    low, high = ordered[int(len(ordered) * 5 / 8)], ordered[int(len(ordered) * 7 / 8)]

    def grade(value: float) -> int:
        return FULL if value >= high else PARTIAL if value >= low else NONE

    labelled = []
    for group in groups:
        candidates = [
            replace(
                candidate,
                labels=tuple(
                    Label(rater, grade(utility[group.job_id, candidate.resume_id] + dice.gauss(0, house.noise)))
                    for rater in house.raters
                    if candidate.rank <= shown
                ),
            )
            for candidate in group.candidates
        ]
        labelled.append(replace(group, candidates=tuple(candidates)))
    return Labelled(labelled, {pair: grade(value) for pair, value in utility.items()})
