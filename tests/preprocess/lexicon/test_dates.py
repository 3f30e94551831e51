"""Every way of writing a date or a period that resumes use, and what is read from it; numbers that are none; every row of the table."""

import re
from datetime import date
from itertools import product

import pytest

from preprocess.lexicon.date_forms import MONTHS, WORDS, date_pattern, fold_dates
from preprocess.lexicon.dates import Date, find_dates, is_date
from preprocess.lexicon.periods import find_periods, is_range, ranges
from tests.each import each
from tests.growth.clock import is_linear, thread_seconds

TODAY = date(2026, 11, 28)


def written(day: Date | None) -> str | None:
    return day and f"{day.year}" + (f"-{day.month:02}" if day.month else "")


def read(text: str) -> tuple[str | None, str | None] | None:
    """Return ("2019-03", "2021-05") of the first period in a text; the second is "now" for one that goes on."""
    period = next(iter(find_periods(text, TODAY)), None)
    return period and (written(period.first), "now" if period.is_open else written(period.last))


MONTH_FORMS = ["2019.03", "2019/03", "2019-03", "2019-3", "2019年3月", "2019年03月", "2019 年 3 月", "2019.03.15", "2019年3月15日"]
JOINTS = ["-", " - ", "–", " — ", "--", "~", "～", "至", " 到 ", " to ", " until ", "‐", "−", "→", " through "]


@each("text, to", product(MONTH_FORMS, JOINTS))
def test_chinese_periods(text: str, to: str) -> None:
    assert read(f"{text}{to}2021.05") == ("2019-03", "2021-05")
    assert read(f"{text}{to}2021年5月") == ("2019-03", "2021-05")


NAMES = ["Mar 2019", "March 2019", "Mar. 2019", "MAR 2019", "Mar, 2019", "Mar-2019", "15 Mar 2019", "March 15th, 2019", "03/2019", "3/2019"]
NAMES += ["03.2019", "Mar '19", "Mar-19", "2019 Mar", "Spring 2019", "MAR2019"]


@each("name, to", product(NAMES, [" - ", " – ", "—", " to "]))
def test_english_periods(name: str, to: str) -> None:
    assert read(f"{name}{to}May 2021") == ("2019-03", "2021-05")
    if not name.startswith("2019") or "—" not in to:
        assert read(f"{name}{to}05/2021") == ("2019-03", "2021-05")


