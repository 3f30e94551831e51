"""Headers, footers, page numbers and watermarks go by their places; lines of the body that look like them stay."""

import pytest

from preprocess.cleaning.boilerplate import remove_boilerplate
from preprocess.cleaning.page_numbers import page_number
from preprocess.document import Line, Page
from tests.each import each

WIDTH, HEIGHT = 595.0, 842.0


def line(text: str, y: float, x: float = 60.0, size: float = 10.0, angle: float = 0.0) -> Line:
    return Line(text, x, y, x + size * len(text), y + size, size, angle)


def page(*lines: Line) -> Page:
    return Page(lines, WIDTH, HEIGHT)


def plain(*texts: str) -> Page:
    return Page(tuple(map(Line, texts)))


def left(pages: tuple[Page, ...]) -> list[list[str]]:
    return [[line.text for line in each.lines] for each in remove_boilerplate(pages).pages]


def body(number: int) -> list[Line]:
    return [line(f"第{number}页的正文第{index}行，各不相同", 120 + 16 * index) for index in range(20)]


def test_header_is_kept_once_and_noted() -> None:
    cleaned = remove_boilerplate(tuple(page(line("张三的个人简历", 30, size=9), *body(number)) for number in range(3)))
    assert [[line.text for line in each.lines] for each in cleaned.pages] == [[line.text for line in body(number)] for number in range(3)]
    assert (cleaned.before, cleaned.after) == (["张三的个人简历"], [])
    [note] = cleaned.notes
    assert (note.code, note.page, note.before, note.count) == ("header_removed", 2, "张三的个人简历", 2)


def test_footer_with_a_page_number_in_it() -> None:
    cleaned = remove_boilerplate(tuple(page(*body(number), line(f"张三 | 第 {number} 页", 810, size=9)) for number in (1, 2, 3)))
    assert cleaned.after == ["张三"]
    assert sum(len(each.lines) for each in cleaned.pages) == 60


def test_header_on_all_pages_but_the_first() -> None:
    pages = tuple(page(*([line("简历 - 李雷", 30)] if number else []), *body(number)) for number in range(4))
    assert remove_boilerplate(pages).after == ["简历 - 李雷"]


def test_turned_lines_along_the_edge_are_kept_once_at_the_end() -> None:
    def turned(text: str, x: float) -> Line:
        return Line(text, x, 150, x + 9, 340, 9, 90.0)

    pages = tuple(
        page(
            *body(number),
            turned(f"Ines Calloway - page {number} of 3", 18),
            turned("RESUME", 570),
            turned("工作经历", 20),
            turned("水", 290),
        )
        for number in (1, 2, 3)
    )
    cleaned = remove_boilerplate(pages)
    assert [[line.text for line in each.lines][20:] for each in cleaned.pages] == [["工作经历", "水"]] * 3  # a heading, and within the page
    assert cleaned.after == ["Ines Calloway", "RESUME"]
    removed = [(note.code, note.before, note.count) for note in cleaned.notes]
    assert removed == [("header_removed", "Ines Calloway - page 3 of 3", 2), ("header_removed", "RESUME", 2)]


def test_header_of_two_lines() -> None:
    header = [line("北方人才服务有限公司推荐简历", 50, x=200, size=9), line("地址：某某路八十八号", 66, x=200, size=9)]
    cleaned = remove_boilerplate(tuple(page(*header, *body(number)) for number in range(2)))
    assert cleaned.before == [header_line.text for header_line in header]


@pytest.mark.parametrize(
    "texts",
    [
        ["• 负责后端开发"] * 3,  # the same bullet in the same place, but in the body
        [f"项目 {number}：商家平台" for number in (1, 2, 3)],
        ["2019", "2020", "2021"],
        ["Page 3"] * 3,
        ["1/3", "2/3", "3/3"],
    ],
)
def test_lines_of_the_body_stay(texts: list[str]) -> None:
    pages = tuple(page(*body(number), line(text, 460)) for number, text in enumerate(texts))
    assert [each[-1] for each in left(pages)] == texts
    assert remove_boilerplate(pages).notes == []


@pytest.mark.parametrize("texts", [["项目 1：商家平台", "项目 2：商家平台"], ["2019", "2020"], ["13800000000", "李雷"]])
def test_different_lines_in_the_margin_stay(texts: list[str]) -> None:
    pages = tuple(page(line(text, 40), *body(number)) for number, text in enumerate(texts))
    assert [each[0] for each in left(pages)] == texts


def test_heading_that_opens_several_pages_stays() -> None:
    pages = tuple(page(line("工作经历", 58, size=12), line(f"不同的第{number}行", 75), *body(number)) for number in range(3))
    assert [each[0] for each in left(pages)] == ["工作经历"] * 3


