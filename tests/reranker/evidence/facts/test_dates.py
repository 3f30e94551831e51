"""Periods in months: clamped to today, overlaps counted once, gaps; and the wordings that were written without sight of the code."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks.facts import dates_are_right
from reranker.evidence.facts.dates import gaps, merged, months, stated, total
from tests.data.facts import wordings
from tests.each import each

TODAY = date(2026, 11, 28)
KNOWN_MISSES = {
    "2010年下半年—2012年,广西玉柴,装配工",
    "November twenty-eleven to May twenty-sixteen, verger",
    "直到2018年底一直在家里的早餐店帮忙",
    "海底捞 后厨切配 2019年春节后2月入职,2021年8月离职",
    "Graduated June 2015, BSc Civil Engineering, University of Ardle",
    "Anticipated graduation: May 2028, B.S. Nursing",
    "2017.6毕业　本科　安徽中医药大学　针灸推拿",
    "Cost improvement programme 2023/24: £1.2m delivered against £1m target",
}
"""May not grow. Part of a year is a month by the brief of the writers, and two wordings say a year; hardly anybody spells years; a
graduation alone is a day by the brief, and ended a period to three writers; a year of a budget is told like one of a job."""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("part", ["development", "further", "third", "fourth", "fifth", "sixth", "seventh", "development8", "own"])
def test_wordings_stay_right(part: str, language: str) -> None:
    written = wordings(part, language, "dates")
    assert {wording["text"] for wording in written if not dates_are_right(wording)} <= KNOWN_MISSES


@each("line", Path(__file__).with_name("dates.txt").read_text("utf-8").splitlines())
def test_more_wordings(line: str) -> None:
    text, start, end = line.rsplit(" | ", 2)
    assert dates_are_right({"text": text, "start": None if start == "-" else start, "end": None if end == "-" else end})


MONTHS = """
2019.03-2021.02 | 24
2014 - 2019 | 60
2020.06-2022 | 19
2026.09-至今 | 3
2026.09-2027.06 | 3
2021.11 - 2021.11 | 1
"""


@pytest.mark.parametrize("line", MONTHS.strip().splitlines())
def test_months_up_to_today(line: str) -> None:
    text, _, count = line.rpartition(" | ")
    [fact] = stated(text, TODAY)
    span = months(fact.value, TODAY)
    assert span and span[1] - span[0] == int(count)


@pytest.mark.parametrize("text", ["2027.03-2028.02", "做到2019年6月", "1950-2020"])
def test_no_months(text: str) -> None:
    assert [months(fact.value, TODAY) for fact in stated(text, TODAY)] == [None]


def test_overlaps_count_once_and_gaps_are_what_is_between() -> None:
    spans = [(30, 40), (0, 12), (6, 20), (20, 24)]
    assert merged(spans) == [(0, 24), (30, 40)]
    assert total(spans) == 34
    assert gaps(spans) == [(24, 30)]
    assert merged([]) == gaps([]) == []
