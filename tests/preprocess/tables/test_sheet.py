"""A spreadsheet as one document: forms read with labels beside their values, numbers as they are shown, hidden cells noted."""

import random
import struct
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.worksheet.table import Table

from preprocess.document import Note, Unreadable
from preprocess.read import read_document
from preprocess.tables.markup import read_html_tables
from preprocess.tables.numbers import format_kind, shown_number
from preprocess.tables.sheet import read_sheet
from preprocess.tables.workbook import read_sheets
from tests.data.make_docx import zipped
from tests.data.make_slides import WHITE
from tests.each import each
from tests.preprocess.tables.make_sheets import SPACES, changed_record, members_of, ods, ods_row, with_box, xlsb, xlsx

SAMPLES = Path(__file__).parents[2] / "data" / "formats" / "samples"
ROW, FONT, DIMENSIONS = 0x208, 0x31, 0x200


def read(data: bytes, name: str = "x.xlsx") -> tuple[list[str], tuple[Note, ...]]:
    document = read_sheet(data, name)
    assert document.kind == "table"
    return [line.text for page in document.pages for line in page.lines], document.notes


def test_a_form_is_read_as_a_person_reads_it() -> None:
    rows = [
        ["应聘登记表", None, None, None, None],
        ["姓名", "林晓岚", None, "出生\n年月", datetime(1991, 5, 2)],
        ["手机", 13800005551, None, "期望薪资", "30k"],
        ["学历", "专业", "学校", None, None],
        ["本科", "软件工程", "云岭理工大学", None, None],
        ["工\n作\n经\n历", "时间", "公司", "职位", None],
        [None, "2020.03-至今", "青梧网络", "后端开发", None],
        [None, "2017.07-2020.02", "松鹤信息", "后端开发", None],
        ["自我评价", "做事踏实，喜欢把复杂的问题讲清楚；\n• 有执念", None, None, None],
    ]

    def merged(sheet) -> None:
        for area in ("A1:E1", "B2:C2", "B3:C3", "A6:A8", "B9:E9"):
            sheet.merge_cells(area)

    assert read(xlsx(rows, change=merged)) == (
        [
            "应聘登记表",
            "姓名：林晓岚  出生年月：1991-05-02",
            "手机：13800005551  期望薪资：30k",
            "学历：本科  专业：软件工程  学校：云岭理工大学",
            "工作经历",
            "时间  公司  职位",
            "2020.03-至今  青梧网络  后端开发",
            "2017.07-2020.02  松鹤信息  后端开发",
            "自我评价",
            "做事踏实，喜欢把复杂的问题讲清楚；",
            "- 有执念",
        ],
        (),
    )


def test_several_sheets_in_order_with_the_names_that_are_headings() -> None:
    data = xlsx([["林晓岚"]], [["云岭理工大学"]], [["x"]], names=["Sheet1", "教育经历", "Sheet3"])
    assert read(data)[0] == ["林晓岚", "教育经历", "云岭理工大学", "x"]


def test_hidden_cells_are_left_out_and_noted() -> None:
    def hide(sheet) -> None:
        sheet["A2"].font = Font(color="FFFFFF")
        sheet["A3"].font = Font(color="FFFFFF")
        sheet["A3"].fill = PatternFill("solid", "1F3864")
        sheet["A4"].number_format = ";;;"
        sheet["A5"].font = Font(size=1)
        sheet["A6"] = CellRichText("seen ", TextBlock(InlineFont(color=Color("FFFFFF")), "WHITE-RUN"))
        sheet["A7"].font = Font(color="FEFEFE")
        sheet["A7"].fill = PatternFill("solid", "FFFFFF")
        sheet.row_dimensions[8].hidden = True
        sheet.row_dimensions[9].height = 0.5
        sheet.column_dimensions["B"].width = 0.1
        sheet.merge_cells("A10:A11")

    rows = [["visible", "narrow"], *([text] for text in "white header empty tiny x nearly row low".split()), ["whole"]]
    lines, notes = read(xlsx(rows, change=hide))
    assert lines == ["visible", "header", "seen", "whole"]
    assert [(note.code, note.count) for note in notes] == [("hidden_text", 8)]


