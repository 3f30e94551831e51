"""Write workbooks and CSV files: one person's form, and sheets with a candidate in each row."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from .forms import form_rows, form_title, row_texts
from .generated import GeneratedFile
from .people import person
from .resume import InventedPerson
from .word_parts import fixed_zip

_MODIFIED = re.compile(rb"<dcterms:modified.*?</dcterms:modified>")


def _saved(book: Workbook, results: dict[str, str] | None = None) -> bytes:
    """Write a workbook with fixed dates; `results` holds what formulas came to, which openpyxl cannot store."""

    def change(name: str, content: bytes) -> bytes:
        if name == "docProps/core.xml":
            return _MODIFIED.sub(b"", content)
        for formula, result in (results or {}).items():
            content = content.replace(f"<f>{formula}</f><v></v>".encode(), f"<f>{formula}</f><v>{result}</v>".encode())
            content = content.replace(f"<f>{formula}</f><v />".encode(), f"<f>{formula}</f><v>{result}</v>".encode())
        return content

    buffer = io.BytesIO()
    book.properties.created = datetime.datetime(2026, 3, 2, 9, 30)
    book.save(buffer)
    return fixed_zip(buffer.getvalue(), change)


def _sheet(book: Workbook, title: str) -> Worksheet:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    return sheet


def _write_form(sheet: Worksheet, who: InventedPerson, left: int = 1, top: int = 1) -> tuple[str, ...]:
    rows = form_rows(who)
    wide = max(map(len, rows))
    sheet.cell(top, left, form_title(who))
    sheet.merge_cells(start_row=top, start_column=left, end_row=top, end_column=left + wide - 1)
    for position, row in enumerate(rows, top + 1):
        for column, text in enumerate(row):
            sheet.cell(position, left + column, text)
        if len(row) < wide:
            sheet.merge_cells(start_row=position, start_column=left + len(row) - 1, end_row=position, end_column=left + wide - 1)
    return (form_title(who), *row_texts(rows))


def _form(name: str, key: str, left: int = 1, top: int = 1) -> GeneratedFile:
    book = Workbook()
    body = _write_form(_sheet(book, "Sheet1"), person(key), left, top)
    book.create_sheet("Sheet2")
    return GeneratedFile(name, _saved(book), body, notes=("a form with merged cells",))


def _typed(name: str) -> GeneratedFile:
    """Use numbers, dates, percentages and a formula, each shown as its format says; hide a row, a column, a sheet."""
    book = Workbook()
    sheet = _sheet(book, "简历")
    rows: list[tuple[object, ...]] = [
        ("姓名", "罗启明"),
        ("出生日期", datetime.date(1991, 5, 20)),
        ("入职日期", datetime.date(2019, 7, 1)),
        ("工作年限", "=4+3"),
        ("目标完成率", 0.925),
        ("年销售额（元）", 12600000),
        ("手机", 13900001234),
        ("婚姻状况", "内部备注：勿外传"),
        ("自我评价", "踏实肯干，\n沟通能力强"),
    ]
    for position, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            sheet.cell(position, column).value = value  # pyright: ignore[reportAttributeAccessIssue]
    sheet["B2"].number_format, sheet["B3"].number_format = "yyyy-mm-dd", 'yyyy"年"m"月"'
    sheet["B5"].number_format, sheet["B6"].number_format, sheet["B7"].number_format = "0.0%", "#,##0", "0"
    sheet["D1"] = "隐藏列里的评分"
    sheet.column_dimensions["D"].hidden = True
    sheet.row_dimensions[8].hidden = True
    sheet["A1"].comment = Comment("批注：背景调查未过", "HR")
    secret = book.create_sheet("hidden")
    secret["A1"] = "隐藏工作表的内容"
    secret.sheet_state = "hidden"
    body = (
        "姓名 | 罗启明",
        "出生日期 | 1991-05-20",
        "入职日期 | 2019年7月",
        "工作年限 | 7",
        "目标完成率 | 92.5%",
        "年销售额（元） | 12,600,000",
        "手机 | 13900001234",
        "自我评价 | 踏实肯干， 沟通能力强",
    )
    absent = ("内部备注：勿外传", "隐藏列里的评分", "批注：背景调查未过", "隐藏工作表的内容")
    return GeneratedFile(name, _saved(book, {"4+3": "7"}), body, absent, ("values as their formats show them",))


def _two_sheets(name: str) -> GeneratedFile:
    """Put each of two people on a sheet of their own."""
    book, members = Workbook(), {}
    for position, key in enumerate(("electrician", "chef")):
        who = person(key)
        sheet = _sheet(book, "first") if position == 0 else book.create_sheet("second")
        sheet.title = who.name[:30]
        members[who.name] = _write_form(sheet, who)
    return GeneratedFile(name, _saved(book), notes=("a person on each sheet",), members=members)


def candidate_table(keys: tuple[str, ...], heads: tuple[str, ...]) -> tuple[list[tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Give rows for a sheet of candidates; a person's body is the cells of the row, in their order."""
    rows, members = [heads], {}
    for key in keys:
        who = person(key)
        work, school = who.section("work"), who.section("education")
        assert work is not None
        job = work.entries[0]
        mail = next((contact for contact in who.contacts if "@" in contact), "")
        study = f"{school.entries[0].organisation} {school.entries[0].title}" if school and school.entries else ""
        done = "; ".join(line.text for line in job.lines)
        row = (who.name, who.headline, mail, job.organisation, job.dates, study, done)
        rows.append(row)
        members[who.name] = tuple(cell for cell in row if cell)
    return rows, members


