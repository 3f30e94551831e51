"""Rows and sentences that go on in a narrow column come together; where lines are set as paragraphs are, each stays by itself."""

from preprocess.cleaning.reflow import rejoin
from preprocess.document import Line, Page
from tests.each import each

WIDTH, HEIGHT = 595.0, 842.0
BESIDE = [Line("负责订单系统的重构与性能优化工作，吞吐提升三倍", 230, 100, 480, 110, 10)]


def column(*lines: tuple[float, str], beside: bool = True) -> Page:
    """Return a column at the left of another: each line at a distance below the one before it."""
    y, placed = 80.0, []
    for distance, text in lines:
        y += distance
        placed.append(Line(text, 12, y, 12 + sum(10 if character > "\u2e80" else 5 for character in text), y + 10, 10))
    return Page((*placed, *(BESIDE if beside else ())), WIDTH, HEIGHT)


def texts(page: Page) -> list[str]:
    return [text for text in rejoin((page,))[0] if not text.startswith("负责订单")]


SPACED = [(20, "求职意向：财务主管"), (17, "电话：13800138021"), (17, "- 管理3名会计"), (17, "- 月结与年审")]


def test_a_row_goes_on_where_paragraphs_are_set_apart() -> None:
    row = "2012/09 — 2016/06 江南大学 财务管理 本"
    assert texts(column(*SPACED, (17, row), (14, "科"), (17, "英语六级"))) == [*(text for _, text in SPACED), row + "科", "英语六级"]


def test_a_sentence_that_ends_at_the_edge_goes_on_where_paragraphs_are_set_apart() -> None:
    upper = "在江南大学学习财务管理四年，成绩优良。"
    assert texts(column(*SPACED, (17, upper), (14, "毕业论文获奖"))) == [*(text for _, text in SPACED), upper + "毕业论文获奖"]


@each("lower", ["- 带新人", "1. 带新人", "2016.07 - 2020.04 苏州益众", "技能：用友", "技能证书"])
def test_what_begins_something_stays_below_a_full_line(lower: str) -> None:
    assert texts(column(*SPACED, (17, "2012/09 — 2016/06 江南大学 财务管理 本"), (14, lower)))[-1] == lower


def test_short_lines_without_space_between_show_that_none_parts_paragraphs() -> None:
    lines = [
        (20, "无锡"),
        (14, "会计"),
        (14, "已婚"),
        (17, "求职中"),
        (17, "- 年审"),
        (17, "- 月结"),
        (17, "2012/09 — 2016/06 江南大学 财务管理"),
        (14, "班长一年"),
    ]
    assert texts(column(*lines))[-2:] == [lines[-2][1], "班长一年"]


def test_the_rest_of_a_row_in_a_column_whose_edge_others_show() -> None:
    full = "在江南大学学习财务管理四年，成绩优良，获奖"
    lines = [(20, full), (15, full), (15, "一次。"), (15, "2012/09 — 2016/06 江南大学 电气工程及其自"), (15, "动化"), (15, "英语六级")]
    assert texts(column(*lines))[-2:] == ["2012/09 — 2016/06 江南大学 电气工程及其自动化", "英语六级"]
    deed = [*lines[:-2], (15, "负责会计"), lines[-1]]
    assert texts(column(*deed))[-2:] == ["负责会计", "英语六级"]


@each(
    "upper, lower, is_joined",
    [
        ("Council UK), advanced, valid until May", "2027", True),
        ("Leeds General Infirmary, June 2012 –", "March 2019", True),
        ("Council UK), advanced, valid and good", "2027", False),
    ],
)
def test_a_date_parted_by_the_line_end(upper: str, lower: str, is_joined: bool) -> None:
    lines = [(20, "ALS instructor (Resuscitation of all the"), (15, upper), (15, lower)]
    assert (f"{upper} {lower}" in texts(column(*lines))[-1]) == is_joined


def test_the_edge_of_a_column_holds_where_nothing_stands_beside_it_any_more() -> None:
    upper, lower = "技术博客一百二十篇；开源项目星数一千四", "百颗"
    assert texts(column((20, "无锡"), (15, "已婚"), (15, "会计"), (15, upper), (15, lower)))[-1] == upper + lower
    assert texts(column((20, "无锡"), (15, "已婚"), (15, "会计"), (60, upper), (15, lower)))[-2:] == [upper, lower]
