"""Bullets drawn as shapes: before items of a list; dots of a timeline, of a level and in an icon's place are none."""

from preprocess.layout.lines import read_lines
from preprocess.pdf.text import open_pdf, read_page
from tests.data.make_pdf import HEIGHT, Sheet, make_pdf


def texts(draw) -> list[str]:
    page = read_page(open_pdf(make_pdf(draw)), 0)
    return [line.text for line in read_lines(page.glyphs, page.rules)]


def dot(sheet: Sheet, x: float, y: float, radius: float = 1.5) -> None:
    sheet.canvas.circle(x, HEIGHT - y + 3, radius, stroke=0, fill=1)


def test_dots_before_items_are_bullets() -> None:
    def draw(sheet: Sheet) -> None:
        for index, item in enumerate(["Swedish, English (fluent)", "German (working knowledge)"]):
            dot(sheet, 44, 80 + 14 * index)
            sheet.text(54, 80 + 14 * index, item)

    assert texts(draw) == ["• Swedish, English (fluent)", "• German (working knowledge)"]


def test_dots_that_are_no_bullets() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.line(150, HEIGHT - 60, 150, HEIGHT - 200)
        dot(sheet, 150, 80, 3)  # of a timeline
        sheet.text(60, 80, "2018.07-2021.02")
        sheet.text(160, 80, "南京睿途信息技术有限公司")
        for index in range(5):  # a level of a skill
            dot(sheet, 120 + 8 * index, 240)
        sheet.text(60, 240, "Python")
        sheet.text(166, 240, "five years")

    assert texts(draw) == ["2018.07-2021.02  南京睿途信息技术有限公司", "Python  five years"]