_ENGLISH_HEADS = ("Name", "Position", "E-mail", "Latest employer", "Period", "Education", "Achievements")
CHINESE_HEADS = ("姓名", "应聘岗位", "邮箱", "最近单位", "任职时间", "教育背景", "主要业绩")
_ENGLISH_KEYS = ("director", "engineer", "chef", "electrician")
_CHINESE_KEYS = ("programmer", "plant_director", "nurse", "seller", "driver")


def _candidates(name: str, keys: tuple[str, ...], heads: tuple[str, ...], title: str = "") -> GeneratedFile:
    book = Workbook()
    sheet = _sheet(book, "Candidates")
    rows, members = candidate_table(keys, heads)
    if title:
        sheet.append([title])
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads))
    for row in rows:
        sheet.append(row)
    return GeneratedFile(name, _saved(book), notes=("a candidate in each row",), members=members)


def _separated(name: str, keys: tuple[str, ...], heads: tuple[str, ...], delimiter: str, encoding: str) -> GeneratedFile:
    rows, members = candidate_table(keys, heads)
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return GeneratedFile(name, buffer.getvalue().encode(encoding), notes=(f"a candidate in each row, {encoding}",), members=members)


def sheet_files() -> Iterator[GeneratedFile]:
    """Give the workbooks and CSV files."""
    yield _form("xlsx_form_nurse.xlsx", "nurse")
    yield _form("xlsx_form_moved_pupil.xlsx", "pupil", left=3, top=5)
    yield _form("xlsx_form_process_engineer.xlsx", "process_engineer")
    yield _typed("xlsx_typed_cells.xlsx")
    yield _two_sheets("xlsx_two_people.xlsx")
    yield _candidates("xlsx_candidates_english.xlsx", _ENGLISH_KEYS, _ENGLISH_HEADS)
    yield _candidates("xlsx_candidates_chinese.xlsx", _CHINESE_KEYS, CHINESE_HEADS, "2026年春季应聘人员一览表")
    yield _separated("csv_candidates_utf8_mark.csv", _CHINESE_KEYS, CHINESE_HEADS, ",", "utf-8-sig")
    yield _separated("csv_candidates_gbk.csv", _CHINESE_KEYS, CHINESE_HEADS, ",", "gbk")
    yield _separated("csv_candidates_semicolons.csv", _ENGLISH_KEYS, _ENGLISH_HEADS, ";", "utf-8")
    yield _separated("tsv_candidates_utf16.tsv", _ENGLISH_KEYS, _ENGLISH_HEADS, "\t", "utf-16")
