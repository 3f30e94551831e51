"""A line that says no is found where all that it denies is asked for, and nowhere else."""

import pytest

from reranker.evidence.negation import denials, is_asked

DENIED = [
    ("目前还没有考取教师资格证", "持有教师资格证"),
    ("本人无跨境电商运营经验", "有跨境电商运营经验者优先"),
    ("暂无带团队经验", "5 年以上带团队经验"),
    ("沒有接觸過 Oracle", "熟悉 Oracle"),
    ("不会粤语", "粤语流利"),
    ("不接受夜班", "能接受夜班"),
    ("缺乏海外市场经验", "海外市场经验"),
    ("未从事过医疗器械销售", "医疗器械销售经验"),
    ("I have no Kubernetes experience", "Experience with Kubernetes"),
    ("No prior supervisory experience", "Supervisory experience required"),
    ("Never used Tableau", "Proficient in Tableau"),
    ("Not willing to relocate", "Willing to relocate to Leeds"),
    ("Lacks exposure to derivatives", "Exposure to derivatives"),
    ("Haven't managed budgets yet", "Managed budgets"),
    ("Excel, labour planning. Chilled: no experience yet. English (native)", "Experience of chilled or frozen food"),
    ("Forklift: none", "Forklift licence"),
    ("Driving licence: no", "Full driving licence"),
    ("SAP – no experience", "SAP experience"),
    ("NEBOSH: not yet", "NEBOSH General Certificate"),
    ("Budget: no responsibility", "Budget responsibility of £1m"),
    ("German: none.", "Fluent German"),
    ("驾照：无", "持有C1驾照"),
    ("管理经验：暂无", "3年以上团队管理经验"),
    ("冷链：没有经验", "有冷链仓储经验"),
]
NOT_DENIED = [
    ("没有海外团队建设经验", "团队建设经验"),
    ("连续三年无安全事故", "安全管理经验"),
    ("帮助没有基础的学员入门", "三年教学经验"),
    ("系统上线后未出现故障", "故障排查经验"),
    ("针对没有监控的旧系统，搭建了 Prometheus", "熟悉 Prometheus"),
    ("No customer complaints in two years", "Handle customer complaints"),
    ("Migrated without downtime", "Database migration"),
    ("No accidents in 400,000 km", "Driving experience"),
    ("Criminal record: none", "No criminal record"),
    ("Driving licence: clean, no points", "Full driving licence"),
    ("Notice period: none", "Notice period of a month"),
    ("Chilled: no losses in three years", "Experience of chilled food"),
    ("违章记录：无", "无违章记录"),
    ("驾照：无违章C1", "持有C1驾照"),
]


@pytest.mark.parametrize("line, requirement", DENIED)
def test_a_denial_of_what_is_asked_for(line: str, requirement: str):
    assert is_asked(denials(line), requirement)


@pytest.mark.parametrize("line, requirement", NOT_DENIED)
def test_a_denial_of_something_else(line: str, requirement: str):
    assert not is_asked(denials(line), requirement)
