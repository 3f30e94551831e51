"""Compile the patterns of requirements and facts before somebody waits for them."""

from reranker.evidence.match_points import find_evidence
from reranker.evidence.questions.choose import questions
from reranker.evidence.requirements import split_job
from reranker.evidence.resume_text.lines import read_lines
from reranker.judge.judge import Judge

JOB = """任职要求：
1. 本科及以上学历，计算机专业
2. 3 年以上 Python 经验，有金融行业背景
3. 英语六级，持有 PMP 证书，能带领 5 人团队
Requirements
- Bachelor's degree in accounting
- 5+ years of experience with Kubernetes
- AWS certificate, fluent English"""

RESUME = """林一
教育经历
2012.09-2016.06 江宁大学 计算机 本科
工作经历
2016.07-至今 青梧科技 工程师
用 Python 写服务，学过 Kubernetes，英语六级"""


def warm_up(judge: Judge) -> None:
    """Read an invented resume as ranking and opening it would: about 600 patterns are compiled at their first use, in a second."""
    points = find_evidence(split_job(JOB), RESUME, judge).points
    questions(points, read_lines(RESUME))
