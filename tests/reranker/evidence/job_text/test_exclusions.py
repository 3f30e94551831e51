"""Whom a job turns away is no requirement; what it asks for in such words is one."""

from reranker.evidence.job_text.put_off import EXCLUDED, put_off
from reranker.evidence.requirements import REFUSED, left_out, parse_job
from tests.each import each


@each(
    "is_excluded, line",
    [
        *(
            (True, line)
            for line in ("不考虑频繁跳槽者", "不接受外包背景", "谢绝应届生", "頻繁跳槽者勿投", "5年3跳以上的请勿投递", "玻璃心勿扰")
        ),
        *(
            (True, line)
            for line in ("本岗位暂不考虑培训班出身", "频繁跳槽者一律不予考虑", "不考虑：频繁跳槽（5年3跳及以上）", "不考虑：无经验者")
        ),
        *((True, line) for line in ("We don’t consider job hoppers.", "No freshers", "Recent graduates will not be considered")),
        *(
            (True, line)
            for line in ("Please do not apply if you hate Mondays", "Job hoppers need not apply", "We don't consider: agency staff")
        ),
        *(
            (False, line)
            for line in ("无经验者勿扰", "不接受无经验者", "没有销售经验者勿投", "不能出差者勿投", "非985/211勿扰", "3年以下经验者勿投")
        ),
        *(
            (False, line)
            for line in ("公司不接受远程", "谢绝中介", "猎头勿扰", "不接受供应商礼品", "不要求学历", "不收取任何费用", "不考虑学历")
        ),
        *((False, line) for line in ("Candidates without a portfolio will not be considered", "No agencies", "We do not sponsor visas")),
        *((False, line) for line in ("Please do not apply if you have no licence", "No experience needed", "能接受夜班")),
    ],
)
def test_who_is_turned_away(is_excluded: bool, line: str):
    assert (put_off(line) == EXCLUDED) == is_excluded


@each(
    "job, asked, refused",
    [
        (
            "任职要求\n1、本科\n【不考虑】\n- 频繁跳槽（5年3跳及以上）\n- 学历造假",
            ["本科"],
            ["不考虑：频繁跳槽（5年3跳及以上）", "不考虑：学历造假"],
        ),
        ("任职要求\n熟悉 Java\n【不考虑】- 频繁跳槽", ["熟悉 Java"], ["不考虑：频繁跳槽"]),
        (
            "任职要求\n熟悉 Java\n以下情况勿投：频繁跳槽者；无项目经验者",
            ["熟悉 Java"],
            ["以下情况勿投：频繁跳槽者", "以下情况勿投：无项目经验者"],
        ),
        (
            "任职要求\n1. 本科\n2. 不接受以下情况：频繁跳槽\n3. 以下情况请勿投递：\n（1）学历造假\n4. 英语四级",
            ["本科", "英语四级"],
            ["不接受以下情况：频繁跳槽", "以下情况请勿投递：学历造假"],
        ),
        ("任職要求\n本科\n以下情況勿投：\n- 頻繁跳槽\n熟悉 Java", ["本科", "熟悉 Java"], ["以下情況勿投：頻繁跳槽"]),
        ("任职要求\n3年以上经验，频繁跳槽者勿投", ["3年以上经验"], ["频繁跳槽者勿投"]),
        ("要求：本科，熟悉 Java。不考虑频繁跳槽者。月薪9000。", ["本科，熟悉 Java"], ["不考虑频繁跳槽者"]),
        ("任职要求\n本科\n谢绝35岁以上", ["本科"], ["谢绝35岁以上"]),
        (
            "Requirements:\n- 3 years of Python\nWe don't consider:\n- Job hoppers (3 jobs in 5 years)\nNice to have:\n- Docker",
            ["3 years of Python", "Docker"],
            ["We don't consider: Job hoppers (3 jobs in 5 years)"],
        ),
        (
            "Requirements:\n- Java\n- No job hoppers\nPlease do not apply if:\n- You need a tan",
            ["Java"],
            ["No job hoppers", "Please do not apply if: You need a tan"],
        ),
        (
            "Requirements:\n- We don't hire freelancers, or students\n- Go and Rust",
            ["Go and Rust"],
            ["We don't hire freelancers, or students"],
        ),
    ],
)
def test_whom_a_job_turns_away_is_shown_and_asked_of_nobody(job: str, asked: list[str], refused: list[str]):
    read = parse_job(job)
    assert [one.text for one in read if one.kind != REFUSED] == asked
    assert [one.text for one in read if one.kind == REFUSED] == refused
    assert left_out(job) == ()