OTHERS = """
2015年7月至2018年12月 | 2015-07 2018-12
２０２１/０４—至今 | 2021-04 now
201603-202305 | 2016-03 2023-05
20150901-20190701 | 2015-09 2019-07
16年3月-23年5月 | 2016-03 2023-05
16.03-23.05 某公司 | 2016-03 2023-05
97.9-01.7 某厂 | 1997-09 2001-07
03/16 - 05/23 | 2016-03 2023-05
5/16 to 7/18 | 2016-05 2018-07
二〇一二年三月至二〇一五年八月 | 2012-03 2015-08
2016年十一月-2020年三月 | 2016-11 2020-03
民國98年7月～102年6月 | 2009-07 2013-06
民國一百年二月至一百零三年八月 | 2011-02 2014-08
105/09-109/06 國立大學 | 2016-09 2020-06
2O17.5-2O19.4 | 2017-05 2019-04
2017。8-2020。1 | 2017-08 2020-01
2011’09 ～ 2015’06 | 2011-09 2015-06
2016年3-10月 | 2016-03 2016-10
2020年3月至同年11月 | 2020-03 2020-11
2018年9月—次年7月 | 2018-09 2019-07
2022年Q3~2024年Q1 | 2022-07 2024-01
2018年第三季度至今 | 2018-07 now
去年9月到今年6月 | 2025-09 2026-06
June - August 2019 | 2019-06 2019-08
Nov - Feb 2020 | 2019-11 2020-02
June 15 - August 3, 2019 | 2019-06 2019-08
Fall 2016 (September) through May 2018 | 2016-09 2018-05
4/1/2013 - 9/30/2017 | 2013-04 2017-09
01.04.2008 - 31.07.2014 | 2008-04 2014-07
B.Com. (2010-13) | 2010 2013
Farm manager, 2003–08 | 2003 2008
PGCE, 2014/15 | 2014 2015
2011 – 04/2013 | 2011 2013-04
between Sep 2016 and Oct 2020 | 2016-09 2020-10
from 2010 up to and including 2016 | 2010 2016
March 2015 · to · July 2022 | 2015-03 2022-07
Mar 2016 | May 2023 | 2016-03 2023-05
Oct 2019 / Dec 2021 | 2019-10 2021-12
Feb-12\tNov-14 | 2012-02 2014-11
06.1999 … 08.2004 | 1999-06 2004-08
Aug. 2004 bis Juli 2007 | 2004-08 2007-07
to date <- Jan'19 | 2019-01 now
since May 2021 | 2021-05 now
2018年5月起 | 2018-05 now
2024.10起 转做光伏 | 2024-10 now
2016年9月起执业至今 | 2016-09 now
Sep 2015 onwards | 2015-09 now
Mar 2016 - till now | 2016-03 now
Mar 2016 till present | 2016-03 now
2016.03后至今 | 2016-03 now
Jan 2020 – | 2020-01 now
离职时间2023年8月,入职时间2020年2月 | 2020-02 2023-08
Start: 04/2016. End: 12/2022. | 2016-04 2022-12
Joined in March 2018, left in June 2020 | 2018-03 2020-06
Started Sept 2020, left the following March | 2020-09 2021-03
2019年9月入学，预计2027年6月毕业 | 2019-09 2027-06
公司成立于1998年，本人2016年5月加入，2022年1月离开 | 2016-05 2022-01
目前就职：某地铁，2017年11月入职 | 2017-11 now
"""


@each("line", OTHERS.strip().splitlines())
def test_other_periods(line: str) -> None:
    text, _, expected = line.replace("\\t", "\t").rpartition(" | ")
    assert read(text) == tuple(expected.split())


def test_open_starts_and_ends() -> None:
    assert read("Until May 2018: Cook") == (None, "2018-05")
    assert read("至2016年5月：自由职业") == (None, "2016-05")
    assert read("入职时间：2015.04  单位：某社") == ("2015-04", None)


@each("now, to", product(WORDS["ends"]["now"], ["-", " – "]))
def test_periods_that_go_on(now: str, to: str) -> None:
    assert read(f"2019.03{to}{now}") == ("2019-03", "now")


@each("now", WORDS["ends"]["behind_joint"])
def test_words_that_are_now_behind_to(now: str) -> None:
    assert read(f"Mar 2019 to {now}") == ("2019-03", "now")


@each("word", WORDS["ends"]["until_now"])
def test_words_that_join_now(word: str) -> None:
    assert read(f"2019.03 {word}") == ("2019-03", "now")


@each("word", [*WORDS["ends"]["now"], *WORDS["ends"]["position_now"]])
def test_words_on_the_line_of_a_beginning(word: str) -> None:
    assert read(f"{word} 云图科技，2019.03入职") == ("2019-03", "now")


@each("word", [*WORDS["ends"]["until_now"], "现在", "到今"])
def test_words_behind_ever_since(word: str) -> None:
    assert read(f"2019.03入职，一直做焊工{' ' if word.isascii() else ''}{word}") == ("2019-03", "now")


@each("word", WORDS["joints"]["words"])
def test_every_joint(word: str) -> None:
    assert read(f"Mar 2019 {word} May 2021") == ("2019-03", "2021-05")