def test_white_letters_that_a_table_may_paint_behind_are_kept_and_noted() -> None:
    def paint(sheet) -> None:
        sheet["A1"].font = Font(color="FFFFFF")
        sheet.add_table(Table(displayName="t", ref="A1:A2"))

    assert read(xlsx([["header"], ["x"]], change=paint)) == (["header", "x"], (Note("hidden_unsure", before="header"),))


def test_text_boxes_over_a_sheet() -> None:
    box = "<xdr:sp><xdr:nvSpPr><xdr:cNvPr{}/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    anchor = "<xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:row>1</xdr:row></xdr:from>{}</xdr:twoCellAnchor>"
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    other = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    spaces = f"xmlns:xdr='{drawing}/spreadsheetDrawing' xmlns:a='{drawing}/main'"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    related = "<Relationships><Relationship Id='{}' Type='{}/{}' Target='{}'/></Relationships>"
    boxes = box.format("", "自我评价") + box.format(" hidden='1'", "SECRET")
    boxes += (
        f"<mc:AlternateContent {other}><mc:Choice>{box.format('', '新版')}</mc:Choice><mc:Fallback>{box.format('', '旧版')}</mc:Fallback>"
    )
    boxes += "</mc:AlternateContent>"
    white = box.replace("<a:r>", "<a:r><a:rPr><a:solidFill><a:srgbClr val='FFFFFF'/></a:solidFill></a:rPr>")
    boxes += white.format("", "白字") + white.replace("<xdr:txBody>", f"<xdr:spPr>{WHITE}</xdr:spPr><xdr:txBody>").format("", "密文")
    notes = (Note("hidden_text", before="SECRET 密文", count=2), Note("hidden_unsure", before="白字"))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": related.format("r", office, "officeDocument", "/xl/workbook.xml"),
        "xl/workbook.xml": f"<workbook><sheets><sheet xmlns:r='{office}' name='S' r:id='r1'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": related.format("r1", office, "worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": "<worksheet><sheetData><row><c t='str'><v>林晓岚_x000D_\n后端</v></c></row></sheetData></worksheet>",
        "xl/worksheets/_rels/sheet1.xml.rels": related.format("d", office, "drawing", "../drawings/drawing1.xml"),
        "xl/drawings/drawing1.xml": f"<xdr:wsDr {spaces}>{anchor.format(boxes)}</xdr:wsDr>",
    }
    assert read(zipped(parts)) == (["林晓岚", "后端", "自我评价", "新版", "白字"], notes)


@each(
    "change, lines, noted",
    [
        ({}, ["自我评价"], []),
        ({"kind": 0x19}, [], []),  # a comment
        ({"hidden": True}, [], [("hidden_text", "SECRET-COLUMN 自我评价 SECRET-SHEET")]),
        ({"white": True}, ["自我评价"], [("hidden_unsure", "自我评价")]),
    ],
)
def test_text_boxes_over_an_xls(change: dict, lines: list[str], noted: list[tuple[str, str]]) -> None:
    original = (SAMPLES / "candidates.xls").read_bytes()
    after, notes = read(with_box(original, "自我评价", 30, 2, **change), "a.xls")
    assert [line for line in after if line == "自我评价"] == lines
    assert set(noted) <= {(note.code, note.before) for note in notes}


