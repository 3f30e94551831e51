"""Clauses that nobody can be judged by, and those in the same words that are work."""

from reranker.evidence.job_text.put_off import REASONS, put_off, put_off_part, without_put_off
from tests.each import each


@each(
    "reason, line",
    [
        *(("catch_all", line) for line in ("完成领导交办的其他工作", "上级领导临时交办的其他事项。", "其他相关工作", "公司安排的其他工作")),
        *(("catch_all", line) for line in ("Other duties as assigned", "Perform other related duties as required.", "Ad hoc tasks")),
        *(("drinking", line) for line in ("能喝酒", "酒量好者优先", "Able to drink with clients")),
        *(
            ("", line)
            for line in ("负责安排工作", "任务分配与跟踪", "负责其他部门的协调工作", "会品酒", "酒类销售经验", "Assign duties to staff")
        ),
    ],
)
def test_what_nobody_can_be_judged_by(reason: str, line: str):
    assert put_off(line) == reason
    assert reason in ("", *REASONS)


def test_the_rest_of_a_line_counts():
    line = "按时出具报表，完成领导交办的其他工作"
    assert (without_put_off(line), put_off_part(line)) == ("按时出具报表", "完成领导交办的其他工作")
