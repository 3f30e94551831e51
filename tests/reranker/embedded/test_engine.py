"""The stand-in engine: sensible on clear cases, hard to stuff, deterministic, honest about what it is."""

import math
import tomllib
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preprocess.document import Resume
from preprocess.intake import File
from preprocess.pipeline import read_resume
from reranker.copied import copied_share, shingles
from reranker.embedded import engine as embedded
from reranker.embedded.engine import MAX_CHARACTERS, EmbeddedEngine
from reranker.engine import Query
from reranker.evidence.resume_text.lines import read_lines
from reranker.judge.identity import anonymous
from reranker.judge.judge import Judge
from reranker.ranking import rank
from reranker.scheduler import Scheduler
from tests.encoder import JUDGE
from tests.engines import with_ids

EXAMPLES = Path(__file__).parents[3] / "examples"
ENGINE = EmbeddedEngine(JUDGE)

BACKEND = "任职要求：\n1. 3年以上后端开发经验，精通 Java 或 Go\n2. 熟悉 MySQL、Redis、Kafka\n3. 有高并发系统设计经验"
SALES = "任职要求：\n1. 3年以上大客户销售经验\n2. 有较强的商务谈判能力\n3. 能完成年度销售目标"
RESUMES = {
    "backend": "5年后端开发经验\n使用 Java 与 Go 开发订单系统，MySQL 分库分表，Redis 缓存，Kafka 削峰，支撑高并发大促",
    "frontend": "4年前端开发经验\n使用 Vue 与 TypeScript 开发管理后台，负责组件库与首屏性能优化",
    "sales": "6年大客户销售经验\n负责华东区重点客户的商务谈判与合同签订，连续三年超额完成年度销售目标",
    "recruiter": "5年招聘经验\n负责技术岗位的简历筛选、面试安排与入职跟进",
}
STUFFED = "精通 Java、Go、MySQL、Redis、Kafka、高并发、分布式系统、微服务、Kubernetes、Docker\n负责公司打印机与路由器的采购和维护"


def order(job: str, *names: str) -> list[str]:
    scores = ENGINE.score(Query(job, ""), with_ids(RESUMES[name] for name in names))
    return [names[score.index] for score in sorted(scores, key=lambda score: -score.logit)]


def logits(job: str, *documents: str) -> list[float]:
    return [score.logit for score in ENGINE.score(Query(job, ""), with_ids(documents))]


def test_each_job_finds_its_own_trade():
    assert order(BACKEND, "sales", "recruiter", "frontend", "backend")[:2] == ["backend", "frontend"]
    assert order(SALES, "backend", "frontend", "recruiter", "sales")[0] == "sales"


def test_a_wall_of_keywords_does_not_beat_work_done():
    stuffed, honest = logits(BACKEND, STUFFED, RESUMES["backend"])
    assert honest > stuffed


def test_a_copied_job_description_does_not_win():
    copied, honest = logits(BACKEND, BACKEND + "\n姓名：王某", RESUMES["backend"])
    assert honest > copied
    assert copied_share(shingles(BACKEND), BACKEND) == 1.0
    assert copied_share(shingles(BACKEND), RESUMES["backend"]) < 0.2


def test_the_same_to_the_last_bit_in_any_company():
    documents = list(RESUMES.values())
    together = logits(BACKEND, *documents)
    assert logits(BACKEND, *documents[::-1])[::-1] == together
    alone = EmbeddedEngine(Judge())  # remembers nothing
    assert [next(iter(alone.score(Query(BACKEND, ""), with_ids([document])))).logit for document in documents] == together


def test_a_resume_is_read_once_for_its_score_and_its_match_points():
    resume = Resume("id", "name", RESUMES["frontend"] + "\n熟悉 Redis 缓存")
    misses = [cached.cache_info().misses for cached in (read_lines, anonymous)]
    (row,) = rank(Query(BACKEND, ""), [resume], ENGINE, JUDGE).rows
    assert row.match_points
    assert [cached.cache_info().misses for cached in (read_lines, anonymous)] == [number + 1 for number in misses]


def test_closing_the_iterator_stops_the_work():
    stream = ENGINE.score(Query(BACKEND, ""), with_ids(f"第 {number} 份简历" for number in range(10_000)))
    assert isinstance(stream, Generator)
    assert next(stream).index == 0
    stream.close()
    assert list(stream) == []


def test_what_is_not_read_is_counted():
    (score,) = ENGINE.score(
        Query(BACKEND, ""), with_ids(["简历" + " " * MAX_CHARACTERS + "尾"])
    )  # spaces: words would be read, for seconds
    assert (score.tokens, score.truncated) == (MAX_CHARACTERS, 3)


def test_it_promises_no_probability():
    assert ENGINE.info.score_scale == "relative" and ENGINE.info.is_fallback and not ENGINE.info.heeds_instruction
    assert "stand-in" in ENGINE.info.name


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_examples_come_in_a_sensible_order(language):
    """The first resume of each grade; benchmarks/embedded.py ranks them all."""
    expected = tomllib.loads((EXAMPLES / "expected.toml").read_text("utf-8"))[language]
    grades = {name: grade for grade, key in ((2, "strong"), (1, "partial"), (0, "weak")) for name in expected[key][:1]}
    job = read_resume(File("job", (EXAMPLES / language / expected["job"]).read_bytes())).text
    texts = [read_resume(File(name, (EXAMPLES / language / name).read_bytes())).text for name in grades]
    scores = dict(zip(grades, logits(job, *texts), strict=True))
    pairs = [(better, worse) for better in grades for worse in grades if grades[better] > grades[worse]]
    assert len(pairs) == 3 and all(scores[better] > scores[worse] for better, worse in pairs)


@settings(max_examples=10, deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_never_anything_but_a_finite_number(job, resume):
    assert all(map(math.isfinite, logits(job, resume)))


def test_a_job_is_worked_out_once_for_all_its_resumes_also_when_they_are_asked_about_one_by_one(monkeypatch):
    calls = []
    split_job = embedded.split_job
    monkeypatch.setattr(embedded, "split_job", lambda text: calls.append(text) or split_job(text))
    engine, query = embedded.EmbeddedEngine(JUDGE), Query("任职要求：\n1. 熟悉 Python", "")
    resumes = ["熟悉 Python 开发", "负责 Java 平台", "会计，十年经验"]
    list(Scheduler(engine).score(query, with_ids(resumes)))
    assert calls == [query.job]
    engine.forget(query)
    list(engine.score(query, with_ids(resumes)))
    assert calls == [query.job] * 2, "what was forgotten is not kept"