def test_text_boxes_over_an_ods() -> None:
    style = "<style:style style:name='tall' style:family='table-row'><style:table-row-properties style:row-height='2cm'/></style:style>"
    frame = "<draw:frame {}><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    comment = "<office:annotation><text:p>SECRET</text:p></office:annotation>"
    on_sheet = frame.format("svg:x='0cm' svg:y='5cm'", "第三行") + frame.format("svg:x='0cm' svg:y='0.1cm' draw:display='none'", "看不见")
    cell = f"<table:table-cell/><table:table-cell>{comment}{frame.format('', '框')}<text:p>值</text:p></table:table-cell>"
    rows = "".join(f"<table:table-row table:style-name='tall'>{cells}</table:table-row>" for cells in ("<table:table-cell/>", cell))
    hidden = f"<table:table-row table:visibility='collapse'>{cell}</table:table-row>"
    data = ods(f"<table:shapes>{on_sheet}</table:shapes>{rows}{ods_row('尾')}{hidden}", style)
    assert read(data, "x.ods") == (
        ["值", "框", "尾", "第三行"],
        (Note("hidden_text", before="值 看不见", count=2),),
    )


def test_what_is_printed_around_an_xlsx() -> None:
    def printed(sheet) -> None:
        sheet.oddHeader.left.text = "林晓岚 R&&D"
        sheet.oddHeader.left.font, sheet.oddHeader.left.size = "宋体,Bold", 14
        sheet.oddHeader.right.text, sheet.oddHeader.right.color = "密文", "FFFFFF"
        sheet.oddFooter.center.text, sheet.oddFooter.right.text = "Page &P of &N", "电话 13800005551"
        sheet.firstFooter.left.text = "现居杭州"

    assert read(xlsx([["后端开发", "五年"]], change=printed)) == (
        ["林晓岚 R&D", "后端开发  五年", "电话 13800005551"],
        (Note("page_number", before="Page 1 of 1"), Note("hidden_text", before="密文")),
    )

    def with_another_first_page(sheet) -> None:
        printed(sheet)
        sheet.HeaderFooter.differentFirst = True

    assert read(xlsx([["后端开发", "五年"]], change=with_another_first_page))[0][-2:] == ["现居杭州", "电话 13800005551"]


def test_what_is_printed_around_an_ods() -> None:
    master = (
        "<office:master-styles><style:master-page style:name='Default'>"
        "<style:header><text:p><text:sheet-name>???</text:sheet-name></text:p>"
        "<style:region-right><text:p>林晓岚 13800005551</text:p></style:region-right></style:header>"
        "<style:footer><text:p>第 <text:page-number>1</text:page-number> 页</text:p></style:footer>"
        "</style:master-page></office:master-styles>"
    )
    data = ods(ods_row("后端开发", "五年"))
    packed = zipped(members_of(data) | {"styles.xml": f"<office:document-styles {SPACES}>{master}</office:document-styles>"})
    expected = (["林晓岚 13800005551", "后端开发  五年"], (Note("page_number", before="第 1 页"),))
    assert read(packed, "x.ods") == expected
    kind = "office:mimetype='application/vnd.oasis.opendocument.spreadsheet'"
    flat = f"<office:document {kind} {SPACES}>{master}<office:body><office:spreadsheet><table:table>{ods_row('后端开发', '五年')}"
    assert read(f"{flat}</table:table></office:spreadsheet></office:body></office:document>".encode(), "x.fods") == expected


def test_charts_over_a_sheet() -> None:
    """A chart's title is read; the names in it stand in cells already."""

    def add_chart(sheet) -> None:
        chart = BarChart()
        chart.title = "熟练度"
        chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=2))
        chart.set_categories(Reference(sheet, min_col=1, min_row=1, max_row=2))
        sheet.add_chart(chart, "A3")

    assert read(xlsx([["Go", "精通"], ["Python", "熟悉"]], change=add_chart))[0] == ["Go  精通", "Python  熟悉", "熟练度"]
    shown = "<draw:frame svg:x='0cm' svg:y='5cm'><draw:object xlink:href='./Object 1' xmlns:xlink='urn:l'/></draw:frame>"
    named = "<table:table-cell office:value-type='string'><text:p>Go</text:p></table:table-cell>"
    chart = (
        f"<office:document-content {SPACES} xmlns:chart='urn:c'><office:body><office:chart>"
        f"<chart:title><text:p>熟练度</text:p></chart:title>{named}</office:chart></office:body></office:document-content>"
    )
    members = members_of(ods(f"<table:shapes>{shown}</table:shapes>{ods_row('Go', '精通')}"))
    assert read(zipped({**members, "Object 1/content.xml": chart}), "x.ods")[0] == ["Go  精通", "熟练度"]


