"""Questions about the dates of a career: gaps, overlaps, no dates at all."""

from datetime import date

import pytest

from reranker.evidence.questions.career import career_questions
from reranker.evidence.resume_text.lines import read_lines

TODAY = date(2025, 6, 15)


def kinds(resume: str) -> list[tuple[str, dict]]:
    return [(question.kind, dict(question.values)) for question in career_questions(read_lines(resume), TODAY)]


def test_a_gap_of_more_than_half_a_year_is_asked_about():
    resume = "工作经历\n2022.01-至今 恒泽汽配 总账会计\n负责月结\n2018.07-2021.03 越州贸易 会计\n负责开票"
    assert kinds(resume) == [("gap", {"from_year": 2021, "from_month": 4, "to_year": 2021, "to_month": 12, "months": 9})]


@pytest.mark.parametrize(
    "between",
    [
        "2021.09-至今 恒泽汽配 总账会计\n2018.07-2021.03 越州贸易 会计",  # five months
        "2022.01-至今 恒泽汽配 总账会计\n2021.04-2021.12 育儿\n2018.07-2021.03 越州贸易 会计",  # they said what they did
        "2022-至今 恒泽汽配 总账会计\n2018-2021 越州贸易 会计",  # years alone leave no gap
        "2022.01-至今 恒泽汽配 总账会计\n2018.07-2021.03 越州贸易 会计\n教育背景\n2021.03-2021.12 越州大学 会计 进修",
    ],
)
def test_what_may_be_no_gap_is_not_asked_about(between: str):
    assert kinds(f"工作经历\n{between}") == []


def test_the_time_since_the_last_job():
    assert kinds("工作经历\n2018.07-2024.06 越州贸易 会计") == [("since", {"year": 2024, "month": 6})]
    assert kinds("工作经历\n2018-2023 越州贸易 会计") == [("since_year", {"year": 2023, "month": 12})]
    assert kinds("工作经历\n2018.07-2025.02 越州贸易 会计") == []


def test_jobs_that_overlap():
    resume = "工作经历\n2021.01-至今 恒泽汽配 总账会计\n2018.07-2021.08 越州贸易 会计"
    assert kinds(resume) == [("overlap", {"first": "越州贸易 会计", "second": "恒泽汽配 总账会计", "months": 8})]


def test_a_position_within_a_job_and_a_handover_are_no_overlap():
    assert kinds("工作经历\n2018.07-至今 恒泽汽配 会计\n2020.01-2021.12 恒泽汽配 项目组长") == []
    assert kinds("工作经历\n2021.01-至今 恒泽汽配 总账会计\n2018.07-2021.02 越州贸易 会计") == []


def test_work_without_dates():
    assert kinds("工作经历\n恒泽汽配 总账会计\n负责月结与报税") == [("undated", {})]
    assert kinds("个人简介\n会计专业学生") == []
