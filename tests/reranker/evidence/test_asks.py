"""Lines of job descriptions that ask for nothing, and lines in the same words that do."""

import pytest

from reranker.evidence.asks import asks_for_something
from reranker.evidence.requirements import split_job
from tests.data.jd_lines import read
from tests.each import each
from tests.growth.clock import is_linear, thread_seconds

NOTHING, SOMETHING = read("held_offers"), read("held_asks")


@each("line", NOTHING)
def test_asks_for_nothing(line: str):
    assert not asks_for_something(line)


@each("line", SOMETHING)
def test_asks_for_something(line: str):
    assert asks_for_something(line)


@each("line", ["近两年个人年销售额不低于1000万元", "客户数量不少于100家", "no less than 100 accounts", "带队人数至少8人"])
def test_a_least_amount_is_a_demand(line: str):
    assert asks_for_something(line)


@each("line", ["年薪不低于20万元", "月均提成不低于8000元", "年假不少于10天", "at least 25 days holiday"])
def test_a_least_amount_of_what_is_offered_is_none(line: str):
    assert not asks_for_something(line)


@each("line", NOTHING)
def test_what_asks_for_nothing_is_no_requirement(line: str):
    assert [requirement.text for requirement in split_job(f"任职要求：\n熟悉 Linux\n{line}")] == ["熟悉 Linux"]


@pytest.mark.growth
@pytest.mark.parametrize("piece", ["not a ", "no …", "无", "we are ", "接受", "a1-", "不限", "@"])
def test_long_lines_take_linear_time(piece: str):
    assert is_linear(lambda size: thread_seconds(lambda: asks_for_something(piece * size)), 3_000)