def test_text_boxes_over_an_xlsb() -> None:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    box = "<xdr:sp><xdr:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    anchor = "<xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:row>1</xdr:row></xdr:from>{}</xdr:twoCellAnchor>"
    data = xlsb(
        [["姓名", "林晓岚"]],
        f"<xdr:wsDr xmlns:xdr='{drawing}/spreadsheetDrawing' xmlns:a='{drawing}/main'>{anchor.format(box.format('自我评价'))}</xdr:wsDr>",
    )
    assert read(data, "x.xlsb") == (["姓名：林晓岚", "自我评价"], ())
    assert read_document(data, "x.xlsb").kind == "table"


def test_xls_by_its_own_records() -> None:
    original = (SAMPLES / "candidates.xls").read_bytes()

    def hide_row(body: bytearray) -> None:
        body[12] |= 0x20

    def whiten(body: bytearray) -> None:
        body[4:6] = b"\x09\0"

    lines, notes = read(original, "a.xls")
    assert lines[0] == "候选人导出 2026-10" and "SECRET" not in "".join(lines)
    assert notes == (Note("hidden_text", before="SECRET-COLUMN SECRET-SHEET", count=2),)
    lines, notes = read(changed_record(original, ROW, hide_row), "a.xls")
    assert lines[0].startswith("姓名") and notes[0].count == 3
    assert sum(len(sheet.hidden) for sheet in read_sheets(changed_record(original, FONT, whiten))) > 2


@each("size, reason", [((0, 1 << 20, 0, 255), "too_complex"), ((9, 0, 0, 255), "damaged"), ((0, 9, 255, 0), "damaged")])
def test_an_xls_that_says_it_is_huge(size: tuple[int, int, int, int], reason: str) -> None:
    def enlarge(body: bytearray) -> None:
        body[:12] = struct.pack("<IIHH", *size)

    with pytest.raises(Unreadable) as refused:
        read_sheet(changed_record((SAMPLES / "candidates.xls").read_bytes(), DIMENSIONS, enlarge), "a.xls")
    assert refused.value.reason == reason


def test_ods() -> None:
    white = "<style:style style:name='w'><style:table-cell-properties/><style:text-properties fo:color='#ffffff'/></style:style>"
    columns = "<table:table-column/><table:table-column table:visibility='collapse'/>"
    cells = (
        "<table:table-row><table:table-cell table:number-columns-spanned='1' table:number-rows-spanned='2'><text:p>工作经历</text:p>"
        "</table:table-cell><table:table-cell><text:p>SECRET-1</text:p></table:table-cell><table:table-cell table:style-name='w'>"
        "<text:p>SECRET-2</text:p></table:table-cell><table:table-cell><text:p>2019<text:s text:c='2'/>青梧<text:line-break/>后端</text:p>"
        "<office:annotation><text:p>SECRET-3</text:p></office:annotation></table:table-cell></table:table-row>"
        "<table:table-row><table:covered-table-cell><text:p>SECRET-4</text:p></table:covered-table-cell></table:table-row>"
    )
    gone = ods_row("SECRET-5", attributes="table:visibility='filter'")
    rest = (
        "<table:table-row table:number-rows-repeated='1048000'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>"
    )
    lines, notes = read(ods(columns + cells + gone + rest, white), "a.ods")
    assert lines == ["工作经历", "2019  青梧", "后端"] and notes[0].count == 4


