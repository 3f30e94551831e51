"""Facts about a job ask for nothing, unless something is demanded of them."""

from reranker.evidence.job_text.stated_facts import is_fact
from tests.each import each


@each(
    "line",
    [
        "上班地址：苏州市高新区狮山路1号",
        "面试地点：天河区",
        "面试时间：周一至周五",
        "薪资范围：8-12K",
        "工作时间：8:30-17:30",
        "职能类别：会计",
        "苏州市高新区狮山路1号",
        "8:30-17:30",
        "周一至周五 9:00-18:00",
        "Salary range: 12-18K",
        "Location: Berlin",
        "Working hours: 9 to 5",
    ],
)
def test_facts(line: str):
    assert is_fact(line)


@each("line", ["工作时间：能接受夜班", "团队管理：带10人以上", "学历：本科", "负责中山路1号店的运营", "部门预算编制", "5年以上经验"])
def test_demands(line: str):
    assert not is_fact(line)