@pytest.mark.parametrize("group", ["since", "begins", "graduates", "finishes", "others"])
@pytest.mark.parametrize("side", ["before", "after"])
def test_every_word_beside_a_date(group: str, side: str) -> None:
    expected = {"since": ("2019-03", "now"), "begins": ("2019-03", None), "finishes": (None, "2019-03")}
    for word in WORDS[group][side]:
        gap = "" if word[0] > "\u2e80" else " "
        text = f"{word}{gap}2019.03 某厂" if side == "before" else f"2019.03{gap}{word}"
        assert read(text) == expected.get(group), text


@pytest.mark.parametrize("table", ["months", "parts"])
def test_every_month_and_part_of_a_year(table: str) -> None:
    for number, words in WORDS[table].items():
        for word in words:
            text = f"2019年{word}" if word[0] > "\u2e80" else f"{word} 2019"
            assert [(day.year, day.month) for day in find_dates(fold_dates(text), TODAY)] == [(2019, int(number))], text


@pytest.mark.parametrize(("table", "first"), [("relative", 2026 * 12), ("relative_months", 2026 * 12 + 10)])
def test_every_date_by_its_distance(table: str, first: int) -> None:
    for offset, words in WORDS[table].items():
        for word in words:
            [day] = find_dates(word, TODAY)
            assert day.year * 12 + (day.month or 1) - 1 == first + int(offset) * (12 if table == "relative" else 1)


@pytest.mark.parametrize("text", ["2019-2021", "2019 – 2021", "2019年-2021年", "2019 - 2021 年", "(2019-2021)"])
def test_years_alone(text: str) -> None:
    assert read(text) == ("2019", "2021")


def test_months_stand_in_their_order() -> None:
    assert [read(f"{name} 2019 – Present") for name in MONTHS] == [(f"2019-{number:02}", "now") for number in MONTHS.values()]


NO_PERIODS = ["", "2019", "从 100 到 200", "v2.2019.1", "13800002019-2021", "200 - 300 QPS", "2019 and 2021", "1899-1905", "07:00 – 19:00"]
NO_PERIODS += ["手机：138-2019-0312", "電話：(02)2018-2021 分機 305", "$2,010,000 – $2,015,000", "1,200-2,000 parcels", "ISO 9001:2015"]
NO_PERIODS += ["Address: 2008-2010 Wilshire Blvd, Apt 12", "2012款至2020款大众", "出生年月：1994年6月", "valid until 2028", "24/7 rota"]
NO_PERIODS += [
    "MySQL 8.0、JDK 1.8-17",
    "期望薪资:8000-12000元/月",
    "GB/T 19001-2016",
    "08.30-17.30 shift",
    "GPA 3.6/4.0",
    "身份证 110101199001011234",
    "QPS 从 2000 提升到 9000",
    "人均产能由1980提高至2600",
    "日均单量从1200增长到2019",
    "from 2000 to 9000 requests a second",
]


@each("text", NO_PERIODS)
def test_no_period(text: str) -> None:
    assert read(text) is None


DATES = [
    "1995",
    "1995年",
    "1995年5月",
    "1995-05-03",
    "1995.5.3",
    "5 May 1995",
    "May 5, 1995",
    "May 1995",
    "05/1995",
    "3/5/1995",
    "25.12.1995",
]


@each("text", DATES)
def test_dates(text: str) -> None:
    assert is_date(text) and re.fullmatch(date_pattern(), text)


@pytest.mark.parametrize("text", ["95", "1.2", "12345", "1995年13月", "2019-2021", "138"])
def test_no_dates(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize("text", ["2019.03-2022.02", "2019.03 - 至今", "Mar 2019 – Present"])
def test_a_text_that_is_a_period(text: str) -> None:
    assert is_range(text) and not is_range(f"工作 {text}") and len(ranges(f"工作 {text}")) == 1


@pytest.mark.growth
@pytest.mark.parametrize("unit", ["2019.03-", "2019年", "1 ", "Mar '19 - ", "since ", "(", "至今", "03/19-", "一百"])
def test_time_is_linear(unit: str) -> None:
    assert is_linear(lambda length: thread_seconds(lambda: find_periods(unit * (length // len(unit)), TODAY)), 4_000)
