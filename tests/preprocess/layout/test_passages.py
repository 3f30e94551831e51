"""A passage of the clean text is found on the lines that it was read from, although it was changed on the way."""

import pytest

from preprocess.document import Document, Line, Page
from preprocess.layout.passages import PageText
from preprocess.pipeline import clean
from preprocess.read import read_document
from tests.data.make_pdf import text_pdf

LINES = (
    "林知遥  求职意向：推理系统开发",
    "• 用 Go 编写作业提交服务，支持断点续训与",
    "自动故障重启；数据放在 MinIO。",
    "• 在 k8s 上管理 GPU 集群，利用率升到 71%。",
    "自动故障重启；数据放在 MinIO。",
)


def page(*texts: str) -> Page:
    lines = (Line(text, 60.0, 20.0 * number, 500.0, 20.0 * number + 12.0, 10.0) for number, text in enumerate(texts, 1))
    return Page(tuple(lines), 595.0, 842.0)


def lines_with(passage: str, share: float = 0.0) -> list[tuple[int, str]]:
    return [(number, line.text) for number, line in PageText([page(*LINES[:2]), page(*LINES[2:])]).lines(passage, share)]


@pytest.mark.parametrize(
    ("passage", "lines"),
    [
        ("用 Go 编写作业提交服务，支持断点续训与自动故障重启；数据放在 MinIO。", [(0, LINES[1]), (1, LINES[2])]),
        ("求职意向: 推理系统开发", [(0, LINES[0])]),
        ("在 Kubernetes 上管理 GPU 集群", [(1, LINES[3])]),  # renamed
        ("用 Ｇｏ 编写███提交服务，支持断点续训与", [(0, LINES[1])]),  # folded, masked
        ("会用 Excel 做财务报表", []),
        ("，", []),
        ("", []),
    ],
)
def test_a_passage_is_on_its_lines(passage: str, lines: list[tuple[int, str]]):
    assert lines_with(passage) == lines


def test_of_two_equal_passages_the_nearer_counts():
    assert lines_with(LINES[2], share=0.3) == [(1, LINES[2])]
    many = PageText([page(*LINES[:2]), page(*LINES[2:])]).lines(LINES[4], 1.0)
    assert [line.y0 for _, line in many] == [60.0]


def test_a_page_without_places_has_none():
    assert PageText([Page((Line("熟悉 Python 与 Go"),))]).lines("熟悉 Python 与 Go", 0.0) == []


def test_a_file_of_one_letter_is_searched_in_no_time():
    text = PageText([page(*["a" * 1000] * 300)])
    assert text.lines("a" * 900 + "b", 0.5)


def test_every_line_of_a_cleaned_pdf_is_found_where_it_stands():
    pages = [
        ["工作经历", "负责推理平台的架构设计与研发，参与线上值班、容量评估与成本核算，把首字延迟从 4 秒降到", "1.2 秒，服务三百个团队。"],
        ["项目", "开源项目 tinyserve 获得 1900 颗星"],
    ]
    document = read_document(text_pdf(*pages), "a.pdf")
    text = clean(Document("a.pdf", "pdf", document.pages)).text
    placed = PageText(document.pages)
    passage = next(line for line in text.split("\n") if "首字延迟" in line)
    assert [(number, line.text) for number, line in placed.lines(passage, 0.2)] == [(0, pages[0][1]), (0, pages[0][2])]
    assert [number for number, _ in placed.lines("开源项目 tinyserve 获得 1900 颗星", 0.9)] == [1]
