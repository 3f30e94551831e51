"""Reading order of drawn pages: what a person reads, whatever the order and the way the file draws it in."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from preprocess.document import Line
from preprocess.layout.glyphs import Glyph
from preprocess.layout.lines import read_lines
from preprocess.pdf.text import open_pdf, read_page
from tests.data.make_pdf import HEIGHT, Sheet, embedded_font, make_pdf

LEFT = [
    "工作经历",
    "2019 年起在云图科技负责推荐系统的",
    "后端开发，主导了召回与排序服务从单",
    "体到微服务的拆分，日均请求二十亿次",
    "并把平均延迟降到二十毫秒以内。",
    "带领五人小组完成特征平台的建设，",
    "支持离线与实时特征的统一管理。",
    "在线实验平台的设计者与维护者。",
]
RIGHT = [
    "自我评价",
    "对工程质量有要求，写文档、写测试，",
    "愿意把事情讲清楚。喜欢读源码，参与",
    "过多个开源项目的维护工作，提交过一",
    "百多个补丁。能独立负责一条产品线的",
    "后端架构，也乐于带新人。英语可作为",
    "工作语言。",
    "业余时间跑步、下棋。",
]


def lines(*draws, font: str | None = None) -> list[Line]:
    """Return the lines of a page drawn by these functions, each of which gets the sheet."""

    def draw(sheet: Sheet) -> None:
        for draw_part in draws:
            draw_part(sheet)

    data = make_pdf(draw, font=font) if font else make_pdf(draw)
    return list(read_lines(read_page(open_pdf(data), 0).glyphs))


def texts(*draws, font: str | None = None) -> list[str]:
    return [line.text for line in lines(*draws, font=font)]


def two_columns(sheet: Sheet) -> None:
    """Draw both columns on the same baselines, drawn row by row as a table would be."""
    for index, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        sheet.text(50, 120 + 16 * index, left, 10)
        sheet.text(320, 120 + 16 * index, right, 10)


def test_two_columns_drawn_row_by_row() -> None:
    assert texts(two_columns) == LEFT + RIGHT


def test_heading_across_columns_and_section_below() -> None:
    line_texts = texts(
        lambda sheet: sheet.text(250, 60, "李雷个人简历", 20),
        lambda sheet: sheet.text(120, 84, "电话 13800000000 邮箱 lilei@example.com 现居北京市海淀区中关村大街", 10),
        two_columns,
        lambda sheet: sheet.text(50, 280, "教育背景", 14),
        lambda sheet: sheet.text(50, 300, "2013.09—2017.06 北方大学 计算机科学与技术 本科，成绩排名前百分之五，获国家奖学金两次。", 10),
    )
    assert line_texts[:2] == ["李雷个人简历", "电话 13800000000 邮箱 lilei@example.com 现居北京市海淀区中关村大街"]
    assert line_texts[2:-2] == LEFT + RIGHT
    assert line_texts[-2] == "教育背景"


def test_side_bar() -> None:
    side = ["联系方式", "13800000000", "lilei@example.com", "北京市海淀区", "技能", "Java", "Spring Boot", "MySQL", "Redis", "Kafka"]
    assert (
        texts(
            lambda sheet: sheet.lines(210, 90, LEFT + RIGHT, 11, 18),
            lambda sheet: sheet.lines(40, 84, side, 9, 14),
        )
        == side + LEFT + RIGHT
    )


def test_three_columns() -> None:
    columns = [[f"{name} item number {index} of it" for index in range(9)] for name in ("alpha", "beta", "gamma")]
    line_texts = texts(
        *(
            lambda sheet, x=x, dy=dy, col=col: sheet.lines(x, 90 + dy, col, 9, 13)
            for x, dy, col in zip((40, 220, 400), (0, 5, 9), columns, strict=True)
        )
    )
    assert line_texts == [line for column in columns for line in column]


def test_label_grid_stays_in_rows() -> None:
    grid = [
        ("姓名：张三", "电话：13800000000"),
        ("性别：男", "邮箱：zs@example.com"),
        ("年龄：28 岁", "籍贯：山东济南"),
        ("学历：硕士", "专业：软件工程"),
        ("现居：上海", "求职：后端开发"),
    ]
    line_texts = texts(
        *(
            lambda sheet, row=row, y=90 + 18 * index: (sheet.text(60, y, row[0]), sheet.text(300, y, row[1]))
            for index, row in enumerate(grid)
        )
    )
    assert line_texts == [f"{left}  {right}" for left, right in grid]


def test_dates_at_the_right_margin_stay_with_their_jobs() -> None:
    jobs = [
        (f"公司 {name} 高级工程师", f"20{index + 10}.03 - 20{index + 11}.05", f"负责{name}的核心模块")
        for index, name in enumerate("甲乙丙丁戊己")
    ]

    def draw(sheet: Sheet) -> None:
        for index, (job, date, duty) in enumerate(jobs):
            sheet.text(60, 90 + 36 * index, job)
            sheet.text(440, 90 + 36 * index, date)
            sheet.text(72, 107 + 36 * index, duty)

    assert texts(draw) == [text for job, date, duty in jobs for text in (f"{job}  {date}", duty)]


def test_dates_in_the_left_margin_stay_with_their_jobs() -> None:
    def draw(sheet: Sheet) -> None:
        for index in range(5):
            y = 90 + 60 * index
            sheet.text(60, y, f"201{index}.07")
            sheet.lines(160, y, [f"Company {index}, engineer", "built a search service for shops", "and kept it running for years"], 10, 14)

    line_texts = texts(draw)
    assert line_texts[0] == "2010.07  Company 0, engineer"
    assert line_texts[3] == "2011.07  Company 1, engineer"


def test_table_label_centred_beside_its_text_comes_first() -> None:
    def draw(sheet: Sheet) -> None:
        for index, label in enumerate(("工作经历", "项目经验", "自我评价")):
            y = 100 + 90 * index
            sheet.text(60, y + 16 * (1.5 if index == 1 else 1), label)
            sheet.lines(
                150, y, [f"{label}的第{number}行，写得足够长，像一段话" for number in "一二三四"[: 4 if index == 1 else 3]], 10.5, 16
            )

    line_texts = texts(draw)
    assert line_texts[0] == "工作经历"
    assert line_texts.index("项目经验") == 4
    assert line_texts[line_texts.index("自我评价") + 1].startswith("自我评价的第一行")


def test_table_with_wrapped_cells_is_no_set_of_columns() -> None:
    def draw(sheet: Sheet) -> None:
        for index in range(7):
            y = 90 + 32 * index
            sheet.text(40, y, f"201{index}.03")
            sheet.text(150, y, "北方大学软件学院")
            sheet.lines(300, y, ["参与课程设计与实验室项目，负责数据", "清洗与建模。"], 10.5, 15)

    assert texts(draw) == [f"201{index}.03  北方大学软件学院  参与课程设计与实验室项目，负责数据清洗与建模。" for index in range(7)]


def test_side_bar_with_values_at_its_right_edge() -> None:
    skills = [("Python", "90%"), ("SQL", "95%"), ("Spark", "80%"), ("Airflow", "70%"), ("Docker", "60%")]

    def draw(sheet: Sheet) -> None:
        sheet.lines(30, 80, ["SKILLS", *(name for name, _ in skills)], 9.5, 14)
        sheet.lines(130, 94, [value for _, value in skills], 9.5, 14)
        sheet.lines(215, 83, LEFT, 10.5, 17)

    assert texts(draw) == ["SKILLS", *(f"{name}  {value}" for name, value in skills), *LEFT]


def test_centred_name_and_contact_lines() -> None:
    line_texts = texts(
        lambda sheet: sheet.text(266, 60, "韩梅梅", 21),
        lambda sheet: sheet.text(78, 81, "求职意向：算法研究员", 9.6),
        lambda sheet: sheet.text(220, 81, "学历：博士  电话：13800000000  邮箱：hmm@example.com", 9.6),
        lambda sheet: sheet.text(274, 99, "城市：北京", 9.6),
        lambda sheet: sheet.lines(60, 140, LEFT),
    )
    assert line_texts[0] == "韩梅梅"
    assert line_texts[1].startswith("求职意向：算法研究员  学历：博士")


def test_bullets_with_wrapped_lines_keep_their_order() -> None:
    wrapped = [
        ("•", "负责订单系统的重构与性能优化，"),
        ("", "吞吐提升三倍；"),
        ("•", "设计并落地灰度发布流程，"),
        ("", "故障率下降一半；"),
        ("•", "带新人两名，"),
        ("", "均已转正。"),
    ]

    def draw(sheet: Sheet) -> None:
        for index, (bullet, text) in enumerate(wrapped):
            sheet.text(60, 90 + 16 * index, bullet)
            sheet.text(80, 90 + 16 * index, text)

    assert [text.lstrip("• ") for text in texts(draw)] == [text for _, text in wrapped]


def test_drawn_bottom_up() -> None:
    assert (
        texts(
            *(
                lambda sheet, y=y, line=line: sheet.text(60, y, line)
                for y, line in reversed([(90 + 16 * i, line) for i, line in enumerate(LEFT)])
            )
        )
        == LEFT
    )


def test_glyph_by_glyph_without_spaces() -> None:
    sentence = "Senior Java developer, 熟悉分布式系统 and C++ in the cloud"
    assert texts(lambda sheet: sheet.glyphs(60, 90, sentence)) == [sentence]


def test_glyphs_drawn_backwards() -> None:
    sentence = "Senior Java developer, C++ in the cloud"
    glyphs = read_page(open_pdf(make_pdf(lambda sheet: sheet.glyphs(60, 90, sentence), font="Helvetica")), 0).glyphs
    assert [line.text for line in read_lines(glyphs[::-1])] == [sentence]


def test_letter_spacing_is_no_space() -> None:
    assert texts(
        lambda sheet: sheet.text(60, 90, "WORK EXPERIENCE", 12, spacing=4),
        lambda sheet: sheet.text(60, 120, "工作经历与项目", 12, spacing=5),
    ) == ["WORK EXPERIENCE", "工作经历与项目"]


def test_spaces_that_were_drawn_are_kept() -> None:
    assert texts(lambda sheet: sheet.text(60, 90, "张 三 R E S U M E")) == ["张 三 R E S U M E"]


def test_watermark_is_a_line_of_its_own() -> None:
    page_lines = lines(lambda sheet: sheet.text(150, 300, "仅供内部使用", 40, angle=45), lambda sheet: sheet.lines(60, 90, LEFT * 4))
    assert [line.text for line in page_lines] == [*LEFT * 4, "仅供内部使用"]
    assert page_lines[-1].angle == 45
    assert page_lines[-1].size == 40
    assert {line.angle for line in page_lines[:-1]} == {0}


@pytest.mark.parametrize("angle", [90, 180, -90])
def test_turned_text_is_read_along_its_own_lines(angle: int) -> None:
    step = {90: (16, 0), 180: (0, -16), -90: (-16, 0)}[angle]
    page_lines = lines(
        *(
            lambda sheet, index=index, line=line: sheet.text(300 + step[0] * index, 400 + step[1] * index, line, angle=angle)
            for index, line in enumerate(LEFT)
        )
    )
    assert [line.text for line in page_lines] == LEFT
    assert {line.angle for line in page_lines} == {angle}


def test_page_turned_by_its_rotate_entry_reads_upright() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.setPageRotation(90)
        for index, line in enumerate(LEFT):
            sheet.text(100 + 16 * index, 700, line, angle=90)

    page_lines = lines(draw)
    assert [line.text for line in page_lines] == LEFT
    assert page_lines[0].angle == 0
    assert page_lines[0].y0 < page_lines[-1].y0


@pytest.mark.parametrize("font", [None, "embedded"])
def test_boxes_and_sizes_are_in_points_from_the_top_left(font: str | None) -> None:
    font = embedded_font() if font else None
    line = lines(lambda sheet: sheet.text(60, 100, "高级工程师", 20), font=font)[0]
    assert (line.x0, line.y0, line.y1, line.size) == pytest.approx((60, 84, 104, 20), abs=0.1)
    assert line.x1 == pytest.approx(160, abs=0.5)


def test_size_is_that_after_the_text_matrix() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.scale(0.5, 0.5)
        sheet.canvas.setFont("Helvetica", 30)
        sheet.canvas.drawString(100, 2 * (HEIGHT - 100), "half of thirty")

    assert lines(draw)[0].size == pytest.approx(15)
    assert lines(draw)[0].y1 == pytest.approx(103, abs=0.1)


def test_big_name_beside_small_contact_lines() -> None:
    line_texts = texts(
        lambda sheet: sheet.text(60, 100, "韩梅梅", 28),
        lambda sheet: sheet.lines(380, 86, ["13800000000", "hmm@example.com"], 9, 14),
        lambda sheet: sheet.lines(60, 140, LEFT),
    )
    assert sorted(" ".join(line_texts[: -len(LEFT)]).split()) == ["13800000000", "hmm@example.com", "韩梅梅"]
    assert line_texts[-len(LEFT) :] == LEFT


@given(
    st.lists(
        st.tuples(st.characters(), *[st.floats(-1e4, 1e4)] * 2, st.floats(0, 100), st.floats(0.1, 500), st.floats(0, 360)), max_size=60
    )
)
def test_no_character_is_lost_or_made_up(drawn) -> None:
    glyphs = [Glyph(text, x, y, width, size, angle) for text, x, y, width, size, angle in drawn]
    read = "".join(line.text for line in read_lines(glyphs))
    assert sorted(read.replace(" ", "")) == sorted(glyph.text for glyph in glyphs if not glyph.text.isspace())


def staggered(sheet: Sheet) -> None:
    """Draw cells of two lines whose baselines differ by a few points from column to column."""
    for x, shift, cell in ((170, 3, ("Java", "Spring Boot")), (270, 0, ("Python", "Scala")), (350, -2, ("Kafka", "Redis"))):
        sheet.lines(x, 100 - shift, cell, 11, 13)
    sheet.text(250, 106, "SQL", 11)


def test_cells_that_are_shifted_against_each_other_do_not_touch() -> None:
    words = " ".join(texts(staggered, font="Helvetica")).split()
    assert sorted(words) == sorted(["Java", "Spring", "Boot", "Python", "Scala", "Kafka", "Redis", "SQL"])


def test_cells_drawn_column_by_column_without_a_gap_are_words_of_their_own() -> None:
    def draw(sheet: Sheet) -> None:
        x = 60.0
        for column in (("Java", "Ruby"), ("Spring", "Django"), ("Kafka", "Redis")):
            sheet.lines(x, 100, column, 11, 20)
            x += max(pdfmetrics.stringWidth(word, "Helvetica", 11) for word in column) + 0.2

    assert [text.split() for text in texts(draw, font="Helvetica")] == [["Java", "Spring", "Kafka"], ["Ruby", "Django", "Redis"]]


def test_words_with_capitals_inside_stay_whole() -> None:
    sentence = "JavaScript at eBay, a PhD on iOS, LaTeX and DevOps; McDonald"
    assert texts(lambda sheet: sheet.glyphs(60, 90, sentence), font="Helvetica") == [sentence]


def test_letter_spacing_with_kerning() -> None:
    def draw(sheet: Sheet) -> None:
        x = 60.0
        for letter, kerning in zip("WORK EXPERIENCE", (-1.2, 0.3, 0, 1, 0, 0.8, -1, 0.5, 1.1, -0.9, 0, 0.2, -1.2, 0.7, 0), strict=True):
            if letter != " ":
                sheet.text(x, 90, letter, 12)
            x += pdfmetrics.stringWidth(letter, "Helvetica", 12) + 3 + kerning

    assert texts(draw, font="Helvetica") == ["WORK EXPERIENCE"]


FORM = [
    ("教育背景", ["2012.09-2016.06 北方大学 本科", "主修课程：数据结构、操作系统"]),
    ("工作经历", ["2016.07-2019.03 云图科技", "负责订单系统", "2019.04-至今 汀山软件", "主导微服务拆分", "带领六人团队", "日均两千万次"]),
    ("专业技能", ["熟悉 Java、Kafka、Redis"]),
    ("自我评价", ["认真负责", "善于沟通", "热爱技术", "抗压能力强", "英语六级"]),
]


@pytest.mark.parametrize("is_centred", [True, False], ids=["centred", "level"])
@pytest.mark.parametrize("padding", [14, 0])
@pytest.mark.parametrize("characters", [1, 2])
def test_headings_written_downwards_come_before_the_text_beside_them(characters: int, padding: int, is_centred: bool) -> None:
    if characters == 2 and not padding and not is_centred:
        pytest.skip("nothing tells to which of two cells a line belongs")

    def draw(sheet: Sheet) -> None:
        y = 80.0
        for heading, rows in FORM:
            pieces = [heading[start : start + characters] for start in range(0, 4, characters)]
            height = max(16 * len(rows), 14 * len(pieces))
            sheet.lines(60, y + ((height - 14 * len(pieces)) / 2 if is_centred else 0), pieces, 10.5, 14)
            sheet.lines(110, y + ((height - 16 * len(rows)) / 2 if is_centred else 0), rows, 10.5, 16)
            y += height + padding

    assert texts(draw) == [line for heading, rows in FORM for line in (heading, *rows)]


def test_letters_and_words_of_a_heading_below_each_other() -> None:
    rows = ["Java, Kafka and Redis in production", "Docker and Terraform", "English and Czech", "Small teams", "Documents", "Public talks"]
    jobs = ["Engineer, Oxcombe Ales", "Built the order system of twelve shops"]
    assert texts(
        lambda sheet: sheet.lines(60, 100, list("SKILLS"), 10.5, 14),
        lambda sheet: sheet.lines(120, 100, rows, 10.5, 14),
        lambda sheet: sheet.lines(60, 260, ["WORK", "EXPERIENCE"], 10.5, 14),
        lambda sheet: sheet.lines(160, 260, jobs, 10.5, 14),
    ) == ["SKILLS", *rows, "WORK EXPERIENCE", *jobs]


@pytest.mark.parametrize("values", [["男", "汉", "无"], ["优", "良", "优", "中"], ["技能", "证书"], ["Java", "Redis"]])
def test_values_below_each_other_are_no_heading(values: list[str]) -> None:
    assert texts(lambda sheet: sheet.lines(60, 100, values, 10.5, 14)) == values


def test_side_bar_on_the_grid_of_the_main_column() -> None:
    main = [
        "Work Experience",
        "Brewer, Oxcombe Ales",
        "Mar 2019 - May 2023",
        *(f"Brewed beer number {number} of that year" for number in range(20)),
    ]
    side = ["Skills", "Brewing", "Malting", "HACCP", "Languages", "English", "Czech"]

    def draw(sheet: Sheet) -> None:
        sheet.lines(40, 80, main, 10, 15.5)
        sheet.lines(420, 80, side, 10, 15.5)

    assert texts(draw, font="Helvetica") == main + side
    further = ["References", "On request", "Interests", "Fell running", "Choir"]
    assert (
        texts(lambda sheet: sheet.lines(40, 80, main[3:], 10, 15.5), lambda sheet: sheet.lines(420, 80, further, 10, 15.5))
        == main[3:] + further
    )


def test_headings_in_the_left_margin_stand_above_their_text() -> None:
    rows = [("Work Experience", "Engineer, Company"), ("", "Built things"), ("Education", "BSc, University"), ("", "Thesis on sorting")]
    rows += [("Skills", "Java, Go"), ("", "Docker"), ("Languages", "English"), ("", "Czech")]

    def draw(sheet: Sheet) -> None:
        for index, (label, text) in enumerate(rows):
            sheet.text(60, 90 + 15 * index, label)
            sheet.text(200, 90 + 15 * index, text)

    assert texts(draw) == [piece for row in rows for piece in row if piece]


def test_labels_of_a_form_stay_beside_their_values() -> None:
    rows = [("学历", "本科"), ("语言", "英语六级"), ("证书", "教师资格证"), ("技能", "Python、Excel"), ("籍贯", "福建泉州")]

    def draw(sheet: Sheet) -> None:
        for index, (label, value) in enumerate(rows):
            sheet.text(60, 90 + 15 * index, label)
            sheet.text(160, 90 + 15 * index, value)

    assert texts(draw) == ["  ".join(row) for row in rows]


def test_letters_at_one_pitch_are_words_whatever_their_width_is_taken_to_be() -> None:
    def drawn(text: str, widths: dict[str, float]) -> list[Glyph]:
        return [Glyph(letter, 40 + 6 * index, 100, widths.get(letter, 6.2), 12) for index, letter in enumerate(text)]

    narrow = dict.fromkeys("ilt.@", 3.6)
    assert [line.text for line in read_lines(drawn("linxiaotong@mail.example.com 2022.09", narrow))] == [
        "linxiaotong@mail.example.com 2022.09"
    ]


@pytest.mark.parametrize("angle", [90, -90])
def test_a_heading_turned_in_the_margin_comes_before_the_text_beside_it(angle: int) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.lines(80, 100, LEFT[1:])
        sheet.lines(80, 300, RIGHT[1:])
        for top, text in ((100, "工作经历"), (300, "SKILLS"), (500, "仅供内部使用")):
            sheet.text(50, top + (60 if angle > 0 else 0), text, angle=angle)

    assert texts(draw) == ["工作经历", *LEFT[1:], "SKILLS", *RIGHT[1:], "仅供内部使用"]


def test_values_behind_bars_stay_beside_what_they_measure() -> None:
    rows = [("专业技能", "", "语言能力"), ("Photoshop", "90%", "英语 CET-6"), ("Illustrator", "85%", "日语 N3"), ("手绘", "75%", "粤语")]

    def draw(sheet: Sheet) -> None:
        for index, row in enumerate(rows):
            for x, text in zip((40, 210, 320), row, strict=True):
                sheet.text(x, 100 + 16 * index, text)

    assert texts(draw) == ["专业技能", "Photoshop  90%", "Illustrator  85%", "手绘  75%", "语言能力", "英语 CET-6", "日语 N3", "粤语"]


def test_marks_that_a_browser_sets_half_as_wide_are_no_cells() -> None:
    glyphs: list[Glyph] = []
    x = 50.0
    for character, advance in (("主", 1), ("持", 1), ("）", 0.5), ("，", 1), ("二", 1), ("：", 0.5), ("《", 1), ("河", 1)):
        glyphs.append(Glyph(character, x, 100, 10, 10))
        x += 10 * advance
    assert [line.text for line in read_lines(glyphs)] == ["主持），二：《河"]


def test_contact_data_spread_over_the_page_belong_to_no_column() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(50, 60, "林晓岚", 18)
        for x, text in ((50, "杭州"), (250, "13800005551"), (420, "lin@example.org")):
            sheet.text(x, 84, text)
        sheet.lines(50, 130, LEFT)
        sheet.lines(320, 130, RIGHT)

    assert texts(draw) == ["林晓岚", "杭州  13800005551  lin@example.org", *LEFT, *RIGHT]


def test_the_first_job_beside_a_sidebar_stays_in_its_column() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.lines(50, 60, ["陈屿舟", *LEFT])
        for x, text in ((320, "万象云图"), (400, "高级工程师"), (490, "2021.04 – 至今")):
            sheet.text(x, 60, text)
        sheet.lines(320, 110, RIGHT)

    assert texts(draw) == ["陈屿舟", *LEFT, "万象云图  高级工程师  2021.04 – 至今", *RIGHT]


_SIDE = "CONTACT|0131 496 0148|i@x.org||SKILLS|Kafka|Flink|Java||LANGUAGES|English|Czech".split("|")
_JOBS = (
    "Engineer, Oxcombe Ales|Mar 2019 - May 2023|Brewed beer||"
    "Brewer, Stour|Jan 2012 - Feb 2019|Made ale||Helper, Dun|2010 - 2012|Carried|Washed"
)


def row_by_row(left: Sequence[str], right: Sequence[str]) -> list[str]:
    def draw(sheet: Sheet) -> None:
        for index, pair in enumerate(zip(left, right, strict=True)):
            for x, text in zip((60, 250), pair, strict=True):
                if text:
                    sheet.text(x, 100 + 16 * index, text, 10)

    return texts(draw)


def test_a_side_bar_with_headings_beside_jobs_without_one() -> None:
    jobs = _JOBS.split("|")
    assert row_by_row(_SIDE, jobs) == [*filter(None, _SIDE), *filter(None, jobs)]


def test_periods_beside_skills_are_a_table() -> None:
    periods = [f"{2010 + index} - {2012 + index}" if text and not text.isupper() else "" for index, text in enumerate(_SIDE)]
    assert "Kafka  2015 - 2017" in row_by_row(_SIDE, periods)


def test_dates_at_the_right_margin_are_no_jobs_beside_a_side_bar() -> None:
    left = "SKILLS|Kafka at Oxcombe|Flink||HOBBIES|Choir|Chess||HONOURS|Best brewer|Ales of the year".split("|")
    dates = ["", "Mar 2019 - May 2023", "3/10", "", "", "2012 - 2019", "5/20", "", "", "since 2010", "1/3"]

    def draw(sheet: Sheet) -> None:
        for index, (text, date) in enumerate(zip(left, dates, strict=True)):
            sheet.text(60, 100 + 16 * index, text, 10)
            sheet.text(540 - 5 * len(date), 100 + 16 * index, date, 10)

    assert texts(draw)[1:3] == ["Kafka at Oxcombe  Mar 2019 - May 2023", "Flink  3/10"]
