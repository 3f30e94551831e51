"""Clauses that tell of a wish, an aim or a promise are blanked, in brackets here; deeds, goals of a business and acceptance stay."""

import pytest

from reranker.evidence.resume_text.wishes import without_wishes
from tests.each import each

BLANKED = """
驾照 C1，接受出差。[目标是三年内做到区域经理]，[带 5 人以上销售团队]。
本人熟悉制造业成本核算全流程，精通SAP，[有5年以上主管经验的潜力]。目前正在备考中级会计师。
[希望转行做成本会计]，[积累制造业经验]
[职业目标：5年内成为带领20人团队的研发总监]
[短期目标是独立负责一条产线]，[带领班组完成精益改善]
[希望在贵公司从事数据分析工作]，5年电商经验
[想往管理方向发展]，[带一支10人以上的团队]
[未来三年将带领团队完成5000万销售额]
[有志于成为年销售额千万的大客户经理]
本人性格开朗，[希望能带领30人的客服团队]
[计划三年内考取一级建造师并担任项目经理]
[争取两年内成为店长]，[管理10名以上员工]
[具备成为优秀项目经理的潜质]
[相信自己能胜任总账会计工作]
[打算从事新能源电池研发]，已有3年电芯经验
[期望从事KA渠道管理]
[立志做一名小学高级教师]
[愿意从事护理管理工作]
[想进入新能源汽车行业]
應徵門市，[希望三年內當上店長]，[帶領8人團隊]
[目標是成為年薪百萬的業務主管]
求职意向：[成本会计主管]
应聘职位：[大区经理/区域销售经理]    期望薪资：16K
应聘：[数据分析师]
期望职位 | [KA经理、区域销售经理] | 上海
求職意向：[財務經理]
[My goal is to lead a team of ten engineers within three years]
[Seeking to manage a regional sales team]. Sold to 40 dealers.
[I hope to become a charge nurse]
[Looking to move into data analysis], four years in finance
[Eager to lead a kitchen brigade]
[Objective: to obtain a position as a project manager with 5 years of growth]
[I would like to work with Kubernetes]
[Aspiring to become a head chef]
"""

KEPT = """
2025年目标是5000万，完成5600万
目标5000万，实际完成5600万
年度销售目标4000万，达成率112%
负责团队目标管理与绩效考核
制定生产计划，计划达成率98%
计划部主管，带8人
参与希望小学支教
挖掘有潜力的客户12家
争取到供应商60天账期
准备投标文件并组织答疑
可接受长期出差，愿意加班
希望能接受出差的岗位
入职三年内做到区域经理，带12人
3年内从专员晋升主管
负责未来科技城项目的机电安装
城市规划设计院 规划师
理想汽车 销售顾问
联想集团 想象力设计部
负责目标客户开发，目标成本编制
担任计划员，计划排产
实现了客户期望的交付周期
按计划完成检修
愿意到生产一线，独立负责压铸车间成本核算
帮助学生树立理想，带班6年
Managed a team of ten, hope of the company
Exceeded the goal of 5m with 5.6m
Set goals for a team of 12 and met them
Planned and led the move of 40 staff
Sought and won three tenders
Wrote the business case for wanted features
"""


def _without_brackets(row: str) -> tuple[str, str]:
    text, blanked, is_inside = "", "", False
    for char in row:
        if char in "[]":
            is_inside = char == "["
            continue
        text += char
        blanked += " " if is_inside else char
    return text, blanked


@each("row", BLANKED.strip().split("\n"))
def test_wishes_are_blanked(row: str) -> None:
    text, blanked = _without_brackets(row)
    assert without_wishes(text) == blanked, without_wishes(text)


@each("line", KEPT.strip().split("\n"))
def test_deeds_and_acceptance_stay(line: str) -> None:
    assert without_wishes(line) == line, without_wishes(line)


@pytest.mark.parametrize(
    ("text", "blanked"),
    [
        ("求职意向\n大区经理/区域销售经理    可接受长期出差\n工作经历", "求职意向\n               可接受长期出差\n工作经历"),
        ("求职目标\n成本会计\n教育经历\n会计 本科", "求职目标\n    \n教育经历\n会计 本科"),
    ],
)
def test_the_job_that_is_wanted_is_no_work(text: str, blanked: str) -> None:
    assert without_wishes(text) == blanked
