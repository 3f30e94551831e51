"""Every way of writing a period that resumes use, with the months that are read from it; numbers that are no dates."""

import re

import pytest

from preprocess.lexicon.dates import DATE, DATE_RANGE, MONTHS, month, names_month

_RANGE = re.compile(DATE_RANGE, re.IGNORECASE)


def read(text: str) -> tuple[str, str] | None:
    """("2019-03", "2021-05") of the first period in a text; the second is "now" for one that goes on."""
    match = _RANGE.search(text)
    if not match:
        return None

    def of(side: str) -> str:
        year, index = divmod(month(match, side) - 1, 12)
        return f"{year}-{index + 1:02}" if names_month(match, side) else str(year)

    return of("from"), "now" if match["now"] else of("to")


@pytest.mark.parametrize(
    "text", ["2019.03", "2019/03", "2019-03", "2019-3", "2019年3月", "2019年03月", "2019 年 3 月", "2019.03.15", "2019年3月15日"]
)
@pytest.mark.parametrize("to", ["-", " - ", "–", " — ", "--", "~", "～", "至", " 到 ", " to ", " until "])
def test_chinese_periods(text: str, to: str) -> None:
    assert read(f"{text}{to}2021.05") == ("2019-03", "2021-05")
    assert read(f"{text}{to}2021年5月") == ("2019-03", "2021-05")


@pytest.mark.parametrize(
    "name",
    [
        "Mar 2019",
        "March 2019",
        "Mar. 2019",
        "MAR 2019",
        "Mar, 2019",
        "Mar-2019",
        "15 Mar 2019",
        "March 15th, 2019",
        "03/2019",
        "3/2019",
        "03.2019",
    ],
)
@pytest.mark.parametrize("to", [" - ", " – ", "—", " to "])
def test_english_periods(name: str, to: str) -> None:
    assert read(f"{name}{to}May 2021") == ("2019-03", "2021-05")
    assert read(f"{name}{to}05/2021") == ("2019-03", "2021-05")


@pytest.mark.parametrize("now", ["至今", "迄今", "今", "现在", "現在", "目前", "Present", "now", "current", "today"])
@pytest.mark.parametrize("to", ["-", " – ", "至"])
def test_periods_that_go_on(now: str, to: str) -> None:
    assert read(f"2019.03{to}{now}") == ("2019-03", "now")


@pytest.mark.parametrize(
    "text", ["2019-2021", "2019 – 2021", "2019年-2021年", "2015 - 2019 年".replace("2019", "2021").replace("2015", "2019"), "(2019-2021)"]
)
def test_years_alone(text: str) -> None:
    assert read(text) == ("2019", "2021")


def test_months_stand_in_their_order() -> None:
    assert [read(f"{name} 2019 – Present") for name in MONTHS] == [(f"2019-{number:02}", "now") for number in range(1, 13)]


@pytest.mark.parametrize(
    "text", ["", "2019", "从 100 到 200", "v2.2019.1", "13800002019-2021", "200 - 300 QPS", "2019 and 2021", "1899-1905"]
)
def test_no_period(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    "text",
    ["1995", "1995年", "1995年5月", "1995-05-03", "1995.5.3", "5 May 1995", "May 5, 1995", "May 1995", "05/1995", "3/5/1995", "25.12.1995"],
)
def test_dates(text: str) -> None:
    assert re.fullmatch(DATE, text, re.IGNORECASE)


@pytest.mark.parametrize("text", ["95", "1.2", "12345", "1995年13月", "2019-2021", "138"])
def test_no_dates(text: str) -> None:
    assert not re.fullmatch(DATE, text, re.IGNORECASE)