def test_excel_of_2003_and_web_pages_called_xls() -> None:
    excel = "urn:schemas-microsoft-com:office:spreadsheet"
    xml = (
        f"<?xml version='1.0'?><Workbook xmlns='{excel}' xmlns:ss='{excel}'>"
        "<Worksheet ss:Name='S'><Table><Column ss:Index='3' ss:Hidden='1'/><Row ss:Index='2'><Cell><Data>姓名</Data></Cell>"
        "<Cell><Data>林晓岚</Data></Cell><Cell><Data>SECRET</Data></Cell></Row><Row ss:Hidden='1'><Cell><Data>SECRET</Data></Cell></Row>"
        "</Table></Worksheet><Worksheet ss:Name='H'><Table><Row><Cell><Data>SECRET</Data></Cell></Row></Table>"
        "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>"
    )
    assert read(xml.encode("utf-16"), "a.xls") == (["姓名：林晓岚"], (Note("hidden_text", before="SECRET SECRET SECRET", count=3),))
    page = "<table><tr><td colspan=2>名单<tr><td rowspan=2>甲<td>a<br>b<td style='display: none'>SECRET<tr><td>c<script>x</script></table>"
    (sheet,) = read_html_tables(page.encode("gbk"))
    assert sheet.rows == {0: {0: "名单"}, 1: {0: "甲", 1: "a\nb"}, 2: {1: "c"}} and sheet.hidden == ["SECRET"]


@each(
    "number, code, value, text",
    [
        (0, "", 9.0, "9"),
        (0, "", 13800005551, "13800005551"),
        (0, "", 0.1 + 0.2, "0.3"),
        (0, "", 1e300, "1e+300"),
        (9, "", 0.63, "63%"),
        (14, "", 43525, "2019-03-01"),
        (165, 'yyyy"年"m"月";@', 43525, "2019-03"),
        (165, "[$-804]yyyy.mm", 43525, "2019-03"),
        (165, "yyyy/m/d h:mm", 43525.5, "2019-03-01 12:00"),
        (165, "h:mm", 0.75, "18:00"),
        (165, '0"年"', 9, "9"),
        (165, "[Red]General", 5, "5"),
        (14, "", -1e9, "-1000000000"),
        (165, "0.00_ ;[Red]-0.00", 3.5, "3.5"),
    ],
)
def test_numbers_as_they_are_shown(number: int, code: str, value: float, text: str) -> None:
    assert shown_number(value, format_kind(number, code)) == text


@each(
    "data, name, reason",
    [
        (b"PK\x03\x04" + b"xl/" * 30, "a.xlsx", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le").ljust(64, b"\0") * 90, "a.xls", "damaged"),
        (b" \r\n ", "a.csv", "empty_file"),
        (bytes(range(256)) * 90, "a.csv", "not_text"),
        (b'a,"' + b"x" * 200_000 + b'"\n', "a.csv", "too_long"),
        (b"<?xml version='1.0'?><!DOCTYPE x><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "a.xls", "damaged"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a>" * 400}), "a.ods", "too_complex"),
        (xlsx([["x" * 32_767] * 4] * 3), "a.xlsx", "too_long"),
    ],
)
def test_refused(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(data, name)
    assert refused.value.reason == reason


@pytest.mark.parametrize("name", ["candidates.xlsx", "candidates.xls", "candidates.ods", "candidates_gbk.csv"])
def test_changed_bytes_are_read_or_refused(name: str) -> None:
    original, chance = (SAMPLES / name).read_bytes(), random.Random(name)
    changed = [original[:length] for length in range(0, len(original), len(original) // 8)]
    for _ in range(15):
        data = bytearray(original)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        changed.append(bytes(data))
    for data in changed:
        try:
            assert read_sheet(data, name)
        except Unreadable as error:
            assert error.reason in {"damaged", "too_complex", "needs_password", "not_text", "empty_file", "unpacks_too_large", "too_long"}
