"""Numbers of items by their count, and what only looks like one."""

import pytest

from reranker.evidence.job_text.item_numbers import one_item_a_line
from tests.each import each
from tests.growth.clock import is_linear, thread_seconds


@each(
    "job, items",
    [
        ("1.大专\n2.5年以上销售\n3.3年以上管理", ["1.大专", "2. 5年以上销售", "3. 3年以上管理"]),
        ("1.3年以上经验\n2.2年以上管理", ["1. 3年以上经验", "2. 2年以上管理"]),
        ("要求 1.本科；2.3年以上销售；3.有驾照", ["要求 ", "1.本科；", "2. 3年以上销售；", "3.有驾照"]),
        ("1.本科2.3年以上经验3.有驾照", ["1.本科", "2. 3年以上经验", "3.有驾照"]),
        ("1.Degree 2.5+ years of sales 3.English", ["1.Degree ", "2. 5+ years of sales ", "3.English"]),
        ("1、本科\n2.3年以上经验\n3）英语", ["1、本科", "2. 3年以上经验", "3）英语"]),
        ("①本科②三年经验③英语", ["①本科", "②三年经验", "③英语"]),
        ("要求（1）本科（2）三年经验", ["要求（1）本科（2）三年经验"]),
        ("要求：（1）本科（2）三年经验", ["要求：", "（1）本科", "（2）三年经验"]),
        ("要求：•本科•三年经验", ["要求：", "•本科", "•三年经验"]),
        ("a.本科 b.3年经验", ["• 本科 ", "• 3年经验"]),
        ("1.1 本科\n1.2 三年经验\n2.1 英语", ["• 本科", "• 三年经验", "• 英语"]),
        ("2.5年以上经验\n熟悉Python 3.8", ["2.5年以上经验", "熟悉Python 3.8"]),
        ("1.熟悉Python 2.7；2.本科；3.五年", ["1.熟悉Python 2.7；", "2.本科；", "3.五年"]),
        ("1、本科\n2、2.5年以上经验", ["1、本科", "2、2.5年以上经验"]),
        ("等级：1、2、3级", ["等级：1、2、3级"]),
        ("奖金 1.5万，2.5万封顶", ["奖金 1.5万，2.5万封顶"]),
        ("至少一种：①Java②Go③Rust", ["至少一种：①Java②Go③Rust"]),
    ],
)
def test_each_item_is_on_a_line_of_its_own(job: str, items: list[str]):
    assert one_item_a_line(job).split("\n") == items


@pytest.mark.growth
@pytest.mark.parametrize("piece", ["1.本2.科", "①a", "(1)ab(2)cd", "1.1 a\n1.2 b\n", "1. 2. 3.", "• a", "一、a"])
def test_long_lists_take_linear_time(piece: str):
    assert is_linear(lambda size: thread_seconds(lambda: one_item_a_line(piece * size)), 3_000)
