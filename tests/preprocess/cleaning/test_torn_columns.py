"""A main column over a page break: no sidebar between its parts, and nothing moved where nothing is torn."""

import pytest

from preprocess.cleaning.torn_columns import with_whole_columns
from preprocess.document import Line, Page

JOB = [
    "Engineer, Oxcombe Ales",
    *(f"Built the part number {number} of the order system" for number in range(40)),
    "Head cellar hand, Tidmarsh Cider",
]
REST = ["Jan 2012 - Jan 2018", "Blended thirty vats a season", "Education", "BSc, North University"]
SIDES = (["Skills", "Brewing", "Malting"], ["References", "On request"], ["Interests", "Choir"])


def column(x: float, lines: list[str], width: float, top: float = 60.0) -> list[Line]:
    return [Line(text, x, top + 17 * index, x + width, top + 17 * index + 10, 10) for index, text in enumerate(lines)]


def page(*columns: list[Line]) -> Page:
    return Page(tuple(line for lines in columns for line in lines), 595, 842)


def texts(*pages: Page) -> list[str]:
    return [line.text for whole_page in with_whole_columns(pages) for line in whole_page.lines]


def test_a_sidebar_on_the_right_comes_after_the_whole_main_column() -> None:
    pages = [page(column(40, lines, 300), column(420, side, 90)) for lines, side in zip((JOB, JOB, REST), SIDES, strict=True)]
    assert texts(*pages) == [*JOB, *JOB, *REST, *SIDES[0], *SIDES[1], *SIDES[2]]


def test_a_sidebar_on_the_left_comes_before_it_on_the_first_page_and_after_it_on_the_next() -> None:
    pages = [page(column(40, side, 90), column(200, lines, 340)) for lines, side in zip((JOB, REST), SIDES, strict=False)]
    assert texts(*pages) == [*SIDES[0], *JOB, *REST, *SIDES[1]]


def test_a_sidebar_on_the_first_page_only() -> None:
    assert texts(page(column(40, JOB, 300), column(420, SIDES[0], 90)), page(column(40, REST, 500))) == [*JOB, *REST, *SIDES[0]]


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param(
            (page(column(40, JOB, 240), column(320, JOB, 240)), page(column(40, REST, 240), column(320, REST, 240))), id="newspaper"
        ),
        pytest.param(
            (page(column(40, JOB, 300), column(420, SIDES[0], 90)), page(column(40, ["Education", *REST], 500))), id="new section"
        ),
        pytest.param((page(column(40, JOB[:9], 300), column(420, SIDES[0], 90)), page(column(40, REST, 500))), id="not full"),
        pytest.param((page(column(40, SIDES[0], 90), column(200, JOB, 340)), page(column(200, REST, 340))), id="nothing between"),
        pytest.param((page(column(40, JOB, 300), column(420, SIDES[0], 90)), page(column(90, REST, 300))), id="another edge"),
        pytest.param((page(column(40, JOB, 500)), page(column(40, REST, 500))), id="one column"),
    ],
)
def test_what_is_not_torn_stays(pages: tuple[Page, ...]) -> None:
    assert with_whole_columns(pages) == pages
