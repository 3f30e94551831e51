"""On its way to a row a resume is worked out once: each step asks what the one before it knows. The judge and the encoder are left out."""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

import preprocess.fold
import preprocess.tech_stack.normalise
from feedback.learning.features import extract
from preprocess.document import Resume
from preprocess.intake import PastedText
from preprocess.pipeline import prepare, read_pasted
from reranker.copied import copied_lines
from reranker.embedded import bm25, engine
from reranker.engine import Query
from reranker.evidence import match_points
from reranker.evidence.facts import years
from reranker.evidence.questions.choose import questions
from reranker.evidence.requirements import split_job
from reranker.evidence.resume_text.lines import read_lines, read_own_lines
from tests.encoder import UndecidedJudge

DEMANDS = (
    "5年以上 Golang 后端开发经验",
    "3年以上 Kubernetes 平台开发经验",
    "两年以上 ClickHouse 使用经验",
    "1年以上 Rust 项目经验",
    "精通 MySQL 与 Redis",
    "熟悉 Prometheus 监控体系",
    "本科及以上学历，计算机相关专业",
    "英语六级以上",
    "有百人以上团队协作经验",
    "责任心强，沟通良好",
)
JOB = "任职要求：\n" + "\n".join(f"{number}. {demand}" for number, demand in enumerate(DEMANDS, start=1))
COPIED = "3年以上 Kubernetes 平台开发经验\n两年以上 ClickHouse 使用经验\n1年以上 Rust 项目经验"
TEXT = f"""林知遥
电话：13900000022
个人优势
后端工程师，写服务与平台
{COPIED}
工作经历
2019.03-至今 青梧科技 后端工程师
用 Go 写订单服务，部署在 K8s 上，用 CK 做报表
接入 MySQL 与 Redis，把接口延迟降低 40%
2016.07-2019.02 甬江软件 平台工程师
维护 K8s 集群，用 Prometheus 做监控
教育背景
2012.09-2016.06 甬江大学 计算机科学 本科
英语 CET-6"""


@pytest.fixture
def resume(monkeypatch: pytest.MonkeyPatch) -> Resume:
    """Return the resume as it is ranked; judge and encoder have no opinion."""
    monkeypatch.setattr(match_points, "similarity", lambda asked, resume, _: np.zeros((len(asked), len(resume.spans)), np.float32))
    return prepared("warm")


def prepared(mark: str) -> Resume:
    """Return the resume with a line of its own, which no step has seen before."""
    return prepare(read_pasted(PastedText("a.txt", f"{TEXT}\n兴趣：{mark}")), job=JOB)


def worked_out(mark: str) -> None:
    """Do with a resume what a ranking does, and an open panel."""
    judge, query = UndecidedJudge(), Query(JOB, "")
    resume = prepared(mark)
    (score,) = engine.EmbeddedEngine(judge).score(query, [(resume.id, resume.text)])
    evidence = match_points.find_evidence(split_job(JOB), resume.text, judge)
    assert len(evidence.points) >= len(DEMANDS)
    extract(query, resume.text, score.logit, evidence, ())
    questions(evidence.points, read_lines(resume.text))


def counted(monkeypatch: pytest.MonkeyPatch, function: Callable[..., Any]) -> list[Any]:
    """Return a list of the first arguments of all calls to come, wherever a module has the function."""
    arguments: list[Any] = []

    def counting(first: Any, *rest: Any) -> Any:
        arguments.append(first)
        return function(first, *rest)

    for module in list(sys.modules.values()):
        if getattr(module, function.__name__, None) is function:
            monkeypatch.setattr(module, function.__name__, counting)
    return arguments


def twice(arguments: Sequence[str], resume: Resume) -> list[str]:
    """Return the parts of the resume that were asked more than once; a demand may be, as it is the same for all resumes."""
    return [text for text, count in Counter(arguments).items() if count > 1 and text in resume.text and text not in JOB]


def test_technologies_are_looked_for_once_in_a_resume_and_in_each_of_its_entries(monkeypatch: pytest.MonkeyPatch, resume: Resume):
    worked_out("warm")  # what is worked out of the job is known from here on
    asked = counted(monkeypatch, preprocess.tech_stack.normalise.find_skills)
    worked_out("technologies")
    assert twice(asked, prepared("technologies")) == []
    assert sum(map(len, asked)) < 3.5 * len(resume.text), "whole, as lines of work, and as entries"


def test_a_resume_is_folded_line_by_line_and_once_as_a_whole(monkeypatch: pytest.MonkeyPatch, resume: Resume):
    folded = counted(monkeypatch, preprocess.fold.fold)
    prepared("folded")
    assert sum(map(len, folded)) <= 2.1 * len(resume.text)


def test_the_terms_of_the_job_are_known_from_the_resume_before(monkeypatch: pytest.MonkeyPatch, resume: Resume):
    worked_out("terms")
    skills_of = counted(monkeypatch, preprocess.tech_stack.normalise.skills_of_resume)
    worked_out("of another")
    assert JOB not in skills_of and resume.text not in skills_of
    assert bm25.terms(resume.text) is bm25.terms(resume.text)


def test_lines_copied_from_the_job_and_the_facts_beside_them_are_found_once(monkeypatch: pytest.MonkeyPatch, resume: Resume):
    compared, stated = counted(monkeypatch, copied_lines), counted(monkeypatch, years.stated)
    worked_out("copied")
    assert len(compared) == 1
    assert len(stated) == 2, "with the copied lines, of which the features know nothing, and without them"
    assert len(read_own_lines(prepared("copied").text, tuple(demand.text for demand in split_job(JOB))).copied) == 3
