"""A line that accepts a condition of the job, in each word for one; refusals, amounts, experience with it, and other requirements."""

import pytest

from reranker.evidence.facts.willingness import CONDITION, accepting_line
from tests.each import each

CHINESE = "出差 轮班 倒班 夜班 三班 值班 加班 驻场 驻外 外派 派驻 外驻 搬迁 异地 周末 节假日 调班 单休 户外作业 高空作业".split()
ENGLISH = ["travel", "relocate", "work nights", "work weekends", "overtime", "on-call", "on call", "on-site work", "shifts"]


@each("word", CHINESE)
def test_a_condition_is_accepted_in_its_own_word(word: str) -> None:
    assert CONDITION.search(word)
    assert accepting_line(f"能适应{word}", ["负责工艺改进", f"可以接受{word}"]) == 1
    assert accepting_line(f"能适应{word}", ["负责工艺改进", f"不接受{word}", word]) is None


@each("words", ENGLISH)
def test_a_condition_is_accepted_in_english(words: str) -> None:
    assert accepting_line(f"Able to {words}", ["Ran the laundry", f"Happy to {words}"]) == 1


@pytest.mark.parametrize("line", ["能出差20天", "组织团队出差，可统一安排", "愿意学习", "cannot travel"])
def test_what_accepts_nothing(line: str) -> None:
    assert accepting_line("能适应出差", [line]) is None


@pytest.mark.parametrize("requirement", ["熟悉 nightly builds，能独立处理", "有出差经验", "能适应出差，英语流利", "出差较多"])
def test_what_is_no_condition_to_accept(requirement: str) -> None:
    assert accepting_line(requirement, [f"可以{requirement}"]) is None