@each(
    "form",
    [
        "第 {n} 页 共 4 页",
        "第{n}页/共4页",
        "第{n}页",
        "{n}/4",
        "Page {n} of 4",
        "Page {n}",
        "- {n} -",
        "— {n} —",
        "{n}",
        "[{n}]",
        "{n} / 4 页",
        "Seite {n} von 4",
        "Página {n} de 4",
        "Page {n} sur 4",
        "Strona {n} z 4",
        "Страница {n} из 4",
        "{n} / 4 ページ",
    ],
)
def test_page_numbers_go_from_the_first_page_on(form: str) -> None:
    pages = tuple(page(*body(n), line(form.format(n=n), 806, x=290)) for n in (1, 2, 3, 4))
    cleaned = remove_boilerplate(pages)
    assert [len(each.lines) for each in cleaned.pages] == [20] * 4
    [note] = cleaned.notes
    assert (note.code, note.page, note.before, note.count) == ("page_number", 1, form.format(n=1), 4)


def test_page_number_beside_a_header() -> None:
    pages = tuple(page(line(f"张三  {n}/2", 30), *body(n)) for n in (1, 2))
    assert remove_boilerplate(pages).before == ["张三"]


def test_page_numbers_that_count_from_elsewhere() -> None:
    assert [len(lines) for lines in left(tuple(page(*body(n), line(str(n + 6), 806)) for n in range(3)))] == [20] * 3


@each("text", ["2019", "13800000000", "Python 3", "3.8", "P3", "第三名", "共 5 页面", "2019/3", "C-3-PO", ""])
def test_no_page_number(text: str) -> None:
    numbering = page_number(text)
    assert numbering is None or (numbering.total is not None and numbering.number > numbering.total)


def test_slanted_watermark_goes_with_all_its_copies() -> None:
    pages = tuple(page(*body(n), line("内部资料", 400, size=40, angle=45), line("内部资料", 600, size=40, angle=45)) for n in range(2))
    cleaned = remove_boilerplate(pages)
    assert [len(each.lines) for each in cleaned.pages] == [20, 20]
    [note] = cleaned.notes
    assert (note.code, note.before, note.count) == ("watermark_removed", "内部资料", 4)


def test_page_scanned_askew_stays() -> None:
    pages = (page(*(line(f"斜着扫描的一行文字，第{index}行", 30 * index, angle=12) for index in range(20))),)
    assert len(left(pages)[0]) == 20


def test_upright_watermark_over_text() -> None:
    pages = tuple(page(*body(n), line("内部资料", 250, x=100, size=30)) for n in range(3))
    cleaned = remove_boilerplate(pages)
    assert [len(each.lines) for each in cleaned.pages] == [20] * 3
    assert [(note.code, note.count) for note in cleaned.notes] == [("watermark_removed", 3)]


def test_upright_watermark_that_the_layout_took_for_a_cell() -> None:
    rows = [Line(f"第{n}行正文  仅供招聘使用", 60, 245, 400, 275, 10) for n in range(2)]
    pages = tuple(page(*body(n), row) for n, row in enumerate(rows))
    assert [each[-1] for each in left(pages)] == ["第0行正文", "第1行正文"]


@pytest.mark.parametrize("make", [plain, lambda *texts: page(*(line(text, 200 + 20 * index) for index, text in enumerate(texts)))])
def test_stamps_go_only_where_they_repeat(make) -> None:
    once = (make("简历来自：智联招聘", "张三"), make("2019-2021 BOSS直聘 工程师", "李四"))
    assert left(once) == [["简历来自：智联招聘", "张三"], ["2019-2021 BOSS直聘 工程师", "李四"]]
    twice = (make("简历来自：智联招聘", "张三"), make("李四", "简历来自：智联招聘"))
    assert left(twice) == [["简历来自：智联招聘", "张三"], ["李四"]]


def test_page_numbers_without_layout_need_words_and_company() -> None:
    texts = ("张三", "第 1 页 共 2 页", "3", "项目", "Page 3", "4/5", "第 2 页 共 2 页", "李四")
    assert left((plain(*texts),)) == [["张三", "3", "项目", "Page 3", "4/5", "李四"]]
    assert left((plain("a", "Page 1", "b", "Page 2", "c"),)) == [["a", "b", "c"]]


def test_pages_that_only_the_fallback_read_have_no_margins() -> None:
    pages = tuple(Page((Line("项目经历"), Line("3")), WIDTH, HEIGHT) for _ in range(3))
    assert left(pages) == [["项目经历", "3"]] * 3
