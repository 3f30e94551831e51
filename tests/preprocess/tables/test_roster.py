"""A list of candidates from an applicant tracking system is told from other sheets, whatever its headings, order and encoding."""

import io

import openpyxl
import pytest

from preprocess.tables.roster import read_roster

CHINESE = "简历文件,状态,候选人编号,姓名,手机\n林晓.pdf,面试,000123,林晓,138-0000-1111\n,淘汰,000124,周叙白,\n合计,2,,,\n"
ENGLISH = "Candidate ID;Full name;Email;Stage;Match\nA-1;Maya Lindqvist;maya@example.com;Interview;Full match\n"


def rows(data: bytes) -> list[tuple]:
    return [tuple(row[:7]) for row in read_roster(io.BytesIO(data))["rows"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_csv_in_any_encoding_and_order(encoding: str):
    assert rows(CHINESE.encode(encoding)) == [
        (2, "000123", "林晓", "林晓.pdf", ("13800001111",), "面试", ""),
        (3, "000124", "周叙白", "", (), "淘汰", ""),
    ]


def test_english_headings_and_other_separators():
    assert rows(ENGLISH.encode()) == [(2, "A-1", "Maya Lindqvist", "", ("maya@example.com",), "Interview", "Full match")]
    assert rows(b'File name,Candidate ID\ncv1.pdf,"=""000007"""\n') == [(2, "000007", "", "cv1.pdf", (), "", "")]


def test_a_workbook_keeps_zeros_and_titles_above_the_headings_do_not_matter():
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    for line in (["2026 校招候选人"], ["编号", "姓名", "附件"], [123, "林晓", "林晓.pdf"], ["000124", "周叙白", "b.docx"]):
        sheet.append(line)
    sheet["A3"].number_format = "000000"
    target = io.BytesIO()
    book.save(target)
    assert [row[:4] for row in rows(target.getvalue())] == [(3, "000123", "林晓", "林晓.pdf"), (4, "000124", "周叙白", "b.docx")]


@pytest.mark.parametrize(
    "text",
    [
        "姓名,林晓,编号,8\n性别,男,状态,在职\n学历,本科,专业,软件\n",  # a form, which is a resume
        "日期,项目,金额\n2026-01-01,差旅,300\n",
        "序号,品名,数量\n1,键盘,3\n",
        "姓名,学历,公司\n林晓,本科,青梧\n",  # people, but nothing of a tracking system
        "编号,姓名\n1,1.5 万元\n2,3 万元\n",  # no names
    ],
)
def test_other_sheets_are_none(text: str):
    assert rows(text.encode()) == []


def test_rows_that_are_resumes_themselves_are_said():
    text = "候选人ID,姓名,学历,工作经历\n9,林晓,本科,2016 年起在青梧科技负责平台开发，带领八人团队完成订单系统重构，延迟下降四成。\n"
    assert read_roster(io.BytesIO(text.encode()))["has_resumes"]
    assert not read_roster(io.BytesIO(CHINESE.encode()))["has_resumes"]
