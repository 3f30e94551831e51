"""Projects and jobs told without a result: one hint an entry."""

from datetime import date

from reranker.evidence.questions.projects import MOST_HINTS, untold_results
from reranker.evidence.resume_text.lines import read_lines

TODAY = date(2025, 6, 15)

RESUME = """工作经历
2021.03-至今 拾光智能 后端工程师
- 负责订单服务的设计与开发，使用 Redis 做缓存
- 搭建监控告警，对接值班流程
2018.07-2021.02 驿路科技 后端工程师
- 主导接口改造，P99 延迟从 320ms 降到 45ms
项目经历
2022.03 – 2022.12
模型调用统一入口  核心开发
- 实现统一鉴权、按量计费与多供应商切换
- 参与上线，所有敏感字段打码
2020.01 – 2020.08
密评改造  负责人
- 完成卡号加密存储，通过外部安全测评
教育背景
2014.09-2018.06 临江大学 软件工程 本科
负责学院网站的开发与维护
"""


def titles(resume: str) -> list[str]:
    return [hint.title for hint in untold_results(read_lines(resume), TODAY)]


def test_projects_come_first_and_a_result_in_figures_or_words_suffices():
    assert titles(RESUME) == ["模型调用统一入口  核心开发", "拾光智能 后端工程师"]


def test_a_hint_holds_its_whole_entry():
    hint = untold_results(read_lines(RESUME), TODAY)[0]
    entry = RESUME[hint.start : hint.end]
    assert entry.startswith("2022.03") and entry.endswith("所有敏感字段打码")


def test_no_more_hints_than_an_interview_has_room_for():
    jobs = "\n".join(f"{year}.01-{year}.12 公司{year} 工程师\n负责支付系统的开发与上线，处理线上问题" for year in range(2015, 2022))
    assert len(titles(f"工作经历\n{jobs}")) == MOST_HINTS == 3


def test_an_entry_that_tells_nothing_is_left_alone():
    assert titles("工作经历\n2018.07-2021.02 驿路科技 后端工程师") == []


def test_a_date_within_a_line_opens_no_entry():
    job = "Staff Nurse, Wexcombe Hospital, Sep 2019 - present\n- Charting on Cerner since its start in 2021, super-user there"
    assert titles(f"Experience\n{job}") == ["Staff Nurse, Wexcombe Hospital"]
